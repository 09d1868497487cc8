import { cohenKappa } from './cohen-kappa.ts';
import { estimate, estimateShare, type FamilyTable } from './estimate.ts';
import { gwetAc2 } from './gwet-ac.ts';
import type { LabelScale } from './label-scale.ts';
import type { PairCounts } from './pair-counts.ts';
import { addMoments, momentWidth, quadraticKappa, signedBias } from './pair-moments.ts';
import { undefinedStatistic, type Estimate, type Statistic } from './statistic.ts';

/** How far two columns of ratings agree. Ordered figures are null on a nominal scale. */
export type PairFigures = {
  /** Rows that both rated. */
  n: number;
  agreement: Estimate;
  kappa: Estimate;
  quadraticKappa: Estimate | null;
  ac1: Estimate;
  ac2: Estimate | null;
  /** The second's ratings minus the first's on average, in the scale's own units. */
  difference: Estimate | null;
};

/** One rating: its place in the scale's labels, -1 for a number that is none of them (a mean of ratings), and its number. */
export type Rated = { code: number; value: number };

/** How two columns are summed up: row count, exact agreements, a square of label counts (none where `size` is 0), moments. */
export type PairLayout = { size: number; scale: LabelScale; width: number };

/** With more labels a square of counts says nothing that numbers do not say better. */
const mostCountedLabels = 20;

/** The layout for pairs of labels of this scale: numbers with many values are not counted label by label. */
export function labelLayout(scale: LabelScale): PairLayout {
  const counted = scale.level !== 'interval' || scale.labels.length <= mostCountedLabels;
  return layoutOf({ scale, size: counted ? scale.labels.length : 0 });
}

/** The layout for pairs of which one is a mean of ratings, so no label. */
export function numberLayout(scale: LabelScale): PairLayout {
  return layoutOf({ scale, size: 0 });
}

function layoutOf({ scale, size }: { scale: LabelScale; size: number }): PairLayout {
  return { scale, size, width: 2 + size * size + momentWidth };
}

/** Adds one pair into the sums of a layout that begin at `offset`. */
export function addPair(
  into: Float64Array,
  args: { layout: PairLayout; offset: number; reference: Rated; judge: Rated },
): void {
  const { offset, reference, judge } = args;
  const { size } = args.layout;
  const bump = (place: number): void => {
    into[offset + place] = (into[offset + place] ?? 0) + 1;
  };
  bump(0);
  if (reference.value === judge.value) bump(1);
  if (size > 0) bump(2 + reference.code * size + judge.code);
  addMoments(into, { pair: { reference: reference.value, judge: judge.value }, offset: offset + 2 + size * size });
}

/** All figures of a pair from a table whose sums begin with the layout's. `from` picks them out where there are more. */
export function pairFigures(args: {
  table: FamilyTable;
  layout: PairLayout;
  from?: (sums: Float64Array) => Float64Array;
}): PairFigures {
  const { table, layout } = args;
  const from = args.from ?? ((sums) => sums);
  const ordered = layout.scale.level !== 'nominal';
  const square = squareOf(layout);
  return {
    n: from(table.total)[0] ?? 0,
    agreement: agreementEstimate({ table, from }),
    kappa: estimate(table, (sums) => plainKappa({ layout, sums: from(sums) })),
    quadraticKappa: ordered ? estimate(table, (sums) => quadraticKappa(momentsOf(layout, from(sums)))) : null,
    ac1: estimate(table, (sums) =>
      layout.size === 0 ? notCounted() : gwetAc2({ pairs: square(from(sums)), weights: 'nominal' }),
    ),
    ac2: ordered
      ? estimate(table, (sums) =>
          layout.size === 0 ? notCounted() : gwetAc2({ pairs: square(from(sums)), weights: 'quadratic' }),
        )
      : null,
    difference: ordered ? estimate(table, (sums) => signedBias(momentsOf(layout, from(sums)))) : null,
  };
}

/** The share of equal ratings, with its interval. */
export function agreementEstimate(args: { table: FamilyTable; from: (sums: Float64Array) => Float64Array }): Estimate {
  return estimateShare(args.table, {
    successes: (sums) => args.from(sums)[1] ?? 0,
    trials: (sums) => args.from(sums)[0] ?? 0,
    none: 'No answer has both ratings.',
  });
}

/** The kappa a scale is judged by: near misses count part on an ordered scale, nothing on a nominal one. */
export function headlineKappa({ layout, sums }: { layout: PairLayout; sums: Float64Array }): Statistic {
  return layout.scale.level === 'nominal' ? plainKappa({ layout, sums }) : quadraticKappa(momentsOf(layout, sums));
}

/** The counts of a layout as a square; it shares their memory. */
export function squareOf(layout: PairLayout): (sums: Float64Array) => PairCounts {
  const { size, scale } = layout;
  const values = scale.values;
  return (sums) => ({ size, counts: sums.subarray(2, 2 + size * size), values });
}

function plainKappa({ layout, sums }: { layout: PairLayout; sums: Float64Array }): Statistic {
  if (layout.size === 0) return notCounted();
  return cohenKappa({ pairs: squareOf(layout)(sums), weights: 'nominal' });
}

function momentsOf({ size }: PairLayout, sums: Float64Array): Float64Array {
  return sums.subarray(2 + size * size, 2 + size * size + momentWidth);
}

function notCounted(): Statistic {
  return undefinedStatistic('On a scale of many numbers this figure says little; read the quadratic kappa.');
}
