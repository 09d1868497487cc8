import { findCourseItem } from '../bank/content.ts';
import type { Course } from '../core/course.ts';
import { listNewestEntries, type AttemptEntry } from '../store/attempt-history.ts';
import { findCard, listCards } from '../store/cards.ts';
import { advanceSession, findNewestSession, findSession, type SessionRow } from '../store/sessions.ts';
import type { TutorDeps } from './deps.ts';
import { asksOf, missedOf } from './item-memory.ts';
import { viewHistoryEntry, type HistoryEntryView } from './memory-view.ts';

/**
 * One question of a session that the bank still has: its place in the stored list, and its number among those that are left.
 * `skipped` was left behind unanswered; what was sent back is not answered yet.
 */
export type SessionStep = {
  id: string;
  title: string;
  index: number;
  ordinal: number;
  state: 'open' | 'answered' | 'skipped';
};

/** A step with the newest attempt made at it since the session began. */
type AttemptedStep = SessionStep & { entry: AttemptEntry | undefined };

/** The questions of a session, in their order; what has left the bank is passed over. */
export async function listSteps(
  session: SessionRow,
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<AttemptedStep[]> {
  const { learnerId, course, createdAt: since, position } = session;
  const newest = await listNewestEntries(deps.database.db, { learnerId, course, since });
  const entries = new Map(newest.map((entry) => [entry.itemId, entry]));
  return session.itemIds
    .flatMap((id, index) => {
      const found = findCourseItem(deps.content, id);
      return found ? [{ id, title: found.item.title, index, entry: entries.get(id) }] : [];
    })
    .map((step, place) => ({ ...step, ordinal: place + 1, state: stateOf(step, position) }));
}

function stateOf({ index, entry }: Pick<AttemptedStep, 'index' | 'entry'>, position: number): SessionStep['state'] {
  if (entry !== undefined && entry.status !== 'returned') return 'answered';
  return index < position ? 'skipped' : 'open';
}

/** The first question that is neither answered nor skipped, other than the one being left. */
export function findNextStep<Step extends SessionStep>(steps: readonly Step[], leaving: string | null): Step | null {
  return steps.find(({ id, state }) => state === 'open' && id !== leaving) ?? null;
}

export type SessionView = {
  id: string;
  course: Course;
  /** The next question to meet; null where the session is over. */
  next: SessionStep | null;
  steps: (SessionStep & { attempt: HistoryEntryView | null; comesBack: string | null })[];
};

/** A session as its learner sees it; undefined where it is not theirs. */
export async function viewSession(
  { sessionId, learnerId }: { sessionId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<SessionView | undefined> {
  const found = await findOwnSession({ sessionId, learnerId }, deps);
  if (!found) return undefined;
  const { session, course } = found;
  const { db } = deps.database;
  const key = { learnerId: session.learnerId, course: session.course };
  const steps = await listSteps(session, deps);
  const cards = new Map((await listCards(db, key)).map(({ itemId, due }) => [itemId, due]));
  const seen = steps.map(({ entry, ...step }) => {
    const attempt = entry ? viewHistoryEntry(entry, step.title) : null;
    return { ...step, attempt, comesBack: cards.get(step.id)?.toISOString() ?? null };
  });
  return { id: session.id, course, next: findNextStep(seen, null), steps: seen };
}

export type MoveOnOutcome = { status: 'next'; itemId: string } | { status: 'over' } | { status: 'not-found' };

/**
 * Leaves a question of a session behind, answered or not, and names the next. `itemId` is the question that is left, so the
 * same step sent twice is one step. One met ahead of its turn takes none of those before it along; left unanswered it comes again.
 */
export async function moveOn(
  { sessionId, learnerId, itemId }: { sessionId: string; learnerId: string | null; itemId: string },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<MoveOnOutcome> {
  const found = await findOwnSession({ sessionId, learnerId }, deps);
  if (!found) return { status: 'not-found' };
  const { session } = found;
  const here = session.itemIds.indexOf(itemId);
  if (here === -1) return { status: 'not-found' };
  const steps = await listSteps(session, deps);
  const next = findNextStep(steps, itemId);
  const inTurn = steps.every(({ index, state }) => index >= here || state !== 'open');
  if (!next) await advanceSession(deps.database.db, { id: sessionId, position: session.itemIds.length });
  else if (inTurn) await advanceSession(deps.database.db, { id: sessionId, position: here + 1 });
  return next ? { status: 'next', itemId: next.id } : { status: 'over' };
}

/** What a question's pages say of the session it is met in, and of when it comes back. */
export type SessionPlace = {
  session: {
    id: string;
    ordinal: number;
    total: number;
    next: { id: string; title: string } | null;
    /** The answer handed in was sent back, so it waits for another. */
    sentBack: boolean;
  } | null;
  isDue: boolean;
  /** What the parts missed at the last review ask; empty where it is neither due nor met anew in a session. */
  thisTime: string[];
  /** When the question comes back; null where it was never judged. */
  comesBack: string | null;
};

/** Where a learner stands with one question besides its grade. For a visitor: nowhere. */
export async function viewSessionPlace(
  { itemId, learnerId }: { itemId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<SessionPlace> {
  const found = findCourseItem(deps.content, itemId);
  if (learnerId === null || !found) return { session: null, isDue: false, thisTime: [], comesBack: null };
  const { db } = deps.database;
  const key = { learnerId, course: found.course.id };
  const card = await findCard(db, { ...key, itemId });
  const newest = await findNewestSession(db, key);
  const session = newest ? await findPlace({ session: newest, itemId }, deps) : null;
  const isDue = card !== undefined && card.due <= deps.now();
  // Once it was answered in this session the marks say what is missing.
  const metAnew = newest && session && card && card.updatedAt < newest.createdAt;
  const missed = isDue || metAnew ? missedOf({ courseItem: found, ids: card.missed }) : [];
  return {
    session,
    isDue,
    thisTime: asksOf({ courseItem: found, ids: missed }),
    comesBack: card?.due.toISOString() ?? null,
  };
}

function lastAnswered(steps: readonly AttemptedStep[]): AttemptedStep | undefined {
  const handedIn = ({ entry }: AttemptedStep): number => entry?.createdAt.getTime() ?? 0;
  return [...steps].sort((a, b) => handedIn(b) - handedIn(a))[0];
}

async function findPlace(
  { session, itemId }: { session: SessionRow; itemId: string },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<SessionPlace['session']> {
  if (session.position >= session.itemIds.length || !session.itemIds.includes(itemId)) return null;
  const steps = await listSteps(session, deps);
  const here = steps.find(({ id }) => id === itemId);
  // Once it is over its questions stand for themselves again, but for the last one answered, which says so.
  const isOver = steps.every(({ state }) => state !== 'open');
  if (!here || (isOver && here !== lastAnswered(steps))) return null;
  const next = findNextStep(steps, itemId);
  return {
    id: session.id,
    ordinal: here.ordinal,
    total: steps.length,
    next: next ? { id: next.id, title: next.title } : null,
    sentBack: here.entry?.status === 'returned',
  };
}

async function findOwnSession(
  { sessionId, learnerId }: { sessionId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<{ session: SessionRow; course: Course } | undefined> {
  if (learnerId === null || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(sessionId)) return undefined;
  const session = await findSession(deps.database.db, sessionId);
  const loaded = deps.content.courses.find(({ course }) => course.id === session?.course);
  return session?.learnerId === learnerId && loaded ? { session, course: loaded.course } : undefined;
}
