import { and, eq, getTableColumns, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { AttemptRow } from './attempts.ts';
import type { Executor, Transaction } from './executor.ts';
import { appeals, appealStatuses, attempts, verdictKinds, type AppealStatus, type VerdictKind } from './schema.ts';

/** A learner contests one verdict of one attempt. */
export const AppealRow = z.object({
  id: z.uuid(),
  learnerId: z.uuid(),
  attemptId: z.uuid(),
  kind: z.enum(verdictKinds),
  target: z.string(),
  reason: z.string(),
  status: z.enum(appealStatuses),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
});
export type AppealRow = z.infer<typeof AppealRow>;

const OpenAppeal = z.object({ appeal: AppealRow, attempt: AttemptRow });
export type OpenAppeal = z.infer<typeof OpenAppeal>;

/** Stores an appeal as `open`. False where this verdict was contested before. */
export async function insertAppeal(
  tx: Transaction,
  appeal: Omit<AppealRow, 'status' | 'createdAt' | 'settledAt'> & { now: Date },
): Promise<boolean> {
  const { now, ...columns } = appeal;
  const inserted = await tx
    .insert(appeals)
    .values({ ...columns, status: 'open', createdAt: now })
    .onConflictDoNothing({ target: [appeals.attemptId, appeals.kind, appeals.target] })
    .returning({ id: appeals.id });
  return inserted.length === 1;
}

/** Every appeal against one attempt, oldest first. */
export async function listAppeals(db: Executor, of: { attemptId: string }): Promise<AppealRow[]> {
  const rows = await db
    .select()
    .from(appeals)
    .where(eq(appeals.attemptId, of.attemptId))
    .orderBy(appeals.createdAt, appeals.id);
  return z.array(AppealRow).parse(rows);
}

/** Open appeals against attempts at these items, each with its attempt, oldest first. */
export async function listOpenAppeals(
  db: Executor,
  of: { itemIds: readonly string[]; limit: number },
): Promise<OpenAppeal[]> {
  const rows = await db
    .select({ appeal: getTableColumns(appeals), attempt: getTableColumns(attempts) })
    .from(appeals)
    .innerJoin(attempts, eq(attempts.id, appeals.attemptId))
    .where(and(eq(appeals.status, 'open'), inArray(attempts.itemId, [...of.itemIds])))
    .orderBy(appeals.createdAt, appeals.id)
    .limit(of.limit);
  return z.array(OpenAppeal).parse(rows);
}

/** Closes the appeal against one verdict, or closes it anew where a person has changed their mind. Nothing where there is none. */
export async function settleAppeal(
  tx: Transaction,
  settled: {
    attemptId: string;
    kind: VerdictKind;
    target: string;
    status: Exclude<AppealStatus, 'open'>;
    now: Date;
  },
): Promise<void> {
  await tx
    .update(appeals)
    .set({ status: settled.status, settledAt: settled.now })
    .where(
      and(eq(appeals.attemptId, settled.attemptId), eq(appeals.kind, settled.kind), eq(appeals.target, settled.target)),
    );
}
