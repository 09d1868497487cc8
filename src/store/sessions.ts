import { and, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from './executor.ts';
import { sessions } from './schema.ts';

/** A practice session. `position` counts the questions left behind; the session is over where it equals their number. */
export const SessionRow = z.object({
  id: z.uuid(),
  learnerId: z.uuid(),
  course: z.string(),
  itemIds: z.array(z.string()),
  position: z.int().min(0),
  createdAt: z.date(),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** Stores a session that stands before its first question. */
export async function insertSession(
  db: Executor,
  session: { id: string; learnerId: string; course: string; itemIds: readonly string[]; now: Date },
): Promise<void> {
  const { now, ...columns } = session;
  await db.insert(sessions).values({ ...columns, position: 0, createdAt: now });
}

export async function findSession(db: Executor, id: string): Promise<SessionRow | undefined> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id));
  return row === undefined ? undefined : SessionRow.parse(row);
}

/** The session the learner started last in the course: a new one takes the place of those before it. */
export async function findNewestSession(
  db: Executor,
  of: { learnerId: string; course: string },
): Promise<SessionRow | undefined> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.learnerId, of.learnerId), eq(sessions.course, of.course)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(1);
  return row === undefined ? undefined : SessionRow.parse(row);
}

/** Moves a session on to `position`; one that is further along stays there. */
export async function advanceSession(db: Executor, to: { id: string; position: number }): Promise<void> {
  await db
    .update(sessions)
    .set({ position: to.position })
    .where(and(eq(sessions.id, to.id), lt(sessions.position, to.position)));
}

/** Every session of a learner, newest first, `limit` at most. */
export async function listSessions(db: Executor, of: { learnerId: string; limit: number }): Promise<SessionRow[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(eq(sessions.learnerId, of.learnerId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(of.limit);
  return z.array(SessionRow).parse(rows);
}
