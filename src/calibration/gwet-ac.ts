import { agreementWeight, type AgreementWeights } from './agreement-weights.ts';
import { margins, type PairCounts } from './pair-counts.ts';
import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/**
 * Agreement beyond luck that stays readable where one label is rare; kappa sinks there. 1 always the same, 0 luck; range
 * -1 to 1 (above -1 in practice). Luck is estimated from how evenly the labels are used: even use leaves most room for it.
 * `pairs` must hold every label that could have been used, used or not: their number enters the formula.
 * Undefined without observations and with fewer than two possible labels. Defined, and 1, where all gave one label: that is
 * its weakness too, for such answers cannot show that the judge tells right from wrong.
 * Source: K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008).
 */
export function gwetAc1(pairs: PairCounts): Statistic {
  return gwetAc2({ pairs, weights: 'nominal' });
}

/** AC1 with part of the credit for near misses on an ordered scale. Source: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014). */
export function gwetAc2({ pairs, weights }: { pairs: PairCounts; weights: AgreementWeights }): Statistic {
  const { size, counts } = pairs;
  const { n, reference, judge } = margins(pairs);
  if (n === 0) return undefinedStatistic('No verdicts to compare.');
  if (size < 2) return undefinedStatistic('Only one verdict is possible, so nothing can be told apart.');

  let observed = 0;
  let weightSum = 0;
  let evenness = 0;
  for (let row = 0; row < size; row += 1) {
    const use = ((reference[row] ?? 0) + (judge[row] ?? 0)) / (2 * n);
    evenness += use * (1 - use);
    for (let column = 0; column < size; column += 1) {
      const weight = agreementWeight(weights, { row, column, size });
      weightSum += weight;
      observed += (weight * (counts[row * size + column] ?? 0)) / n;
    }
  }
  const expected = (weightSum / (size * (size - 1))) * evenness;
  return statisticOf({ value: (observed - expected) / (1 - expected), n });
}
