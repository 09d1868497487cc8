import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { ImportFormat, ImportRequest } from '../tutor/import-set.ts';
import { list } from './rating-commands.ts';

/** What `viva import` does once its arguments are checked. */
export type ImportVerbs = { import: (args: ImportRequest & { json: boolean }) => Promise<number> };

type Wiring = { verbs: ImportVerbs; done: (code: number) => void; json: () => Option };

/** The options as commander hands them over. Those of the map that are plain values have the map's own names. */
type Options = {
  out: string;
  force: boolean;
  name?: string;
  map?: string;
  items?: string;
  raters?: string[];
  models?: string[];
  raterKind?: string;
  criteria?: string[];
  json: boolean;
} & Record<string, unknown>;

/** Options that become keys of the map as they are. */
const plainKeys = [
  'text',
  'id',
  'item',
  'prompt',
  'reference',
  'expects',
  'itemTitle',
  'chapter',
  'family',
  'split',
  'tags',
  'rater',
  'raterKind',
  'column',
  'max',
  'points',
  'min',
  'scores',
  'metFrom',
  'partialAbove',
  'title',
  'licence',
  'when',
  'how',
] as const;

/** Adds `viva import`. */
export function addImportCommand(program: Command, { verbs, done, json }: Wiring): void {
  const command = program
    .command('import')
    .description('make rated answers from outside into questions, rubrics and an eval set to calibrate on')
    .addArgument(new Argument('<format>', 'what the path holds').choices(['khan-saq', 'saf', 'csv', 'jsonl']))
    .argument('<path>', 'a file, or for khan-saq and saf the folder of files')
    .requiredOption('--out <folder>', 'content root to make: a new or empty folder')
    .option('--force', 'replace an earlier import of this name in the folder', false)
    .option('--name <id>', 'id of the course and the eval set')
    .addOption(json());
  command.optionsGroup('Columns, for csv and jsonl (nested keys of JSON are written with dots: answer.text):');
  command
    .option('--map <file>', 'YAML or JSON file with any of these options as keys; docs/calibration.md shows one')
    .option('--items <file>', 'second table, with what belongs to the questions; joined by --item')
    .option('--text <column>', 'the answers’ words')
    .option('--id <column>', 'the answers’ ids')
    .option('--item <column>', 'the question an answer belongs to; without it there is one question')
    .option('--prompt <column>', 'the question; =text gives it here')
    .option('--reference <column>', 'the model answer; =text gives it here')
    .option('--expects <column>', 'the scoring guide; =text gives it here')
    .option('--item-title <column>', 'a short name of the question')
    .option('--chapter <column>', 'what to put questions together by')
    .option('--family <column>', 'answers with one value are variants of one another')
    .option('--split <column>', 'dev (train) or test; without it a hash deals the families out')
    .option('--tags <columns>', 'columns whose values become tags, as a,b', list);
  command.optionsGroup('Ratings, for csv and jsonl:');
  command
    .option('--raters <columns>', 'columns of ratings, as a,b', list)
    .addOption(new Option('--rater-kind <kind>', 'who they are').choices(['human', 'model', 'author']))
    .option('--models <columns>', 'columns with ratings by models', list)
    .option('--rater <column>', 'for one row an answer and rater: the column that names the rater')
    .option('--criteria <names>', 'where each rating is several: their names, as a,b', list)
    .option('--column <pattern>', 'how rating columns are called (default: {rater}, or {rater}_{criterion})')
    .option('--max <marks>', 'full marks, or observed for the highest given on each question', marks)
    .option('--min <marks>', 'the least marks (default: 0)', decimalNumber)
    .option('--points <column>', 'the questions’ full marks')
    .addOption(
      new Option(
        '--scores <way>',
        'verdicts: full marks are met, none missed, others partial; steps: a criterion for each step, so that points are the marks (also for saf)',
      ).choices(['verdicts', 'steps']),
    )
    .option('--met-from <marks>', 'marks from which an answer has met it (default: full marks)', decimalNumber)
    .option('--partial-above <marks>', 'marks above which it is partial (default: none)', decimalNumber);
  command.optionsGroup('What the set says of itself, for csv and jsonl:');
  command
    .option('--title <text>', 'what the answers are')
    .option('--licence <text>', 'whether others may have them')
    .option('--when <text>', 'when they were rated')
    .option('--how <text>', 'how they were rated, and what the raters saw')
    .action(async (format: ImportFormat, path: string, options: Options) =>
      done(
        await verbs.import({
          format,
          path,
          out: options.out,
          force: options.force,
          name: options.name ?? null,
          mapFile: options.map ?? null,
          itemsFile: options.items ?? null,
          map: mapOf(options),
          json: options.json,
        }),
      ),
    );
}

function decimalNumber(text: string): number {
  if (text.trim() === '' || !Number.isFinite(Number(text))) throw new InvalidArgumentError('Write a number.');
  return Number(text);
}

function marks(text: string): number | 'observed' {
  return text === 'observed' ? text : decimalNumber(text);
}

/** The options that say what the columns are, under the names of the map. */
function mapOf(options: Options): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (const key of plainKeys) if (options[key] !== undefined) map[key] = options[key];
  const raters = [
    ...(options.raters ?? []).map((name) => ({ name, kind: options.raterKind })),
    ...(options.models ?? []).map((name) => ({ name, kind: 'model' })),
  ];
  if (raters.length > 0) map['raters'] = raters;
  if (options.criteria) map['criteria'] = options.criteria.map((name) => ({ name }));
  return map;
}
