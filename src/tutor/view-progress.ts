import type { LoadedCourse } from '../bank/content.ts';
import { countAttempts, listAttemptEntries, listPredicted } from '../store/attempt-history.ts';
import type { TutorDeps } from './deps.ts';
import { loadItemMemories, type ItemMemory } from './item-memory.ts';
import {
  viewComingBack,
  viewHistoryEntry,
  viewItemMemory,
  type ComingBackView,
  type GroupMemoryView,
  type HistoryEntryView,
  type ItemMemoryView,
} from './memory-view.ts';
import { viewGroup } from './practice.ts';
import { viewSelfCalibration, type SelfCalibrationView } from './self-calibration.ts';

/** Some two hundred parts, enough for five bins; older predictions tell of another learner. */
const PREDICTIONS_READ = 60;
const RECENT = 8;

export type ProgressView = {
  course: LoadedCourse['course'];
  all: GroupMemoryView;
  /** Of each chapter the concepts its questions are about, in the course's order, with the questions of both. */
  chapters: {
    id: string;
    title: string;
    mastery: GroupMemoryView;
    concepts: { id: string; title: string; mastery: GroupMemoryView; items: ItemMemoryView[] }[];
  }[];
  /** Concepts across all chapters. */
  concepts: { id: string; title: string; mastery: GroupMemoryView }[];
  comingBack: ComingBackView[];
  recent: HistoryEntryView[];
  calibration: SelfCalibrationView;
};

/** What a learner has shown in a course, what fades, and when it comes back. `learnerId` is null for a visitor. */
export async function viewProgress(
  { courseId, learnerId }: { courseId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<ProgressView | undefined> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return undefined;
  const { course } = loaded;
  const { db } = deps.database;
  const memories = await loadItemMemories({ loaded, learnerId, now: deps.now() }, db);
  const key = { learnerId: learnerId ?? '', course: courseId };
  const recent = learnerId === null ? [] : await listAttemptEntries(db, { ...key, limit: RECENT, offset: 0 });
  const predicted = learnerId === null ? [] : await listPredicted(db, { ...key, limit: PREDICTIONS_READ });
  const titles = titlesOf(loaded);
  return {
    course,
    all: viewGroup(memories),
    chapters: course.chapters.map((chapter) => viewChapter({ chapter, course, memories })),
    concepts: course.concepts.map(({ id, title }) => ({
      id,
      title,
      mastery: viewGroup(about({ memories, concept: id })),
    })),
    comingBack: viewComingBack(memories),
    recent: recent.map((entry) => viewHistoryEntry(entry, titles.get(entry.itemId) ?? null)),
    calibration: viewSelfCalibration(predicted),
  };
}

/** Attempts on one page of the history. */
export const HISTORY_PAGE = 25;

export type HistoryView = {
  course: LoadedCourse['course'];
  /** From 1 to `pages`. */
  page: number;
  pages: number;
  attempts: number;
  entries: HistoryEntryView[];
};

/** One page of everything the learner has handed in in a course, newest first. A page past the end is the last one. */
export async function viewHistory(
  args: { courseId: string; learnerId: string | null; page: number },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<HistoryView | undefined> {
  const { courseId, learnerId } = args;
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return undefined;
  const { db } = deps.database;
  const key = { learnerId: learnerId ?? '', course: courseId };
  const attempts = learnerId === null ? 0 : await countAttempts(db, key);
  const pages = Math.max(1, Math.ceil(attempts / HISTORY_PAGE));
  const page = Math.min(pages, Math.max(1, args.page));
  const offset = (page - 1) * HISTORY_PAGE;
  const entries = attempts === 0 ? [] : await listAttemptEntries(db, { ...key, limit: HISTORY_PAGE, offset });
  const titles = titlesOf(loaded);
  return {
    course: loaded.course,
    page,
    pages,
    attempts,
    entries: entries.map((entry) => viewHistoryEntry(entry, titles.get(entry.itemId) ?? null)),
  };
}

function viewChapter(args: {
  chapter: { id: string; title: string };
  course: LoadedCourse['course'];
  memories: readonly ItemMemory[];
}): ProgressView['chapters'][number] {
  const { chapter, course } = args;
  const memories = args.memories.filter(({ courseItem }) => courseItem.item.chapter === chapter.id);
  return {
    id: chapter.id,
    title: chapter.title,
    mastery: viewGroup(memories),
    concepts: course.concepts.flatMap(({ id, title }) => {
      const items = about({ memories, concept: id });
      return items.length === 0 ? [] : [{ id, title, mastery: viewGroup(items), items: items.map(viewItemMemory) }];
    }),
  };
}

function about({ memories, concept }: { memories: readonly ItemMemory[]; concept: string }): ItemMemory[] {
  return memories.filter(({ courseItem }) => courseItem.item.concept === concept);
}

function titlesOf({ items }: LoadedCourse): Map<string, string> {
  return new Map(items.map(({ item }) => [item.id, item.title]));
}
