import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Who may come in as an instructor, and where the calibration runs are. */
export type InstructorAccess = {
  runsDir: string;
  /** The folder that holds `evals/`, where settled answers can be added; null where they cannot. */
  contentRoot: string | null;
  /** Whether a word is the token. Takes as long for a wrong one as for the right one. */
  isToken: (word: string) => boolean;
  /** What the cookie of somebody let in holds; it says nothing of the token. */
  pass: (now: Date) => string;
  holdsPass: (pass: string, now: Date) => boolean;
  /** Takes one try; false where there were too many from this address, or from everywhere together. */
  takeTry: (address: string) => Promise<boolean>;
  /** Whether this address has a try left; takes none. For callers that send the token along with every request. */
  hasTry: (address: string) => Promise<boolean>;
};

/** A working day. */
export const PASS_LIFE_SECONDS = 12 * 60 * 60;
/** Guessing 160 bits is hopeless at any rate; this is for operators who set a word of their own. */
const triesByAddress = { points: 10, duration: 15 * 60 };
const triesByAll = { points: 200, duration: 60 * 60 };

/** Access with one token. Passes are signed with it, so every process with the same token takes them, and a new token ends them all. */
export function createInstructorAccess(args: {
  token: string;
  runsDir: string;
  contentRoot?: string;
}): InstructorAccess {
  const { token, runsDir, contentRoot = null } = args;
  const key = createHash('sha256').update(`viva instructor pass ${token}`).digest();
  const expected = createHash('sha256').update(token).digest();
  const byAddress = new RateLimiterMemory({ keyPrefix: 'instructor', ...triesByAddress });
  const byAll = new RateLimiterMemory({ keyPrefix: 'instructors', ...triesByAll });
  const sign = (expires: string): string => createHmac('sha256', key).update(expires).digest('base64url');
  return {
    runsDir,
    contentRoot,
    isToken: (word) => timingSafeEqual(createHash('sha256').update(word.trim()).digest(), expected),
    pass: (now) => {
      const expires = String(now.getTime() + 1000 * PASS_LIFE_SECONDS);
      return `${expires}.${sign(expires)}`;
    },
    holdsPass: (pass, now) => {
      const [expires = '', signature = ''] = pass.split('.');
      const right = Buffer.from(sign(expires));
      const given = Buffer.from(signature);
      const genuine = given.length === right.length && timingSafeEqual(given, right);
      return genuine && /^\d+$/.test(expires) && Number(expires) > now.getTime();
    },
    takeTry: async (address) => (await take(byAddress, address)) && (await take(byAll, 'all')),
    hasTry: async (address) => (await isLeft(byAddress, address)) && (await isLeft(byAll, 'all')),
  };
}

async function isLeft(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  const used = await limiter.get(key);
  return used === null || used.remainingPoints > 0;
}

async function take(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return false;
  }
}
