import type { BootstrapPlan } from './bootstrap.ts';
import { clopperPearson } from './clopper-pearson.ts';
import type { PairedVerdict } from './pair-ratings.ts';
import type { FittedThreshold, ThresholdReport } from './report-findings.ts';
import { shareOf, undefinedStatistic, type Estimate, type UndefinedStatistic } from './statistic.ts';

/**
 * The lowest confidence from which the judge's verdicts stand, so that at most `targetRisk` of those that stand are wrong: not on average but
 * by the upper end of the exact interval with families for trials, which is what one may count on for answers not seen yet. Verdicts below
 * it become `unsure` and a person decides. Fit on dev, report on test. Undefined where even the surest verdicts are too often wrong, or too few to tell.
 * @param targetRisk 0 to 1
 */
export function fitThreshold(args: {
  verdicts: readonly PairedVerdict[];
  targetRisk: number;
  level: number;
}): FittedThreshold | UndefinedStatistic {
  const decided = args.verdicts.filter(({ judge }) => judge !== 'unsure');
  const levels = [...new Set(decided.map(({ confidence }) => confidence))].sort((one, other) => one - other);
  for (const confidence of levels) {
    const figures = atThreshold({ verdicts: args.verdicts, confidence, level: args.level });
    const { risk } = figures;
    if (risk.status === 'value' && risk.interval.status === 'value' && risk.interval.high <= args.targetRisk)
      return { status: 'value', confidence, ...figures };
  }
  return undefinedStatistic(
    'However sure it says it is, too many of its verdicts may be wrong; a better judge, or more rated answers, would help.',
  );
}

/** What would stand, and how much of it would be wrong, if only verdicts at least this sure stood. */
export function atThreshold(args: { verdicts: readonly PairedVerdict[]; confidence: number; level: number }): {
  coverage: Estimate;
  risk: Estimate;
} {
  const { verdicts, level } = args;
  const standing = verdicts.filter(({ judge, confidence }) => judge !== 'unsure' && confidence >= args.confidence);
  const wrong = standing.filter(({ judge, reference }) => judge !== reference);
  return {
    coverage: exactShare({ part: standing, whole: verdicts, level, none: 'No verdicts to compare.' }),
    risk: exactShare({ part: wrong, whole: standing, level, none: 'No verdict would stand.' }),
  };
}

/** The threshold fitted on dev, and what it does to the answers of the report, which it has not seen. */
export function thresholdReport(args: {
  dev: readonly PairedVerdict[];
  verdicts: readonly PairedVerdict[];
  targetRisk: number;
  plan: BootstrapPlan;
}): ThresholdReport {
  const { targetRisk, plan } = args;
  if (args.dev.length === 0) {
    const reason =
      'This run holds no dev answers, and a threshold must not be fitted to the answers it is reported on.';
    return { targetRisk, fitted: undefinedStatistic(reason), reported: null };
  }
  const fitted = fitThreshold({ verdicts: args.dev, targetRisk, level: plan.level });
  if (fitted.status === 'undefined') return { targetRisk, fitted, reported: null };
  const { confidence } = fitted;
  return { targetRisk, fitted, reported: atThreshold({ verdicts: args.verdicts, confidence, level: plan.level }) };
}

function exactShare(args: {
  part: readonly PairedVerdict[];
  whole: readonly PairedVerdict[];
  level: number;
  none: string;
}): Estimate {
  const figure = shareOf({ successes: args.part.length, trials: args.whole.length, none: args.none });
  if (figure.status === 'undefined') return figure;
  const families = new Set(args.whole.map(({ family }) => family)).size;
  return {
    ...figure,
    interval: clopperPearson({ successes: figure.value * families, trials: families, level: args.level }),
  };
}
