import { groupBy } from '../../src/calibration/group-by.ts';
import { statisticOf, undefinedStatistic, type Statistic } from '../../src/calibration/statistic.ts';

/** Units are answers; each lists what its raters said, null where one said nothing. Labels need an order unless nominal. */
export type RatedUnits =
  | { level: 'nominal'; units: readonly (readonly (string | number | null)[])[] }
  | { level: 'ordinal' | 'interval'; units: readonly (readonly (number | null)[])[] };

/**
 * Krippendorff's alpha as he defines it, rating by rating: what the tests hold the one that follows from sums (src/calibration/coincidences.ts)
 * against. Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
 */
export function alphaByDefinition(rated: RatedUnits): Statistic {
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
