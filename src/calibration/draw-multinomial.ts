import { logGamma } from './incomplete-beta.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Below this expected count stepping through the outcomes is quicker than rejection, and rejection is no longer exact. */
const fewestForRejection = 10;

/**
 * How often each kind is drawn in `draws` draws with replacement, where kind k makes up `weights[k]` of the whole: written into
 * `into`, which adds up to `draws`. The time goes with the kinds, not with the draws. Weights are whole numbers of at least 0.
 * One binomial a kind, conditioned on those before it. Source: L. Devroye, Non-Uniform Random Variate Generation (1986), XI.1.4.
 */
export function drawMultinomial(args: {
  random: SeededRandom;
  draws: number;
  weights: ArrayLike<number>;
  into: Int32Array;
}): void {
  const { random, weights, into } = args;
  let drawsLeft = args.draws;
  let weightLeft = 0;
  for (let kind = 0; kind < weights.length; kind += 1) weightLeft += weights[kind] ?? 0;
  for (let kind = 0; kind < weights.length; kind += 1) {
    const weight = weights[kind] ?? 0;
    const probability = weightLeft > 0 ? weight / weightLeft : 0;
    const drawn = drawBinomial({ random, trials: drawsLeft, probability });
    into[kind] = drawn;
    drawsLeft -= drawn;
    weightLeft -= weight;
  }
}

/** How many of `trials` independent trials succeed. Exact for every probability from 0 to 1. */
export function drawBinomial(args: { random: SeededRandom; trials: number; probability: number }): number {
  const { random, trials, probability } = args;
  if (trials === 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - drawBinomial({ random, trials, probability: 1 - probability });
  return trials * probability < fewestForRejection
    ? stepThrough({ random, trials, probability })
    : rejectTransformed({ random, trials, probability });
}

/** Inversion from 0 upwards; takes about trials x probability steps. */
function stepThrough({ random, trials, probability }: BinomialDraw): number {
  const odds = probability / (1 - probability);
  let chance = Math.exp(trials * Math.log1p(-probability));
  let left = uniform(random);
  let successes = 0;
  while (left > chance && successes < trials) {
    left -= chance;
    successes += 1;
    chance *= (odds * (trials - successes + 1)) / successes;
  }
  return successes;
}

/** Transformed rejection, about 1.15 tries a draw. Source: W. Hörmann, J. Statistical Computation and Simulation 46 (1993), BTRS. */
function rejectTransformed({ random, trials, probability }: BinomialDraw): number {
  const spread = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const centre = trials * probability + 0.5;
  const surelyBelow = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const logOdds = Math.log(probability / (1 - probability));
  const mode = Math.floor((trials + 1) * probability);
  const atMode = logGamma(mode + 1) + logGamma(trials - mode + 1);
  for (;;) {
    const u = uniform(random) - 0.5;
    const v = uniform(random);
    const edge = 0.5 - Math.abs(u);
    const successes = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= surelyBelow) return successes;
    if (successes < 0 || successes > trials) continue;
    const bound = atMode - logGamma(successes + 1) - logGamma(trials - successes + 1) + (successes - mode) * logOdds;
    if (Math.log((v * alpha) / (a / (edge * edge) + b)) <= bound) return successes;
  }
}

type BinomialDraw = { random: SeededRandom; trials: number; probability: number };

/** Between 0 and 1, and never either of them. */
function uniform(random: SeededRandom): number {
  return (random.nextUint32() + 0.5) * 2 ** -32;
}
