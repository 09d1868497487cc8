import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Prediction } from '../core/prediction.ts';
import { CriterionVerdict } from '../core/verdict.ts';
import { AttemptRow } from './attempts.ts';
import type { Executor } from './executor.ts';
import { attempts, attemptStandings, attemptStatuses, reveals, settlements, sightings } from './schema.ts';

/*
 * Questions about many attempts at once. They read columns of a few bytes and never the answers or outcomes, which are
 * thousands of times as much: a learner with 10,000 attempts must not wait for them.
 */

type InCourse = { learnerId: string; course: string };
type AtItem = InCourse & { itemId: string };

const judged = inArray(attempts.status, ['graded', 'provisional']);

/** One attempt in a list. Points are integer thousandths, null until it is graded. */
export const AttemptEntry = z.object({
  id: z.uuid(),
  itemId: z.string(),
  status: z.enum(attemptStatuses),
  standing: z.enum(attemptStandings),
  tryNumber: z.int(),
  pointsLow: z.int().nullable(),
  pointsHigh: z.int().nullable(),
  pointsMax: z.int().nullable(),
  createdAt: z.date(),
});
export type AttemptEntry = z.infer<typeof AttemptEntry>;

const entryColumns = {
  id: attempts.id,
  itemId: attempts.itemId,
  status: attempts.status,
  standing: attempts.standing,
  tryNumber: attempts.tryNumber,
  pointsLow: attempts.pointsLow,
  pointsHigh: attempts.pointsHigh,
  pointsMax: attempts.pointsMax,
  createdAt: attempts.createdAt,
};

/** The learner's attempts in the course, newest first, `limit` of them after the first `offset`. */
export async function listAttemptEntries(
  db: Executor,
  of: InCourse & { limit: number; offset: number },
): Promise<AttemptEntry[]> {
  const rows = await db
    .select(entryColumns)
    .from(attempts)
    .where(inCourse(of))
    .orderBy(desc(attempts.createdAt), desc(attempts.id))
    .limit(of.limit)
    .offset(of.offset);
  return z.array(AttemptEntry).parse(rows);
}

/** How many attempts at one item are listed; the history has the others. */
const LISTED_AT_ITEM = 20;

/** The learner's attempts at one item, newest first; where there are very many, the newest 20. */
export async function listEntriesAtItem(db: Executor, of: AtItem): Promise<AttemptEntry[]> {
  const rows = await db
    .select(entryColumns)
    .from(attempts)
    .where(and(inCourse(of), eq(attempts.itemId, of.itemId)))
    .orderBy(desc(attempts.createdAt), desc(attempts.tryNumber), desc(attempts.id))
    .limit(LISTED_AT_ITEM);
  return z.array(AttemptEntry).parse(rows);
}

/** Of each item the newest attempt handed in at `since` or later; one that was sent back only where there is no other. */
export async function listNewestEntries(db: Executor, of: InCourse & { since: Date }): Promise<AttemptEntry[]> {
  const rows = await db
    .selectDistinctOn([attempts.itemId], entryColumns)
    .from(attempts)
    .where(and(inCourse(of), gte(attempts.createdAt, of.since)))
    .orderBy(attempts.itemId, eq(attempts.status, 'returned'), desc(attempts.createdAt), desc(attempts.id));
  return z.array(AttemptEntry).parse(rows);
}

/** Judged attempts at an item handed in before `before`: in all, and of those the ones from `since` on. */
export async function countJudged(
  db: Executor,
  of: AtItem & { before: Date; since: Date },
): Promise<{ ever: number; since: number }> {
  const [row] = await db
    .select({
      ever: count(),
      since: sql<number>`count(*) filter (where ${gte(attempts.createdAt, of.since)})`.mapWith(Number),
    })
    .from(attempts)
    .where(and(inCourse(of), eq(attempts.itemId, of.itemId), judged, lt(attempts.createdAt, of.before)));
  return z.object({ ever: z.int(), since: z.int() }).parse(row);
}

/** When the learner first saw the answer of an item, revealed or read; undefined where they did not. */
export async function findAnswerSeen(db: Executor, of: AtItem): Promise<Date | undefined> {
  const seen = [];
  for (const table of [reveals, sightings]) {
    const rows = await db
      .select({ createdAt: table.createdAt })
      .from(table)
      .where(and(eq(table.learnerId, of.learnerId), eq(table.course, of.course), eq(table.itemId, of.itemId)));
    seen.push(...z.array(z.object({ createdAt: z.date() })).parse(rows));
  }
  return seen.map(({ createdAt }) => createdAt).sort((a, b) => a.getTime() - b.getTime())[0];
}

/** What a learner expected of an attempt, and the verdicts it got by criterion id; a person's in the place of the judge's. */
export const PredictedRow = z.object({
  itemId: z.string(),
  prediction: Prediction,
  verdicts: z.record(z.string(), CriterionVerdict),
  createdAt: z.date(),
});
export type PredictedRow = z.infer<typeof PredictedRow>;

/** The learner's judged attempts in the course that they predicted, newest first, `limit` at most. */
export async function listPredicted(db: Executor, of: InCourse & { limit: number }): Promise<PredictedRow[]> {
  // Found first and opened then: a planner that opens every outcome to sort it takes five times as long.
  const found = db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(inCourse(of), judged, isNotNull(attempts.prediction)))
    .orderBy(desc(attempts.createdAt), desc(attempts.id))
    .limit(of.limit)
    .as('found');
  // Not whole outcomes, which hold every quote and note; and each is unpacked once.
  const byJudge = sql`(select jsonb_object_agg(entry ->> 'criterion', entry -> 'verdict')
    from jsonb_array_elements(${attempts.outcome} -> 'verdicts') entry)`;
  const byPerson = sql`(select jsonb_object_agg(${settlements.target}, ${settlements.verdict})
    from ${settlements} where ${settlements.attemptId} = ${attempts.id} and ${settlements.kind} = 'criterion')`;
  const rows = await db
    .select({
      itemId: attempts.itemId,
      prediction: attempts.prediction,
      verdicts: sql`${byJudge} || coalesce(${byPerson}, '{}')`,
      createdAt: attempts.createdAt,
    })
    .from(found)
    .innerJoin(attempts, eq(attempts.id, found.id))
    .orderBy(desc(attempts.createdAt), desc(attempts.id));
  return z.array(PredictedRow).parse(rows);
}

/** Every attempt of a learner in every course, oldest first, a page at a time: those after the one named. */
export async function listFullAttempts(
  db: Executor,
  of: { learnerId: string; after: { createdAt: Date; id: string } | null; limit: number },
): Promise<AttemptRow[]> {
  const { after } = of;
  const later =
    after === null
      ? undefined
      : or(
          gt(attempts.createdAt, after.createdAt),
          and(eq(attempts.createdAt, after.createdAt), gt(attempts.id, after.id)),
        );
  const rows = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.learnerId, of.learnerId), later))
    .orderBy(asc(attempts.createdAt), asc(attempts.id))
    .limit(of.limit);
  return z.array(AttemptRow).parse(rows);
}

/** How many attempts the learner owns, in all courses or in one. */
export async function countAttempts(db: Executor, of: { learnerId: string; course?: string }): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(attempts)
    .where(
      and(eq(attempts.learnerId, of.learnerId), of.course === undefined ? undefined : eq(attempts.course, of.course)),
    );
  return z.object({ n: z.int() }).parse(row).n;
}

function inCourse(of: InCourse): ReturnType<typeof and> {
  return and(eq(attempts.learnerId, of.learnerId), eq(attempts.course, of.course));
}
