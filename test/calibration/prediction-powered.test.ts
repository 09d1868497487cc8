import { describe, expect, it } from 'vitest';
import { predictionPoweredMean, type RatedPair } from '../../src/calibration/prediction-powered.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';
import { studentT } from '../../src/calibration/student-t.ts';
import { boundsOf, reasonOf, valueOf } from './value-of.ts';

const level = 0.95;

describe('Student’s t', () => {
  it.each([
    [1, 12.7062],
    [4, 2.77645],
    [10, 2.22814],
    [29, 2.04523],
    [1e6, 1.95997],
  ])('with %d degrees of freedom stays below %f in 95 of 100 cases', (degrees, value) => {
    expect(studentT({ level, degrees })).toBeCloseTo(value, 4);
  });
});

describe('a mean from many verdicts and a few ratings', () => {
  it('is right by hand on scores, the weight and Welch’s degrees of freedom included', () => {
    const rated: RatedPair[] = [
      { judge: 0.2, human: 0.1 },
      { judge: 0.4, human: 0.5 },
      { judge: 0.6, human: 0.4 },
      { judge: 0.8, human: 1 },
    ];
    const unrated = [0.2, 0.4, 0.6, 0.8];
    const { predictionPowered, weight } = predictionPoweredMean({ rated, unrated, level });
    // Covariance on the rated: (.3 x .4 + .1 x 0 + .1 x -.1 + .3 x .5) / 3 = .26 / 3. Variance of all eight judged: 2 x .2 / 7.
    const expectedWeight = 0.26 / 3 / (2 * (0.4 / 7));
    expect(weight).toBeCloseTo(expectedWeight, 12);
    // The judge's means are equal, so the figure is the ratings' own mean.
    expect(valueOf(predictionPowered)).toBeCloseTo(0.5, 12);
    const errors = rated.map(({ judge, human }) => human - weight * judge);
    const centre = errors.reduce((sum, error) => sum + error, 0) / 4;
    const errorPart = errors.reduce((sum, error) => sum + (error - centre) ** 2, 0) / 3 / 4;
    const judgePart = (weight ** 2 * (0.2 / 3)) / 4;
    const spread = judgePart + errorPart;
    const degrees = spread ** 2 / (judgePart ** 2 / 3 + errorPart ** 2 / 3);
    const half = studentT({ level, degrees }) * Math.sqrt(spread);
    const bounds = boundsOf(predictionPowered);
    expect(bounds).toMatchObject({ method: 'prediction-powered', units: 4 });
    expect(bounds.high - 0.5).toBeCloseTo(half, 10);
    expect(0.5 - bounds.low).toBeCloseTo(half, 10);
  });

  it('is the judge’s rate less what it is too kind, for verdicts of 0 and 1', () => {
    // 40 rated: the judge says 1 on 30, people on 20 of these. 200 more, of which the judge says 1 on 150.
    const rated = Array.from({ length: 40 }, (_, index) => ({ judge: Number(index < 30), human: Number(index < 20) }));
    const unrated = Array.from({ length: 200 }, (_, index) => Number(index < 150));
    const { predictionPowered, judgeOnly, ratedOnly } = predictionPoweredMean({ rated, unrated, level });
    expect(valueOf(judgeOnly)).toBe(0.75);
    // The judge's shares on both parts are equal, whatever its weight.
    expect(valueOf(predictionPowered)).toBeCloseTo(0.5, 12);
    const { low, high } = boundsOf(predictionPowered);
    expect(high).toBeLessThan(0.75);
    expect(high - low).toBeLessThan(boundsOf(ratedOnly).high - boundsOf(ratedOnly).low);
    expect(boundsOf(judgeOnly).method).toBe('clopper-pearson');
  });

  it('is hardly wider than the ratings alone where the judge guesses', () => {
    const random = seededRandom(12);
    const flip = (): number => random.nextBelow(2);
    const rated = Array.from({ length: 100 }, () => ({ judge: flip(), human: flip() }));
    const unrated = Array.from({ length: 1_000 }, flip);
    const { predictionPowered, ratedOnly, weight } = predictionPoweredMean({ rated, unrated, level });
    expect(weight).toBeLessThan(0.2);
    const width = (bounds: { low: number; high: number }): number => bounds.high - bounds.low;
    expect(width(boundsOf(predictionPowered)) / width(boundsOf(ratedOnly))).toBeLessThan(1.05);
  });

  it('does not take twenty answers without an error for a judge without one', () => {
    const rated = Array.from({ length: 20 }, (_, index) => ({ judge: index % 2, human: index % 2 }));
    const unrated = Array.from({ length: 20_000 }, (_, index) => index % 2);
    const { low, high } = boundsOf(predictionPoweredMean({ rated, unrated, level }).predictionPowered);
    // With 0 of 20 errors seen, one in seven would still surprise nobody (Clopper-Pearson: .168).
    expect(high - low).toBeGreaterThan(0.2);
  });

  it('has no interval for scores where the judge was off by the same amount throughout', () => {
    const rated = [0.2, 0.5, 0.7].map((human) => ({ judge: human, human }));
    const { predictionPowered } = predictionPoweredMean({ rated, unrated: [0.4, 0.4], level });
    if (predictionPowered.status === 'undefined') throw new Error(predictionPowered.reason);
    // The weight is below 1, so some spread is left; with equal judge values there is none.
    const flat = predictionPoweredMean({
      rated: [
        { judge: 0.5, human: 0.3 },
        { judge: 0.5, human: 0.3 },
      ],
      unrated: [0.5],
      level,
    });
    expect(flat.predictionPowered).toMatchObject({ status: 'value', value: 0.3, interval: { status: 'undefined' } });
  });

  it('is undefined with fewer than two ratings, and where nothing is left to infer', () => {
    const one = predictionPoweredMean({ rated: [{ judge: 1, human: 1 }], unrated: [1, 0], level });
    expect(one.predictionPowered.status === 'undefined' && one.predictionPowered.reason).toContain('At least 2');
    const whole = predictionPoweredMean({
      rated: [
        { judge: 1, human: 1 },
        { judge: 0, human: 1 },
      ],
      unrated: [],
      level,
    });
    expect(whole.predictionPowered.status === 'undefined' && whole.predictionPowered.reason).toContain(
      'nothing to infer',
    );
    const none = predictionPoweredMean({ rated: [], unrated: [], level });
    expect(none.judgeOnly.status).toBe('undefined');
    expect(
      reasonOf(none.ratedOnly.status === 'undefined' ? none.ratedOnly : { status: 'value', value: 0, n: 0 }),
    ).toContain('Nobody');
  });

  it('notices that the rated answers were picked: the judge sees others in them', () => {
    const rated = Array.from({ length: 40 }, (_, index) => ({ judge: Number(index < 36), human: 1 }));
    const unrated = Array.from({ length: 400 }, (_, index) => index % 2);
    expect(predictionPoweredMean({ rated, unrated, level }).selection).toEqual({
      rated: 0.9,
      unrated: 0.5,
      suspicious: true,
    });
    const alike = Array.from({ length: 40 }, (_, index) => ({ judge: index % 2, human: 1 }));
    expect(predictionPoweredMean({ rated: alike, unrated, level }).selection?.suspicious).toBe(false);
  });

  it('covers the truth about as often as it promises, where the judge alone never does', () => {
    const random = seededRandom(77);
    const chance = (share: number): number => Number(random.nextBelow(1_000) < share * 1_000);
    const runs = 400;
    let [covered, judgeCovered] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      // People say 1 to half; the judge also to a third of the rest: its own rate is two thirds.
      const draw = (): RatedPair => {
        const human = chance(0.5);
        return { human, judge: human === 1 ? 1 : chance(1 / 3) };
      };
      const rated = Array.from({ length: 60 }, draw);
      const unrated = Array.from({ length: 500 }, () => draw().judge);
      const { predictionPowered, judgeOnly } = predictionPoweredMean({ rated, unrated, level });
      const holds = ({ low, high }: { low: number; high: number }): boolean => low <= 0.5 && 0.5 <= high;
      covered += Number(holds(boundsOf(predictionPowered)));
      judgeCovered += Number(holds(boundsOf(judgeOnly)));
    }
    // Standard error .011: four of them below .95.
    expect(covered / runs).toBeGreaterThan(0.906);
    expect(judgeCovered).toBe(0);
  });
});
