import { describe, expect, it } from 'vitest';
import { drawBinomial, drawMultinomial } from '../../src/calibration/draw-multinomial.ts';
import { logGamma } from '../../src/calibration/incomplete-beta.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';

const draws = 40_000;

function chance({
  trials,
  probability,
  successes,
}: {
  trials: number;
  probability: number;
  successes: number;
}): number {
  const ways = logGamma(trials + 1) - logGamma(successes + 1) - logGamma(trials - successes + 1);
  return Math.exp(ways + successes * Math.log(probability) + (trials - successes) * Math.log(1 - probability));
}

describe('drawing binomial numbers', () => {
  // Stepping (few expected), rejection (many expected), and both of them mirrored.
  it.each([
    [12, 0.3],
    [400, 0.01],
    [400, 0.25],
    [1_000, 0.5],
    [60, 0.93],
    [900, 0.8],
  ])('%i trials at %f follow the binomial distribution', (trials, probability) => {
    const random = seededRandom(41);
    const seen = new Map<number, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const successes = drawBinomial({ random, trials, probability });
      seen.set(successes, (seen.get(successes) ?? 0) + 1);
    }
    let [square, cells, rest, restExpected] = [0, 0, draws, draws];
    for (let successes = 0; successes <= trials; successes += 1) {
      const expected = draws * chance({ trials, probability, successes });
      if (expected < 20) continue;
      square += ((seen.get(successes) ?? 0) - expected) ** 2 / expected;
      cells += 1;
      rest -= seen.get(successes) ?? 0;
      restExpected -= expected;
    }
    // Chi-square has mean k and standard deviation root 2k; five of them are left once in millions.
    expect(square).toBeLessThan(cells + 5 * Math.sqrt(2 * cells));
    expect(Math.abs(rest - restExpected)).toBeLessThan(5 * Math.sqrt(Math.max(20, restExpected)));
  });

  it('needs no luck where there is none', () => {
    const random = seededRandom(1);
    expect(drawBinomial({ random, trials: 7, probability: 0 })).toBe(0);
    expect(drawBinomial({ random, trials: 7, probability: 1 })).toBe(7);
    expect(drawBinomial({ random, trials: 0, probability: 0.5 })).toBe(0);
  });
});

describe('drawing from several kinds', () => {
  it('shares all draws out, each kind by its weight', () => {
    const random = seededRandom(9);
    const weights = [500, 300, 0, 200];
    const into = new Int32Array(4);
    const sums = [0, 0, 0, 0];
    for (let draw = 0; draw < 2_000; draw += 1) {
      drawMultinomial({ random, draws: 1_000, weights, into });
      expect(into.reduce((sum, one) => sum + one, 0)).toBe(1_000);
      into.forEach((one, kind) => (sums[kind] = (sums[kind] ?? 0) + one / 2_000));
    }
    // Standard error of the first mean: root(1000 x .25 / 2000) = .35.
    expect(Math.abs((sums[0] ?? 0) - 500)).toBeLessThan(1.8);
    expect(Math.abs((sums[1] ?? 0) - 300)).toBeLessThan(1.8);
    expect(sums[2]).toBe(0);
  });
});
