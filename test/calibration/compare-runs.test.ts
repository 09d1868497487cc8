import { describe, expect, it } from 'vitest';
import { baselineOf, BaselineFile, checkBaseline } from '../../src/calibration/baseline.ts';
import { compareRuns } from '../../src/calibration/compare-runs.ts';
import { Comparison, type ComparedAnswer } from '../../src/calibration/comparison.ts';
import { calibrationReport } from '../../src/calibration/report.ts';
import type { CalibrationReport } from '../../src/calibration/report-schema.ts';
import { calibrationInput, grade, rated, rating } from './rated-outcomes.ts';
import { boundsOf, valueOf } from './value-of.ts';

const plan = { resamples: 400, seed: 2, level: 0.95 };
const letters = { m: 'met', p: 'partial', x: 'missed', u: 'unsure' } as const;
type Letter = keyof typeof letters;

/** One answer of one criterion a letter: raters' letters, judge's letters. */
function compared(id: string, raters: string, judge: string, change: Partial<ComparedAnswer> = {}): ComparedAnswer {
  const verdict = (code: string, index: number): (typeof letters)[Letter] => letters[code.charAt(index) as Letter];
  return {
    answer: id,
    item: 'masking',
    family: id,
    split: 'dev',
    verdicts: raters.split('').map((_, index) => {
      const reference = verdict(raters, index);
      if (reference === 'unsure') throw new Error('Raters are never unsure.');
      return { criterion: `c${index}`, reference, judge: verdict(judge, index) };
    }),
    points: null,
    costMicroUsd: null,
    latencyMs: 10,
    ...change,
  };
}

const compare = (first: ComparedAnswer[], second: ComparedAnswer[]): Comparison =>
  compareRuns({ first: { name: 'one', answers: first }, second: { name: 'two', answers: second }, plan });

describe('two runs beside each other', () => {
  it('differ by the verdicts that flipped, and each flip is named', () => {
    const comparison = compare(
      [compared('a', 'mm', 'mx'), compared('b', 'xx', 'xx'), compared('c', 'px', 'mm')],
      [compared('a', 'mm', 'mm'), compared('b', 'xx', 'mx'), compared('c', 'px', 'xm')],
    );
    // First right on m, x, x: of 6: a 1, b 2, c 0 = 3. Second: a 2, b 1, c 0 = 3.
    expect(valueOf(comparison.agreement.first)).toBe(3 / 6);
    expect(valueOf(comparison.agreement.second)).toBe(3 / 6);
    expect(valueOf(comparison.agreement.difference)).toBe(0);
    expect(comparison.mcnemar).toMatchObject({ onlyFirst: 1, onlySecond: 1, pValue: { value: 1 } });
    expect(
      comparison.flipped.map(({ answer, criterion, first, second, change }) => [
        answer,
        criterion,
        first,
        second,
        change,
      ]),
    ).toEqual([
      ['a', 'c1', 'missed', 'met', 'mended'],
      ['b', 'c0', 'missed', 'met', 'broken'],
      ['c', 'c0', 'met', 'missed', 'other'],
    ]);
    expect(Comparison.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
  });

  it('are redrawn together, so that a small steady gain shows where two separate intervals would overlap', () => {
    // 40 answers, half of them hopeless for both; the second also gets six more right.
    const answers = Array.from({ length: 40 }, (_, index) => index);
    const first = answers.map((index) => compared(`a${index}`, 'm', index < 20 ? 'm' : 'x'));
    const second = answers.map((index) => compared(`a${index}`, 'm', index < 26 ? 'm' : 'x'));
    const { agreement, mcnemar } = compare(first, second);
    expect(boundsOf(agreement.difference).low).toBeGreaterThan(0);
    expect(boundsOf(agreement.first).high).toBeGreaterThan(boundsOf(agreement.second).low);
    // Six against none: 2 x (1/2)^6.
    expect(valueOf(mcnemar.pValue)).toBeCloseTo(2 / 64, 12);
  });

  it('count an abstention as missed, as everywhere', () => {
    const { agreement } = compare([compared('a', 'xm', 'uu')], [compared('a', 'xm', 'xm')]);
    expect(valueOf(agreement.first)).toBe(1 / 2);
  });

  it('are compared on what both have, on test where there is any, and not where the ratings have changed', () => {
    const test = { split: 'test' } as const;
    const comparison = compare(
      [compared('a', 'm', 'm'), compared('b', 'm', 'x', test), compared('c', 'x', 'x', test)],
      [
        compared('a', 'm', 'x'),
        compared('b', 'm', 'm', test),
        compared('c', 'm', 'x', test),
        compared('d', 'm', 'm', test),
      ],
    );
    expect(comparison).toMatchObject({ split: 'test', answers: 2, verdicts: 1, rerated: 1, onlyInOne: 1 });
    expect(valueOf(comparison.agreement.difference)).toBe(1);
  });

  it('have their cost and their waiting time side by side', () => {
    const comparison = compare(
      [
        compared('a', 'm', 'm', { costMicroUsd: 100, latencyMs: 900 }),
        compared('b', 'm', 'm', { costMicroUsd: 300, latencyMs: 100 }),
      ],
      [compared('a', 'm', 'm'), compared('b', 'm', 'm')],
    );
    expect(valueOf(comparison.costMicroUsd.first)).toBe(200);
    expect(comparison.costMicroUsd.second.status).toBe('undefined');
    expect(valueOf(comparison.latencyMedianMs.first)).toBe(100);
  });
});

describe('a baseline', () => {
  const report = (right: number): CalibrationReport =>
    calibrationReport(
      calibrationInput(
        Array.from({ length: 40 }, (_, index) =>
          rated({
            id: `a${index}`,
            ratings: [rating({ rater: 'ann', kind: 'author', code: index % 2 === 0 ? 'mm' : 'xx' })],
            outcome: grade({
              code: index < right === (index % 2 === 0) ? 'mm' : 'xx',
              low: index < right === (index % 2 === 0) ? 4000 : 0,
            }),
          }),
        ),
      ),
    );
  const baseline = baselineOf({ report: report(32), writtenAt: '2026-11-27T12:00:00.000Z' });
  const statuses = (right: number): string[] =>
    checkBaseline({ report: report(right), baseline }).map(({ status }) => status);

  it('holds within its interval, and is worse or better outside it', () => {
    expect(BaselineFile.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline);
    expect(statuses(32)).toEqual(['held', 'held', 'held']);
    expect(statuses(30)).toEqual(['held', 'held', 'held']);
    // 32 of 40 allows 26 to 37.
    expect(statuses(22)).toEqual(['worse', 'worse', 'worse']);
    expect(statuses(39)).toEqual(['better', 'better', 'better']);
  });

  it('is worse where a figure that was known cannot be computed any more', () => {
    const nothing = calibrationReport(calibrationInput([]));
    expect(checkBaseline({ report: nothing, baseline }).map(({ status }) => status)).toEqual([
      'worse',
      'worse',
      'worse',
    ]);
  });
});
