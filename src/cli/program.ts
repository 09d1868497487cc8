import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { VivaError } from '../core/errors.ts';
import { AuthoredId } from '../core/ids.ts';
import { describeError } from '../store/describe-error.ts';
import { addCalibrationCommands, wholeNumber, type CalibrationVerbs } from './calibration-program.ts';
import type { JudgeChoice } from './judge-choice.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { addImportCommand, type ImportVerbs } from './import-options.ts';
import { addRatingCommands, type RatingVerbs } from './rating-commands.ts';
import { addReviewCommand, type ReviewVerbs } from './review-options.ts';
import { keepStreams, type Streams } from './streams.ts';

export type { JudgeChoice } from './judge-choice.ts';

/** What each command does once its arguments are checked. Every verb returns its exit code. */
export type Verbs = CalibrationVerbs & {
  serve: () => Promise<number>;
  grade: (args: {
    item: string;
    answer: string;
    option: number | null;
    judge: JudgeChoice;
    json: boolean;
    why: boolean;
  }) => Promise<number>;
  lint: (args: { json: boolean }) => Promise<number>;
  bank: (args: { json: boolean }) => Promise<number>;
  schema: (args: { out: string }) => Promise<number>;
  evals: (args: { json: boolean }) => Promise<number>;
  rate: (args: { set: string; rater: string; who: string | null; items: string[] }) => Promise<number>;
  doctor: (args: { json: boolean }) => Promise<number>;
  prompt: (args: { item: string; answer: string; option: number | null; json: boolean }) => Promise<number>;
} & RatingVerbs &
  ReviewVerbs &
  ImportVerbs;

type GradeOptions = { answer: string; option?: number; judge: JudgeChoice; json: boolean; why: boolean };

/**
 * Parses the arguments after `viva` and runs one verb. Never throws and never exits the process: returns the exit code.
 * Help goes to `out`; errors go to `err` with what to do about them.
 */
export async function runCli({
  args,
  streams,
  verbs,
  version,
}: {
  args: readonly string[];
  streams: Streams;
  verbs: Verbs;
  version: string;
}): Promise<number> {
  let code: number = exitCodes.ok;
  const program = buildProgram({ streams, verbs, version, done: (result) => (code = result) });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return reportError({ error, streams });
  }
}

/** Prints an error as what failed and how to mend it; the stack only where the fault is ours. */
export function reportError({ error, streams }: { error: unknown; streams: Pick<Streams, 'err'> }): number {
  if (error instanceof VivaError) {
    streams.err(`viva: ${error.message}\n${error.fix}\n`);
    return exitCodeOf(error.code);
  }
  streams.err(`viva: a fault in Viva itself: ${JSON.stringify(describeError(error), null, 2)}\n`);
  return exitCodes.internal;
}

const helpTail = `
Exit codes: 0 done · 1 found what it looks for: lint problems, gaps, a fallen gate · 2 wrong arguments, configuration or content
            3 the judge could not grade
            4 the data folder, database or server cannot be used now · 130 stopped by Ctrl-C · 70 a fault in Viva itself

Set up through the environment: README.md lists every variable. A first session:
  npx viva serve                                   open http://127.0.0.1:3000
  npx viva grade fri-1-three-stages --answer -     type an answer, end with Ctrl-D
  npx viva calibrate post-training --split dev     how far the judge agrees with the ratings
`;

/** The help of `viva` and of each command, for docs/cli.md. */
export function commandHelp(): { name: string; help: string }[] {
  const nothing = (): void => undefined;
  const never = (): Promise<number> => Promise.resolve(exitCodes.ok);
  const { streams } = keepStreams(100);
  const verbs: Verbs = {
    serve: never,
    grade: never,
    calibrate: never,
    runs: never,
    compare: never,
    publish: never,
    checkBaseline: never,
    lint: never,
    bank: never,
    schema: never,
    evals: never,
    rate: never,
    doctor: never,
    prompt: never,
    agreement: never,
    estimate: never,
    review: never,
    import: never,
  };
  const program = buildProgram({ streams, verbs, version: '', done: nothing });
  const whole = { name: 'viva', help: program.helpInformation() + helpTail };
  return [
    whole,
    ...program.commands.map((command) => ({ name: `viva ${command.name()}`, help: command.helpInformation() })),
  ];
}

