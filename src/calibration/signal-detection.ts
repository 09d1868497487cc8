import { normalQuantile } from './normal-quantile.ts';
import { shareOf, statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/** How somebody fared who said of each of many answers whether a mistake is in it. */
export type DetectionTally = {
  /** A mistake was there, and was called one. */
  hits: number;
  /** A mistake was there, and was not seen. */
  misses: number;
  /** There was none, and one was called. */
  falseAlarms: number;
  /** There was none, and none was called. */
  correctRejections: number;
};

/** All turns of a tally. */
export function turnsOf({ hits, misses, falseAlarms, correctRejections }: DetectionTally): number {
  return hits + misses + falseAlarms + correctRejections;
}

/** With fewer turns d′ swings by more than it tells: at 20 its standard error is still about 0.6. */
export const FEWEST_TURNS = 20;

/** Of the mistakes there were, the share that was seen, 0 to 1. Undefined where none was there. */
export function hitRate({ hits, misses }: DetectionTally): Statistic {
  return shareOf({ successes: hits, trials: hits + misses, none: 'No mistake has come up yet.' });
}

/** Of the answers without one, the share that was called mistaken, 0 to 1. Undefined where none was without. */
export function falseAlarmRate({ falseAlarms, correctRejections }: DetectionTally): Statistic {
  const trials = falseAlarms + correctRejections;
  return shareOf({ successes: falseAlarms, trials, none: 'No answer without a mistake has come up yet.' });
}

/**
 * d′, how well right and wrong answers are told apart whichever way one leans: z(hit rate) - z(false-alarm rate). 0 is guessing,
 * below 0 worse than that; 1 is 69 % right without leaning, 3 is 93 %. Pooled over all turns, and log-linear corrected (a half is added
 * to hits and false alarms, one to the turns of either kind), so that a rate of 0 or 1 has a z-score too; the correction draws
 * short records towards 0. Undefined below 20 turns, or where one kind never came up.
 * Source: M. J. Hautus, Behav. Res. Methods 27 (1995).
 */
export function sensitivity(tally: DetectionTally): Statistic {
  const { hits, misses, falseAlarms, correctRejections } = tally;
  const signals = hits + misses;
  const noises = falseAlarms + correctRejections;
  const missing = turnsMissing(tally);
  if (missing > 0) return undefinedStatistic(`Too few turns so far; still missing: ${missing}.`);
  if (signals === 0) return undefinedStatistic('No mistake has come up yet.');
  if (noises === 0) return undefinedStatistic('No answer without a mistake has come up yet.');
  const value = normalQuantile((hits + 0.5) / (signals + 1)) - normalQuantile((falseAlarms + 0.5) / (noises + 1));
  return statisticOf({ value, n: signals + noises });
}

/** How many turns are still missing until d′ can be given; 0 where it can. */
export function turnsMissing({ hits, misses, falseAlarms, correctRejections }: DetectionTally): number {
  return Math.max(0, FEWEST_TURNS - hits - misses - falseAlarms - correctRejections);
}
