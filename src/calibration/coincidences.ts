import type { ScaleLevel } from './label-scale.ts';
import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/**
 * Adds one unit's pairs of ratings to a coincidence matrix that begins at `offset`: each ordered pair of two different raters
 * counts 1 / (ratings - 1), so that a unit weighs as much as it has ratings. `votes`: how many raters gave each label, two in all at least.
 */
export function addVoteCoincidences(into: Float64Array, args: { votes: ArrayLike<number>; offset: number }): void {
  const { votes, offset } = args;
  const size = votes.length;
  let ratings = 0;
  for (let label = 0; label < size; label += 1) ratings += votes[label] ?? 0;
  for (let one = 0; one < size; one += 1) {
    const oneVotes = votes[one] ?? 0;
    if (oneVotes === 0) continue;
    for (let other = 0; other < size; other += 1) {
      const pairs = oneVotes * ((votes[other] ?? 0) - (one === other ? 1 : 0));
      const cell = offset + one * size + other;
      if (pairs > 0) into[cell] = (into[cell] ?? 0) + pairs / (ratings - 1);
    }
  }
}

/**
 * Krippendorff's alpha: agreement beyond luck for any number of raters, any scale and missing ratings; 1 perfect, 0 luck, below 0 systematic
 * disagreement. Krippendorff himself asks for 0.80 and allows tentative conclusions from 0.667. Observed over expected disagreement, from a
 * coincidence matrix laid row by row, labels in the order of `values`, so that a bootstrap can add families up. `values` are the numbers the
 * labels stand for; nominal alpha does not look at them. `units` counts what has two ratings or more, and is the figure's n.
 * Undefined where nothing has and where only one value occurs.
 * Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
 */
export function alphaOfCoincidences(args: {
  counts: ArrayLike<number>;
  values: readonly number[];
  level: ScaleLevel;
  units: number;
}): Statistic {
  const { counts, values, level, units } = args;
  const size = values.length;
  if (units === 0) return undefinedStatistic('No answer has two ratings that could agree.');
  const frequencies = Float64Array.from(values, (_, row) => {
    let sum = 0;
    for (let column = 0; column < size; column += 1) sum += counts[row * size + column] ?? 0;
    return sum;
  });
  const distance = distanceFor({ level, values, frequencies });
  let [total, observed, expected, used] = [0, 0, 0, 0];
  for (let row = 0; row < size; row += 1) {
    const rowCount = frequencies[row] ?? 0;
    total += rowCount;
    if (rowCount > 0) used += 1;
    for (let column = 0; column < size; column += 1) {
      const columnCount = frequencies[column] ?? 0;
      if (row === column || rowCount === 0 || columnCount === 0) continue;
      const apart = distance(row, column);
      observed += (counts[row * size + column] ?? 0) * apart;
      expected += rowCount * columnCount * apart;
    }
  }
  if (used < 2) return undefinedStatistic('The raters used one value throughout.');
  return statisticOf({ value: 1 - (observed * (total - 1)) / expected, n: units });
}

/** The sums from which interval alpha follows when there are too many values for a matrix: units, ratings, Σx, Σx², within-unit disagreement. */
export const intervalAlphaWidth = 5;

/** Adds one unit of at least two numbers into the places that begin at `offset`. */
export function addIntervalUnit(into: Float64Array, args: { ratings: readonly number[]; offset: number }): void {
  const { ratings, offset } = args;
  let [sum, squares] = [0, 0];
  for (const rating of ratings) {
    sum += rating;
    squares += rating * rating;
  }
  const within = (2 * (ratings.length * squares - sum * sum)) / (ratings.length - 1);
  [1, ratings.length, sum, squares, within].forEach((term, place) => {
    into[offset + place] = (into[offset + place] ?? 0) + term;
  });
}

/** Interval alpha from the sums of addIntervalUnit; the same figure as from a coincidence matrix. */
export function intervalAlphaOfSums(sums: ArrayLike<number>): Statistic {
  const [units, ratings, sum, squares, within] = [sums[0] ?? 0, sums[1] ?? 0, sums[2] ?? 0, sums[3] ?? 0, sums[4] ?? 0];
  if (units === 0) return undefinedStatistic('No answer has two ratings that could agree.');
  const across = 2 * (ratings * squares - sum * sum);
  // What rounding leaves of a constant is taken for the zero it is.
  if (across <= 1e-12 * ratings * squares) return undefinedStatistic('The raters used one value throughout.');
  return statisticOf({ value: 1 - (within * (ratings - 1)) / across, n: units });
}

/** The squared distance of two labels by their places. */
function distanceFor(args: {
  level: ScaleLevel;
  values: readonly number[];
  frequencies: ArrayLike<number>;
}): (one: number, other: number) => number {
  const { level, values } = args;
  const squared =
    (places: ArrayLike<number>) =>
    (one: number, other: number): number =>
      ((places[one] ?? 0) - (places[other] ?? 0)) ** 2;
  switch (level) {
    case 'nominal':
      return () => 1;
    case 'ordinal':
      return squared(midRanks(args));
    case 'interval':
      return squared(values);
    default:
      return level satisfies never;
  }
}

/** Ordinal distance counts how many ratings lie between two values, each of the two counted half. */
function midRanks({ values, frequencies }: { values: readonly number[]; frequencies: ArrayLike<number> }): number[] {
  const ranks = values.map(() => 0);
  const order = values.map((value, place) => ({ value, place })).sort((one, other) => one.value - other.value);
  let below = 0;
  for (const { place } of order) {
    const count = frequencies[place] ?? 0;
    ranks[place] = below + count / 2;
    below += count;
  }
  return ranks;
}
