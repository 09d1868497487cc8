import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, ItemView } from '../../tutor/learner-view.ts';
import type { SessionPlace } from '../../tutor/session.ts';
import { isSettled } from '../../tutor/watch-attempt.ts';
import { renderMarkdown } from '../markdown.ts';
import { Contest, type ContestState } from '../parts/contest.tsx';
import { Forecast } from '../parts/forecast.tsx';
import { Graded } from '../parts/graded.tsx';
import { Icon } from '../parts/icon.tsx';
import { AnswerText } from '../parts/marked-answer.tsx';
import { sectionOf, SessionBar } from '../parts/session-bar.tsx';
import { NextItems } from '../parts/next-items.tsx';
import { NextTry, RevealOffer, Superseded } from '../parts/next-try.tsx';
import { Reveal } from '../parts/reveal.tsx';
import { Revision } from '../parts/revision.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { PastAttempts } from './item.tsx';

/** How often a page without JavaScript looks again for the grade. */
const REFRESH_SECONDS = 2;

type AttemptPageProps = {
  view: AttemptView;
  item: ItemView;
  place: SessionPlace;
  idempotencyKey: string;
  predicts: boolean;
  contest: ContestState;
  /** The form came from a page of a learner this browser no longer knows. */
  newStart: boolean;
};

/** One attempt: waiting, marked up, sent back or left ungraded; then another try, and the answer once revealed. */
export function attemptPage(props: AttemptPageProps): Page {
  const { view, item } = props;
  const settled = isSettled(view.status);
  return {
    title: strings.attempt.title(view.item.title),
    course: item.course,
    section: sectionOf(props.place),
    ...(settled ? {} : { refreshSeconds: REFRESH_SECONDS }),
    body: (
      <article class="page with-margin attempt-page">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.item, { item: view.item.id })}>
              <Icon name="back" /> {strings.item.back}
            </a>
          </p>
          <h1>{view.item.title}</h1>
          {props.newStart && (
            <p class="notice" role="status">
              <Icon name="alert" /> <span>{strings.revise.otherwise}</span>
            </p>
          )}
          <details class="recap">
            <summary>{strings.spot.question}</summary>
            <div class="prose prompt">{renderMarkdown(view.item.prompt)}</div>
          </details>
        </header>
        {settled ? (
          <div
            id="attempt"
            class="attempt"
            data-status={view.status}
            data-announce={strings.attempt.announce(spoken(view))}
          >
            <Settled {...props} />
          </div>
        ) : (
          <Waiting view={view} />
        )}
      </article>
    ),
  };
}

/** Shown until the grade is there; with JavaScript the stream replaces it, without it the page loads itself again. */
function Waiting({ view }: { view: AttemptView }): JSX.Element {
  return (
    <div
      id="attempt"
      class="attempt waiting"
      data-status={view.status}
      hx-ext="sse"
      sse-connect={href(routes.api.events, { attempt: view.id })}
      hx-get={href(routes.attempt, { attempt: view.id })}
      hx-trigger="sse:graded, sse:provisional, sse:returned, sse:ungraded"
      hx-select="#attempt"
      hx-target="this"
      hx-swap="outerHTML"
    >
      <Stages status={view.status} />
      <p class="waiting-line">
        <span class="pulse" aria-hidden="true"></span> <strong>{strings.attempt.waiting}</strong>{' '}
        <span data-needs-script hidden>
          {strings.attempt.waitingHelp}
        </span>{' '}
        <a href={href(routes.attempt, { attempt: view.id })}>{strings.attempt.check}</a>
      </p>
      <PlainAnswer view={view} />
    </div>
  );
}

/** The way from kept to marked; the script moves it on as the stream tells. */
function Stages({ status }: { status: AttemptView['status'] }): JSX.Element {
  const stages = ['stored', 'grading', 'graded'] as const;
  return (
    <ol class="stages" aria-label={strings.attempt.stages.label}>
      {stages.map((stage) => (
        <li data-stage={stage} {...(stage === status ? { 'aria-current': 'step' } : {})}>
          {strings.attempt.stages[stage]}
        </li>
      ))}
    </ol>
  );
}

