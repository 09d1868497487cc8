/**
 * How much credit two labels earn that are `distance` steps apart on a scale of `size` labels: 1 for the same label.
 * nominal: nothing for any other · linear: falls evenly · quadratic: a near miss costs little, the far ends cost all.
 */
export type AgreementWeights = 'nominal' | 'linear' | 'quadratic';

/**
 * The credit, from 0 to 1, for labels number `row` and `column` of a scale. `values`, in rising order, are the numbers the labels
 * stand for where their steps are uneven (0, 1, 5); without them the labels are evenly spaced. Source: J. Cohen, Psychological Bulletin 70 (1968).
 */
export function agreementWeight(
  weights: AgreementWeights,
  cell: { row: number; column: number; size: number; values?: readonly number[] | undefined },
): number {
  if (cell.row === cell.column) return 1;
  const distance = distanceOf(cell);
  switch (weights) {
    case 'nominal':
      return 0;
    case 'linear':
      return 1 - distance;
    case 'quadratic':
      return 1 - distance * distance;
    default:
      return weights satisfies never;
  }
}

/** From 0 to 1, the length of the scale. */
function distanceOf(cell: {
  row: number;
  column: number;
  size: number;
  values?: readonly number[] | undefined;
}): number {
  const { row, column, size, values } = cell;
  if (values === undefined) return Math.abs(row - column) / (size - 1);
  const length = (values.at(-1) ?? 0) - (values[0] ?? 0);
  return Math.abs((values[row] ?? 0) - (values[column] ?? 0)) / length;
}
