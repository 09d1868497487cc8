import { isNumberLabel, verdictShare } from '../core/rating-label.ts';

/** What may be said of two different labels: only that they differ, which is more, or by how much. */
export type ScaleLevel = 'nominal' | 'ordinal' | 'interval';

/** The labels that ratings use, lowest first unless nominal, and the numbers they stand for. A rating is a place in `labels`. */
export type LabelScale = { level: ScaleLevel; labels: readonly string[]; values: readonly number[] };

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
