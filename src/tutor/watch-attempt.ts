import type { TutorDeps } from './deps.ts';
import type { AttemptStatus } from './learner-view.ts';
import { findOwnAttempt } from './view-attempt.ts';

/** How long a change made by another process may go unseen. */
const LOOK_AGAIN_MS = 1_000;

/** Yields the attempt's status at once and then each change; ends when it is settled, not this learner's, or the signal aborts. */
export async function* watchAttempt(
  { attemptId, learnerId, signal }: { attemptId: string; learnerId: string | null; signal: AbortSignal },
  deps: Pick<TutorDeps, 'database' | 'attemptChanges'>,
): AsyncGenerator<AttemptStatus> {
  let last: AttemptStatus | undefined;
  while (!signal.aborted) {
    // Listen before looking: a change between the look and the wait must not be missed.
    const changed = deps.attemptChanges.next(attemptId, { timeoutMs: LOOK_AGAIN_MS, signal });
    const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
    if (!attempt) return;
    if (attempt.status !== last) {
      last = attempt.status;
      yield attempt.status;
    }
    if (isSettled(attempt.status)) return;
    await changed;
  }
}

/** Whether nothing more will happen to the attempt by itself. */
export function isSettled(status: AttemptStatus): boolean {
  switch (status) {
    case 'stored':
    case 'grading':
      return false;
    case 'graded':
    case 'provisional':
    case 'returned':
    case 'ungraded':
      return true;
    default:
      return status satisfies never;
  }
}
