import { and, count, desc, eq, exists, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { Outcome } from '../core/grade.ts';
import { Prediction } from '../core/prediction.ts';
import type { Executor, Transaction } from './executor.ts';
import { attemptStandings, attemptStatuses, attempts, reveals, sightings, type AttemptStanding } from './schema.ts';

/** One submission of an answer. Points are integer thousandths, null until it is graded. */
export const AttemptRow = z.object({
  id: z.uuid(),
  learnerId: z.uuid(),
  course: z.string(),
  itemId: z.string(),
  option: z.int().nullable(),
  answer: z.string(),
  idempotencyKey: z.string().nullable(),
  prediction: Prediction.nullable(),
  status: z.enum(attemptStatuses),
  standing: z.enum(attemptStandings),
  tryNumber: z.int(),
  rubricHash: z.string(),
  pointsLow: z.int().nullable(),
  pointsHigh: z.int().nullable(),
  pointsMax: z.int().nullable(),
  outcome: Outcome.nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  settledAt: z.date().nullable(),
});
export type AttemptRow = z.infer<typeof AttemptRow>;

/** The most points (`low`) any counted attempt at an item earned, of how many; both null where none was graded. */
export const BestPointsRow = z.object({
  itemId: z.string(),
  bestCountedPointsLow: z.int().nullable(),
  pointsMax: z.int().nullable(),
});
export type BestPointsRow = z.infer<typeof BestPointsRow>;

/** Whether a counted attempt has earned all there is. */
export function isComplete({ bestCountedPointsLow, pointsMax }: BestPointsRow): boolean {
  return pointsMax !== null && bestCountedPointsLow === pointsMax;
}

export type NewAttempt = {
  id: string;
  learnerId: string;
  course: string;
  itemId: string;
  /** The picked option of a choice item, counted from 1. */
  option: number | null;
  answer: string;
  idempotencyKey: string | null;
  /** What the learner expected of it; null where they did not say. */
  prediction: Prediction | null;
  standing: AttemptStanding;
  /** Counted from 1 over counted attempts; the hint ladder uses it. */
  tryNumber: number;
  rubricHash: string;
  now: Date;
};

/** 'duplicate' where the learner already sent one under the same idempotency key: `attempt` is then that one. */
export type InsertedAttempt = { status: 'inserted' | 'duplicate'; attempt: AttemptRow };

/** Waiting for a grade, so still to be settled. */
const unsettled = inArray(attempts.status, ['stored', 'grading']);
const judged = inArray(attempts.status, ['graded', 'provisional']);

/** Stores an attempt as `stored`. */
export async function insertAttempt(db: Executor, attempt: NewAttempt): Promise<InsertedAttempt> {
  const { now, ...columns } = attempt;
  const [row] = await db
    .insert(attempts)
    .values({ ...columns, status: 'stored', createdAt: now })
    .onConflictDoNothing({ target: [attempts.learnerId, attempts.idempotencyKey] })
    .returning();
  if (row !== undefined) return { status: 'inserted', attempt: AttemptRow.parse(row) };
  const earlier = await findAttemptByIdempotencyKey(db, {
    learnerId: attempt.learnerId,
    idempotencyKey: attempt.idempotencyKey ?? '',
  });
  return { status: 'duplicate', attempt: AttemptRow.parse(earlier) };
}

export async function findAttempt(db: Executor, id: string): Promise<AttemptRow | undefined> {
  const [row] = await db.select().from(attempts).where(eq(attempts.id, id));
  return row === undefined ? undefined : AttemptRow.parse(row);
}

export async function findAttemptByIdempotencyKey(
  db: Executor,
  key: { learnerId: string; idempotencyKey: string },
): Promise<AttemptRow | undefined> {
  const [row] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.learnerId, key.learnerId), eq(attempts.idempotencyKey, key.idempotencyKey)));
  return row === undefined ? undefined : AttemptRow.parse(row);
}

/** The newest judged attempt of its learner at its item from before this one. Of two at one moment the later try is the newer. */
export async function findJudgedBefore(db: Executor, attempt: AttemptRow): Promise<AttemptRow | undefined> {
  const { createdAt, tryNumber, id } = attempts;
  const sameMoment = eq(createdAt, attempt.createdAt);
  const earlier = or(
    lt(createdAt, attempt.createdAt),
    and(sameMoment, lt(tryNumber, attempt.tryNumber)),
    and(sameMoment, eq(tryNumber, attempt.tryNumber), lt(id, attempt.id)),
  );
  const [row] = await db
    .select()
    .from(attempts)
    .where(and(atItem(attempt), judged, earlier))
    .orderBy(desc(createdAt), desc(tryNumber), desc(id))
    .limit(1);
  return row === undefined ? undefined : AttemptRow.parse(row);
}

/**
 * One row an item the learner has attempted in the course, by item id; of `itemIds` alone where they are given. It reads no answer and no
 * outcome, however many there are.
 */
