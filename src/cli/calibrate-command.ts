import { dollars } from '../calibration/summary.ts';
import { renderCalibrationTable } from '../report/calibration-table.ts';
import { renderComparisonTable } from '../report/comparison-table.ts';
import { describeGate } from '../report/gate-words.ts';
import { CALIBRATION_SEED } from '../tutor/calibrate.ts';
import { planCalibration, type CalibrationPlan, type PlanOutcome } from '../tutor/plan-calibration.ts';
import { readComparedRun } from '../tutor/compare-stored-runs.ts';
import { findRun, prepareRun, requestOf, resumeRun, type PreparedRun, type RunDeps } from '../tutor/prepare-run.ts';
import { writeBaseline } from '../tutor/baseline.ts';
import { publishReport } from '../tutor/published.ts';
import { runCalibration, type CalibrationEnd } from '../tutor/run-calibration.ts';
import { createCalibrationProgress } from './calibrate-progress.ts';
import { exitCodes } from './exit-codes.ts';
import { printPublished } from './lab-commands.ts';
import type { Streams } from './streams.ts';

/** Above this estimate a person is asked before any money is spent. */
const ASK_ABOVE_MICRO_USD = 1_000_000;
const FLIPS_SHOWN = 15;

export type CalibrateArgs = {
  /** Null with `resume`, which knows its set. */
  set: string | null;
  split: 'dev' | 'test' | 'all' | null;
  runs: number;
  limit: number | null;
  robustness: boolean;
  concurrency: number | null;
  budgetUsd: number | null;
  resamples: number;
  out: string | null;
  resume: string | null;
  fresh: boolean;
  gate: boolean;
  /** A run to compare with at the end. */
  baseline: string | null;
  publish: boolean;
  writeBaseline: boolean;
  yes: boolean;
  json: boolean;
};

export type CalibrateDeps = RunDeps & {
  streams: Streams;
  /** Asks a person yes or no; null where nobody sits at the terminal. */
  confirm: ((question: string) => Promise<boolean>) | null;
  /** Calls at once where --concurrency does not say. */
  concurrency: number;
  runsDir: string;
  /** Where bank/, rubrics/ and evals/ are; decisions and baselines are written there. */
  contentRoot: string;
  /** Milliseconds, for the rate. */
  clock: () => number;
  /** Aborts at the first Ctrl-C. */
  stop: AbortSignal;
};

/** `viva calibrate`: estimate, ask, grade with progress, report. Returns the exit code. */
export async function calibrateCommand(args: CalibrateArgs, deps: CalibrateDeps): Promise<number> {
  const { streams } = deps;
  const found = args.resume === null ? null : await findRun({ name: args.resume, runsDir: deps.runsDir });
  const planned = found ? planCalibration(requestOf(found.file), deps) : planOf(args, deps);
  if (planned.status !== 'planned') return printNoPlan({ args, planned, streams });
  const { plan } = planned;

  const prepared = found
    ? await resumeRun({ plan, ...found }, deps)
    : await prepareRun({ plan, runsDir: deps.runsDir, out: args.out, fresh: args.fresh }, deps);
  const refused = await askBefore({ args, prepared, deps });
  if (refused !== undefined) {
    await prepared.run.close();
    streams.err(refused);
    return exitCodes.usage;
  }

  const earlier = args.baseline === null ? null : await readComparedRun({ name: args.baseline, runsDir: deps.runsDir });
  const begun = plan.calls.length - prepared.remaining;
  const progress = createCalibrationProgress({ streams, now: deps.clock, begun });
  deps.stop.addEventListener('abort', () =>
    streams.err('\nStopping: the answers being graded are finished first. Ctrl-C again stops at once.\n'),
  );
  const end = await runCalibration(
    {
      prepared,
      concurrency: args.concurrency ?? deps.concurrency,
      budgetMicroUsd: args.budgetUsd === null ? null : Math.round(args.budgetUsd * 1_000_000),
      resamples: args.resamples,
      earlier,
      stop: deps.stop,
      onProgress: progress.show,
    },
    deps,
  );
  progress.end();
  return end.status === 'done' ? finish({ args, plan, end, deps }) : printCutShort({ end, streams });
}

function planOf(args: CalibrateArgs, deps: CalibrateDeps): PlanOutcome {
  const { set, split, runs, limit, robustness } = args;
  const request = { setId: set ?? '', split, runs, limit, withRobustness: robustness, seed: CALIBRATION_SEED };
  return planCalibration(request, deps);
}

function printNoPlan(args: {
  args: CalibrateArgs;
  planned: Exclude<PlanOutcome, { status: 'planned' }>;
  streams: Streams;
}): number {
  const { planned, streams } = args;
  const set = args.args.set ?? '';
  if (planned.status === 'not-found')
    streams.err(
      `viva: there is no eval set "${set}".\nUse one of: ${planned.known.join(', ') || '(evals/ is empty)'}.\n`,
    );
  else
    streams.err(
      `viva: the eval set "${set}" has no answers in this split.\nLeave --split away, or add answers to evals/${set}/answers.jsonl.\n`,
    );
  return exitCodes.usage;
}

