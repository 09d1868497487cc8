import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentWords,
  findQuote,
  normaliseWithMap,
  sharedShare,
  sharedStretches,
  stem,
  wordRuns,
  words,
} from '../../src/core/text.ts';

describe('normaliseWithMap', () => {
  test.each([
    ['a \t\n b', 'a b'],
    ['“quoted” ‘it’', '"quoted" \'it\''],
    ['1–2 — 3 − 4', '1-2 - 3 - 4'],
    ['ze\u200bro\u202e', 'zero'],
    ['ﬁne', 'fine'],
    ['e\u0301', 'é'],
  ])('%j reads as %j', (text, expected) => {
    expect(normaliseWithMap(text).text).toBe(expected);
  });

  test('offsets lead back to the untouched text', () => {
    const text = 'It \u200b is “so”,  ﬁne';
    const normalised = normaliseWithMap(text);
    const at = normalised.text.indexOf('fine');
    const { start, end } = normalised.toOriginal(at, at + 4);
    expect(text.slice(start, end)).toBe('ﬁne');
    expect(normalised.toOriginal(0, 0)).toEqual({ start: 0, end: 0 });
  });

  test('every stretch of any text maps to a stretch inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, from, length) => {
        const normalised = normaliseWithMap(text);
        const { start, end } = normalised.toOriginal(from, from + length);
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }),
    );
  });
});

describe('findQuote', () => {
  const answer = 'SFT first:  it is “stable”\nand cheap.';
  test.each([
    ['it is "stable" and cheap', 'it is “stable”\nand cheap'],
    ['IT IS STABLE', undefined],
    ['sft FIRST', 'SFT first'],
    ['"SFT first"', 'SFT first'],
    ['... stable” and', 'stable”\nand'],
    ['it is unstable', undefined],
    ['', undefined],
    ['""', undefined],
  ])('%j is found as %j', (quote, expected) => {
    const found = findQuote({ answer, quote });
    expect(found?.quote).toBe(expected);
    if (found) expect(answer.slice(found.start, found.end)).toBe(found.quote);
  });

  test('the same case wins over an earlier place in another case', () => {
    expect(findQuote({ answer: 'both. Both', quote: 'Both' })?.start).toBe(6);
  });

  test('any stretch of an answer is found in it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (text, from, length) => {
        const rest = text.slice(from % (text.length + 1));
        const quote = rest.slice(0, length);
        // Nobody quotes half a letter: "A" is not in "À".
        fc.pre(!/^\p{M}/u.test(rest.slice(length)));
        fc.pre(quote.trim().length > 1 && normaliseWithMap(quote).text.replace(/["'.\s]/gu, '') !== '');
        fc.pre(!/\p{Cs}/u.test(quote) && !/^\p{M}/u.test(quote));
        expect(findQuote({ answer: text, quote })).toBeDefined();
      }),
    );
  });
});

describe('words', () => {
  test('numbers lose their separators and hyphens part words', () => {
    expect(words("Don't pre-train 131,072 or 0.78% of it.")).toEqual([
      "don't",
      'pre',
      'train',
      '131072',
      'or',
      '0.78%',
      'of',
      'it',
    ]);
  });
  test('content words drop the glue and the endings', () => {
    expect(contentWords('The models were trained and it is stopping')).toEqual(['model', 'train', 'stop']);
  });
  test.each([
    ['training', 'train'],
    ['studies', 'study'],
    ['losses', 'loss'],
    ['optimizes', 'optimiz'],
    ['optimizing', 'optimiz'],
    ['copied', 'copy'],
    ['need', 'need'],
    ['rl', 'rl'],
  ])('%s is cut to %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});

describe('overlap', () => {
  const source = 'the model copies what the examples show'.split(' ');
  test('runs of words', () => {
    expect([...wordRuns(['a', 'b', 'c'], 2)]).toEqual(['a b', 'b c']);
    expect(wordRuns(['a'], 2).size).toBe(0);
  });
  test('overlapping runs are one stretch, others stay apart', () => {
    const sequence = 'so the model copies what and then the examples show'.split(' ');
    expect(sharedStretches({ sequence, source, runLength: 3 })).toEqual([
      { from: 1, to: 5 },
      { from: 7, to: 10 },
    ]);
    expect(sharedShare({ sequence, source, runLength: 3 })).toBeCloseTo(7 / 10);
  });
  test('nothing said shares nothing', () => {
    expect(sharedShare({ sequence: [], source, runLength: 3 })).toBe(0);
  });
});

describe('8,000 characters that grow or repeat are read at once', () => {
  test.each([['\uFDFA'], [')'], ['"'], ['\u0301'], ['\u0323\u0301'], ['👩‍👧'], ['a\n'], [' '], ['.'], ['a'], ['aing']])(
    '%j',
    (unit) => {
      const text = unit.repeat(Math.floor(8000 / unit.length));
      const from = performance.now();
      const sequence = words(text);
      contentWords(`x${text} ${text}x`);
      sharedStretches({ sequence, source: sequence, runLength: 5 });
      normaliseWithMap(`x${text}x`);
      findQuote({ answer: `x${text}x`, quote: `"${text}"` });
      findQuote({ answer: `x${text}x`, quote: `${text}y` });
      expect(performance.now() - from).toBeLessThan(8000);
    },
  );

  test('a character that becomes eighteen leads back to itself', () => {
    const normalised = normaliseWithMap('\uFDFA'.repeat(3));
    expect(normalised.text).toHaveLength(54);
    expect(normalised.toOriginal(18, 36)).toEqual({ start: 1, end: 2 });
  });

  test('white space across neighbours is one space that covers them all', () => {
    const normalised = normaliseWithMap('a \n\u00a0 b');
    expect(normalised.text).toBe('a b');
    expect(normalised.toOriginal(1, 2)).toEqual({ start: 1, end: 5 });
  });

  test('a quote in marks and dots is found by what it says', () => {
    expect(findQuote({ answer: 'so it goes on', quote: '"... it goes..."  ' })?.quote).toBe('it goes');
  });
});
