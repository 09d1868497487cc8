import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readContentFiles } from '../../src/bank/load-content.ts';
import { formatProblem } from '../../src/bank/problem.ts';
import { findStrayFiles } from '../../src/bank/stray-files.ts';

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true });
});

async function rootWith(paths: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'viva-stray-'));
  roots.push(root);
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), '');
  }
  return root;
}

async function strays(paths: readonly string[], courses: readonly string[] = ['demo']): Promise<string[]> {
  return (await findStrayFiles({ root: await rootWith(paths), courses })).map(formatProblem);
}

test('files where they are read are no strays, nor is anything that is not authored', async () => {
  const read = [
    'bank/demo/course.yaml',
    'bank/demo/first.yml',
    'rubrics/demo/first.yaml',
    'evals/set/set.yaml',
    'evals/set/answers.jsonl',
    'evals/set/baseline.json',
    'bank/README.md',
    'bank/.drafts/first.yaml',
  ];
  expect(await strays(read)).toEqual([]);
});

test.each([
  ['bank/first.yaml', /a question stands in bank\/<course>\/: move it to bank\/demo\/first\.yaml/],
  ['bank/demo/week-1/first.yaml', /a question stands in bank\/<course>\/: move it to bank\/demo\/first\.yaml/],
  ['bank/demo/first.YAML', /move it to bank\/demo\/first\.yaml/],
  ['bank/demo/answers.jsonl', /rated answers stand in evals\/: move it to evals\/<set>\/answers\.jsonl/],
  ['rubrics/first.yaml', /a rubric stands in rubrics\/<course>\/: move it to rubrics\/demo\/first\.yaml/],
  [
    'rubrics/old/first.yaml',
    /there is no course bank\/old\/: move it to rubrics\/demo\/first\.yaml, or write bank\/old/,
  ],
  ['evals/answers.jsonl', /an eval set is evals\/<set>\/set\.yaml and evals\/<set>\/answers\.jsonl/],
  ['evals/set/more.jsonl', /an eval set is evals\/set\/set\.yaml and evals\/set\/answers\.jsonl/],
])('%s is reported with where it should stand', async (path, expected) => {
  const found = await strays([path]);
  expect(found).toEqual([expect.stringMatching(expected)]);
  expect(found[0]).toContain(`${path}:1: nothing reads this file`);
});

test('with two courses the author says which', async () => {
  expect(await strays(['bank/first.yaml'], ['a', 'b'])).toEqual([expect.stringContaining('bank/<course>/first.yaml')]);
});

test('three empty folders are no sound content', async () => {
  const root = await rootWith([]);
  for (const part of ['bank', 'rubrics', 'evals']) await mkdir(join(root, part));
  const { problems } = await readContentFiles(root);
  expect(problems.map(formatProblem)).toEqual([expect.stringMatching(/^bank:1: there is no course: write bank/)]);
});
