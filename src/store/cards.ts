import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { z } from 'zod';
import { MemoryCard } from '../core/memory-card.ts';
import type { Executor, Transaction } from './executor.ts';
import { attempts, cards } from './schema.ts';

/** What is remembered of one question for one learner. `missed` are criterion ids, those not met at the last review. */
export const CardRow = z.object({
  learnerId: z.uuid(),
  course: z.string(),
  itemId: z.string(),
  card: MemoryCard,
  missed: z.array(z.string()),
  due: z.date(),
  updatedAt: z.date(),
});
export type CardRow = z.infer<typeof CardRow>;

/** Writes the card of a question in the place of the one before it. */
export async function putCard(tx: Transaction, row: CardRow): Promise<void> {
  const { card, missed, due, updatedAt } = row;
  await tx
    .insert(cards)
    .values(row)
    .onConflictDoUpdate({
      target: [cards.learnerId, cards.course, cards.itemId],
      set: { card, missed, due, updatedAt },
    });
}

export async function findCard(
  db: Executor,
  of: { learnerId: string; course: string; itemId: string },
): Promise<CardRow | undefined> {
  const [row] = await db
    .select()
    .from(cards)
    .where(and(eq(cards.learnerId, of.learnerId), eq(cards.course, of.course), eq(cards.itemId, of.itemId)));
  return row === undefined ? undefined : CardRow.parse(row);
}

/** A card with the points of the attempt that is its evidence, in thousandths; both null where nothing has counted. */
export const RememberedRow = CardRow.extend({ low: z.int().nullable(), max: z.int().nullable() });
export type RememberedRow = z.infer<typeof RememberedRow>;

/**
 * Every card of the learner in the course, the longest due first. The points are the attempt's as they stand now: a person may
 * have settled them since the review.
 */
export async function listCards(db: Executor, of: { learnerId: string; course: string }): Promise<RememberedRow[]> {
  const rows = await db
    .select({ ...getTableColumns(cards), low: attempts.pointsLow, max: attempts.pointsMax })
    .from(cards)
    .leftJoin(attempts, eq(attempts.id, sql`(${cards.card} ->> 'evidence')::uuid`))
    .where(and(eq(cards.learnerId, of.learnerId), eq(cards.course, of.course)))
    .orderBy(cards.due, cards.itemId);
  return z.array(RememberedRow).parse(rows);
}
