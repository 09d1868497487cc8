import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { PointsRange } from '../core/grade.ts';
import { AttemptRow } from './attempts.ts';
import type { Executor, Transaction } from './executor.ts';
import { attempts } from './schema.ts';

/** The attempt, with every other transaction that locks it waiting until this one ends. */
export async function lockAttempt(tx: Transaction, id: string): Promise<AttemptRow | undefined> {
  const [row] = await tx.select().from(attempts).where(eq(attempts.id, id)).for('update');
  return row === undefined ? undefined : AttemptRow.parse(row);
}

/** Attempts at these items whose points are still a range, the one graded first first. */
export async function listProvisionalAttempts(
  db: Executor,
  of: { itemIds: readonly string[]; limit: number; offset: number },
): Promise<AttemptRow[]> {
  const rows = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.status, 'provisional'), inArray(attempts.itemId, [...of.itemIds])))
    .orderBy(attempts.settledAt, attempts.id)
    .limit(of.limit)
    .offset(of.offset);
  return z.array(AttemptRow).parse(rows);
}

/** Gives a graded attempt the points and the status that people's verdicts make of it. The judge's outcome stays as it was. */
export async function rescoreAttempt(
  tx: Transaction,
  rescored: { id: string; status: 'graded' | 'provisional'; points: PointsRange },
): Promise<void> {
  const { id, status, points } = rescored;
  await tx
    .update(attempts)
    .set({ status, pointsLow: points.low, pointsHigh: points.high, pointsMax: points.max })
    .where(eq(attempts.id, id));
}
