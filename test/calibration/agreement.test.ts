import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohenKappa, rawAgreement } from '../../src/calibration/cohen-kappa.ts';
import { gwetAc1, gwetAc2 } from '../../src/calibration/gwet-ac.ts';
import { confusionMatrix, pairCounts, type LabelPair } from '../../src/calibration/pair-counts.ts';
import { valueOf } from './value-of.ts';

const square = (...counts: number[]): { size: number; counts: number[] } => ({
  size: Math.sqrt(counts.length),
  counts,
});

// Gwet's table of 100 diagnoses by two abstractors (irrCAC: cont3x3abstractors).
// Shares of the rows .13 .27 .60, of the columns .13 .24 .63; on the diagonal 13 + 20 + 56 = 89.
const abstractors = square(13, 0, 0, 0, 20, 7, 0, 4, 56);

describe('Cohen’s kappa', () => {
  it('is the textbook’s 0.40 for 20, 5, 10, 15', () => {
    // Agreement 35/50 = .70; luck .5 x .6 + .5 x .4 = .50; (.70 - .50) / (1 - .50).
    expect(valueOf(cohenKappa({ pairs: square(20, 5, 10, 15), weights: 'nominal' }))).toBeCloseTo(0.4, 12);
  });

  it('tells two tables with the same agreement apart by their margins', () => {
    // Both agree on 60 of 100. Luck .6 x .7 + .4 x .3 = .54, and .6 x .3 + .4 x .7 = .46.
    expect(valueOf(cohenKappa({ pairs: square(45, 15, 25, 15), weights: 'nominal' }))).toBeCloseTo(0.06 / 0.46, 12);
    expect(valueOf(cohenKappa({ pairs: square(25, 35, 5, 35), weights: 'nominal' }))).toBeCloseTo(0.14 / 0.54, 12);
  });

  it('is what Gwet’s own package prints for his example, unweighted and quadratic', () => {
    // Luck .13 x .13 + .27 x .24 + .60 x .63 = .4597; (.89 - .4597) / .5403 = .7964094 (irrCAC).
    expect(valueOf(cohenKappa({ pairs: abstractors, weights: 'nominal' }))).toBeCloseTo(0.7964094, 7);
    // One step apart: observed .11, expected .0312 + .0351 + .1701 + .1440 = .3804; two apart: 0 and .0819 + .0780 = .1599.
    // Penalties 1/4 and 1: 1 - .0275 / (.0951 + .1599) = .8921569 (irrCAC).
    expect(valueOf(cohenKappa({ pairs: abstractors, weights: 'quadratic' }))).toBeCloseTo(0.8921569, 7);
    // Penalties 1/2 and 1: 1 - .055 / (.1902 + .1599).
    expect(valueOf(cohenKappa({ pairs: abstractors, weights: 'linear' }))).toBeCloseTo(1 - 0.055 / 0.3501, 12);
  });

  it('is -1 where two graders always say the opposite, in equal halves', () => {
    expect(valueOf(cohenKappa({ pairs: square(0, 5, 5, 0), weights: 'nominal' }))).toBe(-1);
  });

  it('is 0 for a judge that always says the same', () => {
    expect(valueOf(cohenKappa({ pairs: square(0, 7, 0, 3), weights: 'nominal' }))).toBe(0);
  });

  it('is undefined, with a reason, where nothing varied or nothing was seen', () => {
    expect(cohenKappa({ pairs: square(9, 0, 0, 0), weights: 'nominal' })).toEqual({
      status: 'undefined',
      reason: 'Raters and judge gave one and the same verdict every time.',
    });
    expect(cohenKappa({ pairs: square(0, 0, 0, 0), weights: 'quadratic' }).status).toBe('undefined');
    expect(rawAgreement(square(0, 0, 0, 0)).status).toBe('undefined');
  });
});

