import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../src/store/log.ts';
import { type FetchedJob, LeaseOver, startWorkLoop, type WorkLoop } from '../../src/queue/work-loop.ts';

const atOnce = { graceMs: 0, abortMs: 0 };
const patient = { graceMs: 5_000, abortMs: 5_000 };
const never = 1_000_000;
let loops: WorkLoop[] = [];

afterEach(async () => {
  await Promise.all(loops.map((loop) => loop.stop(atOnce)));
  loops = [];
});

type LoopOptions = Parameters<typeof startWorkLoop>[0];

/** A loop over a list of ids that only looks when woken. */
function loopOver(waiting: string[], changes: Partial<LoopOptions> = {}): { loop: WorkLoop; putBack: string[] } {
  const putBack: string[] = [];
  const loop = startWorkLoop({
    concurrency: 2,
    pollMs: never,
    leaseMs: never,
    fetch: (limit) => Promise.resolve(waiting.splice(0, limit).map(jobOf)),
    run: () => Promise.resolve(),
    putBack(ids) {
      putBack.push(...ids);
      return Promise.resolve();
    },
    log: silentLog,
    ...changes,
  });
  loops.push(loop);
  return { loop, putBack };
}

function jobOf(id: string): FetchedJob {
  return { id, attemptId: id };
}

function signpost(): { reached: Promise<void>; reach: () => void } {
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { reached, reach };
}

test('every waiting job is run, never more at once than allowed', async () => {
  const all = signpost();
  let now = 0;
  let most = 0;
  let done = 0;
  const ids = Array.from({ length: 20 }, (_, index) => String(index));
  loopOver([...ids], {
    concurrency: 3,
    async run() {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      done += 1;
      if (done === ids.length) all.reach();
    },
  });
  await all.reached;
  expect(most).toBe(3);
});

test('a wake that comes while the loop is looking is not lost', async () => {
  const waiting: string[] = [];
  const looking = signpost();
  const answer = signpost();
  const ran = signpost();
  let looks = 0;
  const { loop } = loopOver(waiting, {
    async fetch() {
      looks += 1;
      if (looks === 1) {
        looking.reach();
        await answer.reached;
        return [];
      }
      return waiting.splice(0).map(jobOf);
    },
    run() {
      ran.reach();
      return Promise.resolve();
    },
  });
  await looking.reached;
  waiting.push('late');
  loop.wake();
  answer.reach();
  await ran.reached;
});

test('a queue that cannot be read is looked at again when woken', async () => {
  const failed = signpost();
  const ran = signpost();
  let looks = 0;
  const { loop } = loopOver([], {
    fetch() {
      looks += 1;
      return looks === 1
        ? Promise.reject(new Error('no connection'))
        : Promise.resolve(looks === 2 ? [jobOf('a')] : []);
    },
    run() {
      ran.reach();
      return Promise.resolve();
    },
    log: { ...silentLog, error: () => failed.reach() },
  });
  await failed.reached;
  loop.wake();
  await ran.reached;
});

test('woken from inside a transaction, a job does not run as part of it', async () => {
  const around = new AsyncLocalStorage<string>();
  const waiting: string[] = [];
  const seen = signpost();
  let context: string | undefined = 'not run';
  const { loop } = loopOver(waiting, {
    run() {
      context = around.getStore();
      seen.reach();
      return Promise.resolve();
    },
  });
  waiting.push('a');
  around.run('a transaction', () => loop.wake());
  await seen.reached;
  expect(context).toBeUndefined();
});

test('stopping waits for the running job and then fetches no more', async () => {
  const waiting = ['first', 'second'];
  const running = signpost();
  const finish = signpost();
  const { loop, putBack } = loopOver(waiting, {
    concurrency: 1,
    async run() {
      running.reach();
      await finish.reached;
    },
  });
  await running.reached;
  const stopped = loop.stop(patient);
  finish.reach();
  await stopped;
  expect(waiting).toEqual(['second']);
  expect(putBack).toEqual([]);
});

test('stopping puts back a job that was fetched at that very moment', async () => {
  const looking = signpost();
  const answer = signpost();
  const { loop, putBack } = loopOver([], {
    async fetch() {
      looking.reach();
      await answer.reached;
      return [jobOf('just-fetched')];
    },
    run: () => Promise.reject(new Error('must not run')),
  });
  await looking.reached;
  const stopped = loop.stop(patient);
  answer.reach();
  await stopped;
  expect(putBack).toEqual(['just-fetched']);
});

test('stopping aborts a job that takes too long and puts back one that does not listen', async () => {
  const running = signpost();
  const heard: unknown[] = [];
  let started = 0;
  const { loop, putBack } = loopOver(['listens', 'deaf'], {
    async run(job, signal) {
      started += 1;
      if (started === 2) running.reach();
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          heard.push([job.id, signal.reason]);
          if (job.id === 'listens') resolve();
        });
      });
    },
  });
  await running.reached;
  await loop.stop({ graceMs: 0, abortMs: 10 });
  expect(heard).toEqual([
    ['listens', new Error('the queue is stopping')],
    ['deaf', new Error('the queue is stopping')],
  ]);
  expect(putBack).toEqual(['deaf']);
});

test('a job that outlives its lease is told so, in other words than one whose process stops', async () => {
  const told = signpost();
  let reason: unknown;
  loopOver(['slow'], {
    leaseMs: 1,
    run: (_job, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          told.reach();
          resolve();
        });
      }),
  });
  await told.reached;
  expect(reason).toBeInstanceOf(LeaseOver);
  expect(reason).toMatchObject({ leaseMs: 1 });
});
