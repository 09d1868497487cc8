import type { ConfidentCall } from './confidence-calibration.ts';
import { undefinedStatistic, type UndefinedStatistic } from './statistic.ts';

/** If only calls at least this sure stand: the share of calls that stand, and the share of those that are wrong. */
export type RiskCoveragePoint = { threshold: number; coverage: number; risk: number; n: number };

/**
 * What is gained by letting a person decide the calls the judge is least sure of: one point for each confidence that occurs,
 * from the surest down to all calls. A curve that falls towards the sure end means that confidence is worth something; a flat
 * one means it is not. Its sure end rests on few calls and jumps about. Empty without calls.
 * Source: R. El-Yaniv and Y. Wiener, Journal of Machine Learning Research 11 (2010).
 */
export function riskCoverageCurve(calls: readonly ConfidentCall[]): RiskCoveragePoint[] {
  const surest = [...calls].sort((one, other) => other.confidence - one.confidence);
  const points: RiskCoveragePoint[] = [];
  let wrong = 0;
  surest.forEach((call, index) => {
    if (!call.correct) wrong += 1;
    const n = index + 1;
    // Calls of equal confidence stand or fall together: no threshold can part them.
    if (surest[n]?.confidence === call.confidence) return;
    points.push({ threshold: call.confidence, coverage: n / calls.length, risk: wrong / n, n });
  });
  return points;
}

/**
 * The threshold that lets most calls stand while at most `targetRisk` (0 to 1) of them are wrong. Fitted to the calls it is
 * given, so it flatters itself there: fit on dev, report on test. Undefined where even the surest calls are wrong too often.
 */
export function thresholdForRisk(args: {
  curve: readonly RiskCoveragePoint[];
  targetRisk: number;
}): ({ status: 'value' } & RiskCoveragePoint) | UndefinedStatistic {
  const widest = args.curve.findLast((point) => point.risk <= args.targetRisk);
  if (widest === undefined) return undefinedStatistic('At no confidence are the calls wrong seldom enough.');
  return { status: 'value', ...widest };
}
