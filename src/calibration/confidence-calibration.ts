import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/** One call a judge made: how sure it said it was (0 to 1) and whether the raters said the same. */
export type ConfidentCall = { confidence: number; correct: boolean };

/** Calls with confidence from `low` up to but not including `high` (the last bin includes 1). Means are undefined where n is 0. */
export type ReliabilityBin = {
  low: number;
  high: number;
  n: number;
  meanConfidence: Statistic;
  accuracy: Statistic;
};

/** Calls sorted into equally wide bins: the points of a reliability diagram. Where accuracy lies below confidence, the judge is too sure of itself. */
export function reliabilityBins({ calls, bins }: { calls: readonly ConfidentCall[]; bins: number }): ReliabilityBin[] {
  return Array.from({ length: bins }, (_, bin) => {
    const inside = calls.filter((call) => Math.min(bins - 1, Math.floor(call.confidence * bins)) === bin);
    const n = inside.length;
    const empty = undefinedStatistic('No verdict had a confidence in this range.');
    return {
      low: bin / bins,
      high: (bin + 1) / bins,
      n,
      meanConfidence:
        n === 0 ? empty : statisticOf({ value: inside.reduce((sum, call) => sum + call.confidence, 0) / n, n }),
      accuracy: n === 0 ? empty : statisticOf({ value: inside.filter((call) => call.correct).length / n, n }),
    };
  });
}

/**
 * How far stated confidence and accuracy lie apart, averaged over all calls; 0 honest, 1 utterly wrong and utterly sure.
 * Depends on the bins, and is biased upward where bins hold few calls. Says nothing about whether confidence tells right
 * from wrong: a judge that always states its average accuracy scores 0. Undefined without calls.
 * Source: M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI (2015).
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): Statistic {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) return undefinedStatistic('The judge decided no verdict, so it stated no confidence.');
  let value = 0;
  for (const bin of bins) {
    if (bin.meanConfidence.status === 'undefined' || bin.accuracy.status === 'undefined') continue;
    value += (bin.n / n) * Math.abs(bin.accuracy.value - bin.meanConfidence.value);
  }
  return statisticOf({ value, n });
}
