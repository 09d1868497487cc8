import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from './executor.ts';
import { reveals } from './schema.ts';

/** The learner asked to see the answer of an item; further attempts at it are practice. */
export const RevealRow = z.object({ learnerId: z.uuid(), course: z.string(), itemId: z.string(), createdAt: z.date() });
export type RevealRow = z.infer<typeof RevealRow>;

/** Keeps the first reveal of an item; later calls change nothing. */
export async function insertReveal(
  db: Executor,
  reveal: { learnerId: string; course: string; itemId: string; now: Date },
): Promise<void> {
  const { now, ...columns } = reveal;
  await db
    .insert(reveals)
    .values({ ...columns, createdAt: now })
    .onConflictDoNothing();
}

/** Every item of the course the learner has revealed, oldest first. */
export async function listReveals(db: Executor, of: { learnerId: string; course: string }): Promise<RevealRow[]> {
  const rows = await db
    .select()
    .from(reveals)
    .where(and(eq(reveals.learnerId, of.learnerId), eq(reveals.course, of.course)))
    .orderBy(reveals.createdAt, reveals.itemId);
  return z.array(RevealRow).parse(rows);
}
