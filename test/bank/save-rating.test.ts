import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameRater, saveRating } from '../../src/bank/save-rating.ts';
import { VivaError } from '../../src/core/errors.ts';
import type { Rating } from '../../src/core/eval-set.ts';
import { demoAnswers } from '../fixtures/finished-run.ts';

let root: string;
let folder: string;
const file = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-rating-'));
  folder = join(root, 'evals', 'demo-set');
  await mkdir(folder, { recursive: true });
  // Spaces that our own writer would not put there: a line nobody rated must come back as it was.
  const lines = demoAnswers.map((answer) => JSON.stringify(answer).replace('{"id":', '{ "id": '));
  await writeFile(join(folder, 'answers.jsonl'), `${lines.join('\n')}\n`);
  await writeFile(
    join(folder, 'set.yaml'),
    '# Ours\nid: demo-set\nprovenance:\n  raters:\n    - { id: ann, kind: author, who: Ann } # first\n',
  );
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const rating: Rating = {
  rater: 'maria',
  raterKind: 'human',
  verdicts: { 'both-factors': 'met', count: 'missed', 'why-few': 'missed' },
  misconceptions: [],
};

describe('a rating that is kept', () => {
  test('joins its answer, and no other line changes by a byte', async () => {
    const before = (await file('answers.jsonl')).split('\n');
    await saveRating({ root, set: 'demo-set', answerId: 'a3', rating });
    const after = (await file('answers.jsonl')).split('\n');
    expect(after.filter((line, at) => line !== before[at])).toHaveLength(1);
    expect(JSON.parse(after[2] ?? '')).toMatchObject({ id: 'a3', ratings: [{ rater: 'ann' }, rating] });
    expect((await readdir(folder)).sort()).toEqual(['answers.jsonl', 'set.yaml']);
  });

  test('takes the place of an earlier one by the same rater', async () => {
    await saveRating({ root, set: 'demo-set', answerId: 'a3', rating });
    const second: Rating = { ...rating, verdicts: { ...rating.verdicts, count: 'met' } };
    await saveRating({ root, set: 'demo-set', answerId: 'a3', rating: second });
    const line = (await file('answers.jsonl')).split('\n')[2] ?? '';
    expect(JSON.parse(line)).toMatchObject({ ratings: [{ rater: 'ann' }, second] });
  });

  test('of an answer that is gone is refused with a mend, and nothing is written', async () => {
    const before = await file('answers.jsonl');
    const refused: unknown = await saveRating({ root, set: 'demo-set', answerId: 'gone', rating }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(VivaError);
    expect(refused).toMatchObject({
      code: 'content-invalid',
      fix: expect.stringContaining('what was rated before is kept') as string,
    });
    expect(await file('answers.jsonl')).toBe(before);
  });

  test('names its rater in the set once, and leaves comments where they are', async () => {
    const rater = { id: 'maria', kind: 'human', who: 'Maria, who teaches the course' } as const;
    await nameRater({ root, set: 'demo-set', rater });
    await nameRater({ root, set: 'demo-set', rater });
    const text = await file('set.yaml');
    expect(text.match(/maria/g)).toHaveLength(1);
    for (const kept of ['# Ours', '# first', 'Maria, who teaches the course']) expect(text).toContain(kept);
  });
});