function Settled(props: AttemptPageProps): JSX.Element {
  const { view, item } = props;
  const newest = item.attempts.at(-1)?.id;
  const graded = view.status === 'graded' || view.status === 'provisional';
  const complete = view.points !== null && view.points.low === view.points.max;
  // In a session what comes next is the session's to say.
  const suggests = props.place.session === null;
  return (
    <>
      <Outcome view={view} />
      {view.revision !== null && <Revision view={view} revision={view.revision} />}
      {graded && view.prediction !== null && <Forecast view={view} prediction={view.prediction} />}
      {complete && suggests && (
        <div class="column onward">
          <NextItems items={item.next} />
        </div>
      )}
      <SessionBar itemId={item.id} place={props.place} at="answer" />
      {view.reveal !== null && (
        <section class="revealed" aria-labelledby="reveal-title">
          <h2 id="reveal-title" tabindex={-1}>
            {strings.reveal.title}
          </h2>
          <Reveal reveal={view.reveal} level={3} beside={view} />
        </section>
      )}
      {newest === view.id ? <NextTry {...props} /> : <Superseded view={view} newest={newest ?? view.id} />}
      {!view.revealed && <RevealOffer view={view} item={item} />}
      {graded && <Contest view={view} sent={props.contest} />}
      <section class="facts" aria-label={strings.item.facts}>
        <p>
          {strings.revise.used(view.tries)} {view.revealed && strings.revise.isRevealed}
        </p>
        <PastAttempts attempts={item.attempts} current={view.id} />
        {!complete && suggests && <NextItems items={item.next} />}
      </section>
    </>
  );
}

function Outcome({ view }: { view: AttemptView }): JSX.Element {
  switch (view.status) {
    case 'graded':
    case 'provisional':
      return <Graded view={view} />;
    case 'returned':
      return (
        <>
          <Verdictless title={strings.attempt.status.returned} text={spoken(view)} help={strings.returnedHelp} />
          <PlainAnswer view={view} />
        </>
      );
    case 'ungraded':
      return (
        <>
          <Verdictless title={strings.attempt.status.ungraded} text={spoken(view)} help={strings.ungradedHelp} />
          <form class="column" method="post" action={href(routes.retry, { attempt: view.id })}>
            <button type="submit" class="primary">
              {strings.attempt.retry}
            </button>
          </form>
          <PlainAnswer view={view} />
        </>
      );
    case 'stored':
    case 'grading':
      return <Waiting view={view} />;
    default:
      return view.status satisfies never;
  }
}

function Verdictless({ title, text, help }: { title: string; text: string; help: string }): JSX.Element {
  return (
    <section class="column verdictless" aria-labelledby="verdictless-title">
      <h2 id="verdictless-title">
        <Icon name="alert" /> {title}
      </h2>
      <p>{text}</p>
      <p class="aside">{help}</p>
    </section>
  );
}

function PlainAnswer({ view }: { view: AttemptView }): JSX.Element {
  return (
    <section aria-labelledby="plain-title">
      <h2 id="plain-title">{strings.attempt.plain}</h2>
      <div class="marked">
        <AnswerText answer={view.answer} notes={[]} />
      </div>
    </section>
  );
}

/** The outcome in one sentence, for a learner who hears the page. */
function spoken(view: AttemptView): string {
  if (view.points !== null) return `${strings.points(view.points)}. ${view.feedback?.summary ?? ''}`;
  switch (view.reason) {
    case null:
      return strings.attempt.status[view.status];
    case 'empty':
    case 'repeats-prompt':
    case 'copies-reference':
      return strings.returned[view.reason];
    default:
      return strings.ungraded(view.reason);
  }
}
