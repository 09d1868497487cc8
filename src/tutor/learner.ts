import { createHash, randomBytes } from 'node:crypto';
import { findLearnerByTokenHash, insertLearner } from '../store/learners.ts';
import type { TutorDeps } from './deps.ts';
import { readDeviceToken } from './device-token.ts';

/** 256 random bits: nobody guesses a learner's cookie. */
const TOKEN_BYTES = 32;

type LearnerDeps = Pick<TutorDeps, 'database' | 'now' | 'newId'>;

/** The learner a cookie belongs to; undefined for a token nobody was given. Only the token's hash is ever stored. */
export async function recogniseLearner({ token }: { token: string }, deps: LearnerDeps): Promise<string | undefined> {
  const learner = await findLearnerByTokenHash(deps.database.db, hashToken(token));
  return learner?.id ?? readDeviceToken(deps.database.db, token);
}

/** A new anonymous learner and the token that proves it. */
export async function createLearner(
  _args: Record<string, never>,
  deps: LearnerDeps,
): Promise<{ learnerId: string; token: string }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const learnerId = deps.newId();
  await insertLearner(deps.database.db, { id: learnerId, tokenHash: hashToken(token), now: deps.now() });
  return { learnerId, token };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
