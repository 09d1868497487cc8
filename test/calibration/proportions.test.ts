import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../../src/calibration/clopper-pearson.ts';
import { f1Score, precision, recall, trueNegativeRate, truePositiveRate } from '../../src/calibration/detection.ts';
import { incompleteBeta, inverseIncompleteBeta, logGamma } from '../../src/calibration/incomplete-beta.ts';
import { valueOf } from './value-of.ts';

describe('the incomplete beta function', () => {
  it('knows factorials and the root of pi', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  });

  it('adds up binomial chances', () => {
    // I_1/2(2, 3) is the chance of at least 2 heads in 4: 11/16. I_x(1, b) = 1 - (1 - x)^b.
    expect(incompleteBeta({ x: 0.5, a: 2, b: 3 })).toBeCloseTo(11 / 16, 12);
    expect(incompleteBeta({ x: 0.3, a: 1, b: 4 })).toBeCloseTo(1 - 0.7 ** 4, 12);
    expect(incompleteBeta({ x: 0, a: 2, b: 2 })).toBe(0);
    expect(incompleteBeta({ x: 1, a: 2, b: 2 })).toBe(1);
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (probability, a, b) => {
          const x = inverseIncompleteBeta({ probability, a, b });
          expect(incompleteBeta({ x, a, b })).toBeCloseTo(probability, 8);
        },
      ),
    );
  });
});

describe('the exact interval of a share', () => {
  const bounds = (successes: number, trials: number): [number, number] => {
    const interval = clopperPearson({ successes, trials, level: 0.95 });
    return interval.status === 'value' ? [interval.low, interval.high] : [Number.NaN, Number.NaN];
  };

  it('is the published one', () => {
    // 0 of n: the upper bound solves (1 - p)^n = .025.
    expect(bounds(0, 10)).toEqual([0, expect.closeTo(1 - 0.025 ** 0.1, 10)]);
    expect(bounds(0, 10)[1]).toBeCloseTo(0.3085, 4);
    expect(bounds(10, 10)).toEqual([expect.closeTo(0.6915, 4), 1]);
    expect(bounds(5, 10)).toEqual([expect.closeTo(0.1871, 4), expect.closeTo(0.8129, 4)]);
    expect(bounds(1, 10)).toEqual([expect.closeTo(0.0025, 4), expect.closeTo(0.445, 4)]);
    expect(bounds(8, 10)).toEqual([expect.closeTo(0.4439, 4), expect.closeTo(0.9748, 4)]);
  });

  it('holds the share, and mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (trials, draw) => {
        const successes = draw % (trials + 1);
        const [low, high] = bounds(successes, trials);
        const [mirroredLow, mirroredHigh] = bounds(trials - successes, trials);
        expect(low).toBeLessThanOrEqual(successes / trials);
        expect(high).toBeGreaterThanOrEqual(successes / trials);
        expect(mirroredLow).toBeCloseTo(1 - high, 9);
        expect(mirroredHigh).toBeCloseTo(1 - low, 9);
      }),
    );
  });

  it('is undefined without trials', () => {
    expect(clopperPearson({ successes: 0, trials: 0, level: 0.95 }).status).toBe('undefined');
  });
});

describe('finding misconceptions', () => {
  const counts = { truePositives: 4, falsePositives: 1, falseNegatives: 2, trueNegatives: 13 };

  it('is told by rates worked by hand', () => {
    expect(valueOf(truePositiveRate(counts))).toBe(4 / 6);
    expect(valueOf(recall(counts))).toBe(4 / 6);
    expect(valueOf(trueNegativeRate(counts))).toBe(13 / 14);
    expect(valueOf(precision(counts))).toBe(4 / 5);
    // 2 x .8 x .6667 / (.8 + .6667) = 8/11.
    expect(valueOf(f1Score(counts))).toBeCloseTo(8 / 11, 12);
  });

  it('is undefined, not 0, where there was nothing to find and nothing reported', () => {
    const quiet = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 20 };
    expect(recall(quiet).status).toBe('undefined');
    expect(precision(quiet).status).toBe('undefined');
    expect(f1Score(quiet).status).toBe('undefined');
    expect(valueOf(trueNegativeRate(quiet))).toBe(1);
  });

  it('is 0, not undefined, where every case was overlooked', () => {
    const blind = { truePositives: 0, falsePositives: 0, falseNegatives: 3, trueNegatives: 5 };
    expect(valueOf(f1Score(blind))).toBe(0);
    expect(valueOf(recall(blind))).toBe(0);
    expect(precision(blind).status).toBe('undefined');
  });
});
