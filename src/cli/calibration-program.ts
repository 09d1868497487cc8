import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CalibrateArgs } from './calibrate-command.ts';
import type { JudgeChoice } from './judge-choice.ts';

/** What each command of the lab does once its arguments are checked. Every verb returns its exit code. */
export type CalibrationVerbs = {
  calibrate: (args: CalibrateArgs & { judge: JudgeChoice; model: string | null }) => Promise<number>;
  runs: (args: { json: boolean }) => Promise<number>;
  compare: (args: { first: string; second: string; resamples: number; json: boolean }) => Promise<number>;
  publish: (args: { run: string }) => Promise<number>;
  checkBaseline: (args: { set: string | null }) => Promise<number>;
};

type CalibrateOptions = {
  judge: JudgeChoice;
  model?: string;
  split?: 'dev' | 'test' | 'all';
  runs: number;
  limit?: number;
  concurrency?: number;
  budget?: number;
  resamples: number;
  robustness: boolean;
  out?: string;
  resume?: string;
  fresh: boolean;
  gate: boolean;
  baseline?: string;
  publish: boolean;
  writeBaseline: boolean;
  yes: boolean;
  json: boolean;
};

/** Adds the commands of the calibration lab. */
export function addCalibrationCommands(args: {
  program: Command;
  verbs: CalibrationVerbs;
  done: (code: number) => void;
  judge: () => Option;
  json: () => Option;
}): void {
  const { program, verbs, done, judge, json } = args;

  program
    .command('calibrate')
    .description(
      'run the judge over a rated eval set and report how far it may be trusted; a run that was cut short goes on with the same command',
    )
    .argument('[set]', 'id of the eval set, such as post-training')
    .addOption(judge())
    .option('--model <model>', 'model that grades, instead of VIVA_MODEL')
    .addOption(new Option('--split <split>', 'answers to grade and report on').choices(['dev', 'test', 'all']))
    .option('--runs <number>', 'gradings of each answer, to see how steady the judge is', wholeNumber, 1)
    .option('--limit <number>', 'only so many answers, drawn evenly from all questions', wholeNumber)
    .option('--no-robustness', 'leave out the attacks and rewordings the set names')
    .option('--concurrency <number>', 'answers graded at once', wholeNumber)
    .option('--budget <usd>', 'stop before more than this is spent, in US dollars', amount)
    .option('--yes', 'do not ask, however much it may cost', false)
    .option('--gate', 'exit with 1 where a gate falls, and say which and by how much', false)
    .option('--baseline <run>', 'compare with this run at the end')
    .option('--publish', 'store the decision that follows, which grading then keeps to', false)
    .option('--write-baseline', 'write evals/<set>/baseline.json from the dev answers', false)
    .option('--out <folder>', 'folder of the run, instead of one in VIVA_DATA_DIR/runs')
    .option('--resume <run>', 'go on with this run; it knows its set')
    .option('--fresh', 'begin anew even where an unfinished run could go on', false)
    .option('--resamples <number>', 'bootstrap resamples behind each interval', wholeNumber, 2000)
    .addOption(json())
    .action(async (set: string | undefined, options: CalibrateOptions) => {
      if (set === undefined && options.resume === undefined)
        program.error("error: missing required argument 'set' (or --resume <run>)");
      const { model, split, limit, concurrency, budget, out, resume, baseline, ...rest } = options;
      done(
        await verbs.calibrate({
          ...rest,
          set: set ?? null,
          model: model ?? null,
          split: split ?? null,
          limit: limit ?? null,
          concurrency: concurrency ?? null,
          budgetUsd: budget ?? null,
          out: out ?? null,
          resume: resume ?? null,
          baseline: baseline ?? null,
        }),
      );
    });

  program
    .command('runs')
    .description('list the calibration runs of this data folder, the newest first')
    .addOption(json())
    .action(async (options: { json: boolean }) => done(await verbs.runs(options)));

  program
    .command('compare')
    .description('compare two calibration runs on the answers both have')
    .argument('<first>', 'id of a run, its beginning, or its folder')
    .argument('<second>', 'the run whose gain or loss is told')
    .option('--resamples <number>', 'bootstrap resamples behind each interval', wholeNumber, 2000)
    .addOption(json())
    .action(async (first: string, second: string, options: { resamples: number; json: boolean }) =>
      done(await verbs.compare({ first, second, ...options })),
    );

  program
    .command('publish')
    .description('store the decision that follows from a run: below its fitted threshold a person decides')
    .argument('<run>', 'id of the run, its beginning, or its folder')
    .action(async (run: string) => done(await verbs.publish({ run })));

  program
    .command('check-baseline')
    .description('replay the embedded judge on dev and exit with 1 where it agrees less than its baseline')
    .argument('[set]', 'id of one eval set; every set that has a baseline without it')
    .action(async (set: string | undefined) => done(await verbs.checkBaseline({ set: set ?? null })));
}

/** A whole number from 1. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(text);
}

function amount(text: string): number {
  const value = Number(text.replace(/^\$/, ''));
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Write an amount above 0, such as 2.50.');
  return value;
}
