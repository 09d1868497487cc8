import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../bank/content.ts';
import { BaselineFile, baselineOf, checkBaseline, type BaselineCheck } from '../calibration/baseline.ts';
import { calibrationReport } from '../calibration/report.ts';
import type { CallRecord } from '../store/run-folder.ts';
import type { Judge } from '../judge/judge.ts';
import { calibrate } from './calibrate.ts';
import { reportInput, type JudgeName } from './compose-report.ts';
import type { CalibrationPlan } from './plan-calibration.ts';

/** Enough for two decimals of an interval; the check is run on every change. */
const RESAMPLES = 2_000;

/** Writes `evals/<set>/baseline.json` from the dev answers of a run. `no-dev` where it holds none. */
export async function writeBaseline(
  args: { plan: CalibrationPlan; records: readonly CallRecord[]; judge: JudgeName; contentRoot: string },
  deps: { now: () => Date },
): Promise<{ status: 'written'; path: string } | { status: 'no-dev' }> {
  const plan: CalibrationPlan = { ...args.plan, split: 'dev', withDev: false, robustness: null };
  const { records, judge } = args;
  const report = calibrationReport(
    reportInput({ plan, records, judge, run: null, earlier: null, resamples: RESAMPLES }),
  );
  if (report.counts.answers === 0) return { status: 'no-dev' };
  const path = join(args.contentRoot, 'evals', args.plan.set.id, 'baseline.json');
  const file = baselineOf({ report, writtenAt: deps.now().toISOString() });
  await writeFile(`${path}.part`, `${JSON.stringify(file, null, 2)}\n`, { flush: true });
  await rename(`${path}.part`, path);
  return { status: 'written', path };
}

/** The eval sets that have a baseline, in their order. */
export async function setsWithBaseline(args: { content: Content; contentRoot: string }): Promise<string[]> {
  const ids = args.content.evalSets.map(({ set }) => set.id);
  const there = await Promise.all(
    ids.map((id) =>
      access(join(args.contentRoot, 'evals', id, 'baseline.json')).then(
        () => true,
        () => false,
      ),
    ),
  );
  return ids.filter((_, index) => there[index]);
}

export type BaselineOutcome =
  | { status: 'checked'; set: string; checks: BaselineCheck[]; answers: number; wasAnswers: number }
  | { status: 'no-baseline'; set: string }
  | { status: 'other-judge'; set: string; judge: string };

/** Replays a judge on dev and holds it against the set's baseline. The judge must be the one the baseline is of. */
export async function replayBaseline(
  args: { setId: string; contentRoot: string; concurrency: number; signal: AbortSignal },
  deps: { content: Content; judge: Judge; judgeName: JudgeName },
): Promise<BaselineOutcome> {
  const { setId: set } = args;
  const text = await readFile(join(args.contentRoot, 'evals', set, 'baseline.json'), 'utf8').catch(() => null);
  if (text === null) return { status: 'no-baseline', set };
  const baseline = BaselineFile.parse(JSON.parse(text));
  if (baseline.judge !== deps.judgeName.name || baseline.model !== deps.judgeName.model)
    return { status: 'other-judge', set, judge: `${baseline.judge} (${baseline.model})` };
  const { concurrency, signal } = args;
  const outcome = await calibrate(
    { setId: set, split: 'dev', withRobustness: false, resamples: RESAMPLES, concurrency, signal },
    deps,
  );
  if (outcome.status !== 'done') return { status: 'no-baseline', set };
  const { report } = outcome;
  return {
    status: 'checked',
    set,
    checks: checkBaseline({ report, baseline }),
    answers: report.counts.answers,
    wasAnswers: baseline.answers,
  };
}
