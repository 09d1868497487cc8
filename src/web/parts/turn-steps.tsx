import type { JSX } from 'hono/jsx/jsx-runtime';
import type { TrialOutcome } from '../../tutor/trial-view.ts';
import { strings } from '../strings.ts';
import { Icon, type IconName } from './icon.tsx';

/** The last step changes when a reason that is being read has been. */
export const WHY_STEP = 'step-why';

type Step = { id?: string; name: string; kind: 'met' | 'missed' | 'unsure' | 'wrong-turn'; word: string };

/** Each step of a turn in a word: called, named, pointed at, explained. Steps that were not asked are left out. */
export function TurnSteps({ outcome }: { outcome: TrialOutcome }): JSX.Element {
  return (
    <dl class="turn-steps" aria-label={strings.spot.steps}>
      {stepsOf(outcome).map(({ id, name, kind, word }) => (
        <div class={`turn-step tag-${kind}`} {...(id === undefined ? {} : { id })}>
          <dt>{name}</dt>
          <dd>
            <Icon name={iconOf[kind]} /> {word}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const iconOf = {
  met: 'met',
  missed: 'missed',
  unsure: 'unsure',
  'wrong-turn': 'wrong-turn',
} satisfies Record<Step['kind'], IconName>;

function stepsOf(outcome: TrialOutcome): Step[] {
  const { kind, named, held } = outcome;
  const well = kind === 'hit' || kind === 'correct-rejection';
  const called: Step = {
    name: strings.spot.step.call,
    kind: well ? 'met' : 'wrong-turn',
    word: strings.spot.called[kind],
  };
  // Where nothing is wrong there is nothing to name or to point at.
  if (named === null || held.length === 0) return [called];
  const which = { name: strings.spot.step.which, ...naming(named) };
  // Nor can anybody say where it stands if nobody had marked it.
  return [called, which, ...(isScored(outcome) ? [whereStep(outcome)] : []), whyStep(outcome)];
}

function isScored({ evidence, marked, markedRightly }: TrialOutcome): boolean {
  return evidence.length > 0 && (marked === null || markedRightly !== null);
}

function naming(named: NonNullable<TrialOutcome['named']>): Omit<Step, 'name'> {
  switch (named.as) {
    case 'claim':
      return named.held
        ? { kind: 'met', word: strings.spot.named }
        : { kind: 'wrong-turn', word: strings.spot.namedOther };
    case 'another':
      return { kind: 'missed', word: strings.spot.namedAnother };
    case 'withdrawn':
      return { kind: 'missed', word: strings.spot.withdrew };
    default:
      return named satisfies never;
  }
}

function whereStep({ marked, markedRightly }: TrialOutcome): Step {
  const name = strings.spot.step.where;
  if (marked === null) return { name, kind: 'missed', word: strings.spot.notMarked };
  return markedRightly
    ? { name, kind: 'met', word: strings.spot.markedRightly }
    : { name, kind: 'wrong-turn', word: strings.spot.markedElsewhere };
}

function whyStep({ why }: TrialOutcome): Step {
  const step = { id: WHY_STEP, name: strings.spot.step.why };
  if (why === null) return { ...step, kind: 'missed', word: strings.spot.noWhy };
  const word = strings.spot.whyStatus[why.status];
  switch (why.status) {
    case 'met':
      return { ...step, kind: 'met', word };
    case 'missed':
    case 'aside':
      return { ...step, kind: 'missed', word };
    case 'waiting':
    case 'touched':
    case 'undecided':
    case 'returned':
    case 'ungraded':
      return { ...step, kind: 'unsure', word };
    default:
      return why.status satisfies never;
  }
}
