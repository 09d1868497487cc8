import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/** Two numbers given to one thing, usually points as a share of the most that could be earned. */
export type NumberPair = { reference: number; judge: number };

/**
 * The sums from which every statistic of this file follows, as one flat array so that a bootstrap adds families up:
 * n, sum of reference, of judge, of reference², of judge², of reference × judge, of |judge - reference|.
 * Made for shares of points (0 to 1) and small whole numbers; for values that vary only in their 7th digit it loses precision.
 */
export type PairMoments = ArrayLike<number>;

export const momentWidth = 7;

/** Adds one pair into the seven places of `into` that begin at `offset`. */
export function addMoments(into: Float64Array, args: { pair: NumberPair; offset: number }): void {
  const { reference, judge } = args.pair;
  const terms = [
    1,
    reference,
    judge,
    reference * reference,
    judge * judge,
    reference * judge,
    Math.abs(judge - reference),
  ];
  terms.forEach((term, place) => {
    into[args.offset + place] = (into[args.offset + place] ?? 0) + term;
  });
}

export function pairMoments(pairs: readonly NumberPair[]): PairMoments {
  const moments = new Float64Array(momentWidth);
  for (const pair of pairs) addMoments(moments, { pair, offset: 0 });
  return moments;
}

type Summary = {
  n: number;
  referenceMean: number;
  judgeMean: number;
  referenceVariance: number;
  judgeVariance: number;
  covariance: number;
  meanSquaredDifference: number;
  meanAbsoluteDifference: number;
};

/**
 * Cohen's kappa with squared distances on points: 1 the same points always, 0 luck, below 0 worse than luck; range -1 to 1.
 * Computed on the numbers themselves, so levels need not be evenly spaced; on evenly spaced levels it equals the usual
 * quadratic-weighted kappa, and it always equals Lin's concordance coefficient with variances over n.
 * Undefined without observations and where raters and judge both gave one and the same number every time.
 * High by itself where answers differ much, low where all are alike: read it beside the mean absolute error.
 * Sources: J. Cohen (1968); J. L. Fleiss and J. Cohen, Educational and Psychological Measurement 33 (1973).
 */
export function quadraticKappa(moments: PairMoments): Statistic {
  const summary = summarise(moments);
  if (summary === undefined) return undefinedStatistic('No points to compare.');
  const { referenceMean, judgeMean, referenceVariance, judgeVariance, n } = summary;
  const expected = referenceVariance + judgeVariance + (referenceMean - judgeMean) ** 2;
  if (expected === 0) return undefinedStatistic('Raters and judge gave one and the same number of points every time.');
  return statisticOf({ value: 1 - summary.meanSquaredDifference / expected, n });
}

/**
 * Whether judge and raters order the answers alike, from -1 to 1. Blind to a judge that is always one point too low: read it
 * beside the bias. Undefined with fewer than two pairs and where either side never varies.
 * Source: K. Pearson, Proceedings of the Royal Society 58 (1895).
 */
export function pearsonCorrelation(moments: PairMoments): Statistic {
  const summary = summarise(moments);
  if (summary === undefined || summary.n < 2) return undefinedStatistic('A correlation needs at least two answers.');
  const { referenceVariance, judgeVariance, covariance, n } = summary;
  if (referenceVariance === 0) return undefinedStatistic('The raters gave every answer the same points.');
  if (judgeVariance === 0) return undefinedStatistic('The judge gave every answer the same points.');
  const value = covariance / Math.sqrt(referenceVariance * judgeVariance);
  return statisticOf({ value: Math.max(-1, Math.min(1, value)), n });
}

/** How far off the judge's points are on average, too high and too low alike; 0 is exact. Undefined without observations. */
export function meanAbsoluteError(moments: PairMoments): Statistic {
  const summary = summarise(moments);
  if (summary === undefined) return undefinedStatistic('No points to compare.');
  return statisticOf({ value: summary.meanAbsoluteDifference, n: summary.n });
}

/** Judge minus raters on average: above 0 the judge is too kind, below 0 too strict; errors that cancel out vanish in it. */
export function signedBias(moments: PairMoments): Statistic {
  const summary = summarise(moments);
  if (summary === undefined) return undefinedStatistic('No points to compare.');
  return statisticOf({ value: summary.judgeMean - summary.referenceMean, n: summary.n });
}

/**
 * The signed bias in units of how much the points spread (root of the mean of the two variances, each over n - 1): comparable
 * across items. Williamson, Xi and Breyer ask for at most 0.15 either way.
 * Undefined with fewer than two answers and where neither side varies.
 * Source: D. Williamson, X. Xi and F. J. Breyer, Educational Measurement: Issues and Practice 31 (2012).
 */
export function standardizedMeanDifference(moments: PairMoments): Statistic {
  const summary = summarise(moments);
  if (summary === undefined || summary.n < 2) return undefinedStatistic('A spread needs at least two answers.');
  const { referenceVariance, judgeVariance, referenceMean, judgeMean, n } = summary;
  const spread = Math.sqrt((((referenceVariance + judgeVariance) / 2) * n) / (n - 1));
  if (spread === 0) return undefinedStatistic('Neither raters nor judge ever varied their points.');
  return statisticOf({ value: (judgeMean - referenceMean) / spread, n });
}

function summarise(moments: PairMoments): Summary | undefined {
  const at = (place: number): number => moments[place] ?? 0;
  const n = at(0);
  if (n === 0) return undefined;
  const referenceMean = at(1) / n;
  const judgeMean = at(2) / n;
  return {
    n,
    referenceMean,
    judgeMean,
    referenceVariance: variance({ meanSquare: at(3) / n, mean: referenceMean }),
    judgeVariance: variance({ meanSquare: at(4) / n, mean: judgeMean }),
    covariance: at(5) / n - referenceMean * judgeMean,
    meanSquaredDifference: Math.max(0, (at(3) + at(4) - 2 * at(5)) / n),
    meanAbsoluteDifference: at(6) / n,
  };
}

/** Variance over n. What rounding leaves of a constant (thirds, say) is taken for the zero it is. */
function variance({ meanSquare, mean }: { meanSquare: number; mean: number }): number {
  const raw = meanSquare - mean * mean;
  return raw <= 1e-12 * meanSquare ? 0 : raw;
}
