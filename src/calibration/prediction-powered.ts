import { clopperPearson } from './clopper-pearson.ts';
import { undefinedStatistic, type Estimate, type Interval } from './statistic.ts';
import { studentT } from './student-t.ts';

/** An answer that a person rated and the judge graded, as numbers of one scale: 1 or 0 for a criterion, or a share of the points. */
export type RatedPair = { judge: number; human: number };

/** Three ways to say a class's true mean, and what speaks against trusting the first. */
export type PredictionPoweredMean = {
  /** From all verdicts, corrected by the rated ones. */
  predictionPowered: Estimate;
  /** From the judge's verdicts alone; off by as much as the judge is. */
  judgeOnly: Estimate;
  /** From the rated answers alone. */
  ratedOnly: Estimate;
  /** How much of the judge's word entered, 0 (none, it tells nothing) to 1 (in full). */
  weight: number;
  /**
   * The judge's mean on rated and on unrated answers, and whether they lie further apart than a draw at random leaves them in 99 of 100 cases:
   * then the rated ones were chosen, and the correction learnt on them may not hold for the rest.
   */
  selection: { rated: number; unrated: number; suspicious: boolean } | null;
};

/** Below this nothing can be said of how the judge errs. */
const fewestRated = 2;

/**
 * The mean that people would give all these answers, from many verdicts of a judge and a few ratings: the judge's mean plus its mean
 * error on the rated answers, with an interval that counts the doubt in both. Valid whatever the judge is like, narrow where it is good,
 * no wider than the ratings alone where it is bad; but only if the rated answers were drawn at random from all.
 * The judge's part is weighted so that the interval is narrowest. Source: A. N. Angelopoulos and others, Science 382 (2023); the weight:
 * A. N. Angelopoulos, J. C. Duchi and T. Zrnic, "PPI++" (2023), clipped to 0 to 1.
 *
 * Two changes for few ratings. Where all numbers are 0 or 1, four made-up rated answers, one of each kind, enter the width (not the figure), because
 * twenty answers without an error do not prove that there is none; after A. Agresti and B. Caffo, The American Statistician 54 (2000). Elsewhere
 * Student's t with Welch's degrees of freedom takes the normal's place. test/bench/interval-coverage.ts measures what they bring.
 *
 * Undefined with fewer than two ratings and without an unrated answer. `level` is a probability.
 */
export function predictionPoweredMean(args: {
  rated: readonly RatedPair[];
  /** The judge's word on answers that nobody rated. */
  unrated: readonly number[];
  /** Ratings of answers on which the judge said nothing; only `ratedOnly` can use them. */
  unjudged?: readonly number[];
  level: number;
}): PredictionPoweredMean {
  const { rated, unrated, level } = args;
  const judged = rated.map(({ judge }) => judge);
  const human = [...rated.map((pair) => pair.human), ...(args.unjudged ?? [])];
  const all = [...judged, ...unrated];
  const binary = [...all, ...human].every((value) => value === 0 || value === 1);
  const weight = bestWeight({ rated, unrated });
  return {
    predictionPowered: corrected({ rated, unrated, level, weight, binary }),
    judgeOnly: plainMean({ values: all, level, binary, none: 'The judge graded no answer.' }),
    ratedOnly: plainMean({ values: human, level, binary, none: 'Nobody rated an answer.' }),
    weight,
    selection: selectionOf({ judged, unrated }),
  };
}

