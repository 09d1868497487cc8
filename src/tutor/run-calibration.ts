import { calibrationReport, comparedAnswers } from '../calibration/report.ts';
import type { CalibrationInput } from '../calibration/report-input.ts';
import type { CalibrationReport, RunFacts } from '../calibration/report-schema.ts';
import { renderReport } from '../report/render-report.ts';
import type { CallRecord, RunFile } from '../store/run-folder.ts';
import { reportInput } from './compose-report.ts';
import { gradeCalls, type Progress } from './grade-calls.ts';
import type { PreparedRun, RunDeps } from './prepare-run.ts';

export type CalibrationEnd =
  | { status: 'done'; report: CalibrationReport; records: CallRecord[]; dir: string; id: string }
  | { status: 'stopped' | 'judge-down'; done: number; total: number; dir: string; id: string; detail: string };

/**
 * Makes the calls of a prepared run that are not stored, then writes report.json, report.html and paired.jsonl (for comparisons) and closes it. A run that the budget cut short
 * has a report of its part; one that was stopped, or whose judge is down, has none and can be taken up again.
 */
export async function runCalibration(
  args: {
    prepared: PreparedRun;
    concurrency: number;
    budgetMicroUsd: number | null;
    resamples: number;
    /** A run to compare with at the end. */
    earlier: CalibrationInput['earlier'];
    stop: AbortSignal;
    onProgress: (progress: Progress) => void;
  },
  deps: RunDeps,
): Promise<CalibrationEnd> {
  const { run, plan } = args.prepared;
  const { dir } = run;
  const { id } = run.file;
  try {
    const graded = await gradeCalls(
      { ...args, calls: plan.calls, stored: run.stored },
      { ...deps, append: (record) => run.append(record) },
    );
    const [done, total] = [graded.records.length, plan.calls.length];
    if (graded.status === 'stopped' || graded.status === 'judge-down')
      return { status: graded.status, done, total, dir, id, detail: graded.detail };
    const finishedAt = deps.now().toISOString();
    const partial: RunFacts['partial'] = graded.status === 'budget' ? { done, total, why: 'budget' } : null;
    const { contentHash, startedAt } = run.file;
    const { seed, runs, limit } = plan;
    const facts = { id, startedAt, finishedAt, contentHash, seed, runs, limit, partial };
    const { records } = graded;
    const { earlier, resamples } = args;
    const input = reportInput({ plan, records, judge: deps.judgeName, run: facts, earlier, resamples });
    const report = calibrationReport(input);
    await run.write(
      'paired.jsonl',
      comparedAnswers(input)
        .map((answer) => `${JSON.stringify(answer)}\n`)
        .join(''),
    );
    await run.write('report.json', `${JSON.stringify(report, null, 2)}\n`);
    await run.write('report.html', renderReport(report, { home: null, styleHref: null }));
    await run.finish({ at: finishedAt, partial, headline: headlineOf(report) });
    return { status: 'done', report, records, dir, id };
  } finally {
    await run.close();
  }
}

function headlineOf(report: CalibrationReport): NonNullable<RunFile['finished']>['headline'] {
  const { set, counts, overall, points, summary, cost } = report;
  const figure = (estimate: typeof overall.agreement): number | null =>
    estimate.status === 'value' ? estimate.value : null;
  return {
    title: set.title,
    answers: counts.answers,
    agreement: figure(overall.agreement),
    quadraticKappa: figure(points.quadraticKappa),
    mayGradeAlone: summary.mayGradeAlone,
    costMicroUsd: cost.costMicroUsd,
  };
}
