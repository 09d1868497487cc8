import { undefinedStatistic, type Statistic } from './statistic.ts';
import { incompleteBeta } from './incomplete-beta.ts';

/**
 * Whether two judges on the same verdicts differ in how often they are right: the chance, from 0 to 1, of so lopsided a
 * split or a more lopsided one if neither were better. Only the verdicts on which exactly one was right count.
 * Exact and two-sided. A large value does not show that the two are equally good. Verdicts of one family are not independent,
 * so with many variants of few answers the value is too small.
 * Undefined where they were right and wrong on the same verdicts throughout.
 * Source: Q. McNemar, Psychometrika 12 (1947); exact binomial form.
 */
export function mcnemarTest({ onlyFirst, onlySecond }: { onlyFirst: number; onlySecond: number }): Statistic {
  const n = onlyFirst + onlySecond;
  if (n === 0) return undefinedStatistic('The two were right and wrong on the same verdicts.');
  const fewer = Math.min(onlyFirst, onlySecond);
  // P(X <= k) for X ~ binomial(n, 1/2) is I_{1/2}(n - k, k + 1).
  const tail = incompleteBeta({ x: 0.5, a: n - fewer, b: fewer + 1 });
  return { status: 'value', value: Math.min(1, 2 * tail), n };
}
