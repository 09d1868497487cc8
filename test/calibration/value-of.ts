import type { Estimate, Interval, Statistic } from '../../src/calibration/statistic.ts';

/** The figure, for tests in which it must be there. */
export function valueOf(statistic: Statistic | Estimate): number {
  if (statistic.status === 'undefined') throw new Error(`Expected a figure, got: ${statistic.reason}`);
  return statistic.value;
}

/** The bounds, for tests in which they must be there. */
export function boundsOf(estimate: Estimate): { low: number; high: number; method: string; units: number } {
  if (estimate.status === 'undefined') throw new Error(`Expected a figure, got: ${estimate.reason}`);
  const { interval } = estimate;
  if (interval.status === 'undefined') throw new Error(`Expected an interval, got: ${interval.reason}`);
  return { low: interval.low, high: interval.high, method: interval.method, units: interval.units };
}

/** Why there is no figure or interval, for tests in which there must be none. */
export function reasonOf(statistic: Statistic | Interval): string {
  return statistic.status === 'undefined' ? statistic.reason : `There is one: ${JSON.stringify(statistic)}`;
}
