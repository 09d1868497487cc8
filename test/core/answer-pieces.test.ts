import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAnswer, overlap, sentencesAround } from '../../src/core/answer-pieces.ts';

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
    [
      'a number with what it numbers',
      '1. First this. 2. Then that.\n10. At 16. Done.',
      ['1. First this.', '2. Then that.', '10. At 16.', 'Done.'],
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

test('around a stretch lie the sentences it has letters of', () => {
  const answer = 'One thing, and more. Another. The end.';
  const around = (from: string, to: string): string => {
    const place = { start: answer.indexOf(from), end: answer.indexOf(to) + to.length };
    const { start, end } = sentencesAround({ answer, place });
    return answer.slice(start, end);
  };
  expect(around('thing', 'thing')).toBe('One thing, and more.');
  expect(around('more', 'Another')).toBe('One thing, and more. Another.');
  expect(sentencesAround({ answer, place: { start: 19, end: 20 } })).toEqual({ start: 19, end: 20 });
});

test('two stretches overlap where they share a letter or a figure', () => {
  const answer = 'One thing. Another.';
  expect(overlap({ answer, one: { start: 0, end: 10 }, other: { start: 4, end: 15 } })).toBe(true);
  expect(overlap({ answer, one: { start: 0, end: 10 }, other: { start: 9, end: 11 } })).toBe(false);
  expect(overlap({ answer, one: { start: 0, end: 3 }, other: { start: 11, end: 18 } })).toBe(false);
});
