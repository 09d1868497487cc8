import type { BootstrapPlan } from './bootstrap.ts';
import { addVoteCoincidences, alphaOfCoincidences } from './coincidences.ts';
import { countingRatings, type RatedVerdict } from './consensus.ts';
import { estimate, estimateShare, familyTable } from './estimate.ts';
import type { PairedVerdict } from './pair-ratings.ts';
import type { RatedOutcome } from './report-input.ts';
import type { ByUnity } from './report-parts.ts';
import type { Estimate } from './statistic.ts';
import { raterVerdicts } from './verdict-agreement.ts';

/** What the raters who count said of one criterion of one answer. */
export type RatedUnit = { family: string; item: string; criterion: string; said: RatedVerdict[] };

/** One unit a criterion of each answer, whatever became of the answer. */
export function ratedUnits(answers: readonly RatedOutcome[]): RatedUnit[] {
  return answers.flatMap(({ answer }) => {
    const { ratings } = countingRatings(answer.ratings);
    const criteria = new Set(ratings.flatMap((rating) => Object.keys(rating.verdicts)));
    return [...criteria].map((criterion) => ({
      family: answer.family,
      item: answer.item,
      criterion,
      said: ratings.flatMap((rating) => rating.verdicts[criterion] ?? []),
    }));
  });
}

/** Krippendorff's nominal alpha among the raters that count, with its interval by family. `n` counts parts of answers that two of them rated. */
export function raterAlpha({ units, plan }: { units: readonly RatedUnit[]; plan: BootstrapPlan }): Estimate {
  const cells = raterVerdicts.length ** 2;
  const table = familyTable({
    entries: units.filter(({ said }) => said.length >= 2),
    familyOf: (unit) => unit.family,
    width: cells + 1,
    add: (row, { said }) => {
      const votes = raterVerdicts.map((verdict) => said.filter((one) => one === verdict).length);
      addVoteCoincidences(row, { votes, offset: 0 });
      row[cells] = (row[cells] ?? 0) + 1;
    },
    plan,
  });
  const values = raterVerdicts.map((_, place) => place);
  return estimate(table, (sums) =>
    alphaOfCoincidences({ counts: sums, values, level: 'nominal', units: sums[cells] ?? 0 }),
  );
}

/**
 * The judge's agreement where the raters all said the same, and where they split and the majority is the reference. A judge
 * that fails only where people differ among themselves fails less than the overall figure says.
 */
export function agreementByUnity({
  verdicts,
  plan,
}: {
  verdicts: readonly PairedVerdict[];
  plan: BootstrapPlan;
}): ByUnity {
  const of = (raters: PairedVerdict['raters']): Estimate => {
    const table = familyTable({
      entries: verdicts.filter((verdict) => verdict.raters === raters),
      familyOf: (verdict) => verdict.family,
      width: 2,
      add: (row, { reference, judge }) => {
        const agrees = (judge === 'unsure' ? 'missed' : judge) === reference;
        row[0] = (row[0] ?? 0) + Number(agrees);
        row[1] = (row[1] ?? 0) + 1;
      },
      plan,
    });
    return estimateShare(table, {
      successes: (sums) => sums[0] ?? 0,
      trials: (sums) => sums[1] ?? 0,
      none:
        raters === 'split' ? 'No two raters differed and left a majority.' : 'No verdict has two raters that agree.',
    });
  };
  return { unanimous: of('unanimous'), split: of('split') };
}
