import { AsyncResource } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../store/log.ts';

/** One job as it was fetched. `attemptId` is undefined where the payload is not one of ours. */
export type FetchedJob = { id: string; attemptId: string | undefined; addressHash?: string | null };

export type WorkLoop = {
  /** Looks for jobs now instead of at the next poll. */
  wake: () => void;
  /**
   * Fetches no more, gives running jobs `graceMs` to finish, then aborts their signals and gives them `abortMs` more.
   * What still runs then is put back for someone else.
   */
  stop: (patience: { graceMs: number; abortMs: number }) => Promise<void>;
};

/** Why a job's signal aborts where its time is up; where the loop stops, the reason is a plain Error. */
export class LeaseOver extends Error {
  readonly leaseMs: number;

  constructor(leaseMs: number) {
    super(`the ${Math.round(leaseMs / 1000)} s for this job are up`);
    this.name = 'LeaseOver';
    this.leaseMs = leaseMs;
  }
}

type Running = { controller: AbortController; done: Promise<void> };

/**
 * Keeps up to `concurrency` jobs running. It fetches when woken, when a job ends and every `pollMs`.
 * pg-boss has workers of its own; they look for a job once a poll each, do not wait for a job's completion to be
 * written, and may start one after `stop` has resolved.
 *
 * `run` must not reject. `putBack` makes jobs available again as if they had never been fetched.
 */
export function startWorkLoop(args: {
  concurrency: number;
  pollMs: number;
  /** A job that runs longer has its signal aborted with LeaseOver: another worker is about to get it. */
  leaseMs: number;
  fetch: (limit: number) => Promise<FetchedJob[]>;
  run: (job: FetchedJob, signal: AbortSignal) => Promise<void>;
  putBack: (ids: string[]) => Promise<void>;
  log: Log;
}): WorkLoop {
  const running = new Map<string, Running>();
  let stopping = false;
  let round: Promise<void> | undefined;
  let wakened = false;

  async function fillUp(): Promise<void> {
    do {
      wakened = false;
      const free = args.concurrency - running.size;
      if (free <= 0) return;
      const jobs = await args.fetch(free);
      if (stopping) {
        await args.putBack(jobs.map((job) => job.id));
        return;
      }
      jobs.forEach(start);
    } while (wakened && !stopping);
  }

  function start(job: FetchedJob): void {
    const controller = new AbortController();
    const lease = setTimeout(() => controller.abort(new LeaseOver(args.leaseMs)), args.leaseMs);
    const done = args.run(job, controller.signal).finally(() => {
      clearTimeout(lease);
      running.delete(job.id);
      wake();
    });
    running.set(job.id, { controller, done });
  }

  // Bound to where the loop began: woken from inside a transaction, it must not count as part of that transaction.
  const wake = AsyncResource.bind((): void => {
    wakened = true;
    if (stopping || round !== undefined) return;
    round = fillUp()
      .catch((error: unknown) => args.log.error({ error }, 'the queue could not be read; the next poll tries again'))
      .finally(() => {
        round = undefined;
        // Woken after its last look and before this line: nobody else would look until the next poll.
        if (wakened) wake();
      });
  });

  const poll = setInterval(wake, args.pollMs);
  wake();
  return {
    wake,
    async stop(patience) {
      stopping = true;
      clearInterval(poll);
      await round;
      await allDone(running, patience.graceMs);
      for (const { controller } of running.values()) controller.abort(new Error('the queue is stopping'));
      await allDone(running, patience.abortMs);
      if (running.size > 0) {
        args.log.warn({ jobs: running.size }, 'jobs were still running when the queue stopped; they are put back');
        await args.putBack([...running.keys()]);
      }
    },
  };
}

async function allDone(running: ReadonlyMap<string, Running>, withinMs: number): Promise<void> {
  if (running.size === 0) return;
  const patience = new AbortController();
  const all = Promise.allSettled([...running.values()].map((job) => job.done));
  const timeUp = wait(withinMs, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([all, timeUp]);
  patience.abort();
}
