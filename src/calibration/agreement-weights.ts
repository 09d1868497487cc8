/**
 * How much credit two labels earn that are `distance` steps apart on a scale of `size` labels: 1 for the same label.
 * nominal: nothing for any other · linear: falls evenly · quadratic: a near miss costs little, the far ends cost all.
 */
export type AgreementWeights = 'nominal' | 'linear' | 'quadratic';

/** The credit, from 0 to 1, for labels number `row` and `column` of a scale. Source: J. Cohen, Psychological Bulletin 70 (1968). */
export function agreementWeight(
  weights: AgreementWeights,
  cell: { row: number; column: number; size: number },
): number {
  if (cell.row === cell.column) return 1;
  const distance = Math.abs(cell.row - cell.column) / (cell.size - 1);
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
