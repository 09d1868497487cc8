import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DetectionTally } from '../../calibration/signal-detection.ts';
import type { Claim, TrialOutcome, TrialView } from '../../tutor/trial-view.ts';
import { noteName, type Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { withQuery } from '../trial-href.ts';
import { Icon } from './icon.tsx';
import { MarkedAnswer } from './marked-answer.tsx';
import { TurnSteps } from './turn-steps.tsx';
import { YourWhy } from './your-why.tsx';

/** `tally`: all turns so far, this one among them; null where they were not counted. */
type Props = { view: TrialView; outcome: TrialOutcome; from: string | null; tally: DetectionTally | null };

/** What was there, where it stands, why it tempts and why it fails; or why the answer is right. Then the next turn. */
export function TurnOutcome({ view, outcome, from, tally }: Props): JSX.Element {
  const well = outcome.kind === 'hit' || outcome.kind === 'correct-rejection';
  return (
    <>
      <section aria-labelledby="verdict">
        <h2 id="verdict" tabindex={-1} class={`turn-heading ${well ? 'turn-right' : 'turn-wrong'}`}>
          <Icon name={well ? 'met' : 'wrong-turn'} /> {strings.spot.heading[outcome.kind]}
        </h2>
        <TurnSteps outcome={outcome} />
        <SecondThoughts outcome={outcome} />
        {tally !== null && <p class="help turn-tally">{strings.spot.tally(tally)}</p>}
      </section>
      <section aria-labelledby="trial-answer" class="turn-answer">
        <h3 id="trial-answer">{strings.spot.answer}</h3>
        <MarkedAnswer answer={view.answer} notes={notesOf(outcome)} />
        <Source source={outcome.source} />
      </section>
      {outcome.held.length > 0 ? <Mistakes outcome={outcome} /> : <Rightness outcome={outcome} />}
      {outcome.why !== null && <YourWhy view={view} why={outcome.why} holds={outcome.held.length > 0} from={from} />}
      <div class="turn-foot">
        <form method="post" action={href(routes.spot, { course: view.course.id })}>
          {from !== null && <input type="hidden" name="from" value={from} />}
          <button type="submit" class="primary">
            {strings.spot.next}
          </button>
        </form>
        <a href={href(routes.item, { item: view.item.id })}>{strings.spot.own}</a>
        <a href={`${withQuery(href(routes.spot, { course: view.course.id }), { from })}#record`}>
          {strings.spot.record}
        </a>
      </div>
    </>
  );
}

/** What became of a call that was taken back. */
function SecondThoughts({ outcome: { kind, named } }: { outcome: TrialOutcome }): JSX.Element {
  if (named?.as !== 'withdrawn' || (kind !== 'hit' && kind !== 'false-alarm')) return <></>;
  return <p class="second-thoughts">{strings.spot.secondThoughts[kind]}</p>;
}

/** The words of each mistake, and, where they are elsewhere, those its reader pointed at. */
function notesOf({ held, marked, markedRightly }: TrialOutcome): Note[] {
  const notes: Omit<Note, 'name'>[] = [];
  const blank = { worth: null, asks: '' };
  for (const { claim: text, evidence } of held) {
    if (evidence !== null)
      notes.push({ ...blank, kind: 'wrong-turn', word: strings.spot.mistake, text, evidence: [evidence] });
  }
  if (marked !== null && markedRightly !== true) {
    const text = held.length > 0 && markedRightly === null ? strings.spot.notScoredHelp : '';
    notes.push({ ...blank, kind: 'missed', word: strings.spot.yourMark, text, evidence: [marked] });
  }
  return notes.map((note, index) => ({ ...note, name: noteName({ kind: 'misconception', ordinal: index + 1 }) }));
}

/** Who says so, where it is not the course's author. */
function Source({ source }: Pick<TrialOutcome, 'source'>): JSX.Element {
  if (source.kind === 'authored') return <></>;
  return <p class="help">{strings.spot.source(source.raters)}</p>;
}

function Mistakes({ outcome }: { outcome: TrialOutcome }): JSX.Element {
  const { held, named, evidence } = outcome;
  // The note beside the marked words has said already what a single mistake claims.
  const said = held.length === 1 && evidence.length > 0;
  return (
    <section aria-labelledby="mistake">
      <h3 id="mistake">{held.length === 1 ? strings.spot.aboutMistake : strings.spot.aboutMistakes}</h3>
      {held.length > 1 && <p class="help">{strings.spot.oneIsEnough(held.length)}</p>}
      {held.map((claim, index) => (
        <Explanation
          claim={claim}
          said={said}
          name={
            held.length > 1 && claim.evidence !== null ? noteName({ kind: 'misconception', ordinal: index + 1 }) : ''
          }
        />
      ))}
      {named?.as === 'claim' && !named.held && <TookItFor claim={named.claim} rejected={false} />}
    </section>
  );
}

/** First what its reader took for a mistake, then what the answer gets right; unfolded for whoever doubted it. */
function Rightness({ outcome }: { outcome: TrialOutcome }): JSX.Element {
  const { kind, right, rejects, named } = outcome;
  const taken = named?.as === 'claim' ? named.claim : null;
  const rejected = rejects.filter(({ claim }) => claim !== taken?.claim);
  return (
    <section aria-labelledby="why-right">
      {taken !== null && <TookItFor claim={taken} rejected={rejected.length < rejects.length} />}
      <h3 id="why-right">{strings.spot.whyRight}</h3>
      <p>{strings.spot.rightThroughout}</p>
      <details class="recap" open={kind === 'false-alarm'}>
        <summary>{strings.spot.rightParts(right.length)}</summary>
        <ol class="criteria">
          {right.map(({ asks, expects }) => (
            <li>
              <p class="criterion-asks">{renderInline(asks)}</p>
              {expects !== null && <p class="explained">{renderInline(expects)}</p>}
            </li>
          ))}
        </ol>
      </details>
      {rejected.map((claim) => (
        <>
          <p class="rejects">{strings.spot.rejects}</p>
          <Explanation claim={claim} said={false} />
        </>
      ))}
    </section>
  );
}

function TookItFor({ claim, rejected }: { claim: Claim; rejected: boolean }): JSX.Element {
  return (
    <>
      <h3>{strings.spot.tookItFor}</h3>
      <p class="claim">{renderInline(claim.claim)}</p>
      <p>
        {rejected ? strings.spot.onlyRejected : strings.spot.notHeld} {strings.spot.elsewhere}{' '}
        {renderInline(claim.refutes)}
      </p>
    </>
  );
}

/** @param args.name the letter its words bear; empty where there is none to tell apart. */
function Explanation(args: { claim: Claim; said: boolean; name?: string }): JSX.Element {
  const { claim, said, name = '' } = args;
  return (
    <div class="mistake">
      {!said && (
        <p class="claim">
          {name !== '' && <span class="note-name">{name}</span>} {renderInline(claim.claim)}
        </p>
      )}
      <dl class="explanation">
        <dt>{strings.reveal.tempts}</dt>
        <dd>{renderInline(claim.tempts)}</dd>
        <dt>{strings.reveal.refutes}</dt>
        <dd>{renderInline(claim.refutes)}</dd>
      </dl>
    </div>
  );
}
