import type { LoadedCourse } from '../bank/content.ts';
import { groupMastery, type GroupMastery } from '../core/mastery.ts';
import { findNewestSession, insertSession } from '../store/sessions.ts';
import { candidatesFor, chooseItems, type PracticeChoice } from './choose-items.ts';
import type { TutorDeps } from './deps.ts';
import { isSettledWell, loadItemMemories, type ItemMemory } from './item-memory.ts';
import type { GroupMemoryView } from './memory-view.ts';
import { findNextStep, listSteps } from './session.ts';

/** The most questions a session may hold. An hour has room for about ten explanations. */
export const LONGEST_SESSION = 20;

/** A chapter or concept to practise: how many questions it has, how many are still open, and what is known of them. */
export type PracticeGroup = { id: string; title: string; open: number; mastery: GroupMemoryView };

export type PracticeView = {
  course: LoadedCourse['course'];
  /** How many questions each choice would find. */
  due: number;
  mistakes: number;
  weakest: number;
  mix: number;
  /** When the next question comes back, where none is due. */
  nextDue: string | null;
  chapters: PracticeGroup[];
  /** Weakest first; concepts of which nothing is known come last, in the course's order. */
  concepts: PracticeGroup[];
  /** The session that was left before its end. */
  underWay: { id: string; ordinal: number; total: number } | null;
};

/** What there is to practise, with the number of questions behind each choice. `learnerId` is null for a visitor. */
export async function viewPractice(
  { courseId, learnerId }: { courseId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<PracticeView | undefined> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return undefined;
  const now = deps.now();
  const memories = await loadItemMemories({ loaded, learnerId, now }, deps.database.db);
  const found = (kind: 'due' | 'mistakes' | 'weakest' | 'mix'): number =>
    candidatesFor({ memories, choice: { kind }, random: () => 0 }).length;
  const due = found('due');
  const groups = (entries: readonly { id: string; title: string }[], by: 'chapter' | 'concept'): PracticeGroup[] =>
    entries.map(({ id, title }) =>
      groupOf({ id, title, memories: memories.filter((m) => m.courseItem.item[by] === id) }),
    );
  const dates = memories.flatMap((memory) => (memory.due === null ? [] : [memory.due.getTime()]));
  return {
    course: loaded.course,
    due,
    mistakes: found('mistakes'),
    weakest: found('weakest'),
    mix: found('mix'),
    nextDue: due === 0 && dates.length > 0 ? new Date(Math.min(...dates)).toISOString() : null,
    chapters: groups(loaded.course.chapters, 'chapter'),
    concepts: groups(loaded.course.concepts, 'concept').sort((a, b) => weakness(a.mastery) - weakness(b.mastery)),
    underWay: learnerId === null ? null : await findUnderWay({ loaded, learnerId }, deps),
  };
}

export type StartSessionOutcome =
  { status: 'started'; sessionId: string; itemId: string } | { status: 'nothing-there' } | { status: 'not-found' };

/** Puts a session together from what is known now, and names its first question. It takes the place of the session before it. */
export async function startSession(
  args: { courseId: string; learnerId: string; choice: PracticeChoice; most: number },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now' | 'newId' | 'random'>,
): Promise<StartSessionOutcome> {
  const { courseId, learnerId, choice } = args;
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return { status: 'not-found' };
  const now = deps.now();
  const memories = await loadItemMemories({ loaded, learnerId, now }, deps.database.db);
  const most = Math.max(1, Math.min(LONGEST_SESSION, args.most));
  const itemIds = chooseItems({ memories, choice, most, random: deps.random }).map((m) => m.courseItem.item.id);
  const [itemId] = itemIds;
  if (itemId === undefined) return { status: 'nothing-there' };
  const sessionId = deps.newId();
  await insertSession(deps.database.db, { id: sessionId, learnerId, course: courseId, itemIds, now });
  return { status: 'started', sessionId, itemId };
}

/** Mastery of several questions, and how many of them are due. */
export function viewGroup(memories: readonly ItemMemory[]): GroupMemoryView {
  const due = memories.filter(({ isDue }) => isDue).length;
  return { ...groupMastery(memories.map(({ mastery }) => mastery)), due };
}

function groupOf({ id, title, memories }: { id: string; title: string; memories: ItemMemory[] }): PracticeGroup {
  return { id, title, open: memories.filter((memory) => !isSettledWell(memory)).length, mastery: viewGroup(memories) };
}

/** What is unknown is not weak: it sorts behind everything known. */
function weakness({ now }: GroupMastery): number {
  return now ?? 2;
}

async function findUnderWay(
  { loaded, learnerId }: { loaded: LoadedCourse; learnerId: string },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<PracticeView['underWay']> {
  const session = await findNewestSession(deps.database.db, { learnerId, course: loaded.course.id });
  if (!session) return null;
  const steps = await listSteps(session, deps);
  const next = findNextStep(steps, null);
  return next && { id: session.id, ordinal: next.ordinal, total: steps.length };
}
