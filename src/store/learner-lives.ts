import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from './executor.ts';
import { findLearner } from './learners.ts';
import {
  appeals,
  attempts,
  budgets,
  cards,
  judgeReplies,
  learners,
  reveals,
  sessions,
  sightings,
  trials,
} from './schema.ts';

/*
 * What happens to everything a learner owns at once. Whoever changes a learner's rows takes the lock on the learner first, so
 * that a grade being settled, a merge and a deletion wait for each other and none waits in a circle.
 */

const LearnerOf = z.object({ learnerId: z.uuid() });

/** Locks the learner an attempt belongs to, as lockLearner does; undefined where the attempt is gone, and then nothing is locked. */
export async function lockLearnerOfAttempt(tx: Transaction, attemptId: string): Promise<string | undefined> {
  for (;;) {
    const [owner] = await tx.select({ learnerId: attempts.learnerId }).from(attempts).where(eq(attempts.id, attemptId));
    if (owner === undefined) return undefined;
    const { learnerId } = LearnerOf.parse(owner);
    const [locked] = await tx
      .select({ id: learners.id })
      .from(learners)
      .where(eq(learners.id, learnerId))
      .for('update');
    // Where the learner went while we waited, the attempt has gone with them or is somebody else's by now: look again.
    if (locked !== undefined) return learnerId;
  }
}

/**
 * Deletes a learner and all they wrote, for good. Gives the attempts that were still waiting for a grade. Call it under
 * lockLearner. What the judge replied to them goes too, since it quotes them.
 */
export async function deleteLearner(tx: Transaction, id: string): Promise<{ waiting: string[] }> {
  const waiting = await tx
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(eq(attempts.learnerId, id), inArray(attempts.status, ['stored', 'grading'])));
  await tx.delete(judgeReplies).where(
    inArray(
      judgeReplies.requestKey,
      tx
        .select({ requestKey: sql<string>`${attempts.outcome} -> 'provenance' ->> 'requestKey'` })
        .from(attempts)
        .where(and(eq(attempts.learnerId, id), sql`${attempts.outcome} -> 'provenance' ->> 'requestKey' <> ''`)),
    ),
  );
  await tx.delete(budgets).where(eq(budgets.scope, `learner:${id}`));
  await tx.delete(learners).where(eq(learners.id, id));
  return {
    waiting: z
      .array(z.object({ id: z.uuid() }))
      .parse(waiting)
      .map((row) => row.id),
  };
}

/**
 * Moves everything one learner owns to another and deletes the first. Nothing they wrote is lost: where both saw an answer the
 * earlier time stays; where both practised a question the card of the later review does. Call it with both learners locked.
 */
export async function mergeLearners(tx: Transaction, { from, into }: { from: string; into: string }): Promise<void> {
  // The key only stops a double submit; two attempts under one key of one learner are not allowed.
  await tx
    .update(attempts)
    .set({ idempotencyKey: null })
    .where(
      and(
        eq(attempts.learnerId, from),
        inArray(
          attempts.idempotencyKey,
          tx.select({ key: attempts.idempotencyKey }).from(attempts).where(eq(attempts.learnerId, into)),
        ),
      ),
    );
  for (const table of [attempts, trials, sessions, appeals]) {
    await tx.update(table).set({ learnerId: into }).where(eq(table.learnerId, from));
  }
  await tx.execute(sql`
    insert into ${reveals} (learner_id, course, item_id, created_at)
    select ${into}::uuid, course, item_id, created_at from ${reveals} where learner_id = ${from}
    on conflict (learner_id, course, item_id) do update set created_at = least(${reveals.createdAt}, excluded.created_at)`);
  await tx.execute(sql`
    insert into ${sightings} (learner_id, course, item_id, "where", created_at)
    select ${into}::uuid, course, item_id, "where", created_at from ${sightings} where learner_id = ${from}
    on conflict (learner_id, course, item_id) do update
    set "where" = excluded."where", created_at = excluded.created_at
    where excluded.created_at < ${sightings.createdAt}`);
  await tx.execute(sql`
    insert into ${cards} (learner_id, course, item_id, card, missed, due, updated_at)
    select ${into}::uuid, course, item_id, card, missed, due, updated_at from ${cards} where learner_id = ${from}
    on conflict (learner_id, course, item_id) do update
    set card = excluded.card, missed = excluded.missed, due = excluded.due, updated_at = excluded.updated_at
    where (excluded.card ->> 'last_review') > (${cards.card} ->> 'last_review')`);
  const [left, right] = [await findLearner(tx, from), await findLearner(tx, into)];
  if (left && right?.name === null) await tx.update(learners).set({ name: left.name }).where(eq(learners.id, into));
  await tx.delete(learners).where(eq(learners.id, from));
}
