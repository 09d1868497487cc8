import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, ItemView } from '../../tutor/learner-view.ts';
import type { SessionPlace } from '../../tutor/session.ts';
import { isSettled } from '../../tutor/watch-attempt.ts';
import { renderMarkdown } from '../markdown.ts';
import { AnswerForm } from '../parts/answer-form.tsx';
import { Graded } from '../parts/graded.tsx';
import { Icon } from '../parts/icon.tsx';
import { AnswerText } from '../parts/marked-answer.tsx';
import { SessionBar } from '../parts/session-bar.tsx';
import { Reveal } from '../parts/reveal.tsx';
import { NextItems } from '../parts/next-items.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { PastAttempts } from './item.tsx';

/** How often a page without JavaScript looks again for the grade. */
const REFRESH_SECONDS = 2;

type AttemptPageProps = { view: AttemptView; item: ItemView; place: SessionPlace; idempotencyKey: string };

/** One attempt: waiting, marked up, sent back or left ungraded; then another try, and the answer once revealed. */
export function attemptPage({ view, item, place, idempotencyKey }: AttemptPageProps): Page {
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
            <Settled view={view} item={item} place={place} idempotencyKey={idempotencyKey} />
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

function Settled({ view, item, place, idempotencyKey }: AttemptPageProps): JSX.Element {
  const complete = view.points !== null && view.points.low === view.points.max;
  return (
    <>
      <Outcome view={view} />
      <SessionBar itemId={item.id} place={place} at="answer" />
      {view.reveal !== null && (
        <section class="column revealed" aria-labelledby="reveal-title">
          <h2 id="reveal-title" tabindex={-1}>
            {strings.reveal.title}
          </h2>
          <Reveal reveal={view.reveal} level={3} />
        </section>
      )}
      <div class="column">
        {!complete && view.status !== 'ungraded' && (
          <AnswerForm
            item={view.item}
            title={strings.form.again}
            answer={view.answer}
            option={view.option?.picked ?? null}
            standing={item.standing}
            judge={item.judge}
            submitLabel={strings.form.submitAgain}
            idempotencyKey={idempotencyKey}
            advice={view.status === 'provisional' ? strings.form.plainer : ''}
            problems={[]}
          />
        )}
        {!view.revealed && <RevealOffer view={view} warns={item.standing === 'counted'} />}
      </div>
      <section class="facts" aria-label={strings.item.facts}>
        <PastAttempts attempts={item.attempts} current={view.id} />
        <NextItems items={item.next} />
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

/** Where tries count, the offer says first what it ends. */
function RevealOffer({ view, warns }: { view: AttemptView; warns: boolean }): JSX.Element {
  return (
    <form class="reveal-offer" method="post" action={href(routes.reveal, { attempt: view.id })}>
      <button type="submit">{strings.attempt.reveal}</button>{' '}
      {warns && <span class="help">{strings.attempt.revealHelp}</span>}
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
