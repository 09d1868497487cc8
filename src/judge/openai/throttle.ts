import pLimit from 'p-limit';

export type Throttle = {
  /** Runs one request when there is room for it. Told afterwards what the endpoint made of it. */
  run: <Value>(request: () => Promise<{ value: Value; said: Said }>, signal: AbortSignal) => Promise<Value>;
  /** Requests that may be under way at once as things stand. */
  width: () => number;
};

/** `accepted`: it was worked on. `too-many`: turned away for being one too many; `waitMs` where it said for how long. */
export type Said = { status: 'accepted' } | { status: 'too-many'; waitMs: number | null } | { status: 'unknown' };

/** A provider that asks for a longer pause than this pauses one request's retries, not everybody's. */
const LONGEST_COMMON_PAUSE_MS = 10_000;

/**
 * Holds the requests under way at one endpoint to what it takes, at most `most`. When it turns one away, as many as it is
 * working on at that moment are what it takes, so that becomes the width at once; after a whole width of requests was accepted it
 * is tried with one more. Nobody asks during a pause the endpoint asked for. A turned-away request gives its place up, so a
 * crowd costs one refusal each, not a queue of sleepers.
 * @param most 1 or more
 */
export function createThrottle(args: {
  most: number;
  now: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}): Throttle {
  const { most, now, sleep } = args;
  const limit = pLimit(most);
  let acceptedInARow = 0;
  let closedUntil = 0;

  const observe = (said: Said): void => {
    switch (said.status) {
      case 'accepted':
        acceptedInARow += 1;
        if (limit.concurrency < most && acceptedInARow >= limit.concurrency) {
          limit.concurrency += 1;
          acceptedInARow = 0;
        }
        return;
      case 'too-many': {
        acceptedInARow = 0;
        // The one turned away is still counted among the active.
        limit.concurrency = Math.max(1, Math.min(limit.concurrency, limit.activeCount - 1));
        if (said.waitMs !== null)
          closedUntil = Math.max(closedUntil, now() + Math.min(said.waitMs, LONGEST_COMMON_PAUSE_MS));
        return;
      }
      case 'unknown':
        return;
      default:
        said satisfies never;
    }
  };

  return {
    run: (request, signal) =>
      limit(async () => {
        while (now() < closedUntil && !signal.aborted) await sleep(closedUntil - now(), signal).catch(() => undefined);
        const { value, said } = await request();
        observe(said);
        return value;
      }),
    width: () => limit.concurrency,
  };
}
