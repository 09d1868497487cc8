import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from './executor.ts';
import { budgets } from './schema.ts';

/** One purse a call is paid from on one UTC day (`2026-11-27`), and the most it may hold that day, in micro-dollars. */
export type Purse = { scope: string; limitMicroUsd: number };

/**
 * Sets `microUsd` aside in every purse, or says which one has not that much left; then roll the transaction back. Spent and set-aside money both
 * count, and check and change are one statement, so calls in parallel and in other processes cannot overrun a limit.
 */
export async function reserveBudget(
  tx: Transaction,
  args: { purses: readonly Purse[]; day: string; microUsd: number },
): Promise<{ status: 'reserved' } | { status: 'refused'; purse: Purse }> {
  const { day, microUsd } = args;
  // Always in one order, or two calls that share two purses could wait for each other.
  for (const purse of [...args.purses].sort((a, b) => (a.scope < b.scope ? -1 : 1))) {
    if (microUsd > purse.limitMicroUsd) return { status: 'refused', purse };
    const reserved = await tx
      .insert(budgets)
      .values({ scope: purse.scope, day, reservedMicroUsd: microUsd, spentMicroUsd: 0 })
      .onConflictDoUpdate({
        target: [budgets.scope, budgets.day],
        set: { reservedMicroUsd: sql`${budgets.reservedMicroUsd} + ${microUsd}` },
        setWhere: sql`${budgets.spentMicroUsd} + ${budgets.reservedMicroUsd} + ${microUsd} <= ${purse.limitMicroUsd}`,
      })
      .returning({ scope: budgets.scope });
    if (reserved.length === 0) return { status: 'refused', purse };
  }
  return { status: 'reserved' };
}

/** Turns money set aside into money spent: `reservedMicroUsd` goes back, `spentMicroUsd` stays. */
export async function settleBudget(
  tx: Transaction,
  args: { scopes: readonly string[]; day: string; reservedMicroUsd: number; spentMicroUsd: number },
): Promise<void> {
  for (const scope of [...args.scopes].sort()) {
    await tx
      .update(budgets)
      .set({
        reservedMicroUsd: sql`greatest(0, ${budgets.reservedMicroUsd} - ${args.reservedMicroUsd})`,
        spentMicroUsd: sql`${budgets.spentMicroUsd} + ${args.spentMicroUsd}`,
      })
      .where(and(eq(budgets.scope, scope), eq(budgets.day, args.day)));
  }
}

/** Micro-dollars spent and set aside in one purse on one day; zeros where nothing was. */
export async function findBudget(
  db: Executor,
  of: { scope: string; day: string },
): Promise<{ spentMicroUsd: number; reservedMicroUsd: number }> {
  const [row] = await db
    .select({ spentMicroUsd: budgets.spentMicroUsd, reservedMicroUsd: budgets.reservedMicroUsd })
    .from(budgets)
    .where(and(eq(budgets.scope, of.scope), eq(budgets.day, of.day)));
  return row ?? { spentMicroUsd: 0, reservedMicroUsd: 0 };
}

/** Lets go of money that a process had set aside when it was killed. Right only where no other process can be grading. */
export async function releaseBudgets(db: Executor): Promise<void> {
  await db.update(budgets).set({ reservedMicroUsd: 0 });
}
