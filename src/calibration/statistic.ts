import { z } from 'zod';

/** A statistic nothing can be said about, and why. It is never 0 and never NaN. */
export const UndefinedStatistic = z.object({ status: z.literal('undefined'), reason: z.string() });
export type UndefinedStatistic = z.infer<typeof UndefinedStatistic>;

/** A figure with the number of observations it rests on, or the reason why there is none. */
export const Statistic = z.discriminatedUnion('status', [
  z.object({ status: z.literal('value'), value: z.number(), n: z.int().min(0) }),
  UndefinedStatistic,
]);
export type Statistic = z.infer<typeof Statistic>;

/**
 * How far off a figure could be. `units` counts what was independent: families for a bootstrap, trials for Clopper-Pearson, rated answers for
 * prediction-powered inference, values for Student's t.
 * `level` is a probability, 0.95 by default.
 */
export const Interval = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('value'),
    low: z.number(),
    high: z.number(),
    level: z.number().gt(0).lt(1),
    method: z.enum(['family-bootstrap', 'clopper-pearson', 'prediction-powered', 'student-t']),
    units: z.int().min(0),
  }),
  UndefinedStatistic,
]);
export type Interval = z.infer<typeof Interval>;

/** A figure with its interval; each of the two can be undefined on its own. */
export const Estimate = z.discriminatedUnion('status', [
  z.object({ status: z.literal('value'), value: z.number(), n: z.int().min(0), interval: Interval }),
  UndefinedStatistic,
]);
export type Estimate = z.infer<typeof Estimate>;

export function undefinedStatistic(reason: string): UndefinedStatistic {
  return { status: 'undefined', reason };
}

/** Wraps a figure; one that is not finite comes back undefined, so that no NaN travels on. */
export function statisticOf({ value, n }: { value: number; n: number }): Statistic {
  if (!Number.isFinite(value)) return undefinedStatistic('The arithmetic has no finite answer here.');
  return { status: 'value', value, n };
}

/** successes / trials, from 0 to 1; undefined, with the caller's reason, where there were no trials. */
export function shareOf(args: { successes: number; trials: number; none: string }): Statistic {
  if (args.trials === 0) return undefinedStatistic(args.none);
  return statisticOf({ value: args.successes / args.trials, n: args.trials });
}