/** Says what is about to happen and what it costs; a text means that it does not happen, and why. */
async function askBefore(args: {
  args: CalibrateArgs;
  prepared: PreparedRun;
  deps: CalibrateDeps;
}): Promise<string | undefined> {
  const { prepared, deps } = args;
  const { budgetUsd, yes } = args.args;
  const { expectedMicroUsd: expected } = prepared;
  deps.streams.err(`${describeStart(prepared, deps)}\n`);
  if (budgetUsd !== null && expected === null)
    return `viva: a budget cannot be held: the price of ${deps.judgeName.model} is not listed.\nLeave --budget away, and use --limit to bound the run.\n`;
  const limit = budgetUsd === null ? ASK_ABOVE_MICRO_USD : Math.min(ASK_ABOVE_MICRO_USD, budgetUsd * 1_000_000);
  const mayCost = budgetUsd === null || expected === null ? expected : Math.min(expected, budgetUsd * 1_000_000);
  if (yes || prepared.remaining === 0 || (mayCost !== null && mayCost <= limit)) return undefined;
  const price = mayCost === null ? 'cannot be estimated' : `is about ${dollars(mayCost)}`;
  if (deps.confirm === null)
    return `viva: what this costs ${price}, and nobody is here to agree to it.\nAdd --yes to go on${mayCost === null ? '' : ', or --budget or --limit to spend less'}.\n`;
  const agreed = await deps.confirm(`What this costs ${price}. Go on? [y/N] `);
  return agreed ? undefined : 'Nothing was spent.\n';
}

function describeStart(
  { run, plan, begun, left, remaining, expectedMicroUsd }: PreparedRun,
  deps: CalibrateDeps,
): string {
  const { name, model } = deps.judgeName;
  const stored = plan.calls.length - remaining;
  const beginning = {
    new: `Run ${run.file.id}`,
    resumed: `Going on with ${run.file.id}: ${stored} of ${plan.calls.length} are graded already`,
    changed: `Answers, rubrics or cues have changed since ${left ?? ''}, which is left as it is. New run ${run.file.id}`,
    locked: `Another process works on ${left ?? ''}. New run ${run.file.id}`,
  }[begun];
  const cost =
    expectedMicroUsd === null
      ? 'the cost is not known'
      : expectedMicroUsd === 0
        ? 'free'
        : `about ${dollars(expectedMicroUsd)}`;
  return `${beginning}. ${describeCalls(plan)} by ${name === model ? name : `${name} (${model})`}; ${remaining} to go, ${cost}.`;
}

function describeCalls({ calls, set, robustness, runs }: CalibrationPlan): string {
  const main = calls.filter((call) => call.set === set.id && call.replica === 1).length;
  const tried = calls.filter((call) => call.set === robustness?.id).length;
  return [
    `${main} answers${runs > 1 ? `, ${runs} times each` : ''}`,
    ...(tried > 0 ? [`${tried} attacks and rewordings`] : []),
  ].join(' and ');
}

function printCutShort(args: { end: Exclude<CalibrationEnd, Done>; streams: Streams }): number {
  const { end, streams } = args;
  const goOn = `Go on with the same command, or with: viva calibrate --resume ${end.id}\n`;
  switch (end.status) {
    case 'stopped':
      streams.err(`Stopped after ${end.done} of ${end.total}; they are kept. ${goOn}`);
      return exitCodes.interrupted;
    case 'judge-down':
      streams.err(`viva: the judge cannot grade (${end.detail}). ${end.done} of ${end.total} are kept.\n${goOn}`);
      return exitCodes.ungraded;
    default:
      return end.status satisfies never;
  }
}

type Done = Extract<CalibrationEnd, { status: 'done' }>;

/** Prints the report, writes what was asked to be written, and decides the exit code. */
async function finish(args: {
  args: CalibrateArgs;
  plan: CalibrationPlan;
  end: Done;
  deps: CalibrateDeps;
}): Promise<number> {
  const { plan, end, deps } = args;
  const { json, publish, gate, writeBaseline: toWrite } = args.args;
  const { streams, contentRoot } = deps;
  const { report } = end;
  const { width, colour } = streams;
  streams.out(json ? `${JSON.stringify(report, null, 2)}\n` : `${renderCalibrationTable(report, { width, colour })}\n`);
  if (report.comparison !== null && !json)
    streams.out(`\n${renderComparisonTable(report.comparison, { width, flips: FLIPS_SHOWN })}\n`);
  streams.err(`\nReport: ${end.dir}/report.html\n`);
  if (report.run?.partial) streams.err('The budget cut this run short: raise --budget to go on with it.\n');
  let code: number = exitCodes.ok;
  if (toWrite) {
    const { records } = end;
    const written = await writeBaseline({ plan, records, judge: deps.judgeName, contentRoot }, deps);
    streams.err(
      written.status === 'written'
        ? `Baseline: ${written.path}\n`
        : 'No baseline was written: this run holds no dev answers. Leave --split away, or use --split dev.\n',
    );
    if (written.status === 'no-dev') code = exitCodes.usage;
  }
  if (publish)
    code = Math.max(code, printPublished({ outcome: await publishReport({ report, contentRoot }, deps), streams }));
  if (gate) code = Math.max(code, printFallen({ end, streams }));
  return code;
}

/** Says which gates fell, by how much, on which slice; exit code 1 where any did. */
function printFallen({ end, streams }: { end: Done; streams: Streams }): number {
  const fallen = end.report.gates.filter(({ status }) => status === 'fallen');
  const open = end.report.gates.filter(({ status }) => status === 'not-enough-ratings').length;
  for (const gate of fallen) {
    const { question, asked, found, why } = describeGate(gate);
    streams.err(`Gate fell: ${question} Asked: ${asked}. Found: ${found}. ${why}\n`);
  }
  const undecided = open > 0 ? `${open} could not be decided for want of ratings` : 'none is undecided';
  streams.err(
    `${fallen.length === 0 ? 'No gate' : fallen.length === 1 ? '1 gate' : `${fallen.length} gates`} fell; ${undecided}.\n`,
  );
  return fallen.length > 0 ? exitCodes.found : exitCodes.ok;
}