describe('Gwet’s AC1 and AC2', () => {
  it('are what Gwet’s own package prints for his example', () => {
    // Use of the labels .13 .255 .615; sum of use x (1 - use) = .1131 + .189975 + .236775 = .53985.
    // AC1: luck .53985 / 2 = .269925; (.89 - .269925) / .730075.
    expect(valueOf(gwetAc1(abstractors))).toBeCloseTo(0.8493305, 7);
    // AC2, quadratic: credit .9725; weights add up to 3 + 4 x .75 = 6; luck 6 / (3 x 2) x .53985.
    expect(valueOf(gwetAc2({ pairs: abstractors, weights: 'quadratic' }))).toBeCloseTo(0.43265 / 0.46015, 10);
  });

  it('stay high where kappa sinks below 0 although 94 % agree', () => {
    // 118, 5, 2, 0: agreement .944. Kappa: luck (123 x 120 + 2 x 5) / 125² = .94528.
    // AC1: use .972 and .028, luck 2 x .972 x .028 = .054432; (.944 - .054432) / .945568.
    const lopsided = square(118, 5, 2, 0);
    expect(valueOf(cohenKappa({ pairs: lopsided, weights: 'nominal' }))).toBeCloseTo(-0.00128 / 0.05472, 10);
    expect(valueOf(gwetAc1(lopsided))).toBeCloseTo(0.889568 / 0.945568, 12);
  });

  it('count labels that could have been used but were not', () => {
    const withSpare = square(118, 5, 0, 2, 0, 0, 0, 0, 0);
    expect(valueOf(gwetAc1(withSpare))).toBeGreaterThan(valueOf(gwetAc1(square(118, 5, 2, 0))));
  });

  it('are undefined where only one label is possible', () => {
    expect(gwetAc1(square(4)).status).toBe('undefined');
  });
});

describe('tables of label pairs', () => {
  it('put raters in rows and the judge in columns', () => {
    const pairs = [
      { reference: 'met', judge: 'unsure' },
      { reference: 'met', judge: 'met' },
      { reference: 'missed', judge: 'met' },
    ];
    expect(confusionMatrix({ pairs, rows: ['missed', 'met'], columns: ['missed', 'met', 'unsure'] }).counts).toEqual([
      [0, 1, 0],
      [0, 1, 1],
    ]);
  });

  it('refuse a label nobody named', () => {
    expect(() => pairCounts({ pairs: [{ reference: 'met', judge: 'meh' }], categories: ['met', 'missed'] })).toThrow(
      /"meh" is not among the categories/,
    );
  });
});

describe('whatever the verdicts', () => {
  const labels = ['missed', 'partial', 'met'] as const;
  const label = fc.constantFrom(...labels);
  const lists = fc.array(fc.record({ reference: label, judge: label }), { minLength: 1, maxLength: 60 });
  const kappaOf = (pairs: readonly LabelPair[], categories: readonly string[] = labels): number | undefined => {
    const kappa = cohenKappa({ pairs: pairCounts({ pairs, categories }), weights: 'nominal' });
    return kappa.status === 'value' ? kappa.value : undefined;
  };

  it('identical lists reach kappa 1 unless they never vary', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 60 }), (given) => {
        const kappa = kappaOf(given.map((one) => ({ reference: one, judge: one })));
        expect(kappa).toBe(new Set(given).size === 1 ? undefined : 1);
      }),
    );
  });

  it('raters and judge can change places', () => {
    fc.assert(
      fc.property(lists, (pairs) => {
        const swapped = pairs.map(({ reference, judge }) => ({ reference: judge, judge: reference }));
        expect(kappaOf(swapped) ?? 9).toBeCloseTo(kappaOf(pairs) ?? 9, 10);
      }),
    );
  });

  it('the order of the labels does not matter to the unweighted figures', () => {
    fc.assert(
      fc.property(lists, fc.shuffledSubarray([...labels], { minLength: 3 }), (pairs, order) => {
        expect(kappaOf(pairs, order) ?? 9).toBeCloseTo(kappaOf(pairs) ?? 9, 10);
        const one = valueOf(gwetAc1(pairCounts({ pairs, categories: labels })));
        expect(valueOf(gwetAc1(pairCounts({ pairs, categories: order })))).toBeCloseTo(one, 10);
      }),
    );
  });

  it('kappa stays between -1 and 1 and is 1 only for full agreement', () => {
    fc.assert(
      fc.property(lists, (pairs) => {
        const kappa = kappaOf(pairs);
        if (kappa === undefined) return;
        expect(kappa).toBeGreaterThanOrEqual(-1);
        expect(kappa === 1).toBe(pairs.every(({ reference, judge }) => reference === judge));
      }),
    );
  });
});
