import type { CourseItem, LoadedCourse } from '../bank/content.ts';
import { masteryOf, type Evidence, type Mastery } from '../core/mastery.ts';
import { listCards } from '../store/cards.ts';
import type { Executor } from '../store/executor.ts';
import { listReveals } from '../store/reveals.ts';
import { listSightings } from '../store/sightings.ts';

/** What is known of a learner and one question. Inside only: `missed` are criterion ids. */
export type ItemMemory = {
  courseItem: CourseItem;
  /** Points of the attempt the mastery rests on; null where nothing has counted yet. */
  evidence: Evidence | null;
  mastery: Mastery;
  /** The criteria not met at the last review, in the order of the rubric; those since taken out of it are left out. */
  missed: string[];
  /** When it comes back; null where it was never judged. */
  due: Date | null;
  isDue: boolean;
  /** Revealed, read or met in the drill: tries at it do not count. */
  answerSeen: boolean;
};

/** One entry an item of the course, in its order. `learnerId` null is a visitor, of whom nothing is known. */
export async function loadItemMemories(
  { loaded, learnerId, now }: { loaded: LoadedCourse; learnerId: string | null; now: Date },
  db: Executor,
): Promise<ItemMemory[]> {
  const key = { learnerId: learnerId ?? '', course: loaded.course.id };
  const cards = new Map(learnerId === null ? [] : (await listCards(db, key)).map((row) => [row.itemId, row]));
  const seen = learnerId === null ? [] : [...(await listReveals(db, key)), ...(await listSightings(db, key))];
  const seenIds = new Set(seen.map(({ itemId }) => itemId));
  return loaded.items.map((courseItem) => {
    const { id } = courseItem.item;
    const card = cards.get(id);
    const { low = null, max = null } = card ?? {};
    const evidence = low === null || max === null ? null : { low, max };
    return {
      courseItem,
      evidence,
      mastery: masteryOf({ evidence, card: card?.card ?? null, now }),
      missed: missedOf({ courseItem, ids: card?.missed ?? [] }),
      due: card?.due ?? null,
      isDue: card !== undefined && card.due <= now,
      answerSeen: seenIds.has(id),
    };
  });
}

/** The missed criteria that the rubric still has, in its order. */
export function missedOf({ courseItem, ids }: { courseItem: CourseItem; ids: readonly string[] }): string[] {
  const missed = new Set(ids);
  return courseItem.rubric.criteria.map(({ id }) => id).filter((id) => missed.has(id));
}

/** The same as the questions they answer, which a learner may see at any time. */
export function asksOf({ courseItem, ids }: { courseItem: CourseItem; ids: readonly string[] }): string[] {
  return courseItem.rubric.criteria.filter(({ id }) => ids.includes(id)).map(({ asks }) => asks);
}

/** Full points when last asked, and not due: there is nothing to do about it now. */
export function isSettledWell({ mastery, missed, isDue }: ItemMemory): boolean {
  return mastery.status === 'known' && mastery.shown === 1 && missed.length === 0 && !isDue;
}
