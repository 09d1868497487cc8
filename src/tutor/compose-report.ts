import type { CalibrationInput, RatedOutcome } from '../calibration/report-input.ts';
import type { RunFacts } from '../calibration/report-schema.ts';
import type { Outcome } from '../core/grade.ts';
import type { CallRecord } from '../store/run-folder.ts';
import type { CalibrationPlan } from './plan-calibration.ts';

/** Who graded, as its own grades name it. */
export type JudgeName = { name: string; model: string; promptVersion: string };

/** The answers of one set with what became of them at the first asking. Calls not made are left out. */
export function ratedOutcomes(args: {
  plan: CalibrationPlan;
  records: readonly CallRecord[];
  set: string;
}): RatedOutcome[] {
  const outcomeOf = new Map(
    args.records
      .filter(({ set, replica }) => set === args.set && replica === 1)
      .map(({ answer, outcome }) => [answer, outcome]),
  );
  return args.plan.calls.flatMap(({ set, answer, replica }) => {
    const outcome = set === args.set && replica === 1 ? outcomeOf.get(answer.id) : undefined;
    return outcome === undefined ? [] : [{ answer, outcome }];
  });
}

/** What a run's report and later comparisons are computed from. */
export function reportInput(args: {
  plan: CalibrationPlan;
  records: readonly CallRecord[];
  judge: JudgeName;
  run: RunFacts | null;
  earlier: CalibrationInput['earlier'];
  resamples: number;
}): CalibrationInput {
  const { plan, records } = args;
  const { set, robustness } = plan;
  return {
    set: { id: set.id, title: set.title, raters: set.provenance.raters, ...(set.gates && { gates: set.gates }) },
    judge: args.judge,
    split: plan.split,
    items: plan.items,
    answers: ratedOutcomes({ plan, records, set: set.id }),
    robustness:
      robustness === null
        ? null
        : {
            set: { id: robustness.id, title: robustness.title },
            answers: ratedOutcomes({ plan, records, set: robustness.id }),
          },
    repeated: repeatedOutcomes({ plan, records }),
    gradings: records.map(({ outcome }) => outcome),
    courseItems: plan.items.length,
    run: args.run,
    earlier: args.earlier,
    seed: plan.seed,
    resamples: args.resamples,
  };
}

function repeatedOutcomes({ plan, records }: { plan: CalibrationPlan; records: readonly CallRecord[] }): {
  family: string;
  outcomes: Outcome[];
}[] {
  const byAnswer = new Map<string, Outcome[]>();
  for (const { set, answer, outcome } of records) {
    if (set !== plan.set.id) continue;
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), outcome]);
  }
  return plan.calls
    .filter(
      ({ set, replica, answer }) =>
        set === plan.set.id && replica === 1 && (plan.split === 'all' || answer.split === plan.split),
    )
    .map(({ answer }) => ({ family: answer.family, outcomes: byAnswer.get(answer.id) ?? [] }));
}
