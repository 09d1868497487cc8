/** ln Γ(x) for x > 0, to about 15 digits. Source: C. Lanczos, SIAM J. Numer. Anal. 1 (1964), coefficients for g = 7, nine terms. */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const base = shifted + 7.5;
  let series = 0.99999999999980993;
  coefficients.forEach((coefficient, index) => {
    series += coefficient / (shifted + index + 1);
  });
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

/**
 * The regularised incomplete beta function I_x(a, b), which is the chance that a beta(a, b) variable is at most x.
 * 0 <= x <= 1, a and b > 0. Continued fraction 26.5.8 of Abramowitz and Stegun, evaluated by Lentz's method.
 */
export function incompleteBeta({ x, a, b }: { x: number; a: number; b: number }): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above it the symmetry I_x(a,b) = 1 - I_{1-x}(b,a) takes over.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta({ x: 1 - x, a: b, b: a });
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  return Math.min(1, front * betaFraction({ x, a, b }));
}

/** The x at which I_x(a, b) = probability, to 1e-12 by halving: slow and sure. */
export function inverseIncompleteBeta({ probability, a, b }: { probability: number; a: number; b: number }): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (incompleteBeta({ x: middle, a, b }) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function betaFraction({ x, a, b }: { x: number; a: number; b: number }): number {
  const tiny = 1e-300;
  let numerator = 1;
  let denominator = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1), tiny);
  let fraction = denominator;
  for (let term = 1; term <= 10_000; term += 1) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term));
    denominator = 1 / awayFromZero(1 + even * denominator, tiny);
    numerator = awayFromZero(1 + even / numerator, tiny);
    fraction *= denominator * numerator;

    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1));
    denominator = 1 / awayFromZero(1 + odd * denominator, tiny);
    numerator = awayFromZero(1 + odd / numerator, tiny);
    const step = denominator * numerator;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return fraction;
}

function awayFromZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
