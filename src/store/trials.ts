import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from './executor.ts';
import { trials } from './schema.ts';

/** One exemplar put before the learner in the spot-the-mistake drill. `picked` is a misconception's id or 'none'. */
export const TrialRow = z.object({
  id: z.uuid(),
  learnerId: z.uuid(),
  course: z.string(),
  itemId: z.string(),
  exemplar: z.int().nullable(),
  picked: z.string().nullable(),
  correct: z.boolean().nullable(),
  createdAt: z.date(),
  answeredAt: z.date().nullable(),
});
export type TrialRow = z.infer<typeof TrialRow>;

/** Stores a trial that waits for its answer. `exemplar` is its place in the item's rubric. */
export async function insertTrial(
  db: Executor,
  trial: { id: string; learnerId: string; course: string; itemId: string; exemplar: number; now: Date },
): Promise<TrialRow> {
  const { now, ...columns } = trial;
  const [row] = await db
    .insert(trials)
    .values({ ...columns, createdAt: now })
    .returning();
  return TrialRow.parse(row);
}

export async function findTrial(db: Executor, id: string): Promise<TrialRow | undefined> {
  const [row] = await db.select().from(trials).where(eq(trials.id, id));
  return row === undefined ? undefined : TrialRow.parse(row);
}

/** Writes the learner's pick, once: false where the trial was answered before or is absent. */
export async function answerTrial(
  db: Executor,
  given: { id: string; picked: string; correct: boolean; now: Date },
): Promise<boolean> {
  const answered = await db
    .update(trials)
    .set({ picked: given.picked, correct: given.correct, answeredAt: given.now })
    .where(and(eq(trials.id, given.id), isNull(trials.answeredAt)))
    .returning({ id: trials.id });
  return answered.length === 1;
}

/** Every trial of a learner, newest first. */
export async function listTrials(db: Executor, of: { learnerId: string }): Promise<TrialRow[]> {
  const rows = await db
    .select()
    .from(trials)
    .where(eq(trials.learnerId, of.learnerId))
    .orderBy(desc(trials.createdAt), desc(trials.id));
  return z.array(TrialRow).parse(rows);
}
