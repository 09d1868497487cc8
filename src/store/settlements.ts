import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor, Transaction } from './executor.ts';
import { settlements } from './schema.ts';

const common = {
  attemptId: z.uuid(),
  target: z.string(),
  settledBy: z.string(),
  note: z.string(),
  createdAt: z.date(),
};

/** A person's verdict on one criterion or misconception of one attempt. Fits core's SettledVerdict. */
export const SettlementRow = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('criterion'), verdict: z.enum(['met', 'partial', 'missed']) }),
  z.object({ ...common, kind: z.literal('misconception'), verdict: z.enum(['held', 'not-held']) }),
]);
export type SettlementRow = z.infer<typeof SettlementRow>;

/** Writes a person's verdict; a later one on the same takes its place. */
export async function putSettlement(tx: Transaction, settlement: SettlementRow): Promise<void> {
  await tx
    .insert(settlements)
    .values(settlement)
    .onConflictDoUpdate({
      target: [settlements.attemptId, settlements.kind, settlements.target],
      set: {
        verdict: sql`excluded.verdict`,
        settledBy: sql`excluded.settled_by`,
        note: sql`excluded.note`,
        createdAt: sql`excluded.created_at`,
      },
    });
}

/** What people have settled of one attempt, oldest first. */
export async function listSettlements(db: Executor, of: { attemptId: string }): Promise<SettlementRow[]> {
  return listSettlementsOfAttempts(db, { attemptIds: [of.attemptId] });
}

/** What people have settled of several attempts, oldest first. */
export async function listSettlementsOfAttempts(
  db: Executor,
  of: { attemptIds: readonly string[] },
): Promise<SettlementRow[]> {
  const [first, ...others] = of.attemptIds;
  if (first === undefined) return [];
  const rows = await db
    .select()
    .from(settlements)
    .where(others.length === 0 ? eq(settlements.attemptId, first) : inArray(settlements.attemptId, [first, ...others]))
    .orderBy(settlements.createdAt, settlements.target);
  return z.array(SettlementRow).parse(rows);
}
