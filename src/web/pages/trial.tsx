import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DetectionTally } from '../../calibration/signal-detection.ts';
import type { TrialView } from '../../tutor/trial-view.ts';
import { assetHref } from '../assets.ts';
import type { FormProblem } from '../form-state.ts';
import { renderInline, renderMarkdown } from '../markdown.ts';
import { AnswerField, draftOf, FormFoot, Reader } from '../parts/answer-form.tsx';
import { AnswerPieces } from '../parts/answer-pieces.tsx';
import { Icon } from '../parts/icon.tsx';
import { AnswerText } from '../parts/marked-answer.tsx';
import { TurnOutcome } from '../parts/turn-outcome.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { trialHref } from '../trial-href.ts';

/** How often a page without JavaScript looks again for the verdict on a reason. */
const REFRESH_SECONDS = 2;

/** What stands in the second step's form: nothing yet, or what was just sent and could not be taken. */
export type TrialForm = {
  picked: string;
  piece: string;
  why: string;
  problems: FormProblem[];
};

/** `tally`: all turns so far; null until this one is over. */
type Props = { view: TrialView; from: string | null; form: TrialForm; tally: DetectionTally | null };

/** One turn: the question, what somebody answered, and what is asked of its reader now, or what became of it. */
export function trialPage({ view, from, form, tally }: Props): Page {
  const waiting = view.stage === 'done' && view.outcome.why?.status === 'waiting';
  return {
    title: `${strings.spot.title}: ${view.item.title}`,
    course: view.course,
    section: 'spot',
    ...(waiting ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: (
      <article class="page trial">
        <header class="page-head">
          <p class="eyebrow">{strings.spot.title}</p>
          <h1>{view.item.title}</h1>
          {view.stage !== 'detect' && (
            <details class="recap">
              <summary>{strings.spot.question}</summary>
              <div class="prose prompt">{renderMarkdown(view.item.prompt)}</div>
            </details>
          )}
        </header>
        <Stage view={view} from={from} form={form} tally={tally} />
        {view.stage !== 'done' && <Leave view={view} from={from} />}
      </article>
    ),
  };
}

function Stage({ view, from, form, tally }: Props): JSX.Element {
  switch (view.stage) {
    case 'detect':
      return <Detect view={view} from={from} />;
    case 'explain':
      return <Explain view={view} from={from} form={form} />;
    case 'done':
      return <TurnOutcome view={view} outcome={view.outcome} from={from} tally={tally} />;
    default:
      return view satisfies never;
  }
}

function Detect({ view, from }: { view: TrialView; from: string | null }): JSX.Element {
  return (
    <>
      <div class="prose prompt">{renderMarkdown(view.item.prompt)}</div>
      <section aria-labelledby="trial-answer">
        <h2 id="trial-answer">{strings.spot.answer}</h2>
        <div class="marked somebody">
          <AnswerText answer={view.answer} notes={[]} />
        </div>
      </section>
      <form class="call" method="post" action={trialHref({ trialId: view.id, from })} aria-labelledby="call-title">
        <h2 id="call-title">{strings.spot.call}</h2>
        <p class="call-buttons">
          <button type="submit" name="call" value="mistake">
            {strings.spot.yes}
          </button>
          <button type="submit" name="call" value="none">
            {strings.spot.no}
          </button>
        </p>
      </form>
    </>
  );
}

/** The way on for whoever does not want this one: the turn stays open, and so counts as nothing. */
function Leave({ view, from }: { view: TrialView; from: string | null }): JSX.Element {
  return (
    <form class="leave" method="post" action={href(routes.spot, { course: view.course.id })}>
      {from !== null && <input type="hidden" name="from" value={from} />}
      <button type="submit" class="link">
        {strings.spot.leave}
      </button>
      <span class="help">{strings.spot.leaveHelp}</span>
    </form>
  );
}

type Explaining = Extract<TrialView, { stage: 'explain' }>;

function Explain({ view, from, form }: { view: Explaining; from: string | null; form: TrialForm }): JSX.Element {
  return (
    <form
      class="answer-form explain-form"
      method="post"
      enctype="multipart/form-data"
      novalidate
      action={trialHref({ trialId: view.id, from })}
      aria-labelledby="suspect"
      {...draftOf({ draft: `trial ${view.id}`, itemId: `trial ${view.id}`, newest: null })}
    >
      <h2 id="suspect" tabindex={-1}>
        {strings.spot.suspect}
      </h2>
      <Problems problems={form.problems} />
      {view.pieces !== null && view.pieces.length > 1 ? (
        <AnswerPieces answer={view.answer} pieces={view.pieces} picked={form.piece} />
      ) : (
        <div class="marked somebody">
          <AnswerText answer={view.answer} notes={[]} />
        </div>
      )}
      <fieldset class="options" id="which" aria-describedby="picked-problem" data-pick>
        <legend>{strings.spot.which}</legend>
        <p id="picked-problem" class="pick-problem" role="alert" hidden={!form.problems.some(isAboutThePick)}>
          <Icon name="alert" /> {strings.spot.pickFirst}
        </p>
        {view.claims.map((claim, index) => (
          <Choice value={String(index + 1)} picked={form.picked}>
            {renderInline(claim)}
          </Choice>
        ))}
        <Choice value="another" picked={form.picked}>
          {strings.spot.another}
        </Choice>
        <Choice value="withdrawn" picked={form.picked}>
          {strings.spot.withdrawn} <span class="help">{strings.spot.withdrawnHelp}</span>
        </Choice>
      </fieldset>
      <div class="why-field">
        <label class="step-label" for="why">
          {strings.spot.why}
        </label>
        <p id="why-help" class="help">
          {strings.spot.whyHelp}
        </p>
        <AnswerField id="why" name="answer" rows={3} text={form.why} problems={form.problems} />
        <Reader judge={view.judge} />
      </div>
      <FormFoot label={strings.spot.submit} />
      <script src={assetHref('drill.js')} defer></script>
    </form>
  );
}

function Choice({ value, picked, children }: { value: string; picked: string; children: Child }): JSX.Element {
  return (
    <label class="option">
      <input type="radio" name="picked" value={value} checked={picked === value} required />
      <span>{children}</span>
    </label>
  );
}

function isAboutThePick({ field }: FormProblem): boolean {
  return field === 'picked';
}

function Problems({ problems }: { problems: FormProblem[] }): JSX.Element {
  if (problems.length === 0) return <></>;
  return (
    <div class="problems" role="alert">
      <p>
        <Icon name="alert" /> <strong>{strings.spot.problems}</strong>
      </p>
      <ul>
        {problems.map(({ field, message }) => (
          <li>
            {field === 'picked' ? <a href="#which">{message}</a> : <span id={`${field}-problem`}>{message}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
