import { findCourseItem, type Content } from '../bank/content.ts';
import type { Course } from '../core/course.ts';
import { listNewestEntries } from '../store/attempt-history.ts';
import { findCard, listCards } from '../store/cards.ts';
import { advanceSession, findNewestSession, findSession, type SessionRow } from '../store/sessions.ts';
import type { TutorDeps } from './deps.ts';
import { asksOf, missedOf } from './item-memory.ts';
import { viewHistoryEntry, type HistoryEntryView } from './memory-view.ts';

/** One question of a session that the bank still has: its place in the stored list, and its number among those that are left. */
export type SessionStep = { id: string; title: string; index: number; ordinal: number };

/** The questions of a session, in their order; what has left the bank is passed over. */
export function stepsOf({ session, content }: { session: SessionRow; content: Content }): SessionStep[] {
  return session.itemIds
    .flatMap((id, index) => {
      const found = findCourseItem(content, id);
      return found ? [{ id, title: found.item.title, index }] : [];
    })
    .map((step, place) => ({ ...step, ordinal: place + 1 }));
}

export type SessionView = {
  id: string;
  course: Course;
  /** The next question to meet; null where the session is over. */
  next: SessionStep | null;
  /** Each question with the newest attempt made at it since the session began. */
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
  const steps = stepsOf({ session, content: deps.content });
  const newest = await listNewestEntries(db, { ...key, since: session.createdAt });
  const entries = new Map(newest.map((entry) => [entry.itemId, entry]));
  const cards = new Map((await listCards(db, key)).map(({ itemId, due }) => [itemId, due]));
  const seen = steps.map((step) => {
    const entry = entries.get(step.id);
    const attempt = entry ? viewHistoryEntry(entry, step.title) : null;
    return { ...step, attempt, comesBack: cards.get(step.id)?.toISOString() ?? null };
  });
  return { id: session.id, course, next: nextStep({ steps, position: session.position }), steps: seen };
}

export type MoveOnOutcome = { status: 'next'; itemId: string } | { status: 'over' } | { status: 'not-found' };

/**
 * Leaves a question of a session behind, answered or not, and names the next. `itemId` is the question that is left, so the
 * same step sent twice is one step.
 */
export async function moveOn(
  { sessionId, learnerId, itemId }: { sessionId: string; learnerId: string | null; itemId: string },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<MoveOnOutcome> {
  const found = await findOwnSession({ sessionId, learnerId }, deps);
  if (!found) return { status: 'not-found' };
  const { session } = found;
  const position = session.itemIds.indexOf(itemId) + 1;
  if (position === 0) return { status: 'not-found' };
  const next = nextStep({ steps: stepsOf({ session, content: deps.content }), position });
  await advanceSession(deps.database.db, { id: sessionId, position: next ? position : session.itemIds.length });
  return next ? { status: 'next', itemId: next.id } : { status: 'over' };
}

/** What a question's pages say of the session it is met in, and of when it comes back. */
export type SessionPlace = {
  session: { id: string; ordinal: number; total: number; next: { id: string; title: string } | null } | null;
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
  const session = newest ? placeIn({ session: newest, itemId, content: deps.content }) : null;
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

function placeIn(args: { session: SessionRow; itemId: string; content: Content }): SessionPlace['session'] {
  const { session, itemId, content } = args;
  // Once it is over its questions stand for themselves again.
  if (session.position >= session.itemIds.length) return null;
  const steps = stepsOf({ session, content });
  const here = steps.find(({ id }) => id === itemId);
  if (!here) return null;
  const next = nextStep({ steps, position: here.index + 1 });
  return {
    id: session.id,
    ordinal: here.ordinal,
    total: steps.length,
    next: next ? { id: next.id, title: next.title } : null,
  };
}

function nextStep({ steps, position }: { steps: readonly SessionStep[]; position: number }): SessionStep | null {
  return steps.find(({ index }) => index >= position) ?? null;
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