export async function listBestPoints(
  db: Executor,
  of: { learnerId: string; course: string; itemIds?: readonly string[] },
): Promise<BestPointsRow[]> {
  const counted = sql`filter (where ${attempts.standing} = 'counted')`;
  const rows = await db
    .select({
      itemId: attempts.itemId,
      bestCountedPointsLow: sql<number | null>`max(${attempts.pointsLow}) ${counted}`,
      pointsMax: sql<number | null>`max(${attempts.pointsMax}) ${counted}`,
    })
    .from(attempts)
    .where(
      and(
        eq(attempts.learnerId, of.learnerId),
        eq(attempts.course, of.course),
        of.itemIds && inArray(attempts.itemId, [...of.itemIds]),
      ),
    )
    .groupBy(attempts.itemId)
    .orderBy(attempts.itemId);
  return z.array(BestPointsRow).parse(rows);
}

/** How far a learner has got with an item: tries used, and whether its answer was revealed, or read elsewhere. */
export const ItemUse = z.object({ triesUsed: z.int(), revealed: z.boolean(), sighted: z.boolean() });
export type ItemUse = z.infer<typeof ItemUse>;

/**
 * In one round trip, since most pages ask for it. A try is used by a counted attempt that is under way or graded. A returned or
 * ungraded one costs none, and neither does one that the judge left provisional: not even when a person settles it later, for the
 * learner was told so.
 */
export async function findItemUse(
  db: Executor,
  of: { learnerId: string; course: string; itemId: string },
): Promise<ItemUse> {
  const judgedGraded = sql`${attempts.outcome} ->> 'status' = 'graded'`;
  const usesTry = and(
    atItem(of),
    eq(attempts.standing, 'counted'),
    or(unsettled, and(eq(attempts.status, 'graded'), judgedGraded)),
  );
  const shownIn = (table: typeof reveals | typeof sightings): SQL =>
    exists(
      db
        .select({ itemId: table.itemId })
        .from(table)
        .where(and(eq(table.learnerId, of.learnerId), eq(table.course, of.course), eq(table.itemId, of.itemId))),
    );
  const [row] = await db
    .select({
      triesUsed: count(),
      revealed: sql<boolean>`${shownIn(reveals)}`,
      sighted: sql<boolean>`${shownIn(sightings)}`,
    })
    .from(attempts)
    .where(usesTry);
  return ItemUse.parse(row);
}

/** Attempts at an item, of any standing, that were judged before this one was handed in: each has shown its hints. */
export async function countJudgedBefore(
  db: Executor,
  of: { learnerId: string; course: string; itemId: string; before: Date },
): Promise<number> {
  const [row] = await db
    .select({ judged: count() })
    .from(attempts)
    .where(and(atItem(of), judged, lt(attempts.createdAt, of.before)));
  return z.object({ judged: z.int() }).parse(row).judged;
}

/** Marks that grading began, or began anew after a crash. False where the attempt is already settled or absent. */
export async function startAttempt(db: Executor, start: { id: string; now: Date }): Promise<boolean> {
  const started = await db
    .update(attempts)
    .set({ status: 'grading', startedAt: start.now })
    .where(and(eq(attempts.id, start.id), unsettled))
    .returning({ id: attempts.id });
  return started.length === 1;
}

/**
 * Writes what became of an attempt, once: false where it was settled already, and then nothing changes. A second worker
 * that graded the same attempt waits here for the first one's commit and then gets false.
 */
export async function settleAttempt(
  tx: Transaction,
  settlement: { id: string; outcome: Outcome; now: Date },
): Promise<boolean> {
  const { outcome } = settlement;
  const points = 'points' in outcome ? outcome.points : { low: null, high: null, max: null };
  const settled = await tx
    .update(attempts)
    .set({
      status: outcome.status,
      pointsLow: points.low,
      pointsHigh: points.high,
      pointsMax: points.max,
      outcome,
      settledAt: settlement.now,
    })
    .where(and(eq(attempts.id, settlement.id), unsettled))
    .returning({ id: attempts.id });
  return settled.length === 1;
}

/**
 * Takes an ungraded attempt back to `stored` for another grading. False where it is not ungraded.
 * It used no try while it was ungraded and may use one now: find its standing anew under lockLearner.
 */
export async function reopenAttempt(
  tx: Transaction,
  attempt: { id: string; standing: AttemptStanding; tryNumber: number },
): Promise<boolean> {
  const { standing, tryNumber } = attempt;
  const reopened = await tx
    .update(attempts)
    .set({ status: 'stored', standing, tryNumber, outcome: null, startedAt: null, settledAt: null })
    .where(and(eq(attempts.id, attempt.id), eq(attempts.status, 'ungraded')))
    .returning({ id: attempts.id });
  return reopened.length === 1;
}

function atItem(of: { learnerId: string; course: string; itemId: string }): ReturnType<typeof and> {
  return and(eq(attempts.learnerId, of.learnerId), eq(attempts.course, of.course), eq(attempts.itemId, of.itemId));
}
