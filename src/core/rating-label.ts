const missing = new Set(['', 'na', 'n/a', 'nan', 'null']);
const number = /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?$/i;

/**
 * A cell as a label; null where it is empty or says NA, N/A, NaN or null. Numbers lose their spelling (`1.0`, `01` and `1` are one
 * label; a decimal comma is a point), words their case.
 */
export function readLabel(cell: string): string | null {
  const text = cell.trim().toLowerCase();
  if (missing.has(text)) return null;
  // Adding 0 makes one zero of both.
  return number.test(text) ? String(Number(text.replace(',', '.')) + 0) : text;
}

/** Whether a label (as readLabel gives it) is a number. */
export function isNumberLabel(label: string): boolean {
  return number.test(label);
}

const shares = new Map<string, number>([
  ...['met', 'correct', 'right', 'true', 'yes', 'y', 'pass', 'passed', 'positive'].map((word) => [word, 1] as const),
  ...['partial', 'partially correct', 'partly correct', 'half'].map((word) => [word, 0.5] as const),
  ...['missed', 'incorrect', 'wrong', 'false', 'no', 'n', 'fail', 'failed', 'negative'].map(
    (word) => [word, 0] as const,
  ),
]);

/** What a verdict in words is worth: 1 for met, 0.5 for half, 0 for missed; undefined for any other label. */
export function verdictShare(label: string): number | undefined {
  return shares.get(label);
}
