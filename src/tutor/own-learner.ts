import { countAttempts } from '../store/attempt-history.ts';
import { deleteLearner } from '../store/learner-lives.ts';
import { findLearner, lockLearner, renameLearner } from '../store/learners.ts';
import type { TutorDeps } from './deps.ts';

/** Characters a name may have. */
export const LONGEST_NAME = 60;

/** What the server keeps of whoever asks, in short. */
export type OwnLearnerView = { name: string | null; since: string; attempts: number };

/** Null for a visitor, of whom nothing is kept. */
export async function viewOwnLearner(
  { learnerId }: { learnerId: string | null },
  deps: Pick<TutorDeps, 'database'>,
): Promise<OwnLearnerView | null> {
  const learner = learnerId === null ? undefined : await findLearner(deps.database.db, learnerId);
  if (!learner) return null;
  const attempts = await countAttempts(deps.database.db, { learnerId: learner.id });
  return { name: learner.name, since: learner.createdAt.toISOString(), attempts };
}

/** The name the learner is greeted by; null where they gave none, and for a visitor. */
export async function findOwnName(
  { learnerId }: { learnerId: string | null },
  deps: Pick<TutorDeps, 'database'>,
): Promise<string | null> {
  return learnerId === null ? null : ((await findLearner(deps.database.db, learnerId))?.name ?? null);
}

/** Sets the name the learner is greeted by; blank takes it away. It is cut where it is too long, and shown to nobody else. */
export async function nameLearner(
  { learnerId, name }: { learnerId: string; name: string },
  deps: Pick<TutorDeps, 'database'>,
): Promise<void> {
  const tidy = [
    ...name
      .toWellFormed()
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, LONGEST_NAME)
    .join('')
    .trim();
  await renameLearner(deps.database.db, { id: learnerId, name: tidy === '' ? null : tidy });
}

/**
 * Deletes the learner and everything they wrote, at once and for good. Grading under way ends without a word: its attempt is
 * gone. Whoever watches such an attempt is told.
 */
export async function eraseLearner(
  { learnerId }: { learnerId: string },
  deps: Pick<TutorDeps, 'database' | 'attemptChanges'>,
): Promise<void> {
  const { waiting } = await deps.database.transaction(async (tx) => {
    await lockLearner(tx, learnerId);
    return deleteLearner(tx, learnerId);
  });
  for (const attemptId of waiting) deps.attemptChanges.announce(attemptId);
}
