import { Option, type Command } from 'commander';
import type { ScaleLevel } from '../calibration/label-scale.ts';

/** What the commands on tables of ratings do once their arguments are checked. `file` is a path, or - for standard input. */
export type RatingVerbs = {
  agreement: (args: {
    file: string;
    raters: string[] | null;
    judges: string[] | 'all-others' | null;
    item: string | null;
    id: string | null;
    level: ScaleLevel;
    order: string[] | null;
    positive: string | null;
    resamples: number;
    json: boolean;
  }) => Promise<number>;
  estimate: (args: { file: string; judge: string; human: string; by: string | null; json: boolean }) => Promise<number>;
};

type Wiring = {
  verbs: RatingVerbs;
  done: (code: number) => void;
  json: () => Option;
  wholeNumber: (text: string) => number;
};

/** Adds `viva agreement` and `viva estimate`. */
export function addRatingCommands(program: Command, wiring: Wiring): void {
  addAgreement(program, wiring);
  addEstimate(program, wiring);
}

function addAgreement(program: Command, { verbs, done, json, wholeNumber }: Wiring): void {
  type Options = {
    raters?: string[];
    judges?: string[];
    item?: string;
    id?: string;
    scale: ScaleLevel;
    labels?: string[];
    positive?: string;
    resamples: number;
    json: boolean;
  };
  program
    .command('agreement')
    .description('how far raters agree, and judges with them, from any table of ratings; no judge is called')
    .argument('<file>', 'CSV, JSON Lines, or the answers.jsonl of an eval set; - for standard input')
    .option(
      '--raters <columns>',
      'the raters’ columns, as a,b,c; * in a name stands for anything (an eval set knows its own)',
      list,
    )
    .option('--judges <columns>', 'columns to hold against the raters’ majority, or all-others', list)
    .option('--item <column>', 'what was rated: figures by item, worst first')
    .option('--id <column>', 'the answer: rows with one id are redrawn together for the intervals')
    .addOption(
      new Option('--scale <scale>', 'what ratings mean: labels, steps in order, or numbers')
        .choices(['nominal', 'ordinal', 'interval'])
        .default('nominal'),
    )
    .option('--labels <labels>', 'every label there is, lowest first, as missed,partial,met', list)
    .option('--positive <label>', 'the label that true positive rates are about')
    .option('--resamples <number>', 'bootstrap resamples behind each interval', wholeNumber, 2000)
    .addOption(json())
    .action(async (file: string, options: Options) =>
      done(
        await verbs.agreement({
          file,
          raters: options.raters ?? null,
          judges: options.judges?.join() === 'all-others' ? 'all-others' : (options.judges ?? null),
          item: options.item ?? null,
          id: options.id ?? null,
          level: options.scale,
          order: options.labels ?? null,
          positive: options.positive ?? null,
          resamples: options.resamples,
          json: options.json,
        }),
      ),
    );
}

function addEstimate(program: Command, { verbs, done, json }: Wiring): void {
  type Options = { judge: string; human: string; by?: string; json: boolean };
  program
    .command('estimate')
    .description(
      'a class’s true rate, from a judge’s verdicts on all its answers and a person’s on a few drawn at random',
    )
    .argument('<file>', 'CSV or JSON Lines, one answer a row; - for standard input')
    .requiredOption('--judge <column>', 'the judge’s verdicts: 1 or 0, met or missed, or a share of the points')
    .requiredOption('--human <column>', 'the person’s, empty where nobody rated')
    .option('--by <column>', 'a figure for each value of this column too')
    .addOption(json())
    .action(async (file: string, options: Options) =>
      done(
        await verbs.estimate({
          file,
          judge: options.judge,
          human: options.human,
          by: options.by ?? null,
          json: options.json,
        }),
      ),
    );
}

/** "a, b" -> a and b. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
