import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/calibration/statistic.ts';
import {
  centredAxis,
  intervalPlot,
  numberAxis,
  shareAxis,
  type IntervalRow,
} from '../../src/report/html/interval-plot.ts';

function row(value: number, low: number, high: number): IntervalRow {
  const interval = { status: 'value' as const, low, high, level: 0.95, method: 'family-bootstrap' as const, units: 9 };
  const figure: Estimate = { status: 'value', value, n: 9, interval };
  return { label: 'Misspelt', figure, unit: 'points' };
}

const dotOf = (markup: string): number => Number(/class="dot" d="M([\d.]+)/u.exec(markup)?.[1]);
const lost = { unit: 'points', low: 'gained', high: 'lost' } as const;

describe('a plot of figures', () => {
  it('of differences reaches as far as the furthest end, so that each stands at its value', () => {
    const rows = [row(0.286, 0.13, 0.44)];
    const axis = centredAxis({ rows, ...lost });
    expect(axis).toEqual({ low: -0.6, high: 0.6, ticks: ['60 % gained', '', '0', '', '60 % lost'] });
    expect(dotOf(intervalPlot({ rows, axis }).html)).toBeCloseTo((1000 * (0.286 + 0.6)) / 1.2, 0);
  });

  it('of small differences keeps to a fifth, and of none at all too', () => {
    expect(centredAxis({ rows: [row(-0.05, -0.2, 0.1)], ...lost }).high).toBe(0.2);
    expect(centredAxis({ rows: [], ...lost }).high).toBe(0.2);
  });

  it('begins at -1 where a figure may be worse than luck', () => {
    expect(numberAxis([row(0.5, 0.4, 0.6)]).low).toBe(0);
    expect(numberAxis([row(0.1, -0.2, 0.6)]).low).toBe(-1);
  });

  it('marks with an arrow what lies beyond its end, and nothing else', () => {
    const plotOf = (one: IntervalRow): string => intervalPlot({ rows: [one], axis: shareAxis }).html;
    expect(plotOf(row(0.9, 0.5, 1.2))).toContain('class="beyond"');
    expect(plotOf(row(0.9, 0.5, 1))).not.toContain('class="beyond"');
  });
});
