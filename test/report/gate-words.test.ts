import { describe, expect, it } from 'vitest';
import type { Gate } from '../../src/calibration/report-findings.ts';
import { describeGate } from '../../src/report/gate-words.ts';

function fallen(change: Pick<Gate, 'gate' | 'threshold' | 'bound' | 'missedBy'> & { value: number }): string {
  const { value, ...rest } = change;
  const figure: Gate['figure'] = { status: 'value', value, n: 380, interval: { status: 'undefined', reason: 'none' } };
  return describeGate({ ...rest, figure, status: 'fallen', n: 380, needed: 50, slice: null }).why;
}

describe('a gate that fell', () => {
  it('although its figure would pass says that the bad end counts', () => {
    const why = fallen({ gate: 'mean-difference', threshold: 0.15, value: -0.13, bound: -0.21, missedBy: 0.06 });
    expect(why).toContain('The figure itself would pass, but 380 rated answers leave open that it is -0.21');
    expect(why).toContain('a gate counts the bad end');
  });

  it('whose figure misses too says how bad it could be', () => {
    expect(fallen({ gate: 'quadratic-kappa', threshold: 0.7, value: 0.68, bound: 0.62, missedBy: 0.08 })).toBe(
      'It could be as bad as 0.62, which is 0.08 on the wrong side.',
    );
  });
});
