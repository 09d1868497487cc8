import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addEvalAnswer, type AddedAnswer, type NewEvalAnswer } from '../../src/bank/add-eval-answer.ts';
import type { Content } from '../../src/bank/content.ts';
import type { Rating } from '../../src/core/eval-set.ts';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';

const demo = fileURLToPath(new URL('../browser/content', import.meta.url));
const setYaml = `id: demo-set
title: A demo set
course: demo
purpose: Testing.
provenance: { raters: [{ id: ann, kind: author, who: the author }], how: by hand, when: '2026', licence: MIT }
`;
let root: string;
let content: Content;
let rating: Rating;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-add-'));
  await cp(demo, root, { recursive: true });
  await mkdir(join(root, 'evals/demo-set'), { recursive: true });
  await writeFile(join(root, 'evals/demo-set/set.yaml'), setYaml);
  await writeFile(join(root, 'evals/demo-set/answers.jsonl'), '');
  content = assembleContent(await readContentFiles(root));
  const criteria = content.courses[0]?.items.find(({ item }) => item.id === 'kl-choice')?.rubric.criteria ?? [];
  const verdicts = Object.fromEntries(criteria.map(({ id }) => [id, 'met' as const]));
  rating = { rater: 'ada', raterKind: 'human', verdicts, misconceptions: [] };
});
afterEach(() => rm(root, { recursive: true, force: true }));

function add(changes: Partial<NewEvalAnswer> = {}): Promise<AddedAnswer> {
  const answer: NewEvalAnswer = {
    item: 'kl-choice',
    option: 2,
    text: 'It charges for distance.',
    split: 'dev',
    tags: ['from-review'],
    rating,
    who: 'Ada, a person',
    ...changes,
  };
  return addEvalAnswer({ root, content, set: 'demo-set', answer });
}

describe('adding an answer to an eval set', () => {
  test('the option of a choice item goes with it, and numbers go on from the highest', async () => {
    expect(await add()).toEqual({ status: 'added', id: 'kl-choice-01' });
    expect(await add({ text: 'Distance is what it costs.' })).toEqual({ status: 'added', id: 'kl-choice-02' });
    const lines = (await readFile(join(root, 'evals/demo-set/answers.jsonl'), 'utf8')).split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ id: 'kl-choice-02', option: 2, family: 'kl-choice-02' });
    // The same words for another option are another answer.
    expect(await add({ option: 1 })).toMatchObject({ status: 'added' });
    expect(await add()).toEqual({ status: 'there-already', id: 'kl-choice-01' });
  });

  test('what lint would object to is refused with its mend, and nothing is written', async () => {
    expect(await add({ option: null })).toMatchObject({
      status: 'refused',
      problems: [expect.stringMatching(/picks no option.*add "option"/)],
    });
    expect(await add({ rating: { ...rating, verdicts: {} } })).toMatchObject({ status: 'refused' });
    expect(await add({ rating: { ...rating, rater: 'ann' } })).toMatchObject({
      status: 'refused',
      problems: [expect.stringContaining('"ann" is author in set.yaml')],
    });
    expect(await readFile(join(root, 'evals/demo-set/answers.jsonl'), 'utf8')).toBe('');
    expect(await readFile(join(root, 'evals/demo-set/set.yaml'), 'utf8')).toBe(setYaml);
  });

  test('a folder that may not be written is said in so many words', async () => {
    await chmod(root, 0o755);
    const folder = join(root, 'evals/demo-set');
    await chmod(folder, 0o555);
    // Root may write anywhere, so it steps aside for the length of one call.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    const outcome = await add().finally(() => {
      if (isRoot) process.seteuid?.(0);
    });
    await chmod(folder, 0o755);
    expect(outcome).toEqual({ status: 'refused', problems: [expect.stringContaining('read-only') as string] });
    expect((await readdir(folder)).sort()).toEqual(['answers.jsonl', 'set.yaml']);
  });
});
