import { describe, expect, it } from 'vitest';
import { fleissKappa } from '../../src/calibration/fleiss-kappa.ts';
import { krippendorffAlpha } from '../../src/calibration/krippendorff-alpha.ts';
import { reasonOf, valueOf } from './value-of.ts';

const _ = null;
// Krippendorff's table of 4 observers and 12 units (2011), one row a unit here.
const canonical = [
  [1, 1, _, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [_, 5, 5, 5],
  [_, _, 1, 1],
  [_, 3, _, _],
];

describe('Krippendorff’s alpha', () => {
  it('is .743 nominal, .815 ordinal and .849 interval on Krippendorff’s own table', () => {
    expect(valueOf(krippendorffAlpha({ level: 'nominal', units: canonical }))).toBeCloseTo(0.743, 3);
    expect(valueOf(krippendorffAlpha({ level: 'ordinal', units: canonical }))).toBeCloseTo(0.815, 3);
    expect(valueOf(krippendorffAlpha({ level: 'interval', units: canonical }))).toBeCloseTo(0.849, 3);
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
    expect(valueOf(krippendorffAlpha({ level: 'nominal', units }))).toBeCloseTo(1 - 14 / 30, 12);
  });

  it('weighs an interval by its square', () => {
    // Differences 1, 1, 0 in three pairs; 2 x (1 + 1) = 4 observed. Values 1, 2, 3, 4, 1, 1: over ordered pairs the squares
    // add up to 2 x 6 x 32 - 2 x 12² = 96; over 5: 19.2. 1 - 4 / 19.2 = 19/24.
    const units = [
      [1, 2],
      [3, 4],
      [1, 1],
    ];
    expect(valueOf(krippendorffAlpha({ level: 'interval', units }))).toBeCloseTo(19 / 24, 12);
  });

  it('counts only answers that two raters rated', () => {
    const alpha = krippendorffAlpha({ level: 'nominal', units: canonical });
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
    expect(valueOf(krippendorffAlpha({ level: 'nominal', units }))).toBeCloseTo(-0.75, 12);
  });

  it('is undefined where one value occurs or nothing was rated twice', () => {
    expect(
      krippendorffAlpha({
        level: 'ordinal',
        units: [
          [5, 5],
          [5, 5],
        ],
      }).status,
    ).toBe('undefined');
    expect(krippendorffAlpha({ level: 'interval', units: [[1], [_, 2]] }).status).toBe('undefined');
    expect(krippendorffAlpha({ level: 'nominal', units: [] }).status).toBe('undefined');
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
    // Pairs of raters who agree: 91 + 23 + 28 + 40 + 30 + 42 + 22 + 16 + 26 + 26 = 344 of 10 x 91, or .378;
    // by luck (20² + 28² + 39² + 21² + 32²) / 140² = 4170 / 19600 = .213.
    expect(valueOf(fleissKappa(table))).toBeCloseTo((344 / 910 - 4170 / 19600) / (1 - 4170 / 19600), 12);
    expect(valueOf(fleissKappa(table))).toBeCloseTo(0.21, 2);
  });

  it('says why it is undefined', () => {
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]),
    ).toEqual({
      status: 'undefined',
      reason: 'The raters used one label throughout.',
    });
    const uneven = [
      [2, 1],
      [1, 1],
    ];
    expect(reasonOf(fleissKappa(uneven))).toContain('same number of raters');
    expect(reasonOf(fleissKappa([[1, 0]]))).toContain('at least two');
    expect(fleissKappa([]).status).toBe('undefined');
  });
});
