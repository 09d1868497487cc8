import type { LoadedCourse } from '../bank/content.ts';
import { isComplete, listBestPoints, type BestPointsRow } from '../store/attempts.ts';
import { listReveals } from '../store/reveals.ts';
import { listSightings } from '../store/sightings.ts';
import type { TutorDeps } from './deps.ts';
import { viewPoints, type CourseView, type ItemCard, type ItemState, type PointsView } from './learner-view.ts';

/** All courses, in the order of their folders. */
export function listCourses(deps: Pick<TutorDeps, 'content'>): { id: string; title: string; about: string }[] {
  return deps.content.courses.map(({ course: { id, title, about } }) => ({ id, title, about }));
}

/** One course by chapter, with where this learner stands on each item. `learnerId` is null for a visitor. */
export async function viewCourse(
  { courseId, learnerId }: { courseId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<CourseView | undefined> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return undefined;
  const cards = await listItemCards({ loaded, learnerId }, deps);
  const { id, title, about, answers, chapters } = loaded.course;
  const chapterOf = new Map(loaded.items.map(({ item }) => [item.id, item.chapter]));
  return {
    id,
    title,
    about,
    answers,
    chapters: chapters.map((chapter) => ({
      ...chapter,
      items: cards.filter((card) => chapterOf.get(card.id) === chapter.id),
    })),
  };
}

/** Every question of a course, in its order, with where this learner stands on it. */
async function listItemCards(
  { loaded, learnerId }: { loaded: LoadedCourse; learnerId: string | null },
  deps: Pick<TutorDeps, 'database'>,
): Promise<ItemCard[]> {
  const key = { learnerId: learnerId ?? '', course: loaded.course.id };
  const latest = learnerId === null ? [] : await listBestPoints(deps.database.db, key);
  const revealed = new Set(
    learnerId === null ? [] : (await listReveals(deps.database.db, key)).map(({ itemId }) => itemId),
  );
  const seen = new Set(
    learnerId === null ? [] : (await listSightings(deps.database.db, key)).map(({ itemId }) => itemId),
  );
  const latestOf = new Map(latest.map((entry) => [entry.itemId, entry]));
  const concepts = new Map(loaded.course.concepts.map(({ id, title }) => [id, title]));
  return loaded.items.map(({ item }) => {
    const entry = latestOf.get(item.id);
    const points = entry === undefined ? null : viewBest(entry);
    const { id, title, kind, difficulty } = item;
    const state = stateOf({
      tried: entry !== undefined,
      full: entry !== undefined && isComplete(entry),
      revealed: revealed.has(id),
      seen: seen.has(id),
    });
    return { id, title, kind, difficulty, concept: concepts.get(item.concept) ?? item.concept, state, best: points };
  });
}

/** The most points a counted attempt surely earned; null where none was graded yet. */
function viewBest({ bestCountedPointsLow, pointsMax }: BestPointsRow): PointsView | null {
  if (bestCountedPointsLow === null || pointsMax === null) return null;
  return viewPoints({ low: bestCountedPointsLow, high: bestCountedPointsLow, max: pointsMax });
}

function stateOf(item: { tried: boolean; full: boolean; revealed: boolean; seen: boolean }): ItemState {
  const { tried, full, revealed, seen } = item;
  if (full) return 'complete';
  if (revealed) return 'revealed';
  // Before "under way": what is tried from now on does not count, and that is what one would want to know.
  if (seen) return 'seen';
  return tried ? 'under-way' : 'new';
}
