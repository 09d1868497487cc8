import { reopenAttempt } from '../store/attempts.ts';
import type { TutorDeps } from './deps.ts';
import { findOwnAttempt } from './view-attempt.ts';

/** Puts an ungraded attempt back in the queue: the answer was kept, only its grading failed. */
export async function retryAttempt(
  { attemptId, learnerId }: { attemptId: string; learnerId: string | null },
  deps: TutorDeps,
): Promise<{ status: 'accepted' } | { status: 'not-found' } | { status: 'settled' }> {
  const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
  if (!attempt) return { status: 'not-found' };
  const reopened = await deps.database.transaction(async (tx) => {
    if (!(await reopenAttempt(tx, { id: attemptId }))) return false;
    await deps.queue.enqueueGrading(tx, { attemptId });
    return true;
  });
  if (!reopened) return { status: 'settled' };
  deps.queue.wake();
  deps.attemptChanges.announce(attemptId);
  return { status: 'accepted' };
}
