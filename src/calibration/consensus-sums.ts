import { estimate, type FamilyTable } from './estimate.ts';
import { addPair, headlineKappa, labelLayout, numberLayout, type PairLayout } from './pair-figures.ts';
import { rowConsensus, type RatedColumn, type RatingTable, type RowConsensus } from './rating-table.ts';
import { statisticOf, undefinedStatistic, type Estimate, type Statistic } from './statistic.ts';

/** The raters' majority in every row, whole and with each rater left out. Worked out once for all judges. */
export type RowConsensuses = { whole: RowConsensus; without: RowConsensus[]; kind: number }[];

/** Rows on which every rater said the same as on another share one consensus, and its `kind`. */
export function rowConsensuses({ scale, raters }: RatingTable, rows: number): RowConsensuses {
  const kinds = new Map<string, RowConsensuses[number]>();
  return Array.from({ length: rows }, (_, row) => {
    const key = raters.map(({ codes }) => codes[row]).join();
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const without = raters.map((left) =>
      rowConsensus({ scale, columns: raters.filter((rater) => rater !== left), row }),
    );
    const consensus = { whole: rowConsensus({ scale, columns: raters, row }), without, kind: kinds.size };
    kinds.set(key, consensus);
    return consensus;
  });
}

/** A majority is a label; on an interval scale a mean takes its place, which is none. */
export function consensusLayout({ scale }: RatingTable): PairLayout {
  return scale.level === 'interval' ? numberLayout(scale) : labelLayout(scale);
}

/** Adds one row's rating beside what it is held against; nothing where either is missing. */
export function addAgreed(
  into: Float64Array,
  args: {
    table: RatingTable;
    layout: PairLayout;
    offset: number;
    reference: RowConsensus | undefined;
    judge: RatedColumn;
    row: number;
  },
): void {
  const { layout, offset, reference } = args;
  const code = args.judge.codes[args.row] ?? -1;
  if (code < 0 || reference?.status !== 'agreed') return;
  const value = args.table.scale.values[code] ?? 0;
  addPair(into, { layout, offset, reference, judge: { code, value } });
}

/** One layout's sums among several that stand one after the other. */
export type Block = (sums: Float64Array) => Float64Array;

export function blockAt({ width }: PairLayout, index: number): Block {
  return (sums) => sums.subarray(index * width, (index + 1) * width);
}

/** The mean of the kappas of several blocks; undefined with fewer than two, and where one of them is. */
export function meanKappa(args: { sums: FamilyTable; layout: PairLayout; blocks: readonly Block[] }): Estimate {
  if (args.blocks.length < 2) return oneRater();
  return estimate(args.sums, (all): Statistic => {
    let [total, n] = [0, 0];
    for (const block of args.blocks) {
      const kappa = headlineKappa({ layout: args.layout, sums: block(all) });
      if (kappa.status === 'undefined') return kappa;
      total += kappa.value;
      n = Math.max(n, kappa.n);
    }
    return statisticOf({ value: total / args.blocks.length, n });
  });
}

export function oneRater(): Estimate {
  return undefinedStatistic('It needs a second rater to compare with.');
}

/** On how many rows a column has a rating and what it is held against is tied. */
export function countTied(
  { consensuses }: { consensuses: RowConsensuses },
  judge: RatedColumn,
  consensusOf: (row: RowConsensuses[number]) => RowConsensus | undefined,
): number {
  return consensuses.filter((row, index) => consensusOf(row)?.status === 'tied' && (judge.codes[index] ?? -1) >= 0)
    .length;
}
