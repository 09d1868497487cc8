import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import type { Rating } from '../../src/core/eval-set.ts';
import { openKeys } from '../../src/cli/open-keys.ts';
import { runRating } from '../../src/cli/rate-command.ts';
import { planRating, type RaterAgreement } from '../../src/tutor/rate-answers.ts';
import { labContent } from '../fixtures/finished-run.ts';

type Kept = { answerId: string; verdicts: Rating['verdicts']; misconceptions: string[] };

const agreement: RaterAgreement[] = [
  { with: 'ann', kind: 'author', answers: 1, agreement: 2 / 3, kappa: { status: 'value', value: 0.4, n: 3 } },
];

/** Rates with these keys, and then with nobody at the keyboard. */
async function rate(
  keys: string,
  rater = 'maria',
): Promise<{ kept: Kept[]; shown: string; errors: string; code: number }> {
  const kept: Kept[] = [];
  let shown = '';
  let errors = '';
  const waiting = [...keys];
  const code = await runRating({
    set: 'demo-set',
    plan: planRating({ set: 'demo-set', rater, items: [] }, { content: labContent }),
    keep: (answerId, rating) => {
      kept.push({ answerId, ...rating });
      return Promise.resolve();
    },
    agreement: () => Promise.resolve(agreement),
    keys: { next: () => Promise.resolve(waiting.shift() ?? null) },
    streams: {
      out: (text) => (shown += text),
      err: (text) => (errors += text),
      readText: () => Promise.reject(new Error('nothing to read')),
      interactive: false,
      colour: false,
      width: 80,
    },
  });
  return { kept, shown, errors, code };
}

describe('rating in the terminal', () => {
  test('takes one key a verdict and keeps each answer as soon as it is done', async () => {
    const { kept, shown, code } = await rate('mxxn' + 'm');
    expect(kept).toMatchObject([
      { verdicts: { 'both-factors': 'met', count: 'missed', 'why-few': 'missed' }, misconceptions: [] },
    ]);
    expect([code, shown]).toEqual([
      0,
      expect.stringContaining('1 rated and kept. The same command goes on from here.'),
    ]);
  });

  test('goes back a question, skips an answer, and ignores keys that mean nothing', async () => {
    const { kept } = await rate('mb?xmxy' + 's' + 'mmmn');
    expect(kept.map(({ verdicts, misconceptions }) => [verdicts['both-factors'], misconceptions])).toEqual([
      ['missed', ['one-factor']],
      ['met', []],
    ]);
  });

  test('offers half-way only where the rubric words it', async () => {
    // The second key is ignored where there is no half-way, so the third decides.
    const { kept } = await rate('ppmmn');
    expect(kept[0]?.verdicts).toEqual({ 'both-factors': 'partial', count: 'met', 'why-few': 'met' });
  });

  test('says how far others agree at the end, never before', async () => {
    const { shown } = await rate('mxxnq');
    const line = 'With ann (author) on 1 answers: the same verdict in 67 %, kappa 0.40.';
    expect(shown.trimEnd().endsWith(line)).toBe(true);
    expect((await rate('q')).shown).not.toContain('ann');
  });

  test('a name that is an author’s is refused with a way out', async () => {
    expect(await rate('mxxn', 'ann')).toMatchObject({
      code: 2,
      kept: [],
      errors: expect.stringContaining('--rater') as string,
    });
  });
});

test('keys typed faster than they are read are kept in order, and a closed pipe is the end', async () => {
  const input = new PassThrough();
  // The part of a terminal that is used is a stream's; a pipe has no raw mode to set.
  const keys = openKeys(Object.assign(input, { isTTY: false }) as unknown as ReadStream);
  input.write('mx');
  input.end('q');
  const pressed = [await keys.next(), await keys.next(), await keys.next(), await keys.next()];
  keys.close();
  expect(pressed).toEqual(['m', 'x', 'q', null]);
});
