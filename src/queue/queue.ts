import PgBoss from 'pg-boss';
import { z } from 'zod';
import { VivaError } from '../core/errors.ts';
import type { Database } from '../store/database.ts';
import { describeError } from '../store/describe-error.ts';
import { type SqlExecutor, sqlOfTransaction, type Transaction } from '../store/executor.ts';
import { type Log, silentLog } from '../store/log.ts';
import { dropEndedJob, putBackJobs, putBackOrphans } from './job-table.ts';
import { type FetchedJob, startWorkLoop, type WorkLoop } from './work-loop.ts';

/** One attempt to grade. */
export type GradingJob = {
  attemptId: string;
  /** Who handed it in, for budgets by address; null where that is not known. */
  addressHash?: string | null;
  /**
   * Pass it on to the judge. Aborts when the queue stops: let the handler reject, and the job is put back without a try
   * spent. Aborts with LeaseOver when the job's time is up: settle it, or a rejection counts as a try.
   */
  signal: AbortSignal;
  /** Completes the job in the caller's transaction, so that grade and job settle together or not at all. */
  settle: (tx: Transaction) => Promise<void>;
};

/** An attempt whose every try failed; settle it as ungraded, or it hangs for ever. */
export type ExhaustedJob = Omit<GradingJob, 'signal' | 'addressHash'>;

export type Queue = {
  /**
   * Asks for an attempt to be graded, if the caller's transaction commits. One job an attempt: while one waits or runs,
   * another is not added; after one has ended (a re-grade) it is.
   */
  enqueueGrading: (tx: Transaction, job: { attemptId: string; addressHash?: string | null }) => Promise<void>;
  /** Makes the workers of this process look now, within milliseconds; call it after the commit. Those of others poll. */
  wake: () => void;
  /**
   * Grades with `handler`, `concurrency` attempts at a time, until `stop`. A job's time runs from when it is taken: no more
   * than the handler works on at once, or it runs out while they wait. A handler that rejects is called again, 2 to
   * 16 s later, three more times; after that, and after as many killed processes, `onExhausted` is called, and again
   * every 30 s where it rejects. A handler that resolves without `settle` completes the job all the same; one that resolves
   * although the transaction it settled in was rolled back keeps its job until the lease runs out. The same
   * attempt may come again after a crash: leave it where it is settled already.
   */
  work: (
    handler: (job: GradingJob) => Promise<void>,
    options: { concurrency: number; onExhausted: (job: ExhaustedJob) => Promise<void> },
  ) => Promise<void>;
  /** Right before `work` too. Lets running grades finish for `graceMs` (6 s where absent), aborts them, and after two more seconds lets go. Call it before database.close(). */
  stop: (patience?: { graceMs: number }) => Promise<void>;
};

const gradingQueue = 'grade-attempt';
const exhaustedQueue = 'grade-attempt-exhausted';

// The shortest lease, for judges that take no time to speak of. A job still running after its lease belongs to a dead process
// and is given to another; the handler is told 10 s earlier. Less would grade slow answers twice, more would leave a learner
// whose server was killed waiting longer than now: the lease, two rounds of maintenance and the pause, some 3 minutes.
const shortestLeaseSeconds = 150;
const leaseMarginSeconds = 10;
const maintenanceSeconds = 15;

const jobOptions = {
  retryLimit: 3,
  retryDelay: 2,
  retryBackoff: true,
  retentionDays: 90,
  deadLetter: exhaustedQueue,
  // pg-boss fetches what is due *before* now, and PGlite's clock counts whole milliseconds: a job due exactly now would
  // be missed by the wake that follows its commit.
  startAfter: '-1 second',
} as const;

const pollMs = 500;
const exhaustedPollMs = 2_000;
const exhaustedPauseSeconds = 30;
const defaultPatience = { graceMs: 6_000 };
const abortMs = 2_000;

const Payload = z.object({ attemptId: z.uuid(), addressHash: z.string().nullable().default(null) });

