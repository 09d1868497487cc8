import { describe, expect, it } from 'vitest';
import { expectedCalibrationError, reliabilityBins } from '../../src/calibration/confidence-calibration.ts';
import { riskCoverageCurve, thresholdForRisk } from '../../src/calibration/risk-coverage.ts';
import { valueOf } from './value-of.ts';

const calls = [
  { confidence: 0.9, correct: true },
  { confidence: 0.2, correct: false },
  { confidence: 0.6, correct: true },
  { confidence: 0.9, correct: false },
  { confidence: 0.6, correct: true },
];

describe('whether a judge knows how sure it may be', () => {
  it('is the distance between confidence and accuracy, bin by bin', () => {
    // .9: accuracy .5, two calls, off by .4 · .6: accuracy 1, two calls, off by .4 · .2: accuracy 0, one call, off by .2.
    // (2 x .4 + 2 x .4 + 1 x .2) / 5 = .36.
    const bins = reliabilityBins({ calls, bins: 10 });
    expect(valueOf(expectedCalibrationError(bins))).toBeCloseTo(0.36, 12);
    expect(bins.map((bin) => bin.n)).toEqual([0, 0, 1, 0, 0, 0, 2, 0, 0, 2]);
    expect(bins[0]?.accuracy.status).toBe('undefined');
  });

  it('counts full confidence into the last bin', () => {
    expect(reliabilityBins({ calls: [{ confidence: 1, correct: true }], bins: 4 })[3]?.n).toBe(1);
  });

  it('is undefined for a judge that decided nothing', () => {
    expect(expectedCalibrationError(reliabilityBins({ calls: [], bins: 10 })).status).toBe('undefined');
  });
});

describe('letting a person decide the doubtful calls', () => {
  it('gives a point for each confidence, equal ones standing together', () => {
    expect(riskCoverageCurve(calls)).toEqual([
      { threshold: 0.9, coverage: 2 / 5, risk: 1 / 2, n: 2 },
      { threshold: 0.6, coverage: 4 / 5, risk: 1 / 4, n: 4 },
      { threshold: 0.2, coverage: 1, risk: 2 / 5, n: 5 },
    ]);
  });

  it('finds the threshold that keeps most calls within the error allowed', () => {
    const curve = riskCoverageCurve(calls);
    expect(thresholdForRisk({ curve, targetRisk: 0.25 })).toMatchObject({ status: 'value', threshold: 0.6 });
    expect(thresholdForRisk({ curve, targetRisk: 0.4 })).toMatchObject({ status: 'value', threshold: 0.2 });
    expect(thresholdForRisk({ curve, targetRisk: 0.1 }).status).toBe('undefined');
    expect(thresholdForRisk({ curve: [], targetRisk: 1 }).status).toBe('undefined');
  });
});
