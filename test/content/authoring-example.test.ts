import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { formatProblem } from '../../src/bank/problem.ts';
import { createCueJudge } from '../../src/judge/embedded/embedded-judge.ts';
import { lintContent } from '../../src/tutor/lint-content.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-example-'));
});
afterEach(() => rm(root, { recursive: true }));

/** The blocks of docs/authoring.md that follow a line with the path of a file. */
async function filesOfTheGuide(): Promise<{ path: string; text: string }[]> {
  const guide = await readFile('docs/authoring.md', 'utf8');
  const blocks = guide.matchAll(/^`((?:bank|rubrics|evals)\/[\w./-]+)`.*\n\n```(?:yaml|jsonl)\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, path = '', text = '']) => ({ path, text }));
}

test('the small course in docs/authoring.md is whole, and lint finds nothing wrong with it', async () => {
  for (const { path, text } of await filesOfTheGuide()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const files = await readContentFiles(root);
  const deps = { embeddedJudge: createCueJudge({ now: () => 0 }), signal: new AbortController().signal };
  expect((await lintContent(files, deps)).map(formatProblem)).toEqual([]);
  const { courses, evalSets } = assembleContent(files);
  expect(courses.map(({ items }) => items.length)).toEqual([1]);
  expect(evalSets.map(({ answers }) => answers.length)).toEqual([2]);
});