/**
 * Opens the grading queue in the database's own `pgboss` schema, which it makes or migrates.
 * `longestGradeMs`: how long one grading may rightly take once it has begun; where absent or shorter, two minutes.
 */
export async function openQueue(args: { database: Database; log?: Log; longestGradeMs?: number }): Promise<Queue> {
  const { database, log = silentLog, longestGradeMs = 0 } = args;
  const leaseSeconds = Math.max(shortestLeaseSeconds, Math.ceil(longestGradeMs / 1000) + 2 * leaseMarginSeconds);
  const boss = await startBoss(database, log);
  try {
    // Nobody else can hold an embedded database, so whatever is running in it belonged to a process that is gone.
    if (database.kind === 'pglite') await recoverOrphans(boss, database);
  } catch (error) {
    await stopBoss(boss);
    throw error;
  }
  let loops: WorkLoop[] = [];
  return {
    async enqueueGrading(tx, job) {
      const sql = sqlOfTransaction(tx);
      await dropEndedJob(sql, { queue: gradingQueue, id: job.attemptId });
      await boss.send(gradingQueue, Payload.parse(job), {
        ...jobOptions,
        expireInSeconds: leaseSeconds,
        id: job.attemptId,
        db: sql,
      });
    },
    wake() {
      for (const loop of loops) loop.wake();
    },
    work(handler, { concurrency, onExhausted }) {
      if (loops.length > 0) return Promise.reject(alreadyWorking());
      const exhausted = exhaustedLoop({ boss, database, log, leaseSeconds, onExhausted });
      const grading = gradingLoop({
        boss,
        database,
        log,
        leaseSeconds,
        handler,
        concurrency,
        afterFailure: () => exhausted.wake(),
      });
      loops = [grading, exhausted];
      return Promise.resolve();
    },
    async stop(patience = defaultPatience) {
      await Promise.all(loops.map((loop) => loop.stop({ ...patience, abortMs })));
      await stopBoss(boss);
    },
  };
}

/** Ends its timers, which would keep the process alive. */
function stopBoss(boss: PgBoss): Promise<void> {
  return boss.stop({ graceful: false, close: false });
}

async function startBoss(database: Database, log: Log): Promise<PgBoss> {
  const db: SqlExecutor = { executeSql: (text, values) => database.executeSql(text, values) };
  const boss = new PgBoss({
    db,
    schedule: false, // no cron, so none of its polling
    maintenanceIntervalSeconds: maintenanceSeconds,
    archiveCompletedAfterSeconds: 3600,
    deleteAfterHours: 24,
  });
  boss.on('error', (error) => log.error({ error }, 'the queue could not be maintained; it tries again'));
  // pg-boss expects one error where two processes make its tables at once, and PostgreSQL may give it another.
  try {
    await database.alone(async () => {
      await boss.start();
      await boss.createQueue(exhaustedQueue);
      await boss.createQueue(gradingQueue);
    });
    return boss;
  } catch (error) {
    await stopBoss(boss);
    throw error;
  }
}

async function recoverOrphans(boss: PgBoss, database: Database): Promise<void> {
  const outOfTries = await putBackOrphans(database, gradingQueue);
  for (const id of outOfTries) await boss.fail(gradingQueue, id, { message: 'the process ended while this job ran' });
  const exhausted = await putBackOrphans(database, exhaustedQueue);
  await putBackJobs(database, { queue: exhaustedQueue, ids: exhausted, delaySeconds: 0 });
}

type LoopParts = { boss: PgBoss; database: Database; log: Log; leaseSeconds: number };

