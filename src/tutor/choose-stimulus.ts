import { placeKey, type Stimulus } from './drill-stimuli.ts';

/** So many turns that showed the same answer. */
type Shown = { itemId: string; exemplar: number | null; stimulus: string | null; turns: number };

/** Wrong and right answers come up equally often, so that "there is always a mistake" is no strategy. */
const SHARE_WRONG = 0.5;

/**
 * Picks what the next turn shows. First by lot whether it holds a mistake; then a question that has such an answer, those whose answer
 * the learner has seen before those still fresh, for a drilled question counts as seen, and the least drilled first; then an
 * answer to it that was shown least. Undefined where there is nothing to show.
 */
export function chooseStimulus(args: {
  stimuli: readonly Stimulus[];
  shown: readonly Shown[];
  seen: ReadonlySet<string>;
  random: () => number;
}): Stimulus | undefined {
  const { seen, random } = args;
  const wrong = args.stimuli.filter(({ held }) => held.length > 0);
  const right = args.stimuli.filter(({ held }) => held.length === 0);
  const [drawn, other] = random() < SHARE_WRONG ? [wrong, right] : [right, wrong];
  const pool = drawn.length > 0 ? drawn : other;

  const turnsOfItem = new Map<string, number>();
  const turnsOfAnswer = new Map<string, number>();
  for (const shown of args.shown) {
    turnsOfItem.set(shown.itemId, (turnsOfItem.get(shown.itemId) ?? 0) + shown.turns);
    turnsOfAnswer.set(placeKey(shown), (turnsOfAnswer.get(placeKey(shown)) ?? 0) + shown.turns);
  }
  const timesShown = ({ courseItem, place }: Stimulus): number =>
    turnsOfAnswer.get(placeKey({ itemId: courseItem.item.id, ...place })) ?? 0;

  const [best] = [...new Set(pool.map(({ courseItem }) => courseItem.item.id))]
    .map((itemId) => {
      const own = pool.filter(({ courseItem }) => courseItem.item.id === itemId);
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
