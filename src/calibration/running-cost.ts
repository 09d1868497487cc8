import type { Outcome, Provenance } from '../core/grade.ts';
import type { RunningCost } from './report-findings.ts';
import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/** Learners in the class that costs are told for. */
const CLASS = 100;

/**
 * Tokens, money and waiting time of a run, from what the judge's replies say of themselves. A total with an unknown part is unknown
 * (null). `classMicroUsd`: what it costs when 100 learners answer each of the course's questions once, at the mean cost of these answers.
 */
export function runningCost(args: { outcomes: readonly Outcome[]; courseItems: number }): RunningCost {
  const provenances = args.outcomes.flatMap((outcome) =>
    outcome.status === 'returned' || outcome.provenance === null ? [] : [outcome.provenance],
  );
  const answers = args.outcomes.length;
  const costMicroUsd = total(provenances, ({ costMicroUsd }) => costMicroUsd);
  const mean = costMicroUsd === null || answers === 0 ? null : costMicroUsd / answers;
  return {
    calls: provenances.length,
    tokensIn: total(provenances, ({ tokensIn }) => tokensIn),
    tokensOut: total(provenances, ({ tokensOut }) => tokensOut),
    costMicroUsd,
    hundredAnswersMicroUsd: mean === null ? null : Math.round(CLASS * mean),
    classMicroUsd: mean === null ? null : Math.round(CLASS * args.courseItems * mean),
    courseItems: args.courseItems,
    latencyMedianMs: quantile(provenances, 0.5),
    latencyP95Ms: quantile(provenances, 0.95),
  };
}

function total(provenances: readonly Provenance[], pick: (one: Provenance) => number | null): number | null {
  if (provenances.length === 0) return null;
  return provenances.reduce<number | null>((sum, one) => {
    const figure = pick(one);
    return sum === null || figure === null ? null : sum + figure;
  }, 0);
}

/** The time within which this share of the calls were answered: the smallest that reaches it. */
function quantile(provenances: readonly Provenance[], share: number): Statistic {
  const sorted = provenances.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) return undefinedStatistic('No call was made.');
  return statisticOf({ value, n: sorted.length });
}
