import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval, intervalOf, resampleFamilies } from '../../src/calibration/bootstrap.ts';
import { cohenKappa } from '../../src/calibration/cohen-kappa.ts';
import { pairCounts, type LabelPair } from '../../src/calibration/pair-counts.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';
import { shareOf, undefinedStatistic, type Interval, type Statistic } from '../../src/calibration/statistic.ts';
import { reasonOf } from './value-of.ts';

const plan = { resamples: 2_000, seed: 11, level: 0.95 };

const share = (observations: readonly boolean[]): Statistic =>
  shareOf({ successes: observations.filter(Boolean).length, trials: observations.length, none: 'none' });

const widthOf = (interval: Interval): number =>
  interval.status === 'value' ? interval.high - interval.low : Number.NaN;

const kappa = (counts: ArrayLike<number>): Statistic => cohenKappa({ pairs: { size: 2, counts }, weights: 'nominal' });

function randomPairs(args: { n: number; seed: number }): LabelPair[] {
  const random = seededRandom(args.seed);
  return Array.from({ length: args.n }, () => {
    const reference = random.nextBelow(2) === 0 ? 'met' : 'missed';
    const other = reference === 'met' ? 'missed' : 'met';
    return { reference, judge: random.nextBelow(10) < 8 ? reference : other };
  });
}

const categories = ['missed', 'met'];
const countRow = (pairs: LabelPair[]): ArrayLike<number> => pairCounts({ pairs, categories }).counts;

describe('the bootstrap', () => {
  it('finds the binomial quantiles for a share of single answers', () => {
    // 20 of 40: resampled successes are binomial(40, 1/2), whose 2.5 % and 97.5 % quantiles are 14 and 26.
    const families = Array.from({ length: 40 }, (_, index) => [index < 20]);
    const interval = bootstrapInterval({ ...plan, resamples: 10_000, families, statistic: share });
    expect(interval).toMatchObject({ status: 'value', low: 14 / 40, high: 26 / 40, units: 40 });
  });

  it('gives the same interval for the same seed, and says another seed is another draw', () => {
    const families = randomPairs({ n: 60, seed: 5 }).map((pair) => [pair]);
    const intervalFor = (seed: number): Interval =>
      bootstrapInterval({ ...plan, seed, families, statistic: (pairs) => kappa(countRow([...pairs])) });
    expect(intervalFor(1)).toEqual(intervalFor(1));
    expect(intervalFor(1)).not.toEqual(intervalFor(2));
  });

  it('gets from sums by family exactly what it gets from single answers', () => {
    const pairs = randomPairs({ n: 90, seed: 8 });
    const families = Array.from({ length: 30 }, (_, index) => pairs.slice(index * 3, index * 3 + 3));
    const slow = bootstrapInterval({ ...plan, families, statistic: (drawn) => kappa(countRow([...drawn])) });
    const resampled = resampleFamilies({ families: families.map(countRow), width: 4, plan });
    expect(intervalOf({ resampled, statistic: kappa, level: plan.level })).toEqual(slow);
  });

  it('is not fooled by copies: five variants of each answer prove no more than one', () => {
    const singles = Array.from({ length: 40 }, (_, index) => [index % 3 !== 0]);
    const fiveOfEach = singles.map(([right = false]) => [right, right, right, right, right]);
    const asFamilies = bootstrapInterval({ ...plan, families: fiveOfEach, statistic: share });
    const asStrangers = bootstrapInterval({
      ...plan,
      families: fiveOfEach.flat().map((right) => [right]),
      statistic: share,
    });
    expect(widthOf(asFamilies)).toBeCloseTo(
      widthOf(bootstrapInterval({ ...plan, families: singles, statistic: share })),
      12,
    );
    // Taken for 200 strangers the interval would shrink by about the root of five.
    expect(widthOf(asFamilies) / widthOf(asStrangers)).toBeGreaterThan(1.8);
  });

  it('holds the estimate for a share, and widens with the level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 28 }), fc.nat(1_000), (right, seed) => {
        const families = Array.from({ length: 30 }, (_, index) => [index < right]);
        const args = { families, statistic: share, resamples: 400, seed };
        const narrow = bootstrapInterval({ ...args, level: 0.8 });
        const wide = bootstrapInterval({ ...args, level: 0.99 });
        if (wide.status === 'undefined') throw new Error(wide.reason);
        expect(wide.low).toBeLessThanOrEqual(right / 30);
        expect(wide.high).toBeGreaterThanOrEqual(right / 30);
        expect(widthOf(wide)).toBeGreaterThan(widthOf(narrow));
      }),
      { numRuns: 40 },
    );
  });

  it('gives no interval where the answers cannot show one', () => {
    const always = Array.from({ length: 20 }, () => [true]);
    expect(reasonOf(bootstrapInterval({ ...plan, families: always, statistic: share }))).toContain(
      'hardly ever changes',
    );
    expect(reasonOf(bootstrapInterval({ ...plan, families: [[true, false]], statistic: share }))).toContain(
      'at least two',
    );
    const never = (): Statistic => undefinedStatistic('never');
    expect(reasonOf(bootstrapInterval({ ...plan, families: [[1], [2], [3]], statistic: never }))).toContain(
      'often undefined',
    );
  });

  it('takes 10,000 resamples of 5,000 answers x 5 criteria in under 10 seconds', () => {
    const pairs = randomPairs({ n: 25_000, seed: 2 });
    const families = Array.from({ length: 5_000 }, (_, index) => countRow(pairs.slice(index * 5, index * 5 + 5)));
    const started = performance.now();
    const resampled = resampleFamilies({ families, width: 4, plan: { ...plan, resamples: 10_000 } });
    const interval = intervalOf({ resampled, statistic: kappa, level: 0.95 });
    expect(performance.now() - started).toBeLessThan(10_000);
    // Agreement .8 in even halves is kappa .6, with standard error 2 x root(.16 / 25,000) = .005.
    if (interval.status === 'undefined') throw new Error(interval.reason);
    expect(interval.low).toBeCloseTo(0.59, 1);
    expect(interval.high).toBeCloseTo(0.61, 1);
    expect(widthOf(interval)).toBeCloseTo(4 * 0.00506, 2);
  });
});
