import { VivaError } from '../core/errors.ts';

/** Two labels given to one thing: the raters' (`reference`) and the judge's. */
export type LabelPair = { reference: string; judge: string };

/**
 * A square table of how often each pair of labels occurred: row = reference, column = judge, row by row in one flat array.
 * Flat, so that a bootstrap can hand over its totals without building a table for each of 10,000 resamples.
 */
export type PairCounts = {
  size: number;
  counts: ArrayLike<number>;
  /** The numbers the labels stand for, rising, where weighted figures should heed uneven steps; evenly spaced without them. */
  values?: readonly number[];
};

/** Counts label pairs over the given categories, in the order given: for ordered labels put them in their order. */
export function pairCounts(args: { pairs: readonly LabelPair[]; categories: readonly string[] }): PairCounts {
  const { pairs, categories } = args;
  const size = categories.length;
  const counts = new Float64Array(size * size);
  for (const pair of pairs) {
    const cell = placeOf(pair.reference, categories) * size + placeOf(pair.judge, categories);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { size, counts };
}

/** A table for people: rows are what the raters said, columns what the judge said; the judge may have more words (`unsure`). */
export function confusionMatrix(args: {
  pairs: readonly LabelPair[];
  rows: readonly string[];
  columns: readonly string[];
}): { rows: string[]; columns: string[]; counts: number[][] } {
  const counts = args.rows.map(() => args.columns.map(() => 0));
  for (const pair of args.pairs) {
    const row = counts[placeOf(pair.reference, args.rows)];
    const column = placeOf(pair.judge, args.columns);
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return { rows: [...args.rows], columns: [...args.columns], counts };
}

/** The sums a chance correction needs. `agreeing` is the diagonal. */
export function margins({ size, counts }: PairCounts): {
  n: number;
  agreeing: number;
  reference: Float64Array;
  judge: Float64Array;
} {
  const reference = new Float64Array(size);
  const judge = new Float64Array(size);
  let n = 0;
  let agreeing = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const count = counts[row * size + column] ?? 0;
      n += count;
      if (row === column) agreeing += count;
      reference[row] = (reference[row] ?? 0) + count;
      judge[column] = (judge[column] ?? 0) + count;
    }
  }
  return { n, agreeing, reference, judge };
}

function placeOf(label: string, categories: readonly string[]): number {
  const place = categories.indexOf(label);
  if (place >= 0) return place;
  throw new VivaError('internal', {
    message: `The label "${label}" is not among the categories ${categories.join(', ')}.`,
    fix: 'Name every label that occurs when you count pairs.',
  });
}
