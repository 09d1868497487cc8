import { placeKey, type Stimulus } from './drill-stimuli.ts';

/** So many turns that showed the same answer. */
type Shown = { itemId: string; exemplar: number | null; stimulus: string | null; turns: number };

/** A turn of late: its question, and whether its answer held a mistake; null where its learner was never told. */
type RecentTurn = { itemId: string; holds: boolean | null };

/** Turns looked back on: a rotation several times over, and about as far as a learner keeps count. */
export const TURNS_OF_LATE = 20;

/** Questions that rest after their turn, so that a learner goes round at least one more than that. */
const QUESTIONS_AT_REST = 5;

/** With every turn that one kind is ahead, the other becomes likelier by this much, */
const PULL = 0.1;
/** and never as good as certain: counting along must not replace reading. */
const LIKELIEST = 0.8;

/**
 * Picks what the next turn shows. The questions drilled last are left alone as long as there are others; then a lot says whether the
 * answer holds a mistake; then a question that has such an answer, those the learner has seen the answer of before those still fresh, for a
 * drilled question counts as seen, and the least drilled first; then an answer to it that was shown least. Undefined where there is
 * nothing to show.
 * @param args.recent turns of late, newest first.
 */
export function chooseStimulus(args: {
  stimuli: readonly Stimulus[];
  shown: readonly Shown[];
  recent: readonly RecentTurn[];
  seen: ReadonlySet<string>;
  random: () => number;
}): Stimulus | undefined {
  const { seen, recent, random } = args;
  const rested = withoutThoseAtRest(args);
  const wrong = rested.filter(({ held }) => held.length > 0);
  const right = rested.filter(({ held }) => held.length === 0);
  const [drawn, other] = random() < chanceOfWrong(recent) ? [wrong, right] : [right, wrong];
  const pool = drawn.length > 0 ? drawn : other;

  const turnsOfItem = new Map<string, number>();
  const turnsOfAnswer = new Map<string, number>();
  for (const shown of args.shown) {
    turnsOfItem.set(shown.itemId, (turnsOfItem.get(shown.itemId) ?? 0) + shown.turns);
    turnsOfAnswer.set(placeKey(shown), (turnsOfAnswer.get(placeKey(shown)) ?? 0) + shown.turns);
  }
  const timesShown = ({ courseItem, place }: Stimulus): number =>
    turnsOfAnswer.get(placeKey({ itemId: courseItem.item.id, ...place })) ?? 0;

  const [best] = [...new Set(pool.map(itemIdOf))]
    .map((itemId) => {
      const own = pool.filter((stimulus) => itemIdOf(stimulus) === itemId);
      const least = Math.min(...own.map(timesShown));
      return {
        answers: own.filter((stimulus) => timesShown(stimulus) === least),
        rank: least > 0 ? 2 : seen.has(itemId) ? 0 : 1,
        least,
        turns: turnsOfItem.get(itemId) ?? 0,
        tie: random(),
      };
    })
    .sort((a, b) => a.rank - b.rank || a.least - b.least || a.turns - b.turns || a.tie - b.tie);
  return best?.answers[Math.floor(random() * best.answers.length)];
}

/**
 * Wrong and right answers come up about equally often, so that "there is always a mistake" is no strategy; the kind that has been rarer of
 * late is likelier, so that twenty turns are seldom far from half and half.
 */
function chanceOfWrong(recent: readonly RecentTurn[]): number {
  const wrong = recent.filter(({ holds }) => holds === true).length;
  const right = recent.filter(({ holds }) => holds === false).length;
  return Math.min(LIKELIEST, Math.max(1 - LIKELIEST, 0.5 + PULL * (right - wrong)));
}

/** What is left when the questions drilled last rest: all but one of them at most. */
function withoutThoseAtRest({
  stimuli,
  recent,
}: {
  stimuli: readonly Stimulus[];
  recent: readonly RecentTurn[];
}): Stimulus[] {
  const questions = new Set(stimuli.map(itemIdOf));
  const drilled = new Set(recent.map(({ itemId }) => itemId).filter((itemId) => questions.has(itemId)));
  const resting = [...drilled].slice(0, Math.min(QUESTIONS_AT_REST, questions.size - 1));
  return stimuli.filter((stimulus) => !resting.includes(itemIdOf(stimulus)));
}

function itemIdOf({ courseItem }: Stimulus): string {
  return courseItem.item.id;
}
