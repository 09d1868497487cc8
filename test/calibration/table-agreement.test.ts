import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelScale, type ScaleLevel } from '../../src/calibration/label-scale.ts';
import { manyRaterFigures } from '../../src/calibration/many-raters.ts';
import type { RatingTable } from '../../src/calibration/rating-table.ts';
import { tableAgreement } from '../../src/calibration/table-agreement.ts';
import { quadraticKappa, pairMoments } from '../../src/calibration/pair-moments.ts';
import { alphaByDefinition } from './alpha-by-definition.ts';
import { canonical } from './canonical-ratings.ts';
import { boundsOf, reasonOf, valueOf } from './value-of.ts';

const plan = { resamples: 400, seed: 5, level: 0.95 };
const _ = null;

type Cell = string | number | null;

/** Rows of cells, the raters' first, then the judges'. */
function tableOf(args: {
  rows: readonly (readonly Cell[])[];
  level?: ScaleLevel;
  judges?: number;
  families?: number[][];
  items?: string[];
  order?: string[];
}): RatingTable {
  const { rows, level = 'nominal', judges = 0, order = null } = args;
  const labels = rows.flat().filter((cell) => cell !== null);
  const scale = labelScale({ level, labels: labels.map(String), order })!;
  const columns = Array.from({ length: rows[0]!.length }, (_unused, column) => ({
    name: `c${column + 1}`,
    codes: Int32Array.from(rows, (row) => (row[column] === null ? -1 : scale.labels.indexOf(String(row[column])))),
  }));
  return {
    scale,
    families: args.families ?? rows.map((_row, index) => [index]),
    items: args.items ?? null,
    raters: columns.slice(0, columns.length - judges),
    judges: columns.slice(columns.length - judges),
  };
}

const agreementOf = (args: Parameters<typeof tableOf>[0], positive: string | null = null) =>
  tableAgreement({ table: tableOf(args), positive, plan });

