import { listReveals } from '../store/reveals.ts';
import { insertSightings, listSightings } from '../store/sightings.ts';
import type { TutorDeps } from './deps.ts';
import { viewReveal, type AnswersChapterView } from './learner-view.ts';

export type AnswersOutcome =
  { status: 'open'; view: AnswersChapterView } | { status: 'closed' } | { status: 'not-found' };

/**
 * The answers and rationales of one chapter, where the course opens them. Reading counts: every item shown that was not
 * revealed before is recorded as seen, and attempts on it are kept apart from then on. Under `after-reveal` only the items
 * this learner has revealed are shown.
 */
export async function readAnswers(
  { courseId, chapterId, learnerId }: { courseId: string; chapterId: string; learnerId: string },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<AnswersOutcome> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  const chapter = loaded?.course.chapters.find(({ id }) => id === chapterId);
  if (!loaded || !chapter) return { status: 'not-found' };
  const { course } = loaded;
  if (course.answers === 'closed') return { status: 'closed' };

  const reveals = await listReveals(deps.database.db, { learnerId, course: courseId });
  const revealed = new Set(reveals.map(({ itemId }) => itemId));
  const shown = loaded.items.filter(
    ({ item }) => item.chapter === chapterId && (course.answers === 'open' || revealed.has(item.id)),
  );
  const sighted = new Set(
    (await listSightings(deps.database.db, { learnerId, course: courseId })).map(({ itemId }) => itemId),
  );
  const unseen = shown.map(({ item }) => item.id).filter((id) => !revealed.has(id) && !sighted.has(id));
  await insertSightings(deps.database.db, {
    learnerId,
    course: courseId,
    itemIds: unseen,
    where: 'answers',
    now: deps.now(),
  });
  const concepts = new Map(course.concepts.map(({ id, title }) => [id, title]));
  const items = shown.map((courseItem) => {
    const { id, title, kind, prompt, concept } = courseItem.item;
    return {
      id,
      title,
      kind,
      prompt,
      concept: concepts.get(concept) ?? concept,
      reveal: viewReveal({ courseItem, outcome: null }),
    };
  });
  return {
    status: 'open',
    view: { course: { id: course.id, title: course.title }, chapter, items, newlySeen: unseen.length },
  };
}
