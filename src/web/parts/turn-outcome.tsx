import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Claim, TrialOutcome, TrialView } from '../../tutor/trial-view.ts';
import type { Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import { MarkedAnswer } from './marked-answer.tsx';
import { TurnSteps } from './turn-steps.tsx';
import { YourWhy } from './your-why.tsx';

type Props = { view: TrialView; outcome: TrialOutcome; from: string | null };

/** What was there, where it stands, why it tempts and why it fails; or why the answer is right. Then the next turn. */
export function TurnOutcome({ view, outcome, from }: Props): JSX.Element {
  const well = outcome.kind === 'hit' || outcome.kind === 'correct-rejection';
  return (
    <>
      <section aria-labelledby="verdict">
        <h2 id="verdict" tabindex={-1} class={`turn-heading ${well ? 'turn-right' : 'turn-wrong'}`}>
          <Icon name={well ? 'met' : 'wrong-turn'} /> {strings.spot.heading[outcome.kind]}
        </h2>
        <TurnSteps outcome={outcome} />
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
        <a href={`${href(routes.spot, { course: view.course.id })}#record`}>{strings.spot.record}</a>
      </div>
    </>
  );
}

/** The words that hold the mistake, and, where they are others, those its reader pointed at. */
function notesOf({ held, evidence, marked, markedRightly }: TrialOutcome): Note[] {
  const blank = { worth: null, asks: '' };
  const claim = held.map((one) => one.claim).join(' ');
  return [
    ...(evidence.length === 0
      ? []
      : [{ ...blank, name: 'A', kind: 'wrong-turn' as const, word: strings.spot.mistake, text: claim, evidence }]),
    ...(marked === null || markedRightly === true
      ? []
      : [
          {
            ...blank,
            name: 'B',
            kind: 'missed' as const,
            word: strings.spot.yourMark,
            text: held.length > 0 && markedRightly === null ? strings.spot.notScoredHelp : '',
            evidence: [marked],
          },
        ]),
  ];
}

/** Who says so, where it is not the course's author. */
function Source({ source }: Pick<TrialOutcome, 'source'>): JSX.Element {
  if (source.kind === 'authored') return <></>;
  const humans = source.raters.filter((kind) => kind === 'human').length;
  return <p class="help">{strings.spot.source({ raters: source.raters.length, humans })}</p>;
}

function Mistakes({ outcome }: { outcome: TrialOutcome }): JSX.Element {
  const { held, named, evidence } = outcome;
  // The note beside the marked words has said already what a single mistake claims.
  const said = held.length === 1 && evidence.length > 0;
  return (
    <section aria-labelledby="mistake">
      <h3 id="mistake">{held.length === 1 ? strings.spot.aboutMistake : strings.spot.aboutMistakes}</h3>
      {held.length > 1 && <p class="help">{strings.spot.oneIsEnough}</p>}
      {held.map((claim) => (
        <Explanation claim={claim} said={said} />
      ))}
      {named?.as === 'claim' && !named.held && <TookItFor claim={named.claim} />}
    </section>
  );
}

function Rightness({ outcome }: { outcome: TrialOutcome }): JSX.Element {
  const { right, rejects, named } = outcome;
  return (
    <section aria-labelledby="why-right">
      <h3 id="why-right">{strings.spot.whyRight}</h3>
      <ol class="criteria">
        {right.map(({ asks, expects }) => (
          <li>
            <p class="criterion-asks">{renderInline(asks)}</p>
            <p class="explained">{renderInline(expects)}</p>
          </li>
        ))}
      </ol>
      {rejects.map((claim) => (
        <>
          <p>{strings.spot.rejects}</p>
          <Explanation claim={claim} said={false} />
        </>
      ))}
      {named?.as === 'claim' && <TookItFor claim={named.claim} />}
    </section>
  );
}

function TookItFor({ claim }: { claim: Claim }): JSX.Element {
  return (
    <>
      <h3>{strings.spot.tookItFor}</h3>
      <p class="claim">{renderInline(claim.claim)}</p>
      <p>
        {strings.spot.notHeld} {strings.spot.elsewhere} {renderInline(claim.refutes)}
      </p>
    </>
  );
}

function Explanation({ claim, said }: { claim: Claim; said: boolean }): JSX.Element {
  return (
    <div class="mistake">
      {!said && <p class="claim">{renderInline(claim.claim)}</p>}
      <dl class="explanation">
        <dt>{strings.reveal.tempts}</dt>
        <dd>{renderInline(claim.tempts)}</dd>
        <dt>{strings.reveal.refutes}</dt>
        <dd>{renderInline(claim.refutes)}</dd>
      </dl>
    </div>
  );
}
