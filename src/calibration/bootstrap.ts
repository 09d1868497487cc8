import { seededRandom } from './seeded-random.ts';
import { undefinedStatistic, type Interval, type Statistic } from './statistic.ts';

/** What one family adds to the sums a statistic is computed from: cell counts, moments, or both side by side. */
export type CountRow = ArrayLike<number>;

/** How to resample. `level` 0.95 leaves 2.5 % on either side. The same seed gives the same interval on every machine. */
export type BootstrapPlan = { resamples: number; seed: number; level: number };

/** The sums of every resample, `width` numbers each, one resample after the other. */
export type Resampled = { totals: Float64Array; width: number; resamples: number; families: number };

/** Below this share of resamples with a defined statistic an interval would describe only the lucky ones. */
const leastDefined = 0.9;

/**
 * Draws whole families with replacement, as many as there are, and adds up their rows; once for all the statistics that
 * follow from the same sums. Families, because variants of one answer stand or fall together: resampling single answers
 * would promise more certainty than there is.
 * Equal rows are drawn together, so the time goes with families x resamples, hardly with answers, criteria or cells.
 * Source: B. Efron, Annals of Statistics 7 (1979); whole clusters: A. C. Davison and D. V. Hinkley, Bootstrap Methods (1997), 3.8.
 */
export function resampleFamilies(args: {
  families: readonly CountRow[];
  width: number;
  plan: BootstrapPlan;
}): Resampled {
  const { families, width, plan } = args;
  const { rowOf, cells, amounts, starts } = distinctRows(families);
  const random = seededRandom(plan.seed);
  const drawn = new Int32Array(starts.length);
  const picks = new Int32Array(families.length);
  const totals = new Float64Array(plan.resamples * width);
  const distinct = starts.length - 1;

  for (let resample = 0; resample < plan.resamples; resample += 1) {
    drawn.fill(0);
    random.fillBelow({ into: picks, bound: families.length });
    for (let draw = 0; draw < picks.length; draw += 1) {
      const row = rowOf[picks[draw] ?? 0] ?? 0;
      drawn[row] = (drawn[row] ?? 0) + 1;
    }
    const base = resample * width;
    for (let row = 0; row < distinct; row += 1) {
      const times = drawn[row] ?? 0;
      if (times === 0) continue;
      const end = starts[row + 1] ?? 0;
      for (let entry = starts[row] ?? 0; entry < end; entry += 1) {
        const cell = base + (cells[entry] ?? 0);
        totals[cell] = (totals[cell] ?? 0) + times * (amounts[entry] ?? 0);
      }
    }
  }
  return { totals, width, resamples: plan.resamples, families: families.length };
}

/** The percentile interval of a statistic over resampled sums. `statistic` must not keep the array it is handed. */
export function intervalOf(args: {
  resampled: Resampled;
  statistic: (totals: Float64Array) => Statistic;
  level: number;
}): Interval {
  const { totals, width, resamples, families } = args.resampled;
  const values = new Float64Array(resamples);
  let defined = 0;
  for (let resample = 0; resample < resamples; resample += 1) {
    const one = args.statistic(totals.subarray(resample * width, (resample + 1) * width));
    if (one.status === 'value') {
      values[defined] = one.value;
      defined += 1;
    }
  }
  return percentileInterval({ values: values.subarray(0, defined), resamples, families, level: args.level });
}

/**
 * The percentile interval of any statistic over answers grouped in families. Calls `statistic` once a resample on all drawn
 * answers: for statistics that follow from counts or sums use resampleFamilies and intervalOf, which are far faster.
 * Undefined with fewer than two families, where more than a tenth of the resamples leave the statistic undefined, and
 * where every resample gives the same value: agreement that never failed so far has no width, not certainty.
 */
export function bootstrapInterval<Observation>(
  args: BootstrapPlan & {
    families: readonly (readonly Observation[])[];
    statistic: (observations: readonly Observation[]) => Statistic;
  },
): Interval {
  const { families, resamples, level } = args;
  const random = seededRandom(args.seed);
  const picks = new Int32Array(families.length);
  const values: number[] = [];
  for (let resample = 0; resample < resamples; resample += 1) {
    const observations: Observation[] = [];
    random.fillBelow({ into: picks, bound: families.length });
    for (const pick of picks) {
      for (const observation of families[pick] ?? []) observations.push(observation);
    }
    const one = args.statistic(observations);
    if (one.status === 'value') values.push(one.value);
  }
  return percentileInterval({ values: Float64Array.from(values), resamples, families: families.length, level });
}

function percentileInterval(args: {
  values: Float64Array;
  resamples: number;
  families: number;
  level: number;
}): Interval {
  const { values, resamples, families, level } = args;
  if (families < 2) return undefinedStatistic('An interval needs answers from at least two families.');
  if (resamples < 1) return undefinedStatistic('No resamples were asked for.');
  if (values.length < leastDefined * resamples) {
    return undefinedStatistic('Too few answers, or too alike: the figure is often undefined when answers are redrawn.');
  }
  const sorted = values.slice().sort();
  const low = quantile(sorted, (1 - level) / 2);
  const high = quantile(sorted, (1 + level) / 2);
  if (low === high) {
    return undefinedStatistic(
      'Redrawing the answers hardly ever changes the figure, so they cannot show how far off it is.',
    );
  }
  return { status: 'value', low, high, level, method: 'family-bootstrap', units: families };
}

/** The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
function quantile(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}

/** Which distinct row each family has, and the distinct rows without their zeros, laid end to end. */
function distinctRows(families: readonly CountRow[]): {
  rowOf: Int32Array;
  cells: Int32Array;
  amounts: Float64Array;
  starts: Int32Array;
} {
  const known = new Map<string, number>();
  const rowOf = new Int32Array(families.length);
  const cells: number[] = [];
  const amounts: number[] = [];
  const starts = [0];
  families.forEach((row, family) => {
    const key = Array.from(row).join(' ');
    const seen = known.get(key);
    rowOf[family] = seen ?? known.size;
    if (seen !== undefined) return;
    known.set(key, known.size);
    Array.from(row).forEach((amount, cell) => {
      if (amount === 0) return;
      cells.push(cell);
      amounts.push(amount);
    });
    starts.push(cells.length);
  });
  return {
    rowOf,
    cells: Int32Array.from(cells),
    amounts: Float64Array.from(amounts),
    starts: Int32Array.from(starts),
  };
}
