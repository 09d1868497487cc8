import { insertReveal } from '../store/reveals.ts';
import type { TutorDeps } from './deps.ts';
import type { AttemptView } from './learner-view.ts';
import { findOwnAttempt, viewAttempt } from './view-attempt.ts';

/** Opens the reference and rubric of the attempt's item to its learner, for good; later attempts are practice. */
export async function revealItem(
  { attemptId, learnerId }: { attemptId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'judgeCard' | 'now'>,
): Promise<AttemptView | undefined> {
  const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
  if (!attempt) return undefined;
  const { learnerId: owner, course, itemId } = attempt;
  await insertReveal(deps.database.db, { learnerId: owner, course, itemId, now: deps.now() });
  return viewAttempt({ attemptId, learnerId }, deps);
}
