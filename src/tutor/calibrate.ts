import type { Content } from '../bank/content.ts';
import { calibrationReport } from '../calibration/report.ts';
import type { CalibrationReport } from '../calibration/report-schema.ts';
import type { Split } from '../core/eval-set.ts';
import type { Judge } from '../judge/judge.ts';
import { reportInput, type JudgeName } from './compose-report.ts';
import { gradeCalls } from './grade-calls.ts';
import { planCalibration } from './plan-calibration.ts';

/** Fixed, so that the same grades give the same intervals on every machine. */
export const CALIBRATION_SEED = 20_261_123;

export type CalibrateOutcome =
  | { status: 'done'; report: CalibrationReport }
  | { status: 'not-found'; known: string[] }
  | { status: 'empty' }
  | { status: 'stopped'; done: number; total: number };

/**
 * Runs a judge that costs nothing over an eval set and compares its grades with the ratings; keeps nothing. For a run that is kept, paid
 * for or long see run-calibration.ts. `split` null: figures on test, dev beside them.
 */
export async function calibrate(
  args: {
    setId: string;
    split: Split | 'all' | null;
    withRobustness: boolean;
    resamples: number;
    concurrency: number;
    signal: AbortSignal;
  },
  deps: { content: Content; judge: Judge; judgeName: JudgeName },
): Promise<CalibrateOutcome> {
  const { setId, split, withRobustness, resamples } = args;
  const planned = planCalibration(
    { setId, split, withRobustness, runs: 1, limit: null, seed: CALIBRATION_SEED },
    { content: deps.content },
  );
  if (planned.status !== 'planned') return planned;
  const { plan } = planned;
  const graded = await gradeCalls(
    {
      calls: plan.calls,
      stored: [],
      concurrency: args.concurrency,
      budgetMicroUsd: null,
      stop: args.signal,
      onProgress: () => undefined,
    },
    { ...deps, costs: { expected: () => 0, worst: () => 0 }, append: () => Promise.resolve() },
  );
  if (graded.status !== 'complete') return { status: 'stopped', done: graded.records.length, total: plan.calls.length };
  const input = { plan, records: graded.records, judge: deps.judgeName, run: null, earlier: null, resamples };
  return { status: 'done', report: calibrationReport(reportInput(input)) };
}
