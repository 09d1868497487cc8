import type { Estimate, Interval, Statistic } from '../../calibration/statistic.ts';

/** How a figure is written: `share` as so many of 100, `points` as a percentage of an item's points, `number` with two decimals. */
export type Unit = 'share' | 'points' | 'number';

/** "76 of 100", "16 %", "0.74"; never "-0.00". */
export function sayValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'share':
      return `${tidy(100 * value, Math.abs(value) > 0 && Math.abs(value) < 0.095 ? 1 : 0)} of 100`;
    case 'points':
      return `${tidy(100 * value, Math.abs(value) < 0.095 ? 1 : 0)} %`;
    case 'number':
      return tidy(value, 2);
    default:
      return unit satisfies never;
  }
}

/** "70 to 81", "-0.38 to 0.01", or that it cannot be told. */
export function sayInterval(interval: Interval, unit: Unit): string {
  if (interval.status === 'undefined') return 'how far off cannot be told';
  const say = (value: number): string => sayValue(value, unit).replace(' of 100', '').replace(' %', '');
  const tail = unit === 'points' ? ' %' : '';
  return `${say(interval.low)} to ${say(interval.high)}${tail}`;
}

/** The figure alone; a dash where there is none. */
export function sayFigure(figure: Statistic | Estimate, unit: Unit): string {
  return figure.status === 'value' ? sayValue(figure.value, unit) : '–';
}

/** "412 ms", "1.8 s" */
export function sayMilliseconds(ms: number): string {
  return ms < 1_000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function tidy(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}
