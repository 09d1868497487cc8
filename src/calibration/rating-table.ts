import type { LabelScale } from './label-scale.ts';

/** One rater's or judge's ratings: for each row the place of its label in the scale, -1 where it is missing. */
export type RatedColumn = { name: string; codes: Int32Array };

/** Ratings of the same things by several raters, column by column, and the judges to hold against them. */
export type RatingTable = {
  scale: LabelScale;
  /** The row numbers of each family; every row is in one family. */
  families: readonly (readonly number[])[];
  /** The item of each row, where rows have one. */
  items: readonly string[] | null;
  raters: readonly RatedColumn[];
  judges: readonly RatedColumn[];
};

/** What raters agree on in one row. `ratings` counts those it rests on. */
export type RowConsensus =
  | { status: 'agreed'; code: number; value: number; ratings: number; unanimous: boolean }
  | { status: 'tied' }
  | { status: 'unrated' };

/**
 * The label most of the given columns have in a row; two labels with equally many votes are tied, and settle nothing. On an interval
 * scale, where few ratings are equal, their mean (`code` -1).
 */
export function rowConsensus(args: { scale: LabelScale; columns: readonly RatedColumn[]; row: number }): RowConsensus {
  const { scale, columns, row } = args;
  const codes = columns.map((column) => column.codes[row] ?? -1).filter((code) => code >= 0);
  const [first] = codes;
  if (first === undefined) return { status: 'unrated' };
  const ratings = codes.length;
  const unanimous = codes.every((code) => code === first);
  if (scale.level === 'interval') {
    if (unanimous) return { status: 'agreed', code: first, value: scale.values[first] ?? 0, ratings, unanimous };
    const value = codes.reduce((sum, code) => sum + (scale.values[code] ?? 0), 0) / ratings;
    return { status: 'agreed', code: -1, value, ratings, unanimous };
  }
  const votes = new Map<number, number>();
  for (const code of codes) votes.set(code, (votes.get(code) ?? 0) + 1);
  const [most, second] = [...votes].sort((one, other) => other[1] - one[1]);
  if (most === undefined || most[1] === second?.[1]) return { status: 'tied' };
  return { status: 'agreed', code: most[0], value: scale.values[most[0]] ?? 0, ratings, unanimous };
}
