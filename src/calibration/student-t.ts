import { inverseIncompleteBeta } from './incomplete-beta.ts';

/**
 * The value that |T| stays below with probability `level` (0 to 1, both excluded) for Student's t with that many degrees of freedom (above 0;
 * need not be whole). With many degrees it is the normal's 1.96 at 0.95.
 * From the beta distribution: df / (df + t²) is the x with I_x(df/2, 1/2) = 1 - level.
 */
export function studentT({ level, degrees }: { level: number; degrees: number }): number {
  const x = inverseIncompleteBeta({ probability: 1 - level, a: degrees / 2, b: 0.5 });
  return Math.sqrt((degrees * (1 - x)) / x);
}
