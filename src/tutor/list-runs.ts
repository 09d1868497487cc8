import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CalibrationReport } from '../calibration/report-schema.ts';
import { VivaError } from '../core/errors.ts';
import { listRunFolders, type RunFile, type RunHeadline } from '../store/run-folder.ts';
import { findRun } from './prepare-run.ts';

/** One calibration run as a list shows it. `headline` is null until it has a report. */
export type RunView = {
  id: string;
  set: string;
  split: string;
  judge: string;
  model: string;
  startedAt: string;
  state: 'unfinished' | 'partial' | 'finished';
  headline: RunHeadline | null;
};

/** All runs of a data folder, the newest first. */
export async function listRuns({ runsDir }: { runsDir: string }): Promise<RunView[]> {
  return (await listRunFolders(runsDir)).map(({ file }) => viewOf(file));
}

/** `other-version`: its report was written by a Viva whose reports have another shape; report.html still shows it. */
export type ReportOutcome =
  | { status: 'found'; report: CalibrationReport }
  | { status: 'not-found' }
  | { status: 'unfinished'; id: string }
  | { status: 'other-version'; id: string };

/** The report of one run. The id is looked up among the runs there are, so it can name no other file. */
export async function readReport({ runsDir, id }: { runsDir: string; id: string }): Promise<ReportOutcome> {
  const found = (await listRunFolders(runsDir)).find(({ file }) => file.id === id);
  if (!found) return { status: 'not-found' };
  if (found.file.finished === null) return { status: 'unfinished', id };
  const text = await readFile(join(found.dir, 'report.json'), 'utf8').catch(() => null);
  const parsed = text === null ? undefined : parseReport(text);
  return parsed === undefined ? { status: 'other-version', id } : { status: 'found', report: parsed };
}

/** The report of a run named on the command line. @throws VivaError input-invalid where there is none that can be read. */
export async function readReportOf(args: { name: string; runsDir: string }): Promise<CalibrationReport> {
  const { dir, file } = await findRun(args);
  const text = await readFile(join(dir, 'report.json'), 'utf8').catch(() => null);
  const report = text === null ? undefined : parseReport(text);
  if (report) return report;
  throw new VivaError('input-invalid', {
    message: `The run ${file.id} has no report that this version can read.`,
    fix: file.finished === null ? `Finish it with: viva calibrate --resume ${file.id}` : 'Run it again.',
  });
}

function parseReport(text: string): CalibrationReport | undefined {
  try {
    return CalibrationReport.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function viewOf({ id, ask, startedAt, finished }: RunFile): RunView {
  const state = finished === null ? 'unfinished' : finished.partial === null ? 'finished' : 'partial';
  const { set, split, judge, model } = ask;
  return { id, set, split, judge, model, startedAt, state, headline: finished?.headline ?? null };
}