describe('all raters together', () => {
  it('is what Krippendorff and Gwet publish for their own table, with its gaps', () => {
    const nominal = agreementOf({ rows: canonical }).all;
    expect(valueOf(nominal.alpha)).toBeCloseTo(0.743, 3);
    // irrCAC: percent agreement .8181818, AC1 .77544.
    expect(valueOf(nominal.agreement)).toBeCloseTo(0.8181818, 7);
    expect(valueOf(nominal.ac1)).toBeCloseTo(0.77544, 5);
    expect(nominal.n).toBe(11);
    const ordinal = agreementOf({ rows: canonical, level: 'ordinal' }).all;
    expect(valueOf(ordinal.alpha)).toBeCloseTo(0.815, 3);
    // irrCAC with quadratic weights: AC2 .914.
    expect(valueOf(ordinal.ac2!)).toBeCloseTo(0.914, 3);
    expect(valueOf(agreementOf({ rows: canonical, level: 'interval' }).all.alpha)).toBeCloseTo(0.849, 3);
  });

  it('is right by hand for Fleiss’ kappa, over the answers that every rater rated', () => {
    // Three raters, four complete answers: 3-0, 3-0, 2-1, 1-2. Agreeing ordered pairs 6 + 6 + 2 + 2 of 24: 2/3.
    // Votes 9 and 3 of 12: luck 9/16 + 1/16 = 5/8. (2/3 - 5/8) / (3/8) = 1/9.
    const rows = [
      ['a', 'a', 'a'],
      ['a', 'a', 'a'],
      ['a', 'a', 'b'],
      ['a', 'b', 'b'],
      ['b', 'b', _],
    ];
    const { all } = agreementOf({ rows });
    expect(valueOf(all.fleissKappa)).toBeCloseTo(1 / 9, 12);
    expect(all.fleissKappa).toMatchObject({ n: 4 });
    // Per answer 1, 1, 1/3, 1/3, 1: the last has two ratings, and they agree.
    expect(valueOf(all.agreement)).toBeCloseTo((1 + 1 + 1 / 3 + 1 / 3 + 1) / 5, 12);
    expect(valueOf(all.unanimous)).toBeCloseTo(3 / 5, 12);
  });

  it('gets from sums the alpha that follows from the ratings one by one', () => {
    const units = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 25,
    });
    fc.assert(
      fc.property(units, fc.constantFrom<ScaleLevel>('nominal', 'ordinal', 'interval'), (rows, level) => {
        fc.pre(rows.flat().some((cell) => cell !== null));
        const table = tableOf({ rows, level });
        const { alpha } = manyRaterFigures({ table, families: table.families, plan: { ...plan, resamples: 1 } });
        const expected = alphaByDefinition({ level, units: rows });
        expect(alpha.status).toBe(expected.status);
        if (expected.status === 'value') {
          expect(valueOf(alpha)).toBeCloseTo(expected.value, 10);
          expect(alpha).toMatchObject({ n: expected.n });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('takes answers of one family for one draw, so five copies prove no more than one', () => {
    const rows = Array.from({ length: 40 }, (_row, index) => ['x', index % 4 === 0 ? 'y' : 'x']);
    const copies = rows.flatMap((row) => [row, row, row, row, row]);
    const families = rows.map((_row, index) => [0, 1, 2, 3, 4].map((copy) => index * 5 + copy));
    const width = (bounds: { low: number; high: number }): number => bounds.high - bounds.low;
    const together = boundsOf(agreementOf({ rows: copies, families }).all.agreement);
    const strangers = boundsOf(agreementOf({ rows: copies }).all.agreement);
    expect(together.units).toBe(40);
    expect(width(together) / width(strangers)).toBeGreaterThan(1.8);
  });
});

describe('two raters', () => {
  it('are right by hand: agreement, kappa, AC1', () => {
    // 20, 5, 10, 15: agreement .70, luck .50, kappa .40. Use of "1": (25 + 30) / 100 = .55, luck 2 x .55 x .45 = .495 for AC1.
    const cells: [number, Cell[]][] = [
      [20, [1, 1]],
      [5, [1, 0]],
      [10, [0, 1]],
      [15, [0, 0]],
    ];
    const rows = cells.flatMap(([times, row]) => Array.from({ length: times }, () => row));
    const [pair] = agreementOf({ rows }).pairs;
    expect(pair).toMatchObject({ first: 'c1', second: 'c2', n: 50, quadraticKappa: null, ac2: null });
    expect(valueOf(pair!.agreement)).toBeCloseTo(0.7, 12);
    expect(valueOf(pair!.kappa)).toBeCloseTo(0.4, 12);
    expect(valueOf(pair!.ac1)).toBeCloseTo((0.7 - 0.495) / 0.505, 12);
  });

  it('on an ordered scale heed how far apart the numbers are, not how many labels lie between', () => {
    const rows = [
      [0, 0],
      [1, 1],
      [1, 5],
      [5, 5],
      [0, 1],
    ];
    const [pair] = agreementOf({ rows, level: 'ordinal' }).pairs;
    const moments = pairMoments(rows.map(([reference = 0, judge = 0]) => ({ reference, judge })));
    expect(valueOf(pair!.quadraticKappa!)).toBeCloseTo(valueOf(quadraticKappa(moments)), 12);
    // The second gives 4 and 1 more on two of five answers.
    expect(valueOf(pair!.difference!)).toBeCloseTo(1, 12);
    // AC2: credit 1 but for 1 - (4/5)² and 1 - (1/5)²; labels 0, 1, 5 are used 3, 4 and 3 times of 10.
    const credit = (1 + 1 + 0.36 + 1 + 0.96) / 5;
    const weightSum = 3 + 2 * (0.96 + 0.36 + 0);
    const evenness = 0.3 * 0.7 + 0.4 * 0.6 + 0.3 * 0.7;
    const luck = (weightSum / 6) * evenness;
    expect(valueOf(pair!.ac2!)).toBeCloseTo((credit - luck) / (1 - luck), 12);
  });

  it('say nothing of rows that one of them left out', () => {
    const [pair] = agreementOf({
      rows: [
        ['a', 'a'],
        ['a', _],
        ['b', 'b'],
        [_, _],
      ],
    }).pairs;
    expect(pair).toMatchObject({ n: 2 });
  });
});

describe('each rater beside the majority of the others', () => {
  it('leaves out rows on which the others tie, and counts labels and gaps', () => {
    const rows = [
      ['y', 'y', 'y'],
      ['n', 'n', 'n'],
      ['y', 'n', 'n'],
      ['y', 'y', _],
    ];
    const [first, second] = agreementOf({ rows }).raters;
    // The others of c1: y, n, n, y. Those of c2: y, n, tied, y.
    expect(first).toMatchObject({ rater: 'c1', n: 4, tied: 0, rated: 4, missing: 0 });
    expect(valueOf(first!.agreement)).toBe(0.75);
    expect(second).toMatchObject({ n: 3, tied: 1 });
    expect(valueOf(second!.agreement)).toBe(1);
    expect(agreementOf({ rows }).raters[2]).toMatchObject({
      missing: 1,
      labels: [
        { label: 'n', n: 2 },
        { label: 'y', n: 1 },
      ],
    });
  });
});

describe('a judge beside the raters’ majority', () => {
  const rows = [
    // unanimous: 4 right of 5
    [1, 1, 1, 1],
    [1, 1, 1, 1],
    [0, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 0, 0],
    // split: 1 right of 2, and one that the judge left out
    [1, 1, 0, 1],
    [0, 1, 1, 0],
    [0, 0, 1, _],
  ];

  it('has rates, and agreement where raters are of one mind and where not', () => {
    const [judge] = agreementOf({ rows, judges: 1 }, '1').judges;
    expect(judge).toMatchObject({ judge: 'c4', n: 7, missing: 1, tied: 0, unanimous: { n: 5 }, split: { n: 2 } });
    // Majority: 1, 1, 0, 0, 0, 1, 1; judge: 1, 1, 0, 1, 0, 1, 0.
    expect(valueOf(judge!.agreement)).toBeCloseTo(5 / 7, 12);
    expect(valueOf(judge!.truePositiveRate)).toBeCloseTo(3 / 4, 12);
    expect(valueOf(judge!.trueNegativeRate)).toBeCloseTo(2 / 3, 12);
    expect(valueOf(judge!.unanimous.agreement)).toBeCloseTo(4 / 5, 12);
    expect(valueOf(judge!.split.agreement)).toBeCloseTo(1 / 2, 12);
    // Luck: (4 x 4 + 3 x 3) / 49; kappa (5/7 - 25/49) / (24/49) = 10/24.
    expect(valueOf(judge!.kappa)).toBeCloseTo(10 / 24, 12);
  });

  it('is measured like a rater too: against the majority of the raters but one', () => {
    const report = agreementOf({ rows: rows.map((row) => [...row.slice(0, 3), row[0]!]), judges: 1 }, '1');
    // A judge that copies the first rater: against the others' majorities it does what that rater does, or better where it is among them.
    const [first] = report.raters;
    const [judge] = report.judges;
    expect(valueOf(judge!.asRater)).toBeGreaterThan(valueOf(first!.kappa));
    expect(valueOf(judge!.asRater)).toBeGreaterThan(valueOf(report.ceiling));
  });

  it('that gives every answer the majority’s rating has kappa 1, and no interval that claims certainty', () => {
    const [judge] = agreementOf({
      rows: rows.map((row) => [...row.slice(0, 3), row.slice(0, 3).filter((cell) => cell === 1).length > 1 ? 1 : 0]),
      judges: 1,
    }).judges;
    expect(valueOf(judge!.kappa)).toBe(1);
    expect(judge!.kappa.status === 'value' && judge!.kappa.interval.status).toBe('undefined');
    expect(
      reasonOf(
        judge!.truePositiveRate.status === 'undefined' ? judge!.truePositiveRate : { status: 'value', value: 0, n: 0 },
      ),
    ).toContain('--positive');
  });

  it('is held against the raters’ mean on an interval scale', () => {
    const scores = [
      [1, 2, 1.5],
      [4, 4, 4],
      [0, 3, 2],
    ];
    const [judge] = agreementOf({ rows: scores, judges: 1, level: 'interval' }).judges;
    // Means 1.5, 4, 1.5: the judge is off by .5 once.
    expect(valueOf(judge!.agreement)).toBeCloseTo(2 / 3, 12);
    expect(valueOf(judge!.difference!)).toBeCloseTo(0.5 / 3, 12);
    const moments = pairMoments([
      { reference: 1.5, judge: 1.5 },
      { reference: 4, judge: 4 },
      { reference: 1.5, judge: 2 },
    ]);
    expect(valueOf(judge!.quadraticKappa!)).toBeCloseTo(valueOf(quadraticKappa(moments)), 12);
  });

  it('stands best first among others', () => {
    const two = rows.map((row) => [...row.slice(0, 3), row[3] === 1 ? 0 : 1, row[3] ?? _]);
    expect(agreementOf({ rows: two, judges: 2 }).judges.map(({ judge }) => judge)).toEqual(['c5', 'c4']);
  });
});

describe('items', () => {
  it('stand worst first', () => {
    const rows = [
      ['y', 'y'],
      ['n', 'n'],
      ['y', 'n'],
      ['n', 'y'],
      ['y', 'y'],
      ['y', 'n'],
    ];
    const { items } = agreementOf({ rows, items: ['easy', 'easy', 'hard', 'hard', 'middling', 'middling'] });
    expect(items.map(({ item, rows: n }) => [item, n])).toEqual([
      ['hard', 2],
      ['middling', 2],
      ['easy', 2],
    ]);
    expect(valueOf(items[1]!.agreement)).toBe(0.5);
  });
});
