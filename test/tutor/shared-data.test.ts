import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { lintFiles } from '../../src/bank/lint.ts';
import { readContentFiles } from '../../src/bank/load-content.ts';
import { importSet, type ImportFormat, type ImportOutcome } from '../../src/tutor/import-set.ts';
import { measureAgreement, type MeasuredAgreement } from '../../src/tutor/measure-agreement.ts';
import { valueOf } from '../calibration/value-of.ts';
import { sharedData } from '../fixtures/shared-data.ts';

const people = ['human_1', 'human_2', 'human_3'];
const khan = sharedData('khan-saq');
const saf = sharedData('saf');
let out = '';

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'viva-shared-'));
});
afterAll(async () => rm(out, { recursive: true, force: true }));

const bring = (format: ImportFormat, path: string): Promise<ImportOutcome> =>
  importSet({
    format,
    path,
    out: join(out, format),
    force: false,
    name: null,
    mapFile: null,
    itemsFile: null,
    map: {},
  });

const measure = (name: string, text: string, judges: string[] | null): MeasuredAgreement =>
  measureAgreement({
    name,
    text,
    request: {
      raters: judges === null ? people : null,
      judges,
      item: null,
      id: null,
      level: 'nominal',
      order: null,
      positive: null,
      resamples: 50,
    },
  });

/** The textbook's kappa, written out for labels 0 and 1. */
function plainKappa(pairs: readonly (readonly [string, string])[]): number {
  const n = pairs.length;
  const share = (count: (pair: readonly [string, string]) => boolean): number => pairs.filter(count).length / n;
  const agreed = share(([one, other]) => one === other);
  const luck = ['0', '1'].reduce(
    (sum, label) => sum + share(([one]) => one === label) * share(([, other]) => other === label),
    0,
  );
  return (agreed - luck) / (1 - luck);
}

type Row = Record<string, string>;
const rowsOf = async (file: string): Promise<Row[]> =>
  parse(await readFile(join(khan.path, file), 'utf8'), { columns: true });

describe.skipIf(khan.absent)('the short answers of Khan Academy', () => {
  test('the raters’ kappas, Fleiss’ kappa and alpha are what the definitions give', async () => {
    const rows = await rowsOf('human_labels.csv');
    const { figures } = measure('human_labels.csv', await readFile(join(khan.path, 'human_labels.csv'), 'utf8'), null);
    for (const { first, second, kappa } of figures.pairs) {
      expect(valueOf(kappa)).toBeCloseTo(plainKappa(rows.map((row) => [row[first]!, row[second]!])), 12);
    }
    // Two labels, three raters each: an answer is unanimous or one of its three pairs agrees.
    const votes = rows.map((row) => people.filter((person) => row[person] === '1').length);
    const agreed =
      votes.filter((one) => one % 3 === 0).length / rows.length +
      votes.filter((one) => one % 3 !== 0).length / rows.length / 3;
    const ones = votes.reduce((sum, one) => sum + one, 0);
    const ratings = 3 * rows.length;
    const luck = (ones / ratings) ** 2 + ((ratings - ones) / ratings) ** 2;
    expect(valueOf(figures.all.fleissKappa)).toBeCloseTo((agreed - luck) / (1 - luck), 12);
    const apart = (2 * ones * (ratings - ones)) / (ratings * (ratings - 1));
    expect(valueOf(figures.all.alpha)).toBeCloseTo(1 - (1 - agreed) / apart, 12);
  });

  test('import keeps every answer, and every model’s kappa, TPR and TNR beside the people are what the files give', async () => {
    const outcome = await bring('khan-saq', khan.path);
    if (outcome.status !== 'imported') throw new Error(outcome.status);
    const labels = await rowsOf('human_labels.csv');
    expect(outcome.counts).toMatchObject({ answers: labels.length, raters: { human: 3 } });
    expect(lintFiles(await readContentFiles(outcome.out))).toEqual([]);
    const answers = join(outcome.out, 'evals/khan-saq/answers.jsonl');
    const { figures } = measure(answers, await readFile(answers, 'utf8'), ['*-majority']);

    const majority = new Map(
      labels.map((row) => [row['response_id']!, people.filter((person) => row[person] === '1').length > 1 ? '1' : '0']),
    );
    const byJudge = new Map<string, [string, string][]>();
    for (const file of ['llm_labels.csv', 'llm_labels_new_models.csv']) {
      for (const row of await rowsOf(file)) {
        const judge = `${row['model_name']!} ${row['rubric_type']!} majority`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
        byJudge.set(judge, [...(byJudge.get(judge) ?? []), [majority.get(row['response_id']!)!, row['llm_avg']!]]);
      }
    }
    expect(figures.judges).toHaveLength(byJudge.size);
    for (const { judge, kappa, truePositiveRate, trueNegativeRate } of figures.judges) {
      const pairs = byJudge.get(judge)!;
      const rate = (label: string): number => {
        const of = pairs.filter(([reference]) => reference === label);
        return of.filter(([, said]) => said === label).length / of.length;
      };
      expect(valueOf(kappa)).toBeCloseTo(plainKappa(pairs), 12);
      expect(valueOf(truePositiveRate)).toBeCloseTo(rate('1'), 12);
      expect(valueOf(trueNegativeRate)).toBeCloseTo(rate('0'), 12);
    }
  }, 120_000);
});

describe.skipIf(saf.absent)('Short Answer Feedback', () => {
  test('import keeps every answer that holds words, and lint accepts it', async () => {
    const outcome = await bring('saf', saf.path);
    if (outcome.status !== 'imported') throw new Error(outcome.status);
    expect(outcome.counts).toMatchObject({ items: 18, answers: 1475, raters: { human: 1, model: 0 } });
    expect(outcome.faults.map(({ what }) => what)).toEqual(['the answer is empty']);
    expect(lintFiles(await readContentFiles(outcome.out))).toEqual([]);
  }, 120_000);
});
