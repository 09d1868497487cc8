import { createHash } from 'node:crypto';
import type { Item } from '../core/item.ts';
import type { Criterion, Misconception, Rubric } from '../core/rubric.ts';

/**
 * SHA-256 (hex) over all of an item and its rubric that a judge reads. Points, caps and navigation are left out:
 * changing them re-scores old verdicts without a new call.
 */
export function rubricHash({ item, rubric }: { item: Item; rubric: Rubric }): string {
  const options = item.kind === 'choice' ? item.options : [];
  const read = {
    prompt: item.prompt,
    reference: item.reference,
    options,
    criteria: rubric.criteria.map(withoutPoints),
    misconceptions: rubric.misconceptions.map(withoutCap),
    exemplars: rubric.exemplars.map(({ answer, verdicts, misconceptions, rejects }) => ({
      answer,
      verdicts,
      misconceptions,
      rejects,
    })),
  };
  return createHash('sha256').update(canonicalJson(read)).digest('hex');
}

function withoutPoints(criterion: Criterion): Partial<Criterion> {
  const { points, 'partial-points': partialPoints, ...rest } = criterion;
  return rest;
}

function withoutCap(misconception: Misconception): Partial<Misconception> {
  const { caps, ...rest } = misconception;
  return rest;
}

/** JSON with sorted keys, so that the order of keys in a file never changes the hash. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
