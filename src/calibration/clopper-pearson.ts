import { inverseIncompleteBeta } from './incomplete-beta.ts';
import { undefinedStatistic, type Interval } from './statistic.ts';

/**
 * The exact interval for a share of independent trials: whatever the true share, it is missed at most 1 - level of the time.
 * Rather too wide than too narrow. `successes` and `trials` are whole numbers; trials that come in families are not
 * independent, so count families there. Undefined without trials.
 * Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934).
 */
export function clopperPearson(args: { successes: number; trials: number; level: number }): Interval {
  const { successes, trials, level } = args;
  if (trials === 0) return undefinedStatistic('There were no trials.');
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return {
    status: 'value',
    low: successes === 0 ? 0 : inverseIncompleteBeta({ probability: tail, a: successes, b: failures + 1 }),
    high: failures === 0 ? 1 : inverseIncompleteBeta({ probability: 1 - tail, a: successes + 1, b: failures }),
    level,
    method: 'clopper-pearson',
    units: trials,
  };
}
