import { findCourseItem } from '../bank/content.ts';
import { insertReveal } from '../store/reveals.ts';
import type { TutorDeps } from './deps.ts';
import type { AttemptView } from './learner-view.ts';
import { findOwnAttempt, viewAttempt } from './view-attempt.ts';

/**
 * Opens the reference and rubric of the attempt's item to its learner, for good; later attempts are practice. Where a course keeps its
 * answers back, an attempt that was judged must come first: an empty one shows no work. The view says whether it was revealed.
 */
export async function revealItem(
  { attemptId, learnerId }: { attemptId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'judgeCard' | 'now'>,
): Promise<AttemptView | undefined> {
  const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
  if (!attempt) return undefined;
  const { learnerId: owner, course, itemId } = attempt;
  const keptBack = findCourseItem(deps.content, itemId)?.course.answers !== 'open';
  const judged = attempt.status === 'graded' || attempt.status === 'provisional';
  if (keptBack && !judged) return viewAttempt({ attemptId, learnerId }, deps);
  await insertReveal(deps.database.db, { learnerId: owner, course, itemId, now: deps.now() });
  return viewAttempt({ attemptId, learnerId }, deps);
}
