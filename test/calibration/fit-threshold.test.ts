import { describe, expect, it } from 'vitest';
import { atThreshold, fitThreshold, thresholdReport } from '../../src/calibration/fit-threshold.ts';
import type { PairedVerdict } from '../../src/calibration/pair-ratings.ts';
import { boundsOf, reasonOf, valueOf } from './value-of.ts';

const plan = { resamples: 100, seed: 1, level: 0.95 };

/** So many verdicts of one confidence, so many of them wrong, each of a family of its own. */
function verdicts(args: { confidence: number; n: number; wrong: number; name: string }): PairedVerdict[] {
  return Array.from({ length: args.n }, (_, index) => ({
    answer: `${args.name}-${index}`,
    family: `${args.name}-${index}`,
    item: 'masking',
    criterion: 'names-it',
    words: 30,
    reference: 'met',
    raters: 'single',
    judge: index < args.wrong ? 'missed' : 'met',
    confidence: args.confidence,
    barred: null,
  }));
}

const dev = [
  ...verdicts({ name: 'sure', confidence: 0.9, n: 100, wrong: 2 }),
  ...verdicts({ name: 'fair', confidence: 0.7, n: 100, wrong: 6 }),
  ...verdicts({ name: 'poor', confidence: 0.5, n: 100, wrong: 40 }),
];

describe('the fitted threshold', () => {
  it('is the lowest confidence from which surely few enough verdicts are wrong', () => {
    // From .7 on: 8 of 200 wrong, upper end 7.7 %. From .5 on: 48 of 300. From .9 on: 2 of 100, upper end 7.0 %.
    const fitted = fitThreshold({ verdicts: dev, targetRisk: 0.1, level: 0.95 });
    if (fitted.status === 'undefined') throw new Error(fitted.reason);
    expect(fitted.confidence).toBe(0.7);
    expect(valueOf(fitted.coverage)).toBe(2 / 3);
    expect(valueOf(fitted.risk)).toBe(8 / 200);
    expect(boundsOf(fitted.risk).high).toBeCloseTo(0.0773, 4);
    const strict = fitThreshold({ verdicts: dev, targetRisk: 0.0705, level: 0.95 });
    expect(strict).toMatchObject({ status: 'value', confidence: 0.9 });
  });

  it('is none where even the surest verdicts are wrong too often, or too few to tell', () => {
    const none = fitThreshold({ verdicts: dev, targetRisk: 0.05, level: 0.95 });
    expect(none.status === 'undefined' ? reasonOf(none) : '').toContain('However sure it says it is');
    // 0 of 20 wrong allows up to 17 %.
    const few = verdicts({ name: 'few', confidence: 0.9, n: 20, wrong: 0 });
    expect(fitThreshold({ verdicts: few, targetRisk: 0.1, level: 0.95 }).status).toBe('undefined');
  });

  it('counts variants of one answer as one witness', () => {
    const copies = verdicts({ name: 'sure', confidence: 0.9, n: 100, wrong: 0 }).map((one) => ({
      ...one,
      family: 'f',
    }));
    expect(fitThreshold({ verdicts: copies, targetRisk: 0.1, level: 0.95 }).status).toBe('undefined');
  });

  it('leaves verdicts that are unsure already to people, and counts them as not standing', () => {
    const unsure = verdicts({ name: 'u', confidence: 1, n: 100, wrong: 0 }).map((one) => ({
      ...one,
      judge: 'unsure' as const,
    }));
    const { coverage, risk } = atThreshold({ verdicts: [...dev, ...unsure], confidence: 0.9, level: 0.95 });
    expect(valueOf(coverage)).toBe(100 / 400);
    expect(valueOf(risk)).toBe(2 / 100);
  });

  it('is reported on answers it was not fitted to', () => {
    const test = verdicts({ name: 't', confidence: 0.8, n: 50, wrong: 10 });
    const report = thresholdReport({ dev, verdicts: test, targetRisk: 0.1, plan });
    expect(report.reported && valueOf(report.reported.risk)).toBe(10 / 50);
    const without = thresholdReport({ dev: [], verdicts: test, targetRisk: 0.1, plan });
    expect(without.fitted.status === 'undefined' ? without.fitted.reason : '').toContain('no dev answers');
  });
});
