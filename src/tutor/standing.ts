import { findItemUse } from '../store/attempts.ts';
import type { Executor } from '../store/executor.ts';
import type { Course } from '../core/course.ts';
import type { Standing } from './learner-view.ts';

/** Where a learner stands with one item: how many tries are used and whether the next attempt counts. */
export type ItemStanding = { triesUsed: number; standing: Standing; revealed: boolean };

/**
 * The next attempt counts while tries remain and nothing has shown the answer. Tries are used by counted attempts that are
 * graded or on their way; a returned, ungraded or provisional one uses none.
 */
export async function findStanding(
  { learnerId, course, itemId }: { learnerId: string; course: Course; itemId: string },
  db: Executor,
): Promise<ItemStanding> {
  const { triesUsed, revealed, sighted } = await findItemUse(db, { learnerId, course: course.id, itemId });
  if (revealed || triesUsed >= course.tries) return { triesUsed, standing: 'practice', revealed };
  return { triesUsed, standing: sighted ? 'after-seeing' : 'counted', revealed };
}