function gradingLoop(
  args: LoopParts & {
    handler: (job: GradingJob) => Promise<void>;
    concurrency: number;
    afterFailure: () => void;
  },
): WorkLoop {
  const { boss, database, log } = args;
  let stopping = false;
  const loop = startWorkLoop({
    concurrency: args.concurrency,
    pollMs,
    leaseMs: (args.leaseSeconds - leaseMarginSeconds) * 1000,
    fetch: (limit) => fetchJobs(boss, gradingQueue, limit),
    putBack: (ids) => putBackJobs(database, { queue: gradingQueue, ids, delaySeconds: 0 }),
    log,
    async run(job, signal) {
      try {
        const settlement = settlementOf(boss, gradingQueue, job);
        const { addressHash = null } = job;
        await args.handler({ attemptId: attemptOf(job), addressHash, signal, settle: settlement.settle });
        await settlement.completeIfUnsettled();
      } catch (error) {
        await recordFailure(job, error);
      }
    },
  });
  return {
    wake: () => loop.wake(),
    stop(patience) {
      stopping = true;
      return loop.stop(patience);
    },
  };

  async function recordFailure(job: FetchedJob, error: unknown): Promise<void> {
    try {
      if (stopping) {
        await putBackJobs(database, { queue: gradingQueue, ids: [job.id], delaySeconds: 0 });
        return;
      }
      log.warn({ error, attemptId: job.attemptId }, 'grading failed; it is tried again a few times');
      await boss.fail(gradingQueue, job.id, { message: describeError(error).message });
      args.afterFailure();
    } catch (cause) {
      log.error(
        { error: cause, attemptId: job.attemptId },
        'a failed grading could not be recorded; its lease will run out',
      );
    }
  }
}

function exhaustedLoop(args: LoopParts & { onExhausted: (job: ExhaustedJob) => Promise<void> }): WorkLoop {
  const { boss, database, log } = args;
  return startWorkLoop({
    concurrency: 1,
    pollMs: exhaustedPollMs,
    leaseMs: args.leaseSeconds * 1000,
    fetch: (limit) => fetchJobs(boss, exhaustedQueue, limit),
    putBack: (ids) => putBackJobs(database, { queue: exhaustedQueue, ids, delaySeconds: 0 }),
    log,
    async run(job) {
      try {
        log.error({ attemptId: job.attemptId }, 'every try to grade this attempt failed');
        const settlement = settlementOf(boss, exhaustedQueue, job);
        await args.onExhausted({ attemptId: attemptOf(job), settle: settlement.settle });
        await settlement.completeIfUnsettled();
      } catch (error) {
        log.error({ error, attemptId: job.attemptId }, 'an attempt could not be given up; it is tried again');
        await putBackJobs(database, {
          queue: exhaustedQueue,
          ids: [job.id],
          delaySeconds: exhaustedPauseSeconds,
        }).catch((cause: unknown) =>
          log.error({ error: cause }, 'a job could not be put back; its lease will run out'),
        );
      }
    },
  });
}

async function fetchJobs(boss: PgBoss, queue: string, limit: number): Promise<FetchedJob[]> {
  const jobs = await boss.fetch<unknown>(queue, { batchSize: limit });
  return jobs.map((job) => {
    const payload = Payload.safeParse(job.data).data;
    return { id: job.id, attemptId: payload?.attemptId, addressHash: payload?.addressHash ?? null };
  });
}

function attemptOf(job: FetchedJob): string {
  if (job.attemptId !== undefined) return job.attemptId;
  throw new VivaError('internal', {
    message: `Job ${job.id} does not name an attempt.`,
    fix: 'Delete it from pgboss.job; no version of Viva wrote it.',
  });
}

/**
 * The end of one job, in the handler's transaction or, where the handler used none, by itself. Never both: once settled, the
 * same attempt may be enqueued again under the same id, and a second completion would end that new job unworked.
 */
function settlementOf(
  boss: PgBoss,
  queue: string,
  job: FetchedJob,
): { settle: (tx: Transaction) => Promise<void>; completeIfUnsettled: () => Promise<void> } {
  let settled = false;
  return {
    async settle(tx) {
      await boss.complete(queue, job.id, {}, { db: sqlOfTransaction(tx) });
      settled = true;
    },
    async completeIfUnsettled() {
      if (!settled) await boss.complete(queue, job.id, {});
    },
  };
}

function alreadyWorking(): VivaError {
  return new VivaError('internal', {
    message: 'This queue is already being worked.',
    fix: 'Call work() once a process and raise its concurrency instead.',
  });
}
