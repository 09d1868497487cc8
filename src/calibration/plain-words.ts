import type { Estimate } from './statistic.ts';

/** "72": a share as so many of a hundred. */
export function outOf100(share: number): string {
  return String(Math.round(100 * share));
}

/** "3.9 %", "18 %": shares below a tenth keep a decimal. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`;
}

/** " (13 to 44)", ready to stand after its figure; nothing where the ends cannot be told. */
export function ends(estimate: Estimate): string {
  if (estimate.status === 'undefined' || estimate.interval.status === 'undefined') return '';
  return ` (${outOf100(estimate.interval.low)} to ${outOf100(estimate.interval.high)})`;
}

/** The share that is left: of right ones the wrong ones. */
export function complement(estimate: Estimate): Estimate {
  if (estimate.status === 'undefined') return estimate;
  const { interval, value } = estimate;
  return {
    ...estimate,
    value: 1 - value,
    interval: interval.status === 'value' ? { ...interval, low: 1 - interval.high, high: 1 - interval.low } : interval,
  };
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** "one, two and three" */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** "7", "6 or 7", "3 to 7": how far counts reach. */
export function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (least === most) return String(least);
  return `${least} ${most - least === 1 ? 'or' : 'to'} ${most}`;
}
