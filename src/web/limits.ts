import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How much one learner or one address may do, and whether a proxy's word on addresses is taken. */
export type WebLimits = {
  /** Take the client's address and protocol from X-Forwarded-*. Only behind a proxy that sets them itself. */
  trustProxy: boolean;
  /** Writes (answers handed in, reveals, retries, drill turns) in any one minute. */
  writesPerMinute: { learner: number; address: number };
  /** Previews of what is being written, in any one minute. */
  previewsPerMinute: { learner: number; address: number };
  /** Attempts watched live at the same time. */
  watching: { learner: number; address: number };
  /** Codes from another device that one address may try in any ten minutes, which is how long a code lives. */
  codesPerTenMinutes: number;
};

// A learner who thinks hands in a few answers a minute at most; a class of hundreds may share one address.
export const defaultLimits: WebLimits = {
  trustProxy: false,
  writesPerMinute: { learner: 30, address: 600 },
  // One a pause in typing.
  previewsPerMinute: { learner: 120, address: 1_200 },
  watching: { learner: 8, address: 600 },
  codesPerTenMinutes: 30,
};

/** Bytes of one request body. An answer of 8,000 characters fits in any alphabet. */
export const LARGEST_BODY_BYTES = 64 * 1024;

export type Caller = { learnerId: string | null; address: string };
export type Allowance = { status: 'allowed' } | { status: 'limited'; retryAfterSeconds: number };

/** Counts what callers do, in this process's memory: several processes each count their own share. */
export type RateGuard = {
  write: (caller: Caller) => Promise<Allowance>;
  preview: (caller: Caller) => Promise<Allowance>;
  /** Allows one more guess at a code from another device. */
  tryCode: (caller: Caller) => Promise<Allowance>;
  /** Takes a place for one watcher; undefined where none is free. Call `leave` once when it goes. */
  watch: (caller: Caller) => { leave: () => void } | undefined;
};

export function createRateGuard(limits: WebLimits): RateGuard {
  const codes = new RateLimiterMemory({ keyPrefix: 'code', points: limits.codesPerTenMinutes, duration: 600 });
  const watching = new Map<string, number>();
  return {
    write: limitPerMinute('write', limits.writesPerMinute),
    preview: limitPerMinute('preview', limits.previewsPerMinute),
    tryCode: (caller) => take(codes, caller.address),
    watch: (caller) => {
      const seats = [
        { seat: `address ${caller.address}`, most: limits.watching.address },
        ...(caller.learnerId === null ? [] : [{ seat: `learner ${caller.learnerId}`, most: limits.watching.learner }]),
      ];
      if (seats.some(({ seat, most }) => (watching.get(seat) ?? 0) >= most)) return undefined;
      for (const { seat } of seats) watching.set(seat, (watching.get(seat) ?? 0) + 1);
      return { leave: () => seats.forEach(({ seat }) => releaseSeat(watching, seat)) };
    },
  };
}

function limitPerMinute(what: string, most: { learner: number; address: number }): RateGuard['write'] {
  const byLearner = new RateLimiterMemory({ keyPrefix: `${what} learner`, points: most.learner, duration: 60 });
  const byAddress = new RateLimiterMemory({ keyPrefix: `${what} address`, points: most.address, duration: 60 });
  return async (caller) => {
    const ofAddress = await take(byAddress, caller.address);
    if (ofAddress.status === 'limited' || caller.learnerId === null) return ofAddress;
    return take(byLearner, caller.learnerId);
  };
}

function releaseSeat(watching: Map<string, number>, seat: string): void {
  const left = (watching.get(seat) ?? 1) - 1;
  if (left > 0) watching.set(seat, left);
  else watching.delete(seat);
}

async function take(limiter: RateLimiterMemory, key: string): Promise<Allowance> {
  try {
    await limiter.consume(key);
    return { status: 'allowed' };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { status: 'limited', retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) };
  }
}
