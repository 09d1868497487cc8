import { describe, expect, test } from 'vitest';
import type { PredictedRow } from '../../src/store/attempt-history.ts';
import { viewSelfCalibration } from '../../src/tutor/self-calibration.ts';

const verdicts = { a: 'met', b: 'missed', c: 'partial', d: 'unsure' } as const;

function predicted(changes: Partial<PredictedRow['prediction']> = {}, minute = 0): PredictedRow {
  const prediction = { covered: ['a', 'b'], sure: 0.9, ...changes };
  return { itemId: 'x', prediction, verdicts, createdAt: new Date(Date.UTC(2026, 10, 23, 9, minute)) };
}

describe('what a learner expected beside what came of it', () => {
  test('ticked and met is a hit; half-way and missed are not; what the judge was not sure of is left out', () => {
    const view = viewSelfCalibration([predicted({ covered: ['a', 'b', 'c', 'd', 'gone'] })]);
    expect(view.ticked).toMatchObject({ n: 3, sure: 0.9, right: 1 / 3 });
    expect(view.unticked).toEqual({ n: 0, right: 0 });
  });

  test('a part left unticked may be right all the same', () => {
    expect(viewSelfCalibration([predicted({ covered: ['b'] })]).unticked).toEqual({ n: 2, right: 1 });
  });

  test('the bins are the curve: how sure against how often right, with how many', () => {
    const view = viewSelfCalibration([
      predicted(),
      predicted({ covered: ['a'], sure: 0.25 }),
      predicted({ covered: ['a'], sure: 1 }),
    ]);
    expect(view.bins.map(({ low, figure }) => [low, figure])).toEqual([
      [0, null],
      [0.2, { n: 1, sure: 0.25, right: 1 }],
      [0.4, null],
      [0.6, null],
      [0.8, { n: 3, sure: (0.9 + 0.9 + 1) / 3, right: 2 / 3 }],
    ]);
  });

  test('two errors that cancel out on average lie apart all the same', () => {
    // Sure of what is wrong, unsure of what is right: on average 0.5 against 0.5.
    const view = viewSelfCalibration([
      predicted({ covered: ['b'], sure: 0.9 }),
      predicted({ covered: ['a'], sure: 0.1 }),
    ]);
    expect(view.ticked).toMatchObject({ sure: 0.5, right: 0.5 });
    expect(view.ticked?.apart).toBeCloseTo(0.9, 10);
  });

  test('over time: ten answers a block, oldest first', () => {
    const newestFirst = Array.from({ length: 23 }, (_, n) => predicted({}, 22 - n));
    const { blocks, answers } = viewSelfCalibration(newestFirst);
    expect(answers).toBe(23);
    expect(blocks.map(({ from, to, answers }) => [from.slice(14, 16), to.slice(14, 16), answers])).toEqual([
      ['00', '09', 10],
      ['10', '19', 10],
      ['20', '22', 3],
    ]);
  });

  test('nothing predicted is nothing said', () => {
    const view = viewSelfCalibration([]);
    expect(view).toMatchObject({ answers: 0, ticked: null, blocks: [] });
    expect(view.bins.every(({ figure }) => figure === null)).toBe(true);
  });
});
