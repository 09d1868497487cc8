import { join } from 'node:path';
import type { Content } from '../bank/content.ts';
import { VivaError } from '../core/errors.ts';
import type { Judge } from '../judge/judge.ts';
import {
  createRun,
  listRunFolders,
  openRun,
  readRunFile,
  type OpenRun,
  type RunAsk,
  type RunFile,
} from '../store/run-folder.ts';
import type { JudgeName } from './compose-report.ts';
import { taskOf, type CallCosts } from './grade-calls.ts';
import type { CalibrationPlan, CalibrationRequest } from './plan-calibration.ts';

/** A run that is open: how much of it is stored already, and what the rest is expected to cost. */
export type PreparedRun = {
  run: OpenRun;
  plan: CalibrationPlan;
  /** `changed`: an unfinished run of other content was found and left alone; `locked`: one that another process works on. */
  begun: 'new' | 'resumed' | 'changed' | 'locked';
  /** The unfinished run that `changed` and `locked` speak of. */
  left: string | null;
  remaining: number;
  expectedMicroUsd: number | null;
};

export type RunDeps = {
  content: Content;
  judge: Judge;
  judgeName: JudgeName;
  costs: CallCosts;
  now: () => Date;
  newId: () => string;
};

/** Where runs are kept in a data folder. */
export function runsFolder(dataDir: string): string {
  return join(dataDir, 'runs');
}

/**
 * Opens the run a plan asks for: the newest unfinished one that asks the same of the same judge and content, else a new one. The caller closes
 * it, by finishCalibration or by hand. `out` names the folder of the run itself.
 */
export async function prepareRun(
  args: { plan: CalibrationPlan; runsDir: string; out: string | null; fresh: boolean },
  deps: RunDeps,
): Promise<PreparedRun> {
  const { plan, out } = args;
  const ask = askOf({ plan, judge: deps.judgeName });
  const found = args.fresh ? undefined : await findUnfinished({ ask, runsDir: args.runsDir, out });
  const unchanged = found?.file.contentHash === plan.contentHash;
  const resumed = found !== undefined && unchanged ? await openUnlessLocked(found.dir) : undefined;
  const run = resumed ?? (await createRun(newRun({ plan, ask, runsDir: args.runsDir, out }, deps)));
  const begun = resumed ? 'resumed' : found === undefined ? 'new' : unchanged ? 'locked' : 'changed';
  return {
    run,
    plan,
    begun,
    left: begun === 'changed' || begun === 'locked' ? (found?.file.id ?? null) : null,
    ...rest({ run, plan }, deps),
  };
}

/**
 * Opens the run named to go on with it, a finished one too: what failed through no fault of the answers is asked again.
 * @throws VivaError input-invalid where it asked another judge, or the content has changed since.
 */
export async function resumeRun(
  args: { plan: CalibrationPlan; dir: string; file: RunFile },
  deps: RunDeps,
): Promise<PreparedRun> {
  const { plan, dir, file } = args;
  const ask = askOf({ plan, judge: deps.judgeName });
  const described = (one: RunAsk): string => `${one.judge} (${one.model}, prompt ${one.promptVersion})`;
  if (JSON.stringify(ask) !== JSON.stringify(file.ask)) {
    throw new VivaError('input-invalid', {
      message: `The run ${file.id} asked ${described(file.ask)}, and now it would be ${described(ask)}.`,
      fix: 'Choose the same judge and model, or start a run of its own.',
    });
  }
  if (file.contentHash !== plan.contentHash) {
    throw new VivaError('input-invalid', {
      message: `Answers or rubrics have changed since the run ${file.id} began, so its gradings are of other content.`,
      fix: 'Start a new run: the same command without --resume.',
    });
  }
  const run = await openRun(dir);
  return { run, plan, begun: 'resumed', left: null, ...rest({ run, plan }, deps) };
}

