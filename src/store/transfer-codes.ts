import { and, eq, gt, lte } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor, Transaction } from './executor.ts';
import { transferCodes } from './schema.ts';

const OwnerRow = z.object({ learnerId: z.uuid() });

/** Writes the learner's only code: an earlier one stops working. Codes that ran out are cleared away on the way. */
export async function putTransferCode(
  tx: Transaction,
  code: { codeHash: string; learnerId: string; expiresAt: Date; now: Date },
): Promise<void> {
  const { now, ...columns } = code;
  await tx.delete(transferCodes).where(eq(transferCodes.learnerId, code.learnerId));
  await tx.delete(transferCodes).where(lte(transferCodes.expiresAt, now));
  await tx.insert(transferCodes).values(columns);
}

/** Whose code this is; undefined where it is unknown, used or out of date. The code stays as it is. */
export async function findTransferCode(
  db: Executor,
  code: { codeHash: string; now: Date },
): Promise<string | undefined> {
  const [row] = await db
    .select({ learnerId: transferCodes.learnerId })
    .from(transferCodes)
    .where(and(eq(transferCodes.codeHash, code.codeHash), gt(transferCodes.expiresAt, code.now)));
  return row === undefined ? undefined : OwnerRow.parse(row).learnerId;
}

/** Uses a code up: whose it was; undefined where it is unknown, used or out of date. Of two at once one gets it. */
export async function takeTransferCode(
  tx: Transaction,
  code: { codeHash: string; now: Date },
): Promise<string | undefined> {
  const [row] = await tx
    .delete(transferCodes)
    .where(and(eq(transferCodes.codeHash, code.codeHash), gt(transferCodes.expiresAt, code.now)))
    .returning({ learnerId: transferCodes.learnerId });
  return row === undefined ? undefined : OwnerRow.parse(row).learnerId;
}
