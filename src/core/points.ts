import type { OptionGrade, PointsRange } from './grade.ts';
import { correctOption, type Item } from './item.ts';
import type { Criterion, Rubric } from './rubric.ts';
import type { CriterionVerdict, MisconceptionVerdict } from './verdict.ts';

/** Authored points as integer thousandths, the only unit Viva adds up. */
export function thousandths(points: number): number {
  return Math.round(points * 1000);
}

/** Thousandths as the plain decimal people read: 2500 -> 2.5. */
export function decimalPoints(points: number): number {
  return points / 1000;
}

/** What `partial` is worth on this criterion, in thousandths: half of its points unless the author says otherwise. */
export function partialPoints(criterion: Criterion): number {
  const authored = criterion['partial-points'];
  return authored === undefined ? Math.round(thousandths(criterion.points) / 2) : thousandths(authored);
}

/** What one verdict earns on its criterion, in thousandths. A half-way verdict where the rubric words no half-way earns nothing. */
export function verdictPoints(criterion: Criterion, verdict: CriterionVerdict): number {
  switch (verdict) {
    case 'met':
      return thousandths(criterion.points);
    case 'partial':
      return criterion.partial === undefined ? 0 : partialPoints(criterion);
    case 'missed':
    case 'unsure':
      return 0;
    default:
      return verdict satisfies never;
  }
}

/** The most an answer to this item can earn, in thousandths: all criteria, and the option of a choice item. */
export function maxPoints({ item, rubric }: { item: Item; rubric: Rubric }): number {
  const criteria = rubric.criteria.reduce((sum, criterion) => sum + thousandths(criterion.points), 0);
  return criteria + (item.kind === 'choice' ? thousandths(item['option-points']) : 0);
}

/** The option tier of a choice item: right or wrong, nothing between. Null for a free-response item. */
export function gradeOption({ item, option }: { item: Item; option: number | null }): OptionGrade | null {
  if (item.kind !== 'choice' || option === null) return null;
  const max = thousandths(item['option-points']);
  const correct = option === correctOption(item);
  return { picked: option, correct, points: correct ? max : 0, max };
}

/**
 * Turns verdicts into points, from the rubric alone and in integer thousandths: no judge does arithmetic.
 * `low` counts an unsure criterion as 0 and applies the caps of misconceptions held or unsure;
 * `high` counts an unsure criterion full and applies only the caps of those held. 0 <= low <= high <= max.
 * A criterion without a verdict counts as missed: nothing is earned by being left out.
 */
export function scorePoints(args: {
  item: Item;
  rubric: Rubric;
  option: number | null;
  verdicts: readonly { criterion: string; verdict: CriterionVerdict }[];
  misconceptions: readonly { id: string; verdict: MisconceptionVerdict }[];
}): PointsRange {
  const { item, rubric, option } = args;
  const verdictOf = new Map(args.verdicts.map((entry) => [entry.criterion, entry.verdict]));
  const heldOf = new Map(args.misconceptions.map((entry) => [entry.id, entry.verdict]));

  let low = gradeOption({ item, option })?.points ?? 0;
  let high = low;
  for (const criterion of rubric.criteria) {
    const verdict = verdictOf.get(criterion.id) ?? 'missed';
    const earned = verdictPoints(criterion, verdict);
    low += earned;
    high += verdict === 'unsure' ? thousandths(criterion.points) : earned;
  }
  for (const misconception of rubric.misconceptions) {
    if (misconception.caps === undefined) continue;
    const cap = thousandths(misconception.caps);
    const verdict = heldOf.get(misconception.id) ?? 'not-held';
    if (verdict === 'held') high = Math.min(high, cap);
    if (verdict !== 'not-held') low = Math.min(low, cap);
  }
  return { low, high, max: maxPoints({ item, rubric }) };
}
