import { agreementWeight } from './agreement-weights.ts';
import { estimate, estimateShare } from './estimate.ts';
import { fleissKappaOfSums } from './fleiss-kappa.ts';
import { addManyRaters, gwetAcOfSums, manyRatersWidth } from './gwet-ac.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { kindTable } from './kind-table.ts';
import {
  addVoteCoincidences,
  addIntervalUnit,
  alphaOfCoincidences,
  intervalAlphaOfSums,
  intervalAlphaWidth,
} from './coincidences.ts';
import { labelLayout } from './pair-figures.ts';
import type { RatingTable } from './rating-table.ts';
import { undefinedStatistic, type Estimate, type Statistic } from './statistic.ts';

/** Agreement among all raters together. */
export type ManyRaterFigures = {
  /** Rows with two ratings or more; figures rest on these unless they say otherwise. */
  n: number;
  /** How often two ratings of one answer are the same, averaged over answers. */
  agreement: Estimate;
  /** How often all ratings of an answer are the same. */
  unanimous: Estimate;
  alpha: Estimate;
  /** Over the rows that every rater rated, which it needs. */
  fleissKappa: Estimate;
  ac1: Estimate;
  ac2: Estimate | null;
};

/** Places of the sums that stand before the parts whose length depends on the scale. */
const place = { pairable: 0, agreeing: 1, unanimous: 2, complete: 3, completeAgreeing: 4, alpha: 5 } as const;

/** Agreement among all raters of the table, over the rows of the given families, each figure with its interval. */
export function manyRaterFigures(args: {
  table: RatingTable;
  families: readonly (readonly number[])[];
  plan: BootstrapPlan;
}): ManyRaterFigures {
  const { scale, raters } = args.table;
  const { level, values } = scale;
  const { size } = labelLayout(scale);
  const ordered = level !== 'nominal';
  const at = partsOf(size);
  const weightOf = (row: number, column: number): number =>
    agreementWeight(ordered ? 'quadratic' : 'nominal', { row, column, size, values });
  const same = (row: number, column: number): number => (row === column ? 1 : 0);
  const votes = new Float64Array(size);
  const ratingsOf = (row: number): number[] => raters.map(({ codes }) => codes[row] ?? -1).filter((code) => code >= 0);

  const sums = kindTable({
    families: args.families,
    // Who said what does not matter here, only how often it was said.
    kindOf: (row) => {
      const codes = ratingsOf(row);
      return codes.length === 0 ? null : codes.sort((one, other) => one - other).join();
    },
    add: (into, row) => {
      const codes = ratingsOf(row);
      const bump = (cell: number, by: number): void => {
        into[cell] = (into[cell] ?? 0) + by;
      };
      const pairs = codes.length * (codes.length - 1);
      const agreeing = codes.reduce((sum, code) => sum + codes.filter((other) => other === code).length - 1, 0);
      if (pairs > 0) {
        bump(place.pairable, 1);
        bump(place.agreeing, agreeing / pairs);
        if (agreeing === pairs) bump(place.unanimous, 1);
        if (level === 'interval')
          addIntervalUnit(into, { ratings: codes.map((code) => values[code] ?? 0), offset: place.alpha });
      }
      if (size === 0) return;
      votes.fill(0);
      for (const code of codes) votes[code] = (votes[code] ?? 0) + 1;
      addManyRaters(into, { votes, weightOf: same, offset: at.ac1 });
      addManyRaters(into, { votes, weightOf, offset: at.ac2 });
      if (pairs > 0) addVoteCoincidences(into, { votes, offset: at.coincidences });
      if (codes.length < raters.length) return;
      bump(place.complete, 1);
      bump(place.completeAgreeing, agreeing);
      for (const code of codes) bump(at.votes + code, 1);
    },
    width: at.width,
    plan: args.plan,
  });

  const weightSum = sumOfWeights(size, weightOf);
  const gwet = (offset: number, total: number): Estimate =>
    estimate(sums, (all) =>
      size === 0 ? notCounted() : gwetAcOfSums({ sums: all.subarray(offset), size, weightSum: total }),
    );
  return {
    n: sums.total[place.pairable] ?? 0,
    agreement: shareOf(place.agreeing),
    unanimous: shareOf(place.unanimous),
    alpha: estimate(sums, alpha),
    fleissKappa: estimate(sums, fleiss),
    ac1: gwet(at.ac1, size),
    ac2: ordered ? gwet(at.ac2, weightSum) : null,
  };

  function shareOf(successes: number): Estimate {
    return estimateShare(sums, {
      successes: (all) => all[successes] ?? 0,
      trials: (all) => all[place.pairable] ?? 0,
      none: 'No answer has two ratings.',
    });
  }

  function alpha(all: Float64Array): Statistic {
    if (level === 'interval') return intervalAlphaOfSums(all.subarray(place.alpha));
    const counts = all.subarray(at.coincidences, at.coincidences + size * size);
    return alphaOfCoincidences({ counts, values, level, units: all[place.pairable] ?? 0 });
  }

  function fleiss(all: Float64Array): Statistic {
    if (size === 0) return notCounted();
    if (raters.length < 2) return undefinedStatistic('Agreement among raters needs at least two of them.');
    return fleissKappaOfSums({
      answers: all[place.complete] ?? 0,
      raters: raters.length,
      agreeing: all[place.completeAgreeing] ?? 0,
      votes: Array.from(all.subarray(at.votes, at.votes + size)),
    });
  }
}

function partsOf(size: number): Record<'votes' | 'ac1' | 'ac2' | 'coincidences' | 'width', number> {
  const votes = place.alpha + intervalAlphaWidth;
  const ac1 = votes + size;
  const ac2 = ac1 + manyRatersWidth(size);
  const coincidences = ac2 + manyRatersWidth(size);
  return { votes, ac1, ac2, coincidences, width: coincidences + size * size };
}

function sumOfWeights(size: number, weightOf: (row: number, column: number) => number): number {
  let sum = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) sum += weightOf(row, column);
  }
  return sum;
}

function notCounted(): Statistic {
  return undefinedStatistic('On a scale of many numbers this figure says little; read alpha.');
}
