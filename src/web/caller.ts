import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { TutorDeps } from '../tutor/deps.ts';
import { createLearner, recogniseLearner, welcomeVisit } from '../tutor/learner.ts';
import type { InstructorAccess } from './instructor-access.ts';
import type { Caller, RateGuard, WebLimits } from './limits.ts';

/** What every handler of the web layer works with. */
export type Web = {
  deps: TutorDeps;
  limits: WebLimits;
  guard: RateGuard;
  /** Null where there are no pages for instructors. */
  instructor: InstructorAccess | null;
};

/** What the middleware leaves for the handlers: who asks (null: nobody known yet), and the number a fault is found by. */
export type WebEnv = { Variables: { learnerId: string | null; correlationId: string } };

export const LEARNER_COOKIE = 'viva_learner';
// The longest that browsers keep a cookie.
const COOKIE_LIFE_SECONDS = 400 * 24 * 60 * 60;

/** Gives the request the number under which the log tells more about it. Never the client's own. */
export function nameRequest({ deps }: Web): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    c.set('correlationId', deps.newId());
    c.set('learnerId', null);
    await next();
  };
}

/** Finds out whose cookie came with the request. An unknown one counts as none. */
export function recogniseCaller({ deps }: Web): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const token = getCookie(c, LEARNER_COOKIE);
    c.set('learnerId', token === undefined ? null : ((await recogniseLearner({ token }, deps)) ?? null));
    await next();
  };
}

/**
 * The learner who asks; a visitor becomes one here and gets the cookie with the reply. `visit` is the number a form was given for a
 * browser without a cookie: sent twice before the first reply has come, as by a double click, it is one learner.
 */
export async function ensureLearner(
  c: Context<WebEnv>,
  { deps, limits }: Web,
  visit: string | null = null,
): Promise<string> {
  const known = c.get('learnerId');
  if (known !== null) return known;
  const { learnerId, token } = visit === null ? await createLearner({}, deps) : await welcomeVisit({ visit }, deps);
  rememberLearner(c, { learnerId, token, limits });
  return learnerId;
}

/** Makes this browser the learner's, from this reply on. */
export function rememberLearner(
  c: Context<WebEnv>,
  { learnerId, token, limits }: { learnerId: string; token: string; limits: WebLimits },
): void {
  setCookie(c, LEARNER_COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c, limits),
    path: '/',
    maxAge: COOKIE_LIFE_SECONDS,
  });
  c.set('learnerId', learnerId);
}

/** Makes this browser a visitor's again; what it hands in next gets a fresh cookie. */
export function forgetLearner(c: Context<WebEnv>): void {
  deleteCookie(c, LEARNER_COOKIE, { path: '/' });
  c.set('learnerId', null);
}

export function callerOf(c: Context<WebEnv>, limits: WebLimits): Caller {
  return { learnerId: c.get('learnerId'), address: addressBlock(clientAddress(c, limits)) };
}

/** Whether the browser speaks https, to us or to the trusted proxy before us. */
export function isHttps(c: Context, limits: WebLimits): boolean {
  if (new URL(c.req.url).protocol === 'https:') return true;
  return limits.trustProxy && lastOf(c.req.header('x-forwarded-proto')) === 'https';
}

function clientAddress(c: Context, limits: WebLimits): string {
  // The last entry is the one our own proxy wrote; whatever stands before it, the client may have made up.
  const forwarded = limits.trustProxy ? lastOf(c.req.header('x-forwarded-for')) : undefined;
  return forwarded ?? socketAddress(c) ?? 'unknown';
}

function socketAddress(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    // `app.request()` has no socket.
    return undefined;
  }
}

/** One IPv6 customer holds a whole /64, so that is what counts as an address. */
function addressBlock(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':');
}

function lastOf(header: string | undefined): string | undefined {
  const last = header?.split(',').at(-1)?.trim();
  return last === '' ? undefined : last;
}
