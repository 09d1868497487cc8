import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAnswer, overlap } from '../../src/core/answer-pieces.ts';

const cut = (answer: string): string[] => cutAnswer(answer).map(({ start, end }) => answer.slice(start, end));

describe('an answer as words to point at', () => {
  test.each([
    ['sentences', 'One thing. Another! A third?', ['One thing.', 'Another!', 'A third?']],
    ['a sentence that goes on in lower case', 'It is so. and then it is not.', ['It is so.', 'and then it is not.']],
    ['lines', '- now: only syntax\n\n- later: facts', ['- now: only syntax', '- later: facts']],
    ['quotation marks at the end', 'He said "stop." Then it ran.', ['He said "stop."', 'Then it ran.']],
    [
      'no decimals, no abbreviations',
      'About 0.5 of d, e.g. a half, is kept.',
      ['About 0.5 of d, e.g. a half, is kept.'],
    ],
    [
      'a long sentence at its clauses',
      'The policy is paid for style over truth, so longer answers earn more marks because the judge likes them.',
      [
        'The policy is paid for style over truth,',
        'so longer answers earn more marks',
        'because the judge likes them.',
      ],
    ],
    [
      'no clause of fewer than four words',
      'The policy is paid for style, so it wins, and the held-out test falls by a third.',
      ['The policy is paid for style,', 'so it wins, and the held-out test falls by a third.'],
    ],
    ['nothing where there is nothing', '  \n ', []],
  ])('%s', (_name, answer, pieces) => {
    expect(cut(answer)).toEqual(pieces);
  });

  test('the pieces hold all there is to read, in order, without white space at their ends', () => {
    const texts = fc.array(fc.constantFrom('word', 'so', ', and', '. ', '\n', ' ', '; ', '—', '42', '?', '"', 'e.g. '));
    fc.assert(
      fc.property(texts, (parts) => {
        const answer = parts.join(' ');
        const pieces = cutAnswer(answer);
        expect(
          pieces
            .map(({ start, end }) => answer.slice(start, end))
            .join(' ')
            .match(/[\p{L}\p{N}]+/gu),
        ).toEqual(answer.match(/[\p{L}\p{N}]+/gu));
        pieces.forEach(({ start, end }, index) => {
          expect(answer.slice(start, end)).toBe(answer.slice(start, end).trim());
          expect(start).toBeGreaterThanOrEqual(pieces[index - 1]?.end ?? 0);
        });
      }),
    );
  });
});

test('two stretches overlap where they share a letter or a figure', () => {
  const answer = 'One thing. Another.';
  expect(overlap({ answer, one: { start: 0, end: 10 }, other: { start: 4, end: 15 } })).toBe(true);
  expect(overlap({ answer, one: { start: 0, end: 10 }, other: { start: 9, end: 11 } })).toBe(false);
  expect(overlap({ answer, one: { start: 0, end: 3 }, other: { start: 11, end: 18 } })).toBe(false);
});
