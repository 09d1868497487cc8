import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentAnswer } from '../../src/core/segment-answer.ts';

const answer = 'abcdefghij';

describe('cutting an answer where its highlights begin and end', () => {
  test('without highlights the answer is one stretch', () => {
    expect(segmentAnswer({ answer, highlights: [] })).toEqual([{ text: answer, notes: [], begins: [], ends: [] }]);
  });

  test('two highlights that overlap share the words between them', () => {
    const segments = segmentAnswer({
      answer,
      highlights: [
        { note: '2', start: 4, end: 8 },
        { note: '1', start: 2, end: 6 },
      ],
    });
    expect(segments.map(({ text, notes }) => [text, notes.join('+')])).toEqual([
      ['ab', ''],
      ['cd', '1'],
      ['ef', '1+2'],
      ['gh', '2'],
      ['ij', ''],
    ]);
    expect(segments.map(({ ends }) => ends)).toEqual([[], [], ['1'], ['2'], []]);
  });

  test('one highlight inside another lies within it', () => {
    const segments = segmentAnswer({
      answer,
      highlights: [
        { note: '1', start: 0, end: 10 },
        { note: 'A', start: 3, end: 5 },
      ],
    });
    expect(segments.map(({ text, notes }) => [text, notes.join('+')])).toEqual([
      ['abc', '1'],
      ['de', '1+A'],
      ['fghij', '1'],
    ]);
  });

  test('highlights of one note that touch are one, and those apart are counted', () => {
    const segments = segmentAnswer({
      answer,
      highlights: [
        { note: '1', start: 0, end: 3 },
        { note: '1', start: 3, end: 4 },
        { note: '1', start: 6, end: 8 },
      ],
    });
    expect(segments.flatMap(({ begins }) => begins)).toEqual([
      { note: '1', occurrence: 1 },
      { note: '1', occurrence: 2 },
    ]);
    expect(segments[0]?.text).toBe('abcd');
  });

  test('whatever is highlighted, no letter is lost, doubled or moved, and every stretch carries exactly its notes', () => {
    const highlight = fc.record({
      note: fc.constantFrom('1', '2', 'A'),
      start: fc.integer({ min: -2, max: 14 }),
      end: fc.integer({ min: -2, max: 14 }),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.array(highlight, { maxLength: 6 }), (text, highlights) => {
        const segments = segmentAnswer({ answer: text, highlights });
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        let at = 0;
        for (const segment of segments) {
          const covering = highlights.filter(({ start, end }) => start <= at && end > at).map(({ note }) => note);
          expect(new Set(segment.notes)).toEqual(new Set(covering));
          at += segment.text.length;
        }
      }),
    );
  });
});
