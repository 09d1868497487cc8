import type { CourseItem, LoadedCourse } from '../bank/content.ts';
import type { Item } from '../core/item.ts';
import { listReveals } from '../store/reveals.ts';
import type { SightingPlace } from '../store/schema.ts';
import { insertSightings, listSightings } from '../store/sightings.ts';
import type { TutorDeps } from './deps.ts';
import { viewReveal, type RevealView } from './learner-view.ts';
import { viewCourse } from './view-course.ts';

/** Questions on one page of a chapter: with every answer open, formulas included, it stays under 100 kB. */
const PAGE_LENGTH = 12;

/** How a learner stands with a question, as far as it matters to whoever thinks of reading its answer. */
export type AnswerMark = 'new' | 'under-way' | 'complete' | 'revealed' | 'read' | 'drilled';

/** One question of *Answers & rationales*. */
export type AnswerEntry = {
  id: string;
  title: string;
  kind: Item['kind'];
  chapter: { id: string; title: string };
  concept: string;
  mark: AnswerMark;
  /** Whether it counts as seen, so that reading its answer changes nothing any more. */
  seen: boolean;
};

export type AnswersView = {
  course: { id: string; title: string; answers: 'open' | 'after-reveal' };
  chapters: { id: string; title: string; questions: number; seen: number }[];
  concepts: { id: string; title: string }[];
};

export type AnswersChapterView = {
  course: AnswersView['course'];
  chapter: { id: string; title: string };
  /** Counted from 1. */
  page: number;
  pages: number;
  /** The questions of this page; `reveal` is null where the answer has not been asked for. */
  items: (AnswerEntry & { prompt: string; reveal: RevealView | null })[];
  /** Every question of the chapter and the page it is on. */
  contents: (AnswerEntry & { page: number })[];
};

export type AnswersOutcome<View> = { status: 'open'; view: View } | { status: 'closed' } | { status: 'not-found' };

/** A question that may be listed, with how its learner stands with it. */
export type ListedAnswer = { courseItem: CourseItem; entry: AnswerEntry };
export type AnswersDeps = Pick<TutorDeps, 'content' | 'database'>;
type Reader = { courseId: string; learnerId: string | null };

/**
 * The questions of a course whose answers its learner may read: all where the course opens them, else those they have revealed. Reads
 * only: looking at a list makes nothing seen.
 */
export async function listAnswers(
  { courseId, learnerId }: Reader,
  deps: AnswersDeps,
): Promise<AnswersOutcome<{ loaded: LoadedCourse; course: AnswersView['course']; listed: ListedAnswer[] }>> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  const standing = await viewCourse({ courseId, learnerId }, deps);
  if (!loaded || !standing) return { status: 'not-found' };
  const { id, title, answers, concepts } = loaded.course;
  if (answers === 'closed') return { status: 'closed' };
  const { db } = deps.database;
  const revealed = learnerId === null ? [] : await listReveals(db, { learnerId, course: id });
  const sighted = learnerId === null ? [] : await listSightings(db, { learnerId, course: id });
  const whereSeen = new Map(sighted.map(({ itemId, where }) => [itemId, where]));
  const isRevealed = new Set(revealed.map(({ itemId }) => itemId));
  const conceptTitles = new Map(concepts.map((concept) => [concept.id, concept.title]));
  const itemOf = new Map(loaded.items.map((courseItem) => [courseItem.item.id, courseItem]));
  const listed = standing.chapters.flatMap(({ items, ...chapter }) =>
    items.flatMap((card): ListedAnswer[] => {
      const courseItem = itemOf.get(card.id);
      if (!courseItem || (answers === 'after-reveal' && !isRevealed.has(card.id))) return [];
      const entry = {
        id: card.id,
        title: card.title,
        kind: card.kind,
        chapter: { id: chapter.id, title: chapter.title },
        concept: conceptTitles.get(courseItem.item.concept) ?? courseItem.item.concept,
        mark: markOf({ state: card.state, where: whereSeen.get(card.id) }),
        seen: isRevealed.has(card.id) || whereSeen.has(card.id),
      };
      return [{ courseItem, entry }];
    }),
  );
  return { status: 'open', view: { loaded, course: { id, title, answers }, listed } };
}

