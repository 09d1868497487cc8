/** Past so many standard deviations the series has no digits left; the tail there is below 1e-9. */
const FURTHEST = 6;
const MOST_STEPS = 60;
const CLOSE_ENOUGH = 1e-13;

/** The chance that a standard normal variable is at most `z`, to about 1e-14 within six standard deviations. Source: G. Marsaglia, J. Stat. Softw. 11 (2004). */
export function normalChance(z: number): number {
  if (z > FURTHEST) return 1;
  if (z < -FURTHEST) return 0;
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * density(z);
}

/**
 * The z-score of a chance: how many standard deviations from the middle `normalChance` reaches it. `chance` is above 0 and
 * below 1; what lies past six standard deviations comes back as six.
 */
export function normalQuantile(chance: number): number {
  if (chance < 0.5) return -normalQuantile(1 - chance);
  // Above the middle the curve bends down, so each tangent meets the chance before the curve does: no step overshoots.
  let z = 0;
  for (let step = 0; step < MOST_STEPS && z < FURTHEST; step += 1) {
    const ahead = (chance - normalChance(z)) / density(z);
    z += ahead;
    if (Math.abs(ahead) < CLOSE_ENOUGH) break;
  }
  return Math.min(z, FURTHEST);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