function buildProgram({
  streams,
  verbs,
  version,
  done,
}: {
  streams: Streams;
  verbs: Verbs;
  version: string;
  done: (code: number) => void;
}): Command {
  const program = new Command('viva')
    .description('A tutor that grades explanations against a rubric, and shows how far its judge may be trusted.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: streams.out,
      writeErr: streams.err,
      getOutHelpWidth: () => streams.width,
      getErrHelpWidth: () => streams.width,
    })
    .showSuggestionAfterError()
    .addHelpText('after', helpTail);
  const json = (): Option => new Option('--json', 'print JSON for programs instead of text for people').default(false);
  const judge = (): Option =>
    new Option('--judge <judge>', 'who grades')
      .choices(['configured', 'auto', 'embedded', 'openai', 'recorded'])
      .default('configured', 'what VIVA_JUDGE says');

  program
    .command('serve')
    .description('run the tutor and its grading in this process')
    .action(async () => done(await verbs.serve()));

  program
    .command('grade')
    .description('grade one answer and print the grade; nothing is stored')
    .argument('<item>', 'id of the question, such as fri-1-three-stages')
    .option('--answer <file>', 'file with the answer, or - for standard input', '-')
    .option('--option <number>', 'the option picked, counted from 1 (choice questions)', wholeNumber)
    .addOption(judge())
    .option('--why', 'also print what the judge went by: which cues were found, which checks barred a verdict', false)
    .addOption(json())
    .action(async (item: string, options: GradeOptions) =>
      done(
        await verbs.grade({
          item,
          answer: options.answer,
          option: options.option ?? null,
          judge: options.judge,
          json: options.json,
          why: options.why,
        }),
      ),
    );

  addCalibrationCommands({ program, verbs, done, judge, json });

  program
    .command('lint')
    .description('check bank/, rubrics/ and evals/; print every problem as file:line: what is wrong: how to mend it')
    .addOption(json())
    .action(async (options: { json: boolean }) => done(await verbs.lint(options)));

  program
    .command('bank')
    .description('list the questions with their criteria, points, misconceptions, exemplars and checks')
    .addOption(json())
    .action(async (options: { json: boolean }) => done(await verbs.bank(options)));

  program
    .command('schema')
    .description('write the JSON Schema of every kind of authored file, for editors')
    .option('--out <folder>', 'folder to write to', 'src/bank/schemas')
    .action(async (options: { out: string }) => done(await verbs.schema(options)));

  program
    .command('evals')
    .description('show what each eval set can tell about a judge: answers, bands, verdicts, rater agreement, gaps')
    .addOption(json())
    .action(async (options: { json: boolean }) => done(await verbs.evals(options)));

  program
    .command('rate')
    .description('rate the answers of an eval set yourself, blind, one key a verdict; stop at any time and go on later')
    .argument('<set>', 'id of the eval set')
    .requiredOption('--rater <id>', 'your id in the set, such as ann: lower-case letters, digits and hyphens', raterId)
    .option('--who <words>', 'who you are, for readers of the figures, such as "a teacher of the course"')
    .option('--items <ids...>', 'only the answers to these questions')
    .action(async (set: string, options: { rater: string; who?: string; items?: string[] }) =>
      done(await verbs.rate({ set, rater: options.rater, who: options.who ?? null, items: options.items ?? [] })),
    );

  program
    .command('doctor')
    .description(
      'try the configured judge for real: key, address, model, what the endpoint understands, two tiny grades, price',
    )
    .addOption(json())
    .action(async (options: { json: boolean }) => done(await verbs.doctor(options)));

  program
    .command('prompt')
    .description('print exactly what a model would be sent for an answer; nobody is asked')
    .argument('<item>', 'id of the question')
    .option('--answer <file>', 'file with the answer, or - for standard input', '-')
    .option('--option <number>', 'the option picked, counted from 1 (choice questions)', wholeNumber)
    .addOption(json())
    .action(async (item: string, options: { answer: string; option?: number; json: boolean }) =>
      done(await verbs.prompt({ item, answer: options.answer, option: options.option ?? null, json: options.json })),
    );
  addRatingCommands(program, { verbs, done, json, wholeNumber });
  addReviewCommand(program, { verbs, done, json, wholeNumber });
  addImportCommand(program, { verbs, done, json });

  // exitOverride is not inherited by commands made before it, so it is set on each.
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError('Run the command with --help for its options.');
  return program;
}

function raterId(text: string): string {
  if (!AuthoredId.safeParse(text).success)
    throw new InvalidArgumentError('Use lower-case letters, digits and hyphens.');
  return text;
}