/** The chapters, with how much of each its learner has seen. */
export async function viewAnswers(reader: Reader, deps: AnswersDeps): Promise<AnswersOutcome<AnswersView>> {
  const answers = await listAnswers(reader, deps);
  if (answers.status !== 'open') return answers;
  const { loaded, course, listed } = answers.view;
  const used = new Set(listed.map(({ courseItem }) => courseItem.item.concept));
  return {
    status: 'open',
    view: {
      course,
      chapters: loaded.course.chapters.map(({ id, title }) => {
        const own = listed.filter(({ entry }) => entry.chapter.id === id);
        return { id, title, questions: own.length, seen: own.filter(({ entry }) => entry.seen).length };
      }),
      concepts: loaded.course.concepts.filter(({ id }) => used.has(id)),
    },
  };
}

/**
 * One page of a chapter: its questions, and the answers to those that count as seen. Reads only, so that a link followed by a browser
 * in advance, or by a robot, marks nothing.
 * @param at the page, counted from 1, or an item that is on it; the first page where there is no such.
 */
export async function readChapter(
  { chapterId, at, ...reader }: Reader & { chapterId: string; at: { page: number } | { itemId: string } },
  deps: AnswersDeps,
): Promise<AnswersOutcome<AnswersChapterView>> {
  const answers = await listAnswers(reader, deps);
  if (answers.status !== 'open') return answers;
  const { loaded, course, listed } = answers.view;
  const chapter = loaded.course.chapters.find(({ id }) => id === chapterId);
  if (!chapter) return { status: 'not-found' };
  const own = listed.filter(({ entry }) => entry.chapter.id === chapterId);
  const pageAt = (index: number): number => Math.floor(Math.max(0, index) / PAGE_LENGTH) + 1;
  const pages = pageAt(own.length - 1);
  const asked = 'page' in at ? at.page : pageAt(own.findIndex(({ entry }) => entry.id === at.itemId));
  const page = asked >= 1 && asked <= pages ? asked : 1;
  return {
    status: 'open',
    view: {
      course,
      chapter: { id: chapter.id, title: chapter.title },
      page,
      pages,
      items: own
        .filter((_listed, index) => pageAt(index) === page)
        .map(({ courseItem, entry }) => ({
          ...entry,
          prompt: courseItem.item.prompt,
          reveal: entry.seen ? viewReveal({ courseItem, outcome: null }) : null,
        })),
      contents: own.map(({ entry }, index) => ({ ...entry, page: pageAt(index) })),
    },
  };
}

/**
 * Opens answers to a learner who asked for them: from then on their questions count as seen, and attempts on them are kept apart.
 * @param itemIds questions of the course; those that may not be read are left out.
 */
export async function openAnswers(
  { itemIds, ...reader }: { courseId: string; learnerId: string; itemIds: readonly string[] },
  deps: AnswersDeps & Pick<TutorDeps, 'now'>,
): Promise<{ status: 'opened' } | { status: 'closed' } | { status: 'not-found' }> {
  const answers = await listAnswers(reader, deps);
  if (answers.status !== 'open') return answers;
  const fresh = answers.view.listed.filter(({ entry }) => itemIds.includes(entry.id) && !entry.seen);
  await insertSightings(deps.database.db, {
    learnerId: reader.learnerId,
    course: reader.courseId,
    itemIds: fresh.map(({ entry }) => entry.id),
    where: 'answers',
    now: deps.now(),
  });
  return { status: 'opened' };
}

function markOf({ state, where }: { state: string; where: SightingPlace | undefined }): AnswerMark {
  if (state === 'complete' || state === 'revealed') return state;
  if (where !== undefined) return where === 'drill' ? 'drilled' : 'read';
  return state === 'under-way' ? 'under-way' : 'new';
}
