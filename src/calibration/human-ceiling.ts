import type { BootstrapPlan } from './bootstrap.ts';
import { cohenKappa, rawAgreement } from './cohen-kappa.ts';
import type { RatedVerdict } from './consensus.ts';
import { estimate, familyTable, type FamilyTable } from './estimate.ts';
import type { CeilingPoints, CeilingVerdict } from './leave-one-out.ts';
import type { PairCounts } from './pair-counts.ts';
import { addMoments, momentWidth, quadraticKappa } from './pair-moments.ts';
import type { Ceiling, PointsCeiling } from './report-parts.ts';
import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';
import { raterVerdicts } from './verdict-agreement.ts';

const noPeople = undefinedStatistic('No graded answer was rated by two people, so there is no human ceiling.');

const size = raterVerdicts.length;
const square = size * size;

/**
 * How far people agree with one another, and the judge with the very same people: each is held against the consensus of the
 * others (leave-one-out.ts). `gap` is people minus judge: above 0 the judge stays below what people reach.
 */
export function verdictCeiling(args: { entries: readonly CeilingVerdict[]; plan: BootstrapPlan }): Ceiling {
  if (args.entries.length === 0) {
    return { n: 0, agreement: absent, kappa: absent };
  }
  const table = familyTable({
    entries: args.entries,
    familyOf: (entry) => entry.family,
    width: 2 * square,
    add: (row, { others, person, judge }) => {
      addCell(row, { offset: 0, reference: others, said: person });
      addCell(row, { offset: square, reference: others, said: judge === 'unsure' ? 'missed' : judge });
    },
    plan: args.plan,
  });
  return {
    n: args.entries.length,
    agreement: threeFigures(table, rawAgreement),
    kappa: threeFigures(table, (pairs) => cohenKappa({ pairs, weights: 'nominal' })),
  };
}

/** The same for points, by quadratic kappa. */
export function pointsCeiling(args: { entries: readonly CeilingPoints[]; plan: BootstrapPlan }): PointsCeiling {
  if (args.entries.length === 0) return { n: 0, quadraticKappa: absent };
  const table = familyTable({
    entries: args.entries,
    familyOf: (entry) => entry.family,
    width: 2 * momentWidth,
    add: (row, { others, person, judge }) => {
      addMoments(row, { pair: { reference: others, judge: person }, offset: 0 });
      addMoments(row, { pair: { reference: others, judge }, offset: momentWidth });
    },
    plan: args.plan,
  });
  const people = (sums: Float64Array): Statistic => quadraticKappa(sums.subarray(0, momentWidth));
  const judge = (sums: Float64Array): Statistic => quadraticKappa(sums.subarray(momentWidth));
  return { n: args.entries.length, quadraticKappa: compared(table, { people, judge }) };
}

type Compared = Ceiling['agreement'];

const absent: Compared = { people: noPeople, judge: noPeople, gap: noPeople };

function threeFigures(table: FamilyTable, statistic: (pairs: PairCounts) => Statistic): Compared {
  const people = (sums: Float64Array): Statistic => statistic({ size, counts: sums.subarray(0, square) });
  const judge = (sums: Float64Array): Statistic => statistic({ size, counts: sums.subarray(square) });
  return compared(table, { people, judge });
}

function compared(
  table: FamilyTable,
  of: { people: (sums: Float64Array) => Statistic; judge: (sums: Float64Array) => Statistic },
): Compared {
  const gap = (sums: Float64Array): Statistic => difference(of.people(sums), of.judge(sums));
  return { people: estimate(table, of.people), judge: estimate(table, of.judge), gap: estimate(table, gap) };
}

/** One figure minus another on the same answers; undefined where either is. */
export function difference(one: Statistic, other: Statistic): Statistic {
  if (one.status === 'undefined') return one;
  if (other.status === 'undefined') return other;
  return statisticOf({ value: one.value - other.value, n: Math.min(one.n, other.n) });
}

function addCell(row: Float64Array, args: { offset: number; reference: RatedVerdict; said: RatedVerdict }): void {
  const cell = args.offset + raterVerdicts.indexOf(args.reference) * size + raterVerdicts.indexOf(args.said);
  row[cell] = (row[cell] ?? 0) + 1;
}
