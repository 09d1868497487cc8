import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, ItemView } from '../../tutor/learner-view.ts';
import type { SessionPlace } from '../../tutor/session.ts';
import { isSettled } from '../../tutor/watch-attempt.ts';
import { renderMarkdown } from '../markdown.ts';
import { notesDue, sortNotes } from '../margin-notes.ts';
import { AnswerForm } from '../parts/answer-form.tsx';
import { Contest, type ContestState } from '../parts/contest.tsx';
import { Forecast } from '../parts/forecast.tsx';
import { Graded } from '../parts/graded.tsx';
import { HintsDue, OpenParts } from '../parts/hints-due.tsx';
import { Icon } from '../parts/icon.tsx';
import { AnswerText } from '../parts/marked-answer.tsx';
import { SessionBar } from '../parts/session-bar.tsx';
import { NextItems } from '../parts/next-items.tsx';
import { OneSentence } from '../parts/one-sentence.tsx';
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
    section: 'course',
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
  return (
    <>
      <Outcome view={view} />
      {view.revision !== null && <Revision view={view} revision={view.revision} />}
      {graded && view.prediction !== null && <Forecast view={view} prediction={view.prediction} />}
      {complete && (
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
        {!complete && <NextItems items={item.next} />}
      </section>
    </>
  );
}

/** The form for the next try, with what is open in its margin; where a part is in doubt, one sentence comes first. */
function NextTry({ view, item, idempotencyKey, predicts }: AttemptPageProps): JSX.Element {
  const complete = view.points !== null && view.points.low === view.points.max;
  if (complete || view.status === 'ungraded') return <></>;
  const { margin, doubtful } = sortNotes(view);
  const above = margin.map(({ name }) => name);
  const due = item.due === null ? [] : notesDue(item.due);
  const form = (
    <AnswerForm
      item={view.item}
      asks={item.asks}
      title={strings.form.again}
      form={{
        answer: view.answer,
        option: view.option?.picked ?? null,
        prediction: { covered: [], sure: null },
        idempotencyKey,
        visit: '',
        problems: [],
        previewed: false,
      }}
      standing={item.standing}
      judge={item.judge}
      submitLabel={strings.form.submitAgain}
      newest={view.id}
      predicts={predicts}
    />
  );
  if (view.status !== 'provisional') {
    return (
      <div class="try">
        <HintsDue notes={due} above={above} />
        {form}
      </div>
    );
  }
  return (
    <div class="try">
      <HintsDue notes={due.filter(({ kind }) => kind !== 'unsure')} above={above} />
      <div class="try-forms">
        <OneSentence view={view} doubtful={doubtful} above={above} judge={item.judge} idempotencyKey={idempotencyKey} />
        <details class="rewrite">
          <summary>{strings.revise.whole}</summary>
          {form}
        </details>
      </div>
    </div>
  );
}

/** An earlier attempt is there to be read; going on happens from the newest. */
function Superseded({ view, newest }: { view: AttemptView; newest: string }): JSX.Element {
  const { missing, doubtful } = sortNotes(view);
  return (
    <div class="column">
      {missing.length + doubtful.length > 0 && (
        <section class="questions" aria-labelledby="missing-title">
          <h3 id="missing-title">{strings.attempt.missing}</h3>
          <OpenParts notes={[...missing, ...doubtful]} above={sortNotes(view).margin.map(({ name }) => name)} />
        </section>
      )}
      <p class="notice">
        <Icon name="next" />{' '}
        <span>
          {strings.revise.newer} <a href={href(routes.attempt, { attempt: newest })}>{strings.revise.newerLink}</a>
        </span>
      </p>
    </div>
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

/** Where tries count, the offer says first what it ends; where they are used up, it is what to do next. */
function RevealOffer({ view, item }: { view: AttemptView; item: ItemView }): JSX.Element {
  const due = item.standing === 'practice';
  const warns = item.standing === 'counted';
  return (
    <form class="reveal-offer" method="post" action={href(routes.reveal, { attempt: view.id })}>
      <button type="submit" {...(due ? { class: 'primary' } : {})}>
        {strings.attempt.reveal}
      </button>{' '}
      {(warns || due) && <span class="help">{warns ? strings.attempt.revealHelp : strings.attempt.revealDue}</span>}
    </form>
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
