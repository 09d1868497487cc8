import { parse } from 'yaml';
import { z } from 'zod';
import { VivaError } from '../../core/errors.ts';
import { RaterKind } from '../../core/eval-set.ts';
import { Prose } from '../../core/ids.ts';
import { Points } from '../../core/rubric.ts';

const Column = z.string().trim().min(1);
/** A column, or after an equals sign the text itself. */
const ColumnOrText = Column.describe('a column, or =text for the same text everywhere');

/** Which columns of a table are what: the options of `viva import csv`, and the keys of the file that --map names. */
export const ImportMap = z.strictObject({
  text: Column.describe('the answers’ words'),
  id: Column.optional(),
  item: Column.optional().describe('the question an answer belongs to; without it there is one question'),
  prompt: ColumnOrText.optional(),
  reference: ColumnOrText.optional(),
  expects: ColumnOrText.optional().describe('the scoring guide, for the judge'),
  itemTitle: ColumnOrText.optional(),
  chapter: ColumnOrText.optional(),
  family: Column.optional().describe('answers that are variants of one another'),
  split: Column.optional().describe('dev or test; without it families are dealt out by a hash'),
  tags: z.array(Column).default([]),

  raters: z
    .array(z.strictObject({ name: Column, kind: RaterKind, who: Prose.optional() }))
    .default([])
    .describe('who rated; a name is a column, or stands for {rater} in `column`'),
  rater: Column.optional().describe(
    'for tables with one row for each answer and rater: the column that names the rater',
  ),
  raterKind: RaterKind.optional().describe('the kind of the raters that `rater` names'),
  column: Column.optional().describe('how rating columns are called, with {rater} and {criterion} in it'),
  criteria: z
    .array(z.strictObject({ name: Column, expects: ColumnOrText.optional(), points: Points.optional() }))
    .default([])
    .describe('where each rating is several'),

  max: z
    .union([z.number().positive(), z.literal('observed')])
    .optional()
    .describe('full marks; observed takes the highest mark given on each item'),
  points: Column.optional().describe('the column that holds each item’s full marks'),
  min: z.number().default(0),
  scores: z.enum(['verdicts', 'steps']).default('verdicts'),
  metFrom: z.number().optional().describe('the lowest score that counts as met; full marks without it'),
  partialAbove: z.number().optional().describe('scores above this are partial; no marks without it'),

  title: Prose.optional(),
  licence: Prose.optional(),
  when: Prose.optional(),
  how: Prose.optional(),
});
export type ImportMap = z.infer<typeof ImportMap>;

/** Reads a map file, YAML or JSON. @throws VivaError `input-invalid`. */
export function parseMapFile({ name, text }: { name: string; text: string }): Record<string, unknown> {
  const value: unknown = safeYaml(text);
  const record = z.record(z.string(), z.unknown()).safeParse(value);
  if (record.success) return record.data;
  throw new VivaError('input-invalid', {
    message: `The map ${name} is no list of keys.`,
    fix: 'Write one key a line, such as "text: answer". docs/calibration.md shows one.',
  });
}

function safeYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** Checks options and map file together. @throws VivaError `input-invalid` that names each wrong key. */
export function checkMap(given: Readonly<Record<string, unknown>>): ImportMap {
  const checked = ImportMap.safeParse(given);
  if (checked.success) return checked.data;
  if (checked.error.issues.some(({ path }) => path[0] === 'raters' && path.at(-1) === 'kind')) {
    throw new VivaError('input-invalid', {
      message: 'It is not said who rated.',
      fix: 'Add --rater-kind human where people rated, model or author where not; or give each rater its kind in the map.',
    });
  }
  const wrong = checked.error.issues.map(
    ({ path, message }) => `${path.length > 0 ? path.map(String).join('.') : 'the map'}: ${message}`,
  );
  throw new VivaError('input-invalid', {
    message: `The columns are not told apart: ${wrong.join('; ')}.`,
    fix: 'Say at least which column holds the answers (--text) and which the ratings (--raters with --rater-kind). viva import --help lists all options.',
  });
}
