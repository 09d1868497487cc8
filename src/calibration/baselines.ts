import { groupBy } from './group-by.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * The label that occurs most often, the first to appear winning a draw; undefined for an empty list. A judge that reads
 * nothing and always gives this label is the first one to beat. Chosen on the very answers it is measured on, so it is flattered.
 */
export function majorityLabel<Label extends string>(labels: readonly Label[]): Label | undefined {
  let best: { label: Label; count: number } | undefined;
  for (const [label, same] of groupBy(labels, (one) => one)) {
    if (best === undefined || same.length > best.count) best = { label, count: same.length };
  }
  return best?.label;
}

/**
 * What a judge that only counts words would say: the raters' values dealt out again by length, the lowest to the shortest
 * answer and the highest to the longest. It is given the right mix of values for free, so it is flattered; a judge that does
 * not beat it clearly may be rewarding length. Equal lengths are put in an order drawn from the seed.
 * Values come back in the order of the answers.
 */
export function dealByLength(args: { answers: readonly { words: number; value: number }[]; seed: number }): number[] {
  const random = seededRandom(args.seed);
  const byLength = args.answers
    .map(({ words }, index) => ({ words, index, draw: random.nextUint32() }))
    .sort((one, other) => one.words - other.words || one.draw - other.draw);
  const values = args.answers.map(({ value }) => value).sort((one, other) => one - other);
  const dealt = args.answers.map(() => 0);
  byLength.forEach(({ index }, rank) => {
    dealt[index] = values[rank] ?? 0;
  });
  return dealt;
}
