import { intervalOf, resampleFamilies, type BootstrapPlan, type Resampled } from './bootstrap.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { groupBy } from './group-by.ts';
import { shareOf, type Estimate, type Interval, type Statistic } from './statistic.ts';

/** Sums by family, their total, and the totals of every resample: all that is needed for figures with intervals. */
export type FamilyTable = { rows: Float64Array[]; total: Float64Array; resampled: Resampled; level: number };

/** Adds every entry into its family's row and resamples the families once. `add` writes into `width` places. */
export function familyTable<Entry>(args: {
  entries: readonly Entry[];
  familyOf: (entry: Entry) => string;
  width: number;
  add: (row: Float64Array, entry: Entry) => void;
  plan: BootstrapPlan;
}): FamilyTable {
  const { entries, familyOf, width, add, plan } = args;
  const rows = [...groupBy(entries, familyOf).values()].map((family) => {
    const row = new Float64Array(width);
    for (const entry of family) add(row, entry);
    return row;
  });
  const total = new Float64Array(width);
  for (const entry of entries) add(total, entry);
  return { rows, total, resampled: resampleFamilies({ families: rows, width, plan }), level: plan.level };
}

/** A figure over all answers with its bootstrap interval by family. */
export function estimate(table: FamilyTable, statistic: (sums: Float64Array) => Statistic): Estimate {
  const figure = statistic(table.total);
  if (figure.status === 'undefined') return figure;
  return { ...figure, interval: intervalOf({ resampled: table.resampled, statistic, level: table.level }) };
}

/** Which sums make a share, and what to say where there are no trials. */
export type Share = { successes: (sums: Float64Array) => number; trials: (sums: Float64Array) => number; none: string };

/**
 * A share with its interval. Where every family says the same (always agreed, never found) resampling has no width; then the
 * exact interval takes over, with families for trials, so that "6 of 6" reads as the little it proves.
 */
export function estimateShare(table: FamilyTable, share: Share): Estimate {
  const figure = estimate(table, (sums) =>
    shareOf({ successes: share.successes(sums), trials: share.trials(sums), none: share.none }),
  );
  if (figure.status === 'undefined' || figure.interval.status === 'value') return figure;
  if (figure.value !== 0 && figure.value !== 1) return figure;
  const families = table.rows.filter((row) => share.trials(row) > 0).length;
  const interval: Interval = clopperPearson({
    successes: figure.value * families,
    trials: families,
    level: table.level,
  });
  return { ...figure, interval };
}
