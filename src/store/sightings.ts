import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from './executor.ts';
import { sightingPlaces, sightings, type SightingPlace } from './schema.ts';

/** The learner has read the answer of an item without a reveal; attempts at it afterwards are "after seeing". */
export const SightingRow = z.object({
  learnerId: z.uuid(),
  course: z.string(),
  itemId: z.string(),
  where: z.enum(sightingPlaces),
  createdAt: z.date(),
});
export type SightingRow = z.infer<typeof SightingRow>;

/** Keeps the first sighting of each item; items seen before stay as they were. */
export async function insertSightings(
  db: Executor,
  seen: { learnerId: string; course: string; itemIds: readonly string[]; where: SightingPlace; now: Date },
): Promise<void> {
  if (seen.itemIds.length === 0) return;
  await db
    .insert(sightings)
    .values(
      seen.itemIds.map((itemId) => ({
        learnerId: seen.learnerId,
        course: seen.course,
        itemId,
        where: seen.where,
        createdAt: seen.now,
      })),
    )
    .onConflictDoNothing();
}

/** Every item of the course whose answer the learner has read without a reveal, oldest first. */
export async function listSightings(db: Executor, of: { learnerId: string; course: string }): Promise<SightingRow[]> {
  const rows = await db
    .select()
    .from(sightings)
    .where(and(eq(sightings.learnerId, of.learnerId), eq(sightings.course, of.course)))
    .orderBy(sightings.createdAt, sightings.itemId);
  return z.array(SightingRow).parse(rows);
}
