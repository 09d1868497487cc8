import { createHash, createHmac, randomBytes } from 'node:crypto';
import { findLearnerByTokenHash, insertLearner, insertLearnerOnce } from '../store/learners.ts';
import { getOrCreateSetting } from '../store/settings.ts';
import type { TutorDeps } from './deps.ts';
import { readDeviceToken } from './device-token.ts';

/** 256 random bits: nobody guesses a learner's cookie. */
const TOKEN_BYTES = 32;
const VISIT_SECRET = 'visit-cookie-secret';
/** As long as two clicks of one person lie apart on a slow network; after it a page left open brings nobody in. */
const VISIT_LIFE_MS = 60_000;

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

/**
 * The learner that a form for a browser without a cookie makes: the same one for each sending of it within a minute, with the same
 * token; after that a new one. `visit` is the random number the form was given.
 */
export async function welcomeVisit(
  { visit }: { visit: string },
  deps: LearnerDeps,
): Promise<{ learnerId: string; token: string }> {
  const { db } = deps.database;
  const secret = await getOrCreateSetting(db, VISIT_SECRET, () => randomBytes(TOKEN_BYTES).toString('hex'));
  // Derived, since the token of whoever came first cannot be given out again: only its hash is kept.
  const token = createHmac('sha256', secret).update(visit).digest('base64url');
  const now = deps.now();
  const learner = await insertLearnerOnce(db, { id: deps.newId(), tokenHash: hashToken(token), now });
  const fresh = now.getTime() - learner.createdAt.getTime() < VISIT_LIFE_MS;
  return fresh ? { learnerId: learner.id, token } : createLearner({}, deps);
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
