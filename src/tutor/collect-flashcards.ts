import type { CourseItem, LoadedCourse } from '../bank/content.ts';
import { insertSightings, listSightings } from '../store/sightings.ts';
import { listReveals } from '../store/reveals.ts';
import type { TutorDeps } from './deps.ts';
import { viewReveal, type RevealView } from './learner-view.ts';

/** One question with its answer, for a flashcard program. Prompt and answer are Markdown with $math$. */
export type FlashcardView = {
  id: string;
  course: string;
  chapter: string;
  concept: string;
  title: string;
  prompt: string;
  reveal: RevealView;
};

/** How many flashcards a course has, and how many of them show an answer not seen yet. */
export type FlashcardCount = { course: LoadedCourse['course']; all: number; unseen: number };

/** Counts, and marks nothing. Undefined where the course keeps its answers back. `learnerId` is null for a visitor. */
export async function countFlashcards(
  { courseId, learnerId }: { courseId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<FlashcardCount | undefined> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (loaded?.course.answers !== 'open') return undefined;
  const { revealed, read } = await listSeen({ courseId, learnerId }, deps);
  const unseen = loaded.items.filter(({ item: { id } }) => !revealed.has(id) && !read.has(id)).length;
  return { course: loaded.course, all: loaded.items.length, unseen };
}

/**
 * The questions of a course whose answer the learner may see: those they revealed, and, where the course keeps its answers
 * open, those they have read. `which` 'all' takes every question of such a course and counts them as read from then on.
 */
export async function collectFlashcards(
  { courseId, learnerId, which }: { courseId: string; learnerId: string; which: 'seen' | 'all' },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<FlashcardView[] | undefined> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return undefined;
  const { db } = deps.database;
  const key = { learnerId, course: courseId };
  const { revealed, read } = await listSeen({ courseId, learnerId }, deps);
  const open = loaded.course.answers === 'open';
  const shown = loaded.items.filter(
    ({ item }) => revealed.has(item.id) || (open && (which === 'all' || read.has(item.id))),
  );
  const itemIds = shown.map(({ item }) => item.id).filter((id) => !revealed.has(id) && !read.has(id));
  await insertSightings(db, { ...key, itemIds, where: 'answers', now: deps.now() });
  return shown.map((courseItem) => viewFlashcard({ courseItem, loaded }));
}

async function listSeen(
  { courseId, learnerId }: { courseId: string; learnerId: string | null },
  { database: { db } }: Pick<TutorDeps, 'database'>,
): Promise<{ revealed: Set<string>; read: Set<string> }> {
  if (learnerId === null) return { revealed: new Set(), read: new Set() };
  const key = { learnerId, course: courseId };
  const revealed = (await listReveals(db, key)).map(({ itemId }) => itemId);
  const read = (await listSightings(db, key)).map(({ itemId }) => itemId);
  return { revealed: new Set(revealed), read: new Set(read) };
}

function viewFlashcard({ courseItem, loaded }: { courseItem: CourseItem; loaded: LoadedCourse }): FlashcardView {
  const { id, title, prompt, chapter, concept } = courseItem.item;
  return {
    id,
    course: loaded.course.id,
    chapter,
    concept,
    title,
    prompt,
    reveal: viewReveal({ courseItem, outcome: null }),
  };
}
