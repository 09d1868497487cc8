import { createHash, randomInt } from 'node:crypto';
import { countAttempts } from '../store/attempt-history.ts';
import { mergeLearners } from '../store/learner-lives.ts';
import { lockLearner } from '../store/learners.ts';
import { findTransferCode, putTransferCode, takeTransferCode } from '../store/transfer-codes.ts';
import type { TutorDeps } from './deps.ts';
import { issueDeviceToken } from './device-token.ts';

/** Digits and letters that nobody takes for one another: no 0 and O, no 1, I and L, no U that reads like V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 30^8 codes, some 650 milliards: at the rate that web lets anyone guess, ten minutes find none. */
const CODE_LENGTH = 8;
const CODE_LIFE_MS = 10 * 60 * 1000;

type CarryDeps = Pick<TutorDeps, 'database' | 'now'>;

/** A fresh code that brings this learner to another device, once, within ten minutes. Only its hash is kept. */
export async function createTransferCode(
  { learnerId }: { learnerId: string },
  deps: CarryDeps,
): Promise<{ code: string; expiresAt: Date }> {
  const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  const now = deps.now();
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS);
  await deps.database.transaction(async (tx) => {
    await lockLearner(tx, learnerId);
    await putTransferCode(tx, { codeHash: hashCode(code), learnerId, expiresAt, now });
  });
  return { code, expiresAt };
}

/** `token` is what the device's cookie must hold from now on. `merged` counts the answers this device brought along. */
export type CarryOutcome =
  | { status: 'carried'; learnerId: string; token: string; merged: number }
  | { status: 'same-learner' }
  | { status: 'unknown-code' };

/**
 * Takes a learner over to the device that shows their code. What that device has of its own (`deviceLearnerId`) is added to
 * theirs, so that nothing is lost on either side; for its old cookie there is nobody left. A code works once.
 */
export async function carryLearner(
  { code, deviceLearnerId }: { code: string; deviceLearnerId: string | null },
  deps: CarryDeps,
): Promise<CarryOutcome> {
  const key = { codeHash: hashCode(readCode(code)), now: deps.now() };
  return deps.database.transaction(async (tx): Promise<CarryOutcome> => {
    const learnerId = await findTransferCode(tx, key);
    if (learnerId === undefined) return { status: 'unknown-code' };
    if (learnerId === deviceLearnerId) return { status: 'same-learner' };
    // Learners before their codes, and in one order: nobody waits in a circle.
    const both = [learnerId, ...(deviceLearnerId === null ? [] : [deviceLearnerId])].sort();
    for (const id of both) await lockLearner(tx, id);
    // Another device may have used it while we waited.
    if ((await takeTransferCode(tx, key)) === undefined) return { status: 'unknown-code' };
    const merged = deviceLearnerId === null ? 0 : await countAttempts(tx, { learnerId: deviceLearnerId });
    if (deviceLearnerId !== null) await mergeLearners(tx, { from: deviceLearnerId, into: learnerId });
    const token = await issueDeviceToken(tx, learnerId);
    return token === undefined ? { status: 'unknown-code' } : { status: 'carried', learnerId, token, merged };
  });
}

/** As people type it: in small letters, in groups. */
function readCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '');
}

function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