/** The request a stored run began with. */
export function requestOf({ ask }: RunFile): CalibrationRequest {
  const { set, robustness, split, withDev, runs, limit, seed } = ask;
  return { setId: set, split: withDev ? null : split, withRobustness: robustness !== null, runs, limit, seed };
}

/** What a plan asks of this judge, for telling whether a run can go on. */
export function askOf({ plan, judge }: { plan: CalibrationPlan; judge: JudgeName }): RunAsk {
  return {
    set: plan.set.id,
    robustness: plan.robustness?.id ?? null,
    judge: judge.name,
    model: judge.model,
    promptVersion: judge.promptVersion,
    split: plan.split,
    withDev: plan.withDev,
    runs: plan.runs,
    limit: plan.limit,
    seed: plan.seed,
  };
}

/** A run by its id, the beginning of one that fits no other, or its folder. @throws VivaError input-invalid where none fits. */
export async function findRun(args: { name: string; runsDir: string }): Promise<{ dir: string; file: RunFile }> {
  const { name } = args;
  const there = await readRunFile(name);
  if (there) return { dir: name, file: there };
  const runs = await listRunFolders(args.runsDir);
  const fitting = runs.filter(({ file }) => file.id.startsWith(name));
  const exact = fitting.find(({ file }) => file.id === name);
  const found = exact ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (found) return found;
  throw new VivaError('input-invalid', {
    message:
      fitting.length > 1
        ? `${fitting.length} runs begin with "${name}".`
        : `There is no run "${name}" in ${args.runsDir}.`,
    fix: 'List the runs with: viva runs.',
  });
}

/** A run that the budget cut short has a report and is not finished all the same. */
async function findUnfinished(args: {
  ask: RunAsk;
  runsDir: string;
  out: string | null;
}): Promise<{ dir: string; file: RunFile } | undefined> {
  const same = (file: RunFile): boolean =>
    (file.finished === null || file.finished.partial !== null) && JSON.stringify(file.ask) === JSON.stringify(args.ask);
  if (args.out !== null) {
    const file = await readRunFile(args.out);
    return file && same(file) ? { dir: args.out, file } : undefined;
  }
  return (await listRunFolders(args.runsDir)).find(({ file }) => same(file));
}

async function openUnlessLocked(dir: string): Promise<OpenRun | undefined> {
  try {
    return await openRun(dir);
  } catch (error) {
    if (error instanceof VivaError && error.code === 'data-dir-locked') return undefined;
    throw error;
  }
}

function newRun(
  args: { plan: CalibrationPlan; ask: RunAsk; runsDir: string; out: string | null },
  deps: RunDeps,
): { dir: string; file: RunFile } {
  const { plan, ask } = args;
  const startedAt = deps.now().toISOString();
  const stamp = startedAt.slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  const model = ask.model.replace(/[^a-z0-9.]+/giu, '-').slice(0, 40);
  const id = `${stamp}-${ask.set}-${model}-${deps.newId().slice(0, 4)}`;
  return {
    dir: args.out ?? join(args.runsDir, id),
    file: { version: 1, id, ask, contentHash: plan.contentHash, total: plan.calls.length, startedAt, finished: null },
  };
}

function rest(
  { run, plan }: { run: OpenRun; plan: CalibrationPlan },
  deps: RunDeps,
): { remaining: number; expectedMicroUsd: number | null } {
  const stored = new Set(run.stored.map(({ set, answer, replica }) => `${set} ${answer} ${replica}`));
  const remaining = plan.calls.filter(({ set, answer, replica }) => !stored.has(`${set} ${answer.id} ${replica}`));
  const expectedMicroUsd = remaining.reduce<number | null>((total, call) => {
    const task = taskOf(call, deps.content);
    const cost = task === undefined ? 0 : deps.costs.expected(task);
    return total === null || cost === null ? null : total + cost;
  }, 0);
  return { remaining: remaining.length, expectedMicroUsd };
}
