import { and, count, desc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Outcome } from '../core/grade.ts';
import type { Executor, Transaction } from './executor.ts';
import { trials } from './schema.ts';

/**
 * One answer put before the learner in the spot-the-mistake drill. `picked` stands before `answeredAt` where the learner has said that
 * there is a mistake and not yet which; `why` without `whyOutcome` waits to be judged, or is not to be.
 */
export const TrialRow = z.object({
  id: z.uuid(),
  learnerId: z.uuid(),
  course: z.string(),
  itemId: z.string(),
  exemplar: z.int().nullable(),
  stimulus: z.string().nullable(),
  /** Null in turns from before this was kept. */
  holds: z.boolean().nullable(),
  picked: z.string().nullable(),
  correct: z.boolean().nullable(),
  spanStart: z.int().nullable(),
  spanEnd: z.int().nullable(),
  spanHit: z.boolean().nullable(),
  why: z.string().nullable(),
  whyOutcome: Outcome.nullable(),
  createdAt: z.date(),
  answeredAt: z.date().nullable(),
});
export type TrialRow = z.infer<typeof TrialRow>;

/** How many turns of a learner showed the same answer and ended, or stand open, with the same word; and the newest of them. */
export const TurnCount = TrialRow.pick({
  course: true,
  itemId: true,
  exemplar: true,
  stimulus: true,
  holds: true,
  picked: true,
}).extend({ answered: z.boolean(), turns: z.int().min(1), newest: z.uuid(), newestAt: z.date() });
export type TurnCount = z.infer<typeof TurnCount>;

/** A turn as far as it matters to what comes next. */
export const RecentTurn = TrialRow.pick({ itemId: true, holds: true }).extend({ answered: z.boolean() });
export type RecentTurn = z.infer<typeof RecentTurn>;

const isAnswered = sql<boolean>`${trials.answeredAt} is not null`;

/** Stores a trial that waits for its answer: an exemplar by its place in the item's rubric, or a rated answer as `<set>/<answer id>`. */
export async function insertTrial(
  db: Executor,
  trial: {
    id: string;
    learnerId: string;
    course: string;
    itemId: string;
    exemplar: number | null;
    stimulus: string | null;
    holds: boolean;
    now: Date;
  },
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

/** Writes that the learner sees a mistake, before they say which; false where they have said something before. */
export async function markTrialSuspect(db: Executor, trial: { id: string; picked: string }): Promise<boolean> {
  const marked = await db
    .update(trials)
    .set({ picked: trial.picked })
    .where(and(eq(trials.id, trial.id), isNull(trials.picked), isNull(trials.answeredAt)))
    .returning({ id: trials.id });
  return marked.length === 1;
}

export type TrialAnswer = {
  id: string;
  picked: string;
  correct: boolean;
  span: { start: number; end: number } | null;
  /** Null where nobody can say. */
  spanHit: boolean | null;
  why: string | null;
  now: Date;
};

/**
 * Writes the learner's last word on a turn, once: false where it was answered before or is absent. `after` says what they had said
 * so far, so that whoever called it suspect cannot go back and call it sound, nor the other way round.
 */
export async function answerTrial(
  db: Executor,
  given: TrialAnswer & { after: 'nothing' | 'suspect' },
): Promise<boolean> {
  const { id, picked, correct, span, spanHit, why, now } = given;
  const said = given.after === 'nothing' ? isNull(trials.picked) : isNotNull(trials.picked);
  const answered = await db
    .update(trials)
    .set({
      picked,
      correct,
      spanStart: span?.start ?? null,
      spanEnd: span?.end ?? null,
      spanHit,
      why,
      answeredAt: now,
    })
    .where(and(eq(trials.id, id), isNull(trials.answeredAt), said))
    .returning({ id: trials.id });
  return answered.length === 1;
}

/** Writes what became of a reason, once: false where that was written before. */
export async function settleWhy(tx: Transaction, given: { id: string; outcome: Outcome }): Promise<boolean> {
  const settled = await tx
    .update(trials)
    .set({ whyOutcome: given.outcome })
    .where(and(eq(trials.id, given.id), isNotNull(trials.why), isNull(trials.whyOutcome)))
    .returning({ id: trials.id });
  return settled.length === 1;
}

/** Takes a reason that was left ungraded back, to be judged anew. False where it is not ungraded. */
export async function reopenWhy(tx: Transaction, id: string): Promise<boolean> {
  const reopened = await tx
    .update(trials)
    .set({ whyOutcome: null })
    .where(and(eq(trials.id, id), sql`${trials.whyOutcome}->>'status' = 'ungraded'`))
    .returning({ id: trials.id });
  return reopened.length === 1;
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

/** The newest turn of a learner in one course, where it was not answered; whoever began another since has left it. */
export async function findOpenTrial(
  db: Executor,
  of: { learnerId: string; course: string },
): Promise<TrialRow | undefined> {
  const [row] = await db
    .select()
    .from(trials)
    .where(and(eq(trials.learnerId, of.learnerId), eq(trials.course, of.course)))
    .orderBy(desc(trials.createdAt), desc(trials.id))
    .limit(1);
  return row === undefined || row.answeredAt !== null ? undefined : TrialRow.parse(row);
}

/** The last turns of a learner in one course, newest first. */
export async function listRecentTurns(
  db: Executor,
  of: { learnerId: string; course: string; limit: number },
): Promise<RecentTurn[]> {
  const rows = await db
    .select({ itemId: trials.itemId, holds: trials.holds, answered: isAnswered })
    .from(trials)
    .where(and(eq(trials.learnerId, of.learnerId), eq(trials.course, of.course)))
    .orderBy(desc(trials.createdAt), desc(trials.id))
    .limit(of.limit);
  return z.array(RecentTurn).parse(rows);
}

/** The turns of a learner in one course, counted by what they showed and what was said: as many rows for a thousand turns as for a hundred. */
export async function countTurns(db: Executor, of: { learnerId: string; course: string }): Promise<TurnCount[]> {
  const { course, itemId, exemplar, stimulus, holds, picked } = trials;
  const newest = sql<string>`(array_agg(${trials.id} order by ${trials.createdAt} desc, ${trials.id} desc))[1]`;
  const newestAt = max(trials.createdAt);
  const rows = await db
    .select({
      course,
      itemId,
      exemplar,
      stimulus,
      holds,
      picked,
      answered: isAnswered,
      turns: count(),
      newest,
      newestAt,
    })
    .from(trials)
    .where(and(eq(trials.learnerId, of.learnerId), eq(trials.course, of.course)))
    .groupBy(course, itemId, exemplar, stimulus, holds, picked, isAnswered)
    .orderBy(itemId, exemplar, stimulus, picked);
  return z.array(TurnCount).parse(rows);
}
