import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { VivaError } from '../core/errors.ts';
import type { Executor, Transaction } from './executor.ts';
import { learners } from './schema.ts';

/** Someone who answers. Only the hash of their token is kept; the name is theirs to give. */
export const LearnerRow = z.object({
  id: z.uuid(),
  tokenHash: z.string(),
  name: z.string().nullable(),
  createdAt: z.date(),
});
export type LearnerRow = z.infer<typeof LearnerRow>;

/** Writes a learner; rejects where the token's hash is taken. */
export async function insertLearner(
  db: Executor,
  learner: { id: string; tokenHash: string; now: Date },
): Promise<LearnerRow> {
  const [row] = await db
    .insert(learners)
    .values({ id: learner.id, tokenHash: learner.tokenHash, createdAt: learner.now })
    .returning();
  return LearnerRow.parse(row);
}

/** Writes a learner, or finds the one whose token has this hash already. */
export async function insertLearnerOnce(
  db: Executor,
  learner: { id: string; tokenHash: string; now: Date },
): Promise<LearnerRow> {
  const { id, tokenHash, now } = learner;
  await db
    .insert(learners)
    .values({ id, tokenHash, createdAt: now })
    .onConflictDoNothing({ target: learners.tokenHash });
  const [row] = await db.select().from(learners).where(eq(learners.tokenHash, tokenHash));
  return LearnerRow.parse(row);
}

/** The learner whose token has this hash, if any. */
export async function findLearnerByTokenHash(db: Executor, tokenHash: string): Promise<LearnerRow | undefined> {
  const [row] = await db.select().from(learners).where(eq(learners.tokenHash, tokenHash));
  return row === undefined ? undefined : LearnerRow.parse(row);
}

export async function findLearner(db: Executor, id: string): Promise<LearnerRow | undefined> {
  const [row] = await db.select().from(learners).where(eq(learners.id, id));
  return row === undefined ? undefined : LearnerRow.parse(row);
}

/** Gives the learner a name, or none. */
export async function renameLearner(db: Executor, learner: { id: string; name: string | null }): Promise<void> {
  await db.update(learners).set({ name: learner.name }).where(eq(learners.id, learner.id));
}

/** Makes other transactions that lock the same learner wait until this one ends. Throws where there is no such learner. */
export async function lockLearner(tx: Transaction, id: string): Promise<LearnerRow> {
  const [row] = await tx.select().from(learners).where(eq(learners.id, id)).for('update');
  if (row === undefined) {
    throw new VivaError('internal', {
      message: `There is no learner ${id} to lock.`,
      fix: 'Insert the learner before the first attempt.',
    });
  }
  return LearnerRow.parse(row);
}
