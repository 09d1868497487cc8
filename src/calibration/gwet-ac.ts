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
  const { size, counts, values } = pairs;
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
      const weight = agreementWeight(weights, { row, column, size, values });
      weightSum += weight;
      observed += (weight * (counts[row * size + column] ?? 0)) / n;
    }
  }
  const expected = (weightSum / (size * (size - 1))) * evenness;
  return statisticOf({ value: (observed - expected) / (1 - expected), n });
}

/**
 * The sums from which AC1 or AC2 among any number of raters follows, over a scale of `size` labels: answers with two ratings or more,
 * their agreement (0 to 1 each), answers with any rating, and the mean use of each label on those. Raters may skip answers.
 */
export function manyRatersWidth(size: number): number {
  return 3 + size;
}

/** Adds one answer; `votes`: how many raters gave each label, one at least. `weightOf`: see agreementWeight. */
export function addManyRaters(
  into: Float64Array,
  args: { votes: ArrayLike<number>; weightOf: (row: number, column: number) => number; offset: number },
): void {
  const { votes, weightOf, offset } = args;
  let ratings = 0;
  for (let label = 0; label < votes.length; label += 1) ratings += votes[label] ?? 0;
  let agreeing = 0;
  for (let row = 0; row < votes.length; row += 1) {
    const chosen = votes[row] ?? 0;
    if (chosen === 0) continue;
    let close = 0;
    for (let column = 0; column < votes.length; column += 1) close += weightOf(row, column) * (votes[column] ?? 0);
    agreeing += chosen * (close - 1);
    into[offset + 3 + row] = (into[offset + 3 + row] ?? 0) + chosen / ratings;
  }
  into[offset + 2] = (into[offset + 2] ?? 0) + 1;
  if (ratings < 2) return;
  into[offset] = (into[offset] ?? 0) + 1;
  into[offset + 1] = (into[offset + 1] ?? 0) + agreeing / (ratings * (ratings - 1));
}

/** AC1 (weights that credit only the same label) or AC2 from the sums of addManyRaters. `weightSum` adds up the weights of all cells. Source: K. L. Gwet (2014). */
export function gwetAcOfSums(args: { sums: ArrayLike<number>; size: number; weightSum: number }): Statistic {
  const { sums, size, weightSum } = args;
  const [pairable, agreeing, rated] = [sums[0] ?? 0, sums[1] ?? 0, sums[2] ?? 0];
  if (pairable === 0) return undefinedStatistic('No answer has two ratings that could agree.');
  if (size < 2) return undefinedStatistic('Only one verdict is possible, so nothing can be told apart.');
  let evenness = 0;
  for (let label = 0; label < size; label += 1) {
    const use = (sums[3 + label] ?? 0) / rated;
    evenness += use * (1 - use);
  }
  const expected = (weightSum / (size * (size - 1))) * evenness;
  return statisticOf({ value: (agreeing / pairable - expected) / (1 - expected), n: pairable });
}
