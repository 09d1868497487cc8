import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalChance, normalQuantile } from '../../src/calibration/normal-quantile.ts';
import {
  falseAlarmRate,
  hitRate,
  sensitivity,
  turnsMissing,
  type DetectionTally,
} from '../../src/calibration/signal-detection.ts';
import { valueOf } from './value-of.ts';

const tallyOf = (hits: number, misses: number, falseAlarms: number, correctRejections: number): DetectionTally => ({
  hits,
  misses,
  falseAlarms,
  correctRejections,
});

describe('the normal curve', () => {
  it('agrees with the printed tables', () => {
    // Abramowitz and Stegun, table 26.1.
    for (const [z, chance] of [
      [0, 0.5],
      [0.5, 0.691462461274013],
      [1, 0.841344746068543],
      [2, 0.977249868051821],
      [3, 0.99865010196837],
    ] as const) {
      expect(normalChance(z)).toBeCloseTo(chance, 12);
      expect(normalChance(-z)).toBeCloseTo(1 - chance, 12);
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 11);
    expect(normalQuantile(0.005)).toBeCloseTo(-2.575829303548901, 11);
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (chance) => {
        expect(normalChance(normalQuantile(chance))).toBeCloseTo(chance, 11);
      }),
    );
  });
});

describe('telling right from wrong', () => {
  it('knows the uncorrected textbook case', () => {
    // Stanislaw & Todorov (1999): 20 of 25 hits and 10 of 25 false alarms, z(.8) - z(.4) = .842 + .253 = 1.095.
    expect(normalQuantile(20 / 25) - normalQuantile(10 / 25)).toBeCloseTo(1.095, 3);
  });

  it('adds the log-linear half before it takes z-scores', () => {
    // The same case corrected by hand: 20.5/26 = .788462, z = .801095; 10.5/26 = .403846, z = -.243404; together 1.044499.
    expect(valueOf(sensitivity(tallyOf(20, 5, 10, 15)))).toBeCloseTo(1.044499, 5);
  });

  it('has a figure for a flawless record too', () => {
    // 10.5/11 = .954545, z = 1.690622; 0.5/11 is its mirror: 2 * 1.690622 = 3.381244.
    expect(valueOf(sensitivity(tallyOf(10, 0, 0, 10)))).toBeCloseTo(3.38124, 4);
  });

  it('calls guessing 0, whichever way one leans', () => {
    expect(valueOf(sensitivity(tallyOf(5, 5, 5, 5)))).toBeCloseTo(0, 12);
    expect(valueOf(sensitivity(tallyOf(9, 1, 9, 1)))).toBeCloseTo(0, 12);
  });

  it('changes its sign where every call is turned round', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(90), fc.nat(90), fc.nat(90), fc.nat(90)), ([hits, misses, alarms, rejections]) => {
        const straight = sensitivity(tallyOf(hits + 5, misses + 5, alarms + 5, rejections + 5));
        const round = sensitivity(tallyOf(misses + 5, hits + 5, rejections + 5, alarms + 5));
        expect(valueOf(round)).toBeCloseTo(-valueOf(straight), 9);
      }),
    );
  });

  it('waits for the twentieth turn and says how many are missing', () => {
    expect(sensitivity(tallyOf(9, 1, 0, 9))).toEqual({
      status: 'undefined',
      reason: 'Too few turns so far; still missing: 1.',
    });
    expect(turnsMissing(tallyOf(3, 1, 0, 2))).toBe(14);
    expect(turnsMissing(tallyOf(12, 8, 3, 40))).toBe(0);
    expect(sensitivity(tallyOf(9, 1, 0, 10)).status).toBe('value');
  });

  it('has no figure where one kind of answer never came up', () => {
    expect(sensitivity(tallyOf(20, 5, 0, 0)).status).toBe('undefined');
    expect(sensitivity(tallyOf(0, 0, 5, 20)).status).toBe('undefined');
    expect(hitRate(tallyOf(0, 0, 2, 3)).status).toBe('undefined');
    expect(valueOf(hitRate(tallyOf(3, 1, 0, 0)))).toBe(0.75);
    expect(valueOf(falseAlarmRate(tallyOf(0, 0, 2, 3)))).toBe(0.4);
    expect(falseAlarmRate(tallyOf(3, 1, 0, 0)).status).toBe('undefined');
  });
});
