import { groupBy } from './group-by.ts';
import { margins } from './pair-counts.ts';
import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/** Units are answers; each lists what its raters said, null where one said nothing. Labels need an order unless nominal. */
export type RatedUnits =
  | { level: 'nominal'; units: readonly (readonly (string | number | null)[])[] }
  | { level: 'ordinal' | 'interval'; units: readonly (readonly (number | null)[])[] };

/**
 * Agreement beyond luck for any number of raters, any scale and missing ratings: 1 perfect, 0 luck, below 0 systematic
 * disagreement. Krippendorff himself asks for 0.80 and allows tentative conclusions from 0.667.
 * Observed over expected disagreement from the coincidence matrix; units with fewer than two ratings cannot agree with
 * anything and drop out; n counts the units that remain.
 * Undefined where nothing is left and where only one value occurs.
 * Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
 */
export function krippendorffAlpha(rated: RatedUnits): Statistic {
  switch (rated.level) {
    case 'nominal':
      return alphaOf(rated.units, () => () => 1);
    case 'ordinal':
      return alphaOf(rated.units, ordinalDistance);
    case 'interval':
      return alphaOf(rated.units, () => (one, other) => (one - other) ** 2);
    default:
      return rated satisfies never;
  }
}

/**
 * Adds one unit to a nominal coincidence matrix of `labels` x `labels` places, so that alpha follows from sums by family.
 * A unit with fewer than two ratings adds nothing.
 */
export function addCoincidences(
  into: Float64Array,
  args: { unit: readonly string[]; labels: readonly string[] },
): void {
  const { unit, labels } = args;
  if (unit.length < 2) return;
  const size = labels.length;
  for (const [first, one] of unit.entries()) {
    for (const [second, other] of unit.entries()) {
      if (first === second) continue;
      const cell = labels.indexOf(one) * size + labels.indexOf(other);
      into[cell] = (into[cell] ?? 0) + 1 / (unit.length - 1);
    }
  }
}

/** Nominal alpha from a coincidence matrix laid flat; see krippendorffAlpha. `n` of the figure counts ratings, not units. */
export function alphaFromCoincidences(matrix: ArrayLike<number>, size: number): Statistic {
  const { n, agreeing, reference: use } = margins({ size, counts: matrix });
  if (n === 0) return undefinedStatistic('No answer has two ratings that could agree.');
  const expected = use.reduce((total, count) => total + count * (n - count), 0) / (n - 1);
  if (expected === 0) return undefinedStatistic('The raters used one value throughout.');
  return statisticOf({ value: 1 - (n - agreeing) / expected, n: Math.round(n) });
}

/** The squared distance of two different values, given how often each value occurs. */
type Distance<Value> = (one: Value, other: Value) => number;

function alphaOf<Value extends string | number>(
  units: readonly (readonly (Value | null)[])[],
  distanceFor: (frequencies: ReadonlyMap<Value, number>) => Distance<Value>,
): Statistic {
  const pairable = units
    .map((unit) => unit.filter((value) => value !== null))
    .filter((unit) => unit.length >= 2)
    .map((unit) => countsOf(unit));
  if (pairable.length === 0) return undefinedStatistic('No answer has two ratings that could agree.');

  const frequencies = new Map<Value, number>();
  for (const unit of pairable) {
    for (const [value, count] of unit) frequencies.set(value, (frequencies.get(value) ?? 0) + count);
  }
  if (frequencies.size < 2) return undefinedStatistic('The raters used one value throughout.');

  const distance = distanceFor(frequencies);
  const total = sum([...frequencies.values()]);
  const observed = sum(pairable.map((unit) => disagreement(unit, distance) / (sum([...unit.values()]) - 1)));
  const expected = disagreement(frequencies, distance) / (total - 1);
  return statisticOf({ value: 1 - observed / expected, n: pairable.length });
}

/** Over all ordered pairs of two different values: how often each pairs with the other, times their distance. */
function disagreement<Value>(counts: ReadonlyMap<Value, number>, distance: Distance<Value>): number {
  let total = 0;
  for (const [one, oneCount] of counts) {
    for (const [other, otherCount] of counts) {
      if (one !== other) total += oneCount * otherCount * distance(one, other);
    }
  }
  return total;
}

/** Ordinal distance: how many ratings lie between two values, each of the two counted half; squared. */
function ordinalDistance(frequencies: ReadonlyMap<number, number>): Distance<number> {
  const values = [...frequencies.keys()].sort((one, other) => one - other);
  const midRank = new Map<number, number>();
  let below = 0;
  for (const value of values) {
    const count = frequencies.get(value) ?? 0;
    midRank.set(value, below + count / 2);
    below += count;
  }
  return (one, other) => ((midRank.get(one) ?? 0) - (midRank.get(other) ?? 0)) ** 2;
}

function countsOf<Value>(values: readonly Value[]): Map<Value, number> {
  return new Map([...groupBy(values, (value) => value)].map(([value, same]) => [value, same.length]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
