import type { BootstrapPlan } from './bootstrap.ts';
import { cohenKappa } from './cohen-kappa.ts';
import type { RatedVerdict } from './consensus.ts';
import { estimate, estimateShare, familyTable, type FamilyTable } from './estimate.ts';
import { gwetAc1 } from './gwet-ac.ts';
import { confusionMatrix, type PairCounts } from './pair-counts.ts';
import type { PairedVerdict } from './pair-ratings.ts';
import type { VerdictAgreement } from './report-parts.ts';
import type { Estimate } from './statistic.ts';

/** From worst to best, the order that ordinal statistics need. */
export const raterVerdicts = ['missed', 'partial', 'met'] as const satisfies readonly RatedVerdict[];
export const judgeVerdicts = [...raterVerdicts, 'unsure'] as const satisfies readonly PairedVerdict['judge'][];

/** Every pair of verdicts that can occur, in the order in which a row of sums counts them. */
const cells = raterVerdicts.flatMap((reference) => judgeVerdicts.map((judge) => ({ reference, judge })));

type VerdictSelection = {
  verdicts: readonly PairedVerdict[];
  /** The verdicts the rubric can give: two where no criterion has a half-way level. One that occurs all the same is counted in. */
  categories: readonly RatedVerdict[];
  plan: BootstrapPlan;
};

/**
 * How far the judge's verdicts are the raters'. `agreement`, `kappa` and `ac1` are over all verdicts with `unsure` read as
 * `missed`, which is what it earns until a person decides; `covered` leaves the unsure ones out.
 */
export function verdictAgreement(selection: VerdictSelection): VerdictAgreement {
  const { verdicts } = selection;
  const table = verdictTable(selection);
  const all = squareOf(selection, asMissed);
  const covered = squareOf(selection, leftOut);
  return {
    n: verdicts.length,
    families: table.rows.length,
    raters: countEach(verdicts.map((verdict) => verdict.reference)),
    judge: countEach(verdicts.map((verdict) => verdict.judge)),
    confusion: confusionMatrix({ pairs: verdicts, rows: raterVerdicts, columns: judgeVerdicts }),
    ...headline(selection, table),
    ac1: estimate(table, (sums) => gwetAc1(all(sums))),
    // "Met" is the positive case: what a learner is told stands, or not.
    truePositiveRate: estimateShare(table, {
      successes: sumOver(({ reference, judge }) => reference === 'met' && judge === 'met'),
      trials: sumOver(({ reference }) => reference === 'met'),
      none: 'The raters never said met.',
    }),
    trueNegativeRate: estimateShare(table, {
      successes: sumOver(({ reference, judge }) => reference !== 'met' && judge !== 'met'),
      trials: sumOver(({ reference }) => reference !== 'met'),
      none: 'The raters always said met.',
    }),
    covered: {
      n: verdicts.filter((verdict) => verdict.judge !== 'unsure').length,
      agreement: agreementOf(table, leftOut),
      kappa: estimate(table, (sums) => cohenKappa({ pairs: covered(sums), weights: 'nominal' })),
    },
  };
}

/** The three figures every part of the answers shows; see verdictAgreement. */
export function verdictHeadline(selection: VerdictSelection): Record<'agreement' | 'kappa' | 'coverage', Estimate> {
  return headline(selection, verdictTable(selection));
}

function headline(
  selection: VerdictSelection,
  table: FamilyTable,
): Record<'agreement' | 'kappa' | 'coverage', Estimate> {
  const all = squareOf(selection, asMissed);
  return {
    agreement: agreementOf(table, asMissed),
    kappa: estimate(table, (sums) => cohenKappa({ pairs: all(sums), weights: 'nominal' })),
    coverage: estimateShare(table, {
      successes: sumOver(({ judge }) => judge !== 'unsure'),
      trials: sumOver(() => true),
      none: 'No verdicts to compare.',
    }),
  };
}

function verdictTable({ verdicts, plan }: VerdictSelection): FamilyTable {
  return familyTable({
    entries: verdicts,
    familyOf: (verdict) => verdict.family,
    width: cells.length,
    add: (row, verdict) => {
      const cell = cells.findIndex(
        ({ reference, judge }) => reference === verdict.reference && judge === verdict.judge,
      );
      row[cell] = (row[cell] ?? 0) + 1;
    },
    plan,
  });
}

/** What an abstention is read as; undefined leaves it out. */
type Reading = (judge: PairedVerdict['judge']) => RatedVerdict | undefined;

function asMissed(judge: PairedVerdict['judge']): RatedVerdict {
  return judge === 'unsure' ? 'missed' : judge;
}

function leftOut(judge: PairedVerdict['judge']): RatedVerdict | undefined {
  return judge === 'unsure' ? undefined : judge;
}

function agreementOf(table: FamilyTable, read: Reading): Estimate {
  return estimateShare(table, {
    successes: sumOver(({ reference, judge }) => read(judge) === reference),
    trials: sumOver(({ judge }) => read(judge) !== undefined),
    none: 'No verdicts to compare.',
  });
}

/** A function that adds up the sums of the chosen cells. The choice is made once, not for each of 10,000 resamples. */
function sumOver(chosen: (cell: (typeof cells)[number]) => boolean): (sums: Float64Array) => number {
  const places = Int32Array.from(cells.flatMap((cell, place) => (chosen(cell) ? [place] : [])));
  return (sums) => {
    let sum = 0;
    for (const place of places) sum += sums[place] ?? 0;
    return sum;
  };
}

/** A function that turns sums into a square over the categories in use. It reuses its square: read it before the next call. */
function squareOf(selection: VerdictSelection, read: Reading): (sums: Float64Array) => PairCounts {
  const { categories, verdicts } = selection;
  const used = raterVerdicts.filter(
    (category) =>
      categories.includes(category) || verdicts.some((one) => one.reference === category || one.judge === category),
  );
  const size = used.length;
  const targets = cells.map(({ reference, judge }) => {
    const verdict = read(judge);
    const known = verdict !== undefined && used.includes(verdict) && used.includes(reference);
    return known ? used.indexOf(reference) * size + used.indexOf(verdict) : -1;
  });
  const counts = new Float64Array(size * size);
  return (sums) => {
    counts.fill(0);
    for (let place = 0; place < targets.length; place += 1) {
      const target = targets[place] ?? -1;
      if (target >= 0) counts[target] = (counts[target] ?? 0) + (sums[place] ?? 0);
    }
    return { size, counts };
  };
}

function countEach<Verdict extends PairedVerdict['judge']>(
  verdicts: readonly Verdict[],
): Record<PairedVerdict['judge'], number> {
  const counts = { missed: 0, partial: 0, met: 0, unsure: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}
