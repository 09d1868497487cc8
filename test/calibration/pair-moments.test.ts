import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohenKappa } from '../../src/calibration/cohen-kappa.ts';
import { pairCounts } from '../../src/calibration/pair-counts.ts';
import {
  meanAbsoluteError,
  pairMoments,
  pearsonCorrelation,
  quadraticKappa,
  signedBias,
  standardizedMeanDifference,
  type NumberPair,
} from '../../src/calibration/pair-moments.ts';
import { valueOf } from './value-of.ts';

const pairsOf = (references: number[], judged: number[]): NumberPair[] =>
  references.map((reference, index) => ({ reference, judge: judged[index] ?? 0 }));

// Means 1.5 and 1.25; variances over n: (0+1+4+9)/4 - 2.25 = 1.25 and (0+1+4+4)/4 - 1.5625 = .6875.
const oneTooLow = pairMoments(pairsOf([0, 1, 2, 3], [0, 1, 2, 2]));

describe('points of raters and judge', () => {
  it('give quadratic kappa, worked by hand', () => {
    // Mean squared difference 1/4; expected by luck 1.25 + .6875 + .25² = 2; 1 - .25 / 2.
    expect(valueOf(quadraticKappa(oneTooLow))).toBeCloseTo(0.875, 12);
  });

  it('give Pearson, mean error, bias and standardized mean difference, worked by hand', () => {
    // Covariance (0+1+4+6)/4 - 1.5 x 1.25 = .875.
    expect(valueOf(pearsonCorrelation(oneTooLow))).toBeCloseTo(0.875 / Math.sqrt(1.25 * 0.6875), 12);
    expect(valueOf(meanAbsoluteError(oneTooLow))).toBe(0.25);
    expect(valueOf(signedBias(oneTooLow))).toBe(-0.25);
    // Variances over n - 1: 5/3 and 2.75/3; their mean 7.75/6; -.25 over its root.
    expect(valueOf(standardizedMeanDifference(oneTooLow))).toBeCloseTo(-0.25 / Math.sqrt(7.75 / 6), 12);
  });

  it('show a judge that is always a point too low in the bias and not in Pearson', () => {
    const low = pairMoments(pairsOf([2, 3, 4], [1, 2, 3]));
    expect(valueOf(pearsonCorrelation(low))).toBeCloseTo(1, 12);
    expect(valueOf(signedBias(low))).toBe(-1);
    expect(valueOf(quadraticKappa(low))).toBeLessThan(1);
  });

  it('leave undefined what has no meaning when nothing varies', () => {
    const third = 1 / 3;
    const same = pairMoments(pairsOf([third, third, third], [third, third, third]));
    expect(quadraticKappa(same).status).toBe('undefined');
    expect(standardizedMeanDifference(same).status).toBe('undefined');
    expect(valueOf(meanAbsoluteError(same))).toBe(0);
    expect(pearsonCorrelation(pairMoments(pairsOf([0, 1], [0.7, 0.7])))).toEqual({
      status: 'undefined',
      reason: 'The judge gave every answer the same points.',
    });
    expect(pearsonCorrelation(pairMoments(pairsOf([1], [1]))).status).toBe('undefined');
    for (const statistic of [quadraticKappa, meanAbsoluteError, signedBias]) {
      expect(statistic(pairMoments([])).status).toBe('undefined');
    }
  });

  it('give the quadratic-weighted kappa of the table wherever levels are evenly spaced', () => {
    const level = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.record({ reference: level, judge: level }), { minLength: 1, maxLength: 40 }), (pairs) => {
        const labels = pairs.map((pair) => ({ reference: String(pair.reference), judge: String(pair.judge) }));
        const table = pairCounts({ pairs: labels, categories: ['0', '1', '2', '3', '4'] });
        const byTable = cohenKappa({ pairs: table, weights: 'quadratic' });
        const byMoments = quadraticKappa(pairMoments(pairs));
        expect(byMoments.status).toBe(byTable.status);
        if (byTable.status === 'value') expect(valueOf(byMoments)).toBeCloseTo(byTable.value, 9);
      }),
    );
  });

  it('do not depend on the scale the points are written in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ reference: fc.nat(4000), judge: fc.nat(4000) }), { minLength: 2, maxLength: 40 }),
        (pairs) => {
          const shares = pairs.map((pair) => ({ reference: pair.reference / 4000, judge: pair.judge / 4000 }));
          for (const statistic of [quadraticKappa, pearsonCorrelation, standardizedMeanDifference]) {
            const points = statistic(pairMoments(pairs));
            const share = statistic(pairMoments(shares));
            expect(share.status).toBe(points.status);
            if (points.status === 'value') expect(valueOf(share)).toBeCloseTo(points.value, 6);
          }
        },
      ),
    );
  });
});
