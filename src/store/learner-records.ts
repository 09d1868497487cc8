import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { MemoryCard } from '../core/memory-card.ts';
import { AppealRow } from './appeals.ts';
import type { Executor } from './executor.ts';
import { appeals, cards, reveals, sightingPlaces, sightings, trials } from './schema.ts';
import { TrialRow } from './trials.ts';

/*
 * Everything a learner owns besides attempts and sessions, in all courses, for the export. Each list is bounded by the size of a
 * course or by what a person does by hand.
 */

const ofItem = { course: z.string(), itemId: z.string() };

export const TrialRecord = TrialRow.omit({
  id: true,
  learnerId: true,
  exemplar: true,
  stimulus: true,
  holds: true,
  whyOutcome: true,
});
export type TrialRecord = z.infer<typeof TrialRecord>;

export const AppealRecord = AppealRow.omit({ id: true, learnerId: true });
export type AppealRecord = z.infer<typeof AppealRecord>;

export const LearnerRecords = z.object({
  reveals: z.array(z.object({ ...ofItem, createdAt: z.date() })),
  sightings: z.array(z.object({ ...ofItem, where: z.enum(sightingPlaces), createdAt: z.date() })),
  cards: z.array(z.object({ ...ofItem, card: MemoryCard, missed: z.array(z.string()), due: z.date() })),
  trials: z.array(TrialRecord),
  appeals: z.array(AppealRecord),
});
export type LearnerRecords = z.infer<typeof LearnerRecords>;

/** Newest first, each. */
export async function listLearnerRecords(db: Executor, of: { learnerId: string }): Promise<LearnerRecords> {
  const { learnerId } = of;
  return LearnerRecords.parse({
    reveals: await db.select().from(reveals).where(eq(reveals.learnerId, learnerId)).orderBy(desc(reveals.createdAt)),
    sightings: await db
      .select()
      .from(sightings)
      .where(eq(sightings.learnerId, learnerId))
      .orderBy(desc(sightings.createdAt)),
    cards: await db.select().from(cards).where(eq(cards.learnerId, learnerId)).orderBy(desc(cards.updatedAt)),
    trials: await db.select().from(trials).where(eq(trials.learnerId, learnerId)).orderBy(desc(trials.createdAt)),
    appeals: await db.select().from(appeals).where(eq(appeals.learnerId, learnerId)).orderBy(desc(appeals.createdAt)),
  });
}
