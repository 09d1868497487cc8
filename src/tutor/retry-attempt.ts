import { findCourseItem } from '../bank/content.ts';
import { reopenAttempt } from '../store/attempts.ts';
import { lockLearner } from '../store/learners.ts';
import type { TutorDeps } from './deps.ts';
import type { Standing } from './learner-view.ts';
import { findStanding } from './standing.ts';
import { findOwnAttempt } from './view-attempt.ts';

/**
 * Puts an ungraded attempt back in the queue: the answer was kept, only its grading failed. It used no try meanwhile, so it
 * takes the standing and the try that are left now, as a submit would. An item that has left the bank is not found.
 */
export async function retryAttempt(
  { attemptId, learnerId }: { attemptId: string; learnerId: string | null },
  deps: TutorDeps,
): Promise<{ status: 'accepted' } | { status: 'not-found' } | { status: 'settled' }> {
  const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
  const found = attempt && findCourseItem(deps.content, attempt.itemId);
  if (!attempt || !found) return { status: 'not-found' };
  const reopened = await deps.database.transaction(async (tx) => {
    // As in submitAnswer: two of a learner's requests cannot take the same try.
    await lockLearner(tx, attempt.learnerId);
    const now = await findStanding({ learnerId: attempt.learnerId, course: found.course, itemId: attempt.itemId }, tx);
    const standing = standingAgain({ submitted: attempt.standing, now: now.standing });
    if (!(await reopenAttempt(tx, { id: attemptId, standing, tryNumber: now.triesUsed + 1 }))) return false;
    await deps.queue.enqueueGrading(tx, { attemptId });
    return true;
  });
  if (!reopened) return { status: 'settled' };
  deps.queue.wake();
  deps.attemptChanges.announce(attemptId);
  return { status: 'accepted' };
}

/**
 * An answer that was handed in before its learner read the reference owes it nothing, so it counts as long as a try is left.
 * After a reveal nothing counts any more: whoever has several answers waiting could pick the best by it.
 */
function standingAgain({ submitted, now }: { submitted: Standing; now: Standing }): Standing {
  return submitted === 'counted' && now === 'after-seeing' ? 'counted' : now;
}
