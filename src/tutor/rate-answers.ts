import { findCourseItem, type Content } from '../bank/content.ts';
import { nameRater, saveRating } from '../bank/save-rating.ts';
import { cohenKappa } from '../calibration/cohen-kappa.ts';
import { pairCounts } from '../calibration/pair-counts.ts';
import type { Statistic } from '../calibration/statistic.ts';
import type { EvalAnswer, Rating } from '../core/eval-set.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';

/** One answer to rate, as a blind rater may see it: nothing of who wrote it, how it was meant, its split, or what others said. */
export type RatingTask = { answerId: string; item: Item; rubric: Rubric; text: string; option: number | null };

export type RatingPlan =
  | { status: 'ready'; tasks: RatingTask[]; rated: number }
  | { status: 'not-found'; known: string[] }
  | { status: 'taken'; kind: Rating['raterKind'] };

/**
 * What a rater has still to rate, in an order of their own: shuffled by item and answer, the same every time, so that a rater who stops
 * goes on where they stopped, and two raters do not tire on the same answers. `items` keeps to some items; empty means all.
 */
export function planRating(
  args: { set: string; rater: string; items: readonly string[] },
  { content }: { content: Content },
): RatingPlan {
  const found = content.evalSets.find(({ set }) => set.id === args.set);
  if (!found) return { status: 'not-found', known: content.evalSets.map(({ set }) => set.id) };
  const named = found.set.provenance.raters.find(({ id }) => id === args.rater);
  if (named && named.kind !== 'human') return { status: 'taken', kind: named.kind };
  const wanted = found.answers.filter(({ item }) => args.items.length === 0 || args.items.includes(item));
  const open = wanted.filter(({ ratings }) => !ratings.some(({ rater }) => rater === args.rater));
  const tasks = open.flatMap((answer): RatingTask[] => {
    const courseItem = findCourseItem(content, answer.item);
    if (!courseItem) return [];
    const { item, rubric } = courseItem;
    return [{ answerId: answer.id, item, rubric, text: answer.text, option: answer.option ?? null }];
  });
  const place = (text: string): number => shuffleKey(`${args.rater}/${text}`);
  // Item by item: a rubric that is in mind is applied more evenly.
  tasks.sort(
    (one, other) =>
      place(one.item.id) - place(other.item.id) ||
      one.item.id.localeCompare(other.item.id) ||
      place(one.answerId) - place(other.answerId),
  );
  return { status: 'ready', tasks, rated: wanted.length - open.length };
}

/** Keeps one rating, made by a person, in the set's own files. */
export async function keepRating(
  args: {
    set: string;
    rater: string;
    who: string;
    answerId: string;
    verdicts: Rating['verdicts'];
    misconceptions: string[];
  },
  { contentRoot }: { contentRoot: string },
): Promise<void> {
  const { set, rater, who, answerId, verdicts, misconceptions } = args;
  await nameRater({ root: contentRoot, set, rater: { id: rater, kind: 'human', who } });
  const rating: Rating = { rater, raterKind: 'human', verdicts, misconceptions };
  await saveRating({ root: contentRoot, set, answerId, rating });
}

export type RaterAgreement = {
  with: string;
  kind: Rating['raterKind'];
  answers: number;
  agreement: number;
  kappa: Statistic;
};

/** How far one rater agrees with each of the others on the verdicts both gave; for the end of a session, not before. */
export function agreementWithOthers(args: { answers: readonly EvalAnswer[]; rater: string }): RaterAgreement[] {
  const others = new Map<
    string,
    { kind: Rating['raterKind']; answers: number; pairs: { reference: string; judge: string }[] }
  >();
  for (const { ratings } of args.answers) {
    const own = ratings.find(({ rater }) => rater === args.rater);
    if (!own) continue;
    for (const other of ratings) {
      if (other.rater === args.rater) continue;
      const entry = others.get(other.rater) ?? { kind: other.raterKind, answers: 0, pairs: [] };
      const pairs = Object.entries(own.verdicts).flatMap(([id, judge]) => {
        const reference = other.verdicts[id];
        return reference === undefined ? [] : [{ reference, judge }];
      });
      others.set(other.rater, { ...entry, answers: entry.answers + 1, pairs: [...entry.pairs, ...pairs] });
    }
  }
  return [...others].map(([rater, { kind, answers, pairs }]) => ({
    with: rater,
    kind,
    answers,
    agreement: pairs.filter(({ reference, judge }) => reference === judge).length / Math.max(1, pairs.length),
    kappa: cohenKappa({ pairs: pairCounts({ pairs, categories: ['missed', 'partial', 'met'] }), weights: 'nominal' }),
  }));
}

/** FNV-1a: a fixed order that looks like none. */
function shuffleKey(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
