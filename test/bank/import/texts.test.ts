import { describe, expect, test } from 'vitest';
import { authoredId, createIds } from '../../../src/bank/import/authored-ids.ts';
import { plainMarkdown, plainText, shortTitle } from '../../../src/bank/import/plain-text.ts';
import { scoreCriteria, scoreVerdicts, stepScale } from '../../../src/bank/import/scores.ts';
import { nearCopies } from '../../../src/bank/near-copies.ts';
import { AuthoredId } from '../../../src/core/ids.ts';

describe('ids made from outside names', () => {
  test.each([
    ['GPT-4o Full run 1', 'gpt-4o-full-run-1'],
    ['  Ärger & Öl.  ', 'arger-ol'],
    ['TC_10.1.1', 'tc-10-1-1'],
  ])('%j becomes %j', (name, id) => expect(authoredId(name)).toBe(id));

  test.each(['日本語', '', '—', 'x'.repeat(200), `${'long name '.repeat(12)}one`])(
    '%j becomes an id too, the same each time',
    (name) => {
      expect(AuthoredId.safeParse(authoredId(name)).success).toBe(true);
      expect(authoredId(name)).toBe(authoredId(name));
    },
  );

  test('long names that begin alike stay apart, and so do equal ones in a list', () => {
    const long = 'a rather long name that goes on and on until it no longer fits in an id';
    expect(authoredId(`${long} one`)).not.toBe(authoredId(`${long} two`));
    const next = createIds();
    expect(['A 1', 'a-1', 'A-1!'].map((name) => next(name).id)).toEqual(['a-1', 'a-1-2', 'a-1-3']);
  });
});

describe('outside text', () => {
  test.each([
    ['one<br>two<p class="x">three</p>', 'one\ntwo\nthree'],
    ['x &lt; y &amp;&amp; z&nbsp;&#233;&#x41;', 'x < y && z éA'],
    ['if (a <b and c> d) vector<int> v;', 'if (a <b and c> d) vector<int> v;'],
    ['&constructor; &bogus;', '&constructor; &bogus;'],
    ['a\u0000b\u0007c\td', 'abc d'],
    ['half \uD83D of a character', 'half \uFFFD of a character'],
    ['  \n\n\n\nend  ', 'end'],
  ])('%j is read as %j', (text, plain) => expect(plainText(text)).toBe(plain));

  test('a dollar opens no formula', () => expect(plainMarkdown('$5 or \\$6')).toBe('\\$5 or \\$6'));

  test('a title is one line of at most 80 units, no character halved', () => {
    expect(shortTitle('short\nand <b>plain</b>')).toBe('short and plain');
    const cut = shortTitle(`${'x'.repeat(78)}😀😀`);
    expect(cut.length).toBeLessThanOrEqual(80);
    expect(cut.isWellFormed()).toBe(true);
  });
});

describe('scores as verdicts', () => {
  const verdicts = { kind: 'verdicts' as const, max: 1, metFrom: 1, partialAbove: 0 };

  test.each([
    [0, 'missed'],
    [0.125, 'partial'],
    [0.875, 'partial'],
    [1, 'met'],
  ])('%f of 1 is %s', (score, verdict) =>
    expect(scoreVerdicts({ scale: verdicts, score })).toEqual({ score: verdict }),
  );

  test.each([
    [[0, 1, 3], 0, 3, 3, false],
    [[0, 0.125, 1], 0, 1, 8, false],
    [[0, 2.5, 5], 0, 5, 2, false],
    [[0, 0.5, 3.5, 5], 0, 5, 5, true],
    [[1, 4], 1, 5, 4, false],
    [[0, 0.1, 0.7, 1], 0, 1, 5, true],
  ])('%j from %d to %d need %d steps, halves: %s', (scores, min, max, steps, halves) => {
    expect(stepScale({ scores, min, max })).toMatchObject({ steps, halves });
  });

  test('steps add up to the score again', () => {
    const worth = { met: 1, partial: 0.5, missed: 0 };
    for (const [scores, max] of [
      [[0, 1, 2, 3], 3],
      [[0, 0.5, 2, 3.5, 5], 5],
      [[0, 0.125, 0.5, 0.875, 1], 1],
    ] as const) {
      const scale = stepScale({ scores, min: 0, max })!;
      const points = new Map(scoreCriteria({ scale, expects: 'x' }).map((criterion) => [criterion.name, criterion]));
      for (const score of scores) {
        const earned = Object.entries(scoreVerdicts({ scale, score })).map(([name, verdict]) => {
          const { points: full, partial } = points.get(name)!;
          if (verdict === 'partial') expect(partial).not.toBeNull();
          return full * worth[verdict];
        });
        expect(earned.reduce((sum, one) => sum + one, 0)).toBeCloseTo(score, 9);
      }
    }
  });

  test('finer scores than sixteen steps have none', () => {
    expect(stepScale({ scores: [0.33, 0.71], min: 0, max: 1 })).toBeUndefined();
  });
});

describe('near copies', () => {
  const shared = 'the window halves whenever a segment is lost on the way';
  test('are texts that share eight words in a row, and what is linked through a third', () => {
    const texts = [
      `First: ${shared}.`,
      'Something else altogether.',
      `${shared}, and then the sender waits for all of the acknowledgements to come back again`,
      'and then the sender waits for all of the acknowledgements to come back again, slowly',
      'Harmful!',
      'harmful',
    ];
    expect(nearCopies({ texts, prompt: '' })).toEqual([0, 1, 0, 0, 4, 4]);
  });

  test('are not those that quote the question', () => {
    expect(nearCopies({ texts: [`${shared} yes`, `${shared} no`], prompt: shared })).toEqual([0, 1]);
  });
});
