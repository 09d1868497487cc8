import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Executor } from '../store/executor.ts';
import { findLearner } from '../store/learners.ts';
import { findSetting, getOrCreateSetting } from '../store/settings.ts';

/*
 * The cookie of a device that took a learner over. The first device's own token cannot be given out again, because only its hash
 * is kept; so a further device gets the learner's id under a signature of this deployment. It binds the learner's token
 * hash as well: whoever is given a new token signs all carried devices out.
 */

const SETTING = 'device-cookie-secret';
const PREFIX = 'carried';

/** A token for one more device of this learner. Undefined where there is no such learner. */
export async function issueDeviceToken(db: Executor, learnerId: string): Promise<string | undefined> {
  const secret = await getOrCreateSetting(db, SETTING, () => randomBytes(32).toString('hex'));
  const learner = await findLearner(db, learnerId);
  return learner && `${PREFIX}.${learner.id}.${sign({ ...learner, secret })}`;
}

/** The learner such a token belongs to; undefined for any other text. */
export async function readDeviceToken(db: Executor, token: string): Promise<string | undefined> {
  const found = /^carried\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(token);
  const [, id, signature] = found ?? [];
  const secret = id === undefined ? undefined : await findSetting(db, SETTING);
  if (id === undefined || signature === undefined || secret === undefined) return undefined;
  const learner = await findLearner(db, id);
  if (!learner) return undefined;
  return timingSafeEqual(Buffer.from(sign({ ...learner, secret })), Buffer.from(signature)) ? learner.id : undefined;
}

function sign({ id, tokenHash, secret }: { id: string; tokenHash: string; secret: string }): string {
  return createHmac('sha256', secret).update(`${id} ${tokenHash}`).digest('base64url');
}
