import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/calibration/statistic.ts';
import { worstCriteria } from '../../src/calibration/worst-criteria.ts';

function criterion(
  name: string,
  n: number,
  figure: [value: number, high: number] | 'none',
): {
  name: string;
  n: number;
  agreement: Estimate;
} {
  if (figure === 'none') return { name, n, agreement: { status: 'undefined', reason: 'none' } };
  const [value, high] = figure;
  const interval = {
    status: 'value' as const,
    low: 0,
    high,
    level: 0.95,
    method: 'clopper-pearson' as const,
    units: n,
  };
  return { name, n, agreement: { status: 'value', value, n, interval } };
}

const namesOf = (criteria: ReturnType<typeof criterion>[]): string[] => worstCriteria(criteria).map(({ name }) => name);

describe('the worst criteria', () => {
  it('are those that are bad even at their best, not those that are bad by luck', () => {
    expect(namesOf([criterion('few', 5, [0.2, 0.8]), criterion('many', 40, [0.35, 0.5])])).toEqual(['many', 'few']);
  });

  it('leave out those with fewer than five answers, and those that cannot be compared', () => {
    expect(
      namesOf([criterion('rumour', 4, [0, 0.6]), criterion('tied', 9, 'none'), criterion('told', 5, [1, 1])]),
    ).toEqual(['told']);
  });

  it('put of two with the same end the lower figure first, then the one with more answers', () => {
    const same = [criterion('a', 6, [0.5, 0.7]), criterion('b', 6, [0.3, 0.7]), criterion('c', 9, [0.5, 0.7])];
    expect(namesOf(same)).toEqual(['b', 'c', 'a']);
  });
});
