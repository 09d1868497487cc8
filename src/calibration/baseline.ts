import { z } from 'zod';
import type { CalibrationReport } from './report-schema.ts';
import { Estimate } from './statistic.ts';

/** `evals/<set>/baseline.json`: what a judge reached on dev when somebody last looked and was content. */
export const BaselineFile = z.strictObject({
  version: z.literal(1),
  set: z.string(),
  judge: z.string(),
  model: z.string(),
  promptVersion: z.string(),
  answers: z.int().min(0),
  figures: z.strictObject({ agreement: Estimate, kappa: Estimate, quadraticKappa: Estimate }),
  writtenAt: z.iso.datetime(),
});
export type BaselineFile = z.infer<typeof BaselineFile>;

/** The baseline of a report on dev. */
export function baselineOf({ report, writtenAt }: { report: CalibrationReport; writtenAt: string }): BaselineFile {
  return {
    version: 1,
    set: report.set.id,
    judge: report.judge.name,
    model: report.judge.model,
    promptVersion: report.judge.promptVersion,
    answers: report.counts.answers,
    figures: figuresOf(report),
    writtenAt,
  };
}

export type BaselineCheck = {
  figure: keyof BaselineFile['figures'];
  was: Estimate;
  is: Estimate;
  status: 'held' | 'worse' | 'better';
};

/**
 * Holds a report on dev against the baseline, figure by figure: worse where it lies below the baseline's interval, better where it lies above.
 * A figure that was known and no longer can be computed is worse.
 */
export function checkBaseline({
  report,
  baseline,
}: {
  report: CalibrationReport;
  baseline: BaselineFile;
}): BaselineCheck[] {
  const now = figuresOf(report);
  const names = ['agreement', 'kappa', 'quadraticKappa'] as const;
  return names.map((figure) => ({
    figure,
    was: baseline.figures[figure],
    is: now[figure],
    status: compare(baseline.figures[figure], now[figure]),
  }));
}

function figuresOf({ overall, points }: CalibrationReport): BaselineFile['figures'] {
  return { agreement: overall.agreement, kappa: overall.kappa, quadraticKappa: points.quadraticKappa };
}

function compare(was: Estimate, is: Estimate): BaselineCheck['status'] {
  if (was.status === 'undefined') return 'held';
  if (is.status === 'undefined') return 'worse';
  const { low, high } = was.interval.status === 'value' ? was.interval : { low: was.value, high: was.value };
  if (is.value < low) return 'worse';
  return is.value > high ? 'better' : 'held';
}
