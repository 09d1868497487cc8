import type { TutorDeps } from './deps.ts';

/** Whether an answer submitted now would be stored and graded: the database answers, and the queue lives in it. */
export async function isReady(deps: Pick<TutorDeps, 'database'>): Promise<boolean> {
  try {
    await deps.database.ping();
    return true;
  } catch {
    return false;
  }
}