function corrected(args: {
  rated: readonly RatedPair[];
  unrated: readonly number[];
  level: number;
  weight: number;
  binary: boolean;
}): Estimate {
  const { rated, unrated, level, weight, binary } = args;
  if (rated.length < fewestRated) {
    return undefinedStatistic(`At least ${fewestRated} answers must be rated, to see how the judge errs.`);
  }
  if (unrated.length === 0) return undefinedStatistic('Every graded answer is rated, so there is nothing to infer.');
  const errors = rated.map(({ judge, human }) => human - weight * judge);
  const value = weight * mean(unrated) + mean(errors);
  const madeUp = binary ? [0, 1, -weight, 1 - weight] : [];
  const judgePart = (weight * weight * variance(unrated)) / unrated.length;
  const errorPart = variance([...errors, ...madeUp]) / rated.length;
  const spread = judgePart + errorPart;
  const n = rated.length + unrated.length;
  if (spread === 0) {
    const reason =
      'The judge was off by the same amount on every rated answer, so they cannot show how far off it may be elsewhere.';
    return { status: 'value', value, n, interval: undefinedStatistic(reason) };
  }
  const degrees = binary
    ? Infinity
    : spread ** 2 / (judgePart ** 2 / Math.max(1, unrated.length - 1) + errorPart ** 2 / (rated.length - 1));
  const half = quantile({ level, degrees }) * Math.sqrt(spread);
  const within = (bound: number): number => (binary ? Math.min(1, Math.max(0, bound)) : bound);
  const interval: Interval = {
    status: 'value',
    low: within(value - half),
    high: within(value + half),
    level,
    method: 'prediction-powered',
    units: rated.length,
  };
  return { status: 'value', value: within(value), n, interval };
}

/** The weight of the judge's word that makes the interval narrowest, from how its verdicts go with the ratings. */
function bestWeight({ rated, unrated }: { rated: readonly RatedPair[]; unrated: readonly number[] }): number {
  if (rated.length < fewestRated || unrated.length === 0) return 0;
  const judged = rated.map(({ judge }) => judge);
  const [judgeMean, humanMean] = [mean(judged), mean(rated.map(({ human }) => human))];
  const together =
    rated.reduce((sum, { judge, human }) => sum + (judge - judgeMean) * (human - humanMean), 0) / (rated.length - 1);
  const spread = variance([...judged, ...unrated]);
  if (spread === 0) return 0;
  return Math.min(1, Math.max(0, together / ((1 + rated.length / unrated.length) * spread)));
}

/** Exact for shares; Student's t for the mean of other numbers, undefined where they do not vary. */
function plainMean(args: { values: readonly number[]; level: number; binary: boolean; none: string }): Estimate {
  const { values, level, binary } = args;
  const n = values.length;
  if (n === 0) return undefinedStatistic(args.none);
  const value = mean(values);
  const trials = { successes: values.filter((one) => one === 1).length, trials: n, level };
  return { status: 'value', value, n, interval: binary ? clopperPearson(trials) : studentInterval({ values, level }) };
}

function studentInterval({ values, level }: { values: readonly number[]; level: number }): Interval {
  const n = values.length;
  if (n < 2) return undefinedStatistic('An interval needs at least two answers.');
  const spread = variance(values);
  if (spread === 0)
    return undefinedStatistic('All these numbers are the same, so they cannot show how far off their mean is.');
  const half = studentT({ level, degrees: n - 1 }) * Math.sqrt(spread / n);
  return { status: 'value', low: mean(values) - half, high: mean(values) + half, level, method: 'student-t', units: n };
}

function selectionOf(args: {
  judged: readonly number[];
  unrated: readonly number[];
}): PredictionPoweredMean['selection'] {
  const { judged, unrated } = args;
  if (judged.length < fewestRated || unrated.length < fewestRated) return null;
  const [rated, rest] = [mean(judged), mean(unrated)];
  const error = Math.sqrt(variance([...judged, ...unrated]) * (1 / judged.length + 1 / unrated.length));
  const suspicious = error > 0 && Math.abs(rated - rest) > quantile({ level: 0.99, degrees: Infinity }) * error;
  return { rated, unrated: rest, suspicious };
}

function quantile({ level, degrees }: { level: number; degrees: number }): number {
  // With a million degrees t is the normal to six digits.
  return studentT({ level, degrees: Math.min(degrees, 1e6) });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Over n - 1; 0 for fewer than two, and what rounding leaves of a constant is taken for the zero it is. */
function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const raw = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return raw <= 1e-24 * Math.max(1, centre * centre) ? 0 : raw;
}
