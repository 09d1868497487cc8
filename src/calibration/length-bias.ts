import type { BootstrapPlan } from './bootstrap.ts';
import { estimate, familyTable } from './estimate.ts';
import type { PairedAnswer } from './pair-ratings.ts';
import { statisticOf, undefinedStatistic, type Estimate, type Statistic } from './statistic.ts';

/** Words in the unit the slope is told in. */
const STEP_WORDS = 100;

/**
 * How many points more than the raters the judge gives for a hundred words more: the slope of judge minus raters (shares of the
 * most, so 0.05 is a twentieth of the points) on length, by least squares. Around 0 length does not sway it; above 0 it rewards
 * length, below 0 it punishes it. Undefined where all answers are equally long.
 */
export function lengthBias({ answers, plan }: { answers: readonly PairedAnswer[]; plan: BootstrapPlan }): Estimate {
  const entries = answers.flatMap(({ family, words, points }) =>
    points === null ? [] : [{ family, length: words / STEP_WORDS, kindness: points.judge - points.reference }],
  );
  const table = familyTable({
    entries,
    familyOf: (entry) => entry.family,
    width: 5,
    add: (row, { length, kindness }) => {
      [1, length, kindness, length * length, length * kindness].forEach((term, place) => {
        row[place] = (row[place] ?? 0) + term;
      });
    },
    plan,
  });
  return estimate(table, slope);
}

function slope(sums: Float64Array): Statistic {
  const [n = 0, length = 0, kindness = 0, lengthSquared = 0, product = 0] = sums;
  if (n < 2) return undefinedStatistic('A slope needs at least two answers.');
  const spread = lengthSquared - (length * length) / n;
  // What rounding leaves of equal lengths is no spread.
  if (spread <= 1e-9 * lengthSquared) return undefinedStatistic('All answers are equally long.');
  return statisticOf({ value: (product - (length * kindness) / n) / spread, n });
}
