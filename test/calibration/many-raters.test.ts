import { describe, expect, it } from 'vitest';
import { labelScale, type ScaleLevel } from '../../src/calibration/label-scale.ts';
import { manyRaterFigures, type ManyRaterFigures } from '../../src/calibration/many-raters.ts';
import { canonical } from './canonical-ratings.ts';
import { reasonOf, valueOf } from './value-of.ts';

const _ = null;
const plan = { resamples: 1, seed: 1, level: 0.95 };

type Cell = string | number | null;

/** One row an answer, one column a rater. */
function figuresOf(rows: readonly (readonly Cell[])[], level: ScaleLevel = 'nominal'): ManyRaterFigures {
  const labels = rows.flat().filter((cell) => cell !== null);
  const scale = labelScale({ level, labels: labels.map(String), order: null })!;
  const raters = Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_unused, column) => ({
    name: `c${column + 1}`,
    codes: Int32Array.from(rows, (row) => scale.labels.indexOf(String(row[column] ?? null))),
  }));
  const families = rows.map((_row, index) => [index]);
  return manyRaterFigures({ table: { scale, families, items: null, raters, judges: [] }, families, plan });
}

const alphaOf = (rows: readonly (readonly Cell[])[], level: ScaleLevel): ManyRaterFigures['alpha'] =>
  figuresOf(rows, level).alpha;
describe('Krippendorff’s alpha', () => {
  it('is .743 nominal, .815 ordinal and .849 interval on Krippendorff’s own table', () => {
    expect(valueOf(alphaOf(canonical, 'nominal'))).toBeCloseTo(0.743, 3);
    expect(valueOf(alphaOf(canonical, 'ordinal'))).toBeCloseTo(0.815, 3);
    expect(valueOf(alphaOf(canonical, 'interval'))).toBeCloseTo(0.849, 3);
  });

  it('is right by hand on four answers and two raters', () => {
    // Eight ratings: a three times, b five times. One unit of four disagrees: 2 of 8 coincidences.
    // Expected 2 x 3 x 5 / 7 = 30/7. 1 - 2 / (30/7) = 1 - 14/30.
    const units = [
      ['a', 'a'],
      ['a', 'b'],
      ['b', 'b'],
      ['b', 'b'],
    ];
    expect(valueOf(alphaOf(units, 'nominal'))).toBeCloseTo(1 - 14 / 30, 12);
  });

  it('weighs an interval by its square', () => {
    // Differences 1, 1, 0 in three pairs; 2 x (1 + 1) = 4 observed. Values 1, 2, 3, 4, 1, 1: over ordered pairs the squares
    // add up to 2 x 6 x 32 - 2 x 12² = 96; over 5: 19.2. 1 - 4 / 19.2 = 19/24.
    const units = [
      [1, 2],
      [3, 4],
      [1, 1],
    ];
    expect(valueOf(alphaOf(units, 'interval'))).toBeCloseTo(19 / 24, 12);
  });

  it('counts only answers that two raters rated', () => {
    const alpha = alphaOf(canonical, 'nominal');
    expect(alpha).toMatchObject({ n: 11 });
  });

  it('falls below 0 where raters disagree on purpose', () => {
    const units = [
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ];
    // All 8 coincidences differ; expected 2 x 4 x 4 / 7 = 32/7; 1 - 8 x 7 / 32.
    expect(valueOf(alphaOf(units, 'nominal'))).toBeCloseTo(-0.75, 12);
  });

  it('is undefined where one value occurs or nothing was rated twice', () => {
    expect(
      alphaOf(
        [
          [5, 5],
          [5, 5],
        ],
        'ordinal',
      ).status,
    ).toBe('undefined');
    expect(alphaOf([[1], [_, 2]], 'interval').status).toBe('undefined');
    expect(alphaOf([], 'nominal').status).toBe('undefined');
  });
});

describe('Fleiss’ kappa', () => {
  it('is .210 on the table of 10 subjects and 14 raters', () => {
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const kappa = figuresOf(
      table.map((row) => row.flatMap((votes, label) => Array.from({ length: votes }, () => label))),
    ).fleissKappa;
    // Pairs of raters who agree: 91 + 23 + 28 + 40 + 30 + 42 + 22 + 16 + 26 + 26 = 344 of 10 x 91, or .378;
    // by luck (20² + 28² + 39² + 21² + 32²) / 140² = 4170 / 19600 = .213.
    expect(valueOf(kappa)).toBeCloseTo((344 / 910 - 4170 / 19600) / (1 - 4170 / 19600), 12);
    expect(valueOf(kappa)).toBeCloseTo(0.21, 2);
  });

  it('says why it is undefined, and leaves out answers that a rater left out', () => {
    expect(
      figuresOf([
        ['a', 'a', 'a'],
        ['a', 'a', 'a'],
      ]).fleissKappa,
    ).toEqual({ status: 'undefined', reason: 'The raters used one label throughout.' });
    const uneven = figuresOf([
      ['a', 'a', 'b'],
      ['a', 'b', _],
    ]).fleissKappa;
    expect(uneven).toMatchObject({ n: 1 });
    expect(reasonOf(figuresOf([['a', 'b', _]]).fleissKappa)).toContain('every rater');
  });
});
