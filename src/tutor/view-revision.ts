import { diffArrays } from 'diff';
import type { CourseItem } from '../bank/content.ts';
import type { Grade } from '../core/grade.ts';
import { decimalPoints } from '../core/points.ts';
import { viewPoints, type RevisionView } from './learner-view.ts';

/** Tokens removed and added beyond which the comparison is given up: it would take long (0.1 s at 600) and say nothing. */
const MOST_CHANGES = 400;
/** With less than this share of its words in the old answer, the new one was written anew: some four words in ten are common to any two English texts. */
const LEAST_SHARED = 0.5;

type Version = { id: string; answer: string; createdAt: Date; grade: Grade };

/** How an answer differs from the one judged before it, word by word and part by part. */
export function viewRevision(args: { courseItem: CourseItem; before: Version; after: Version }): RevisionView {
  const { courseItem, before, after } = args;
  const was = new Map(before.grade.verdicts.map((entry) => [entry.criterion, entry]));
  const is = new Map(after.grade.verdicts.map((entry) => [entry.criterion, entry]));
  return {
    since: { id: before.id, createdAt: before.createdAt.toISOString(), points: viewPoints(before.grade.points) },
    words: compareWords({ before: before.answer, after: after.answer }),
    verdicts: courseItem.rubric.criteria.flatMap(({ id }, index) => {
      const [old, now] = [was.get(id), is.get(id)];
      if (old === undefined || now === undefined) return [];
      const earned = decimalPoints(now.points - old.points);
      return [{ ordinal: index + 1, before: old.verdict, after: now.verdict, earned }];
    }),
  };
}

/** Both texts as stretches in reading order; without the removed ones they are `after`, without the added ones `before`. */
export function compareWords({ before, after }: { before: string; after: string }): RevisionView['words'] {
  if (before !== '' && sharedWords(before, after) < LEAST_SHARED) return null;
  const changes = diffArrays(tokensOf(before), tokensOf(after), { maxEditLength: MOST_CHANGES });
  if (changes === undefined) return null;
  const words: NonNullable<RevisionView['words']> = [];
  let pending = { removed: '', added: '' };
  const flush = (): void => {
    // White space that stood between two changes belongs to both; at the end of them it is kept as it was.
    if (pending.removed !== '') words.push({ change: 'removed', text: pending.removed });
    if (pending.added !== '') words.push({ change: 'added', text: pending.added });
    pending = { removed: '', added: '' };
  };
  for (const [index, { value: tokens, added, removed }] of changes.entries()) {
    const value = tokens.join('');
    const changing = pending.removed !== '' || pending.added !== '';
    const between = changing && value.trim() === '' && (changes[index + 1]?.added || changes[index + 1]?.removed);
    if (removed || between) pending.removed += value;
    if (added || between) pending.added += value;
    if (removed || added || between) continue;
    flush();
    words.push({ change: 'kept', text: value });
  }
  flush();
  return words;
}

/** Words, numbers with their separators ("131,072", "low-rank"), white space and single marks; together they are the text. */
function tokensOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+(?:[.,'’-][\p{L}\p{N}_]+)*|[^\s]/gu) ?? [];
}

/** The share of the words of `after` that `before` has too, wherever they stand; 1 where there are none. */
function sharedWords(before: string, after: string): number {
  const had = new Set(before.match(/\S+/g));
  const has = after.match(/\S+/g) ?? [];
  return has.length === 0 ? 1 : has.filter((word) => had.has(word)).length / has.length;
}
