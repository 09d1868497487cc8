import PgBoss from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/grade.ts';
import { type ExhaustedJob, type GradingJob, openQueue, type Queue } from '../../src/queue/queue.ts';
import { findAttempt, insertAttempt, settleAttempt } from '../../src/store/attempts.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { databaseKinds } from '../store/databases.ts';
import { at, attemptOf, gradeOf, newLearner, ungraded } from '../store/samples.ts';

describe.each(await databaseKinds())('the grading queue on $name', (kind) => {
  let database: Database;
  let queues: Queue[] = [];
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterEach(async () => {
    await Promise.all(queues.map((queue) => queue.stop({ graceMs: 0 })));
    queues = [];
    await database.executeSql('DELETE FROM pgboss.job');
  });
  afterAll(() => database.close());

  async function open(): Promise<Queue> {
    const queue = await openQueue({ database });
    queues.push(queue);
    return queue;
  }

  /** Stores an attempt and enqueues its grading in one transaction, as a submission does. */
  async function submit(queue: Queue): Promise<string> {
    const learnerId = await newLearner(database.db);
    const attempt = attemptOf(learnerId);
    await database.transaction(async (tx) => {
      await insertAttempt(tx, attempt);
      await queue.enqueueGrading(tx, { attemptId: attempt.id });
    });
    return attempt.id;
  }

  async function settle(job: ExhaustedJob, outcome: Outcome = gradeOf(4000)): Promise<void> {
    await database.transaction(async (tx) => {
      await settleAttempt(tx, { id: job.attemptId, outcome, now: at(5) });
      await job.settle(tx);
    });
  }

  function statesOf(attemptId: string): Promise<unknown[]> {
    const text = `SELECT name, state::text, retry_count AS tries FROM pgboss.job WHERE data->>'attemptId' = $1 ORDER BY name`;
    return database.executeSql(text, [attemptId]).then(({ rows }) => rows);
  }

  /** Makes the pauses between tries as short as they can be. */
  async function hurry(): Promise<void> {
    await database.executeSql('UPDATE pgboss.job SET retry_delay = 0, retry_backoff = false');
  }

  /** Lets the pause before a further try be over. */
  async function passTime(): Promise<void> {
    await database.executeSql(`UPDATE pgboss.job SET start_after = now() - interval '1 second'`);
  }

  /** Leaves the job as a process leaves it that is killed while it grades. */
  async function killWhileGrading(attemptId: string, secondsAgo: number): Promise<void> {
    await database.executeSql(
      `UPDATE pgboss.job SET state = 'active', started_on = now() - $2 * interval '1 second' WHERE id = $1`,
      [attemptId, secondsAgo],
    );
  }

  /** Works the queue until `enough` says so; resolves to the attempts in the order they came. */
  function workUntil(
    queue: Queue,
    options: {
      handler?: (job: GradingJob) => Promise<void>;
      onExhausted?: (job: ExhaustedJob) => Promise<void>;
      enough: (came: string[]) => boolean;
    },
  ): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const came: string[] = [];
      const counted =
        (handle: (job: never) => Promise<void>) =>
        async (job: ExhaustedJob): Promise<void> => {
          came.push(job.attemptId);
          try {
            await Reflect.apply(handle, undefined, [job]);
          } finally {
            if (options.enough(came)) resolve(came);
          }
        };
      queue
        .work(counted(options.handler ?? settle), {
          concurrency: 2,
          onExhausted: counted(options.onExhausted ?? ((job: ExhaustedJob) => settle(job, ungraded))),
        })
        .catch(reject);
    });
  }

  test('grade and job settle together', async () => {
    const queue = await open();
    const worked = workUntil(queue, { enough: (came) => came.length === 1 });
    const attemptId = await submit(queue);
    queue.wake();
    expect(await worked).toEqual([attemptId]);
    expect(await findAttempt(database.db, attemptId)).toMatchObject({ status: 'graded', pointsLow: 4000 });
    expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'completed', tries: 0 }]);
  });

  test('a grade that cannot be stored leaves the job to be tried again', async () => {
    const queue = await open();
    const attemptId = await submit(queue);
    await hurry();
    let tries = 0;
    await workUntil(queue, {
      async handler(job) {
        tries += 1;
        await database.transaction(async (tx) => {
          await settleAttempt(tx, { id: job.attemptId, outcome: gradeOf(1000), now: at(5) });
          await job.settle(tx);
          if (tries === 1) throw new Error('cut off');
        });
      },
      enough: () => tries === 2,
    });
    expect(await findAttempt(database.db, attemptId)).toMatchObject({ status: 'graded', pointsLow: 1000 });
    expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'completed', tries: 1 }]);
  });

  test('nothing is enqueued where the submission is rolled back', async () => {
    const queue = await open();
    const attempt = attemptOf(await newLearner(database.db));
    const failed = database.transaction(async (tx) => {
      await insertAttempt(tx, attempt);
      await queue.enqueueGrading(tx, { attemptId: attempt.id });
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await statesOf(attempt.id)).toEqual([]);
  });

  test('an attempt waits in the queue once, and can be enqueued again when it has ended', async () => {
    const queue = await open();
    const attemptId = await submit(queue);
    await database.transaction((tx) => queue.enqueueGrading(tx, { attemptId }));
    expect(await statesOf(attemptId)).toHaveLength(1);
    await workUntil(queue, { enough: (came) => came.length === 1 });
    // A queue that goes on working would take the new job before we look at it.
    await queue.stop({ graceMs: 5_000 });
    await database.transaction((tx) => queue.enqueueGrading(tx, { attemptId }));
    expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'created', tries: 0 }]);
  });

  test('an attempt enqueued again at the very moment its first job ends is graded again', async () => {
    const queue = await open();
    const attemptId = await submit(queue);
    let grades = 0;
    await workUntil(queue, {
      async handler(job) {
        grades += 1;
        await settle(job);
        if (grades > 1) return;
        // The first handler has settled but not returned yet; somebody asks for another grading and another worker takes it.
        await database.transaction((tx) => queue.enqueueGrading(tx, { attemptId }));
        await database.executeSql(`UPDATE pgboss.job SET state = 'active', started_on = now() WHERE id = $1`, [
          attemptId,
        ]);
      },
      enough: () => grades === 1,
    });
    await queue.stop({ graceMs: 5_000 });
    expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'active', tries: 0 }]);
  });

  test('after the last try the attempt is handed over to be given up, until that succeeds', async () => {
    const queue = await open();
    const attemptId = await submit(queue);
    await hurry();
    let tries = 0;
    let givenUp = 0;
    const worked = workUntil(queue, {
      handler() {
        tries += 1;
        return Promise.reject(new Error('no judge'));
      },
      async onExhausted(job) {
        givenUp += 1;
        if (givenUp === 1) throw new Error('not now');
        await settle(job, ungraded);
      },
      enough: () => givenUp === 2,
    });
    await expect
      .poll(() => statesOf(attemptId), { timeout: 15_000 })
      .toEqual([
        { name: 'grade-attempt', state: 'failed', tries: 3 },
        { name: 'grade-attempt-exhausted', state: 'retry', tries: 0 },
      ]);
    await passTime();
    queue.wake();
    await worked;
    expect([tries, givenUp]).toEqual([4, 2]);
    expect(await findAttempt(database.db, attemptId)).toMatchObject({ status: 'ungraded' });
  });

  test('a stopped queue gives its running job back without counting a try', async () => {
    const queue = await open();
    const attemptId = await submit(queue);
    await new Promise<void>((resolve, reject) => {
      const handler = (job: GradingJob): Promise<void> => {
        resolve();
        return new Promise((_, giveUp) => {
          job.signal.addEventListener('abort', () => giveUp(new Error('stopped')));
        });
      };
      queue.work(handler, { concurrency: 1, onExhausted: () => Promise.resolve() }).catch(reject);
    });
    await queue.stop({ graceMs: 0 });
    expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'retry', tries: 0 }]);
    const next = await open();
    expect(await workUntil(next, { enough: (came) => came.length === 1 })).toEqual([attemptId]);
  });

  test('the job of a killed process is graded by the next one', async () => {
    const attemptId = await submit(await open());
    if (database.kind === 'pglite') {
      await killWhileGrading(attemptId, 1);
    } else {
      const maintenance = new PgBoss({ db: { executeSql: (text, values) => database.executeSql(text, values) } });
      await killWhileGrading(attemptId, 140);
      await maintenance.expire();
      expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'active', tries: 0 }]);
      await killWhileGrading(attemptId, 151);
      await maintenance.expire();
      await passTime();
    }
    const next = await open();
    expect(await workUntil(next, { enough: (came) => came.length === 1 })).toEqual([attemptId]);
    expect(await statesOf(attemptId)).toEqual([{ name: 'grade-attempt', state: 'completed', tries: 1 }]);
  });

  test.runIf(kind.name === 'PGlite')('a job that kills its process every time is given up in the end', async () => {
    const attemptId = await submit(await open());
    await killWhileGrading(attemptId, 1);
    await database.executeSql('UPDATE pgboss.job SET retry_count = retry_limit WHERE id = $1', [attemptId]);
    const next = await open();
    const worked = workUntil(next, {
      handler: () => Promise.reject(new Error('must not run again')),
      enough: (came) => came.length === 1,
    });
    expect(await worked).toEqual([attemptId]);
    expect(await findAttempt(database.db, attemptId)).toMatchObject({ status: 'ungraded' });
  });

  test('two workers share the jobs and grade each attempt once', async () => {
    const [one, two] = [await open(), await open()];
    const submitted = new Set<string>();
    for (let index = 0; index < 12; index += 1) submitted.add(await submit(one));
    const graded: string[] = [];
    const enough = (): boolean => graded.length === submitted.size;
    const handler = async (job: GradingJob): Promise<void> => {
      await settle(job);
      graded.push(job.attemptId);
    };
    await Promise.race([workUntil(one, { handler, enough }), workUntil(two, { handler, enough })]);
    expect(graded.toSorted()).toEqual([...submitted].sort());
  });
});
