/** What may be said of two different labels: only that they differ, which is more, or by how much. */
export type ScaleLevel = 'nominal' | 'ordinal' | 'interval';

/** The labels that ratings use, lowest first unless nominal, and the numbers they stand for. A rating is a place in `labels`. */
export type LabelScale = { level: ScaleLevel; labels: readonly string[]; values: readonly number[] };

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

/**
 * The scale of some labels. `order`, lowest first, names all labels there are, used or not; without it numbers are put in their
 * order and other labels only told apart. Undefined for ordered scales of words without an order.
 */
export function labelScale(args: {
  level: ScaleLevel;
  labels: Iterable<string>;
  order: readonly string[] | null;
}): LabelScale | undefined {
  const { level, order } = args;
  const used = [...new Set(args.labels)];
  const labels = order ?? used;
  if (labels.every(isNumberLabel)) {
    const sorted = [...labels].sort((one, other) => Number(one) - Number(other));
    return { level, labels: sorted, values: sorted.map(Number) };
  }
  if (order === null && level !== 'nominal') return undefined;
  return { level, labels: order ?? [...labels].sort(), values: labels.map((_, place) => place) };
}

const shares: Readonly<Record<string, number>> = Object.fromEntries([
  ...['met', 'correct', 'right', 'true', 'yes', 'y', 'pass', 'passed', 'positive'].map((word) => [word, 1] as const),
  ...['partial', 'partially correct', 'partly correct', 'half'].map((word) => [word, 0.5] as const),
  ...['missed', 'incorrect', 'wrong', 'false', 'no', 'n', 'fail', 'failed', 'negative'].map(
    (word) => [word, 0] as const,
  ),
]);

/** What a verdict in words is worth: 1 for met, 0.5 for half, 0 for missed; undefined for any other label. */
export function verdictShare(label: string): number | undefined {
  return shares[label];
}

/**
 * Which label counts as "positive" for true positive and true negative rates: the higher of two numbers or ordered labels, or a
 * word that says yes. Undefined with more than two labels and where nothing tells.
 */
export function positiveLabel(scale: LabelScale): string | undefined {
  const { labels, level } = scale;
  if (labels.length !== 2) return undefined;
  if (level !== 'nominal' || labels.every(isNumberLabel)) return labels[1];
  return labels.find((label) => verdictShare(label) === 1);
}
