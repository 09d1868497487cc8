import { agreementWeight, type AgreementWeights } from './agreement-weights.ts';
import { margins, type PairCounts } from './pair-counts.ts';
import { shareOf, statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/**
 * The share of labels that are the same, from 0 to 1. Not corrected for luck: where 95 % of answers are right, a judge
 * that always says "right" reaches 0.95. Undefined without observations.
 */
export function rawAgreement(pairs: PairCounts): Statistic {
  const { n, agreeing } = margins(pairs);
  return shareOf({ successes: agreeing, trials: n, none: 'No verdicts to compare.' });
}

/**
 * Agreement beyond what two graders with these habits would reach by luck: 1 always the same, 0 luck, below 0 worse than
 * luck; range -1 to 1. With weights, near misses on an ordered scale earn part of the credit.
 * Undefined without observations, and where both always gave one and the same label: luck alone then explains everything.
 * Low by construction where one label is rare (see Gwet's AC1).
 * Sources: J. Cohen, Educational and Psychological Measurement 20 (1960); weights: Psychological Bulletin 70 (1968).
 */
export function cohenKappa({ pairs, weights }: { pairs: PairCounts; weights: AgreementWeights }): Statistic {
  const { size, counts, values } = pairs;
  const { n, reference, judge } = margins(pairs);
  if (n === 0) return undefinedStatistic('No verdicts to compare.');
  // In counts rather than shares: the lone-label case below is then exact integer arithmetic.
  let observed = 0;
  let expected = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const penalty = 1 - agreementWeight(weights, { row, column, size, values });
      observed += penalty * (counts[row * size + column] ?? 0);
      expected += penalty * (reference[row] ?? 0) * (judge[column] ?? 0);
    }
  }
  if (expected === 0) return undefinedStatistic('Raters and judge gave one and the same verdict every time.');
  return statisticOf({ value: 1 - (observed * n) / expected, n });
}
