import { findCourseItem } from '../bank/content.ts';
import type { Outcome } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { GradingJob } from '../queue/queue.ts';
import { findAttempt, settleAttempt, startAttempt } from '../store/attempts.ts';
import type { TutorDeps } from './deps.ts';

type GradeDeps = Pick<TutorDeps, 'content' | 'database' | 'judge' | 'attemptChanges' | 'now' | 'log'>;

/**
 * Grades one stored attempt; what the queue's worker calls. Grade and job settle in one transaction, so a crash before it
 * grades again and a crash after it does not. An attempt that is settled already only settles its job.
 */
export async function gradeAttempt(job: GradingJob, deps: GradeDeps): Promise<void> {
  const { attemptId } = job;
  const started = await startAttempt(deps.database.db, { id: attemptId, now: deps.now() });
  if (!started) {
    await deps.database.transaction((tx) => job.settle(tx));
    return;
  }
  deps.attemptChanges.announce(attemptId);
  const outcome = await judgeStored(job, deps);
  // The process is stopping: the answer is kept, and whoever starts next grades it.
  if (outcome.status === 'ungraded' && outcome.reason === 'cancelled')
    throw new Error(`Grading of attempt ${attemptId} was cancelled.`);
  await settle({ job, outcome }, deps);
}

/** The end of an attempt whose grading failed past every retry: ungraded, with the answer kept. */
export async function giveUpAttempt(job: Omit<GradingJob, 'signal'>, deps: GradeDeps): Promise<void> {
  const outcome: Outcome = {
    status: 'ungraded',
    reason: 'internal',
    detail: 'Grading failed at every retry; the log has each error.',
    provenance: null,
  };
  await settle({ job, outcome }, deps);
}

async function settle(
  { job, outcome }: { job: Omit<GradingJob, 'signal'>; outcome: Outcome },
  deps: GradeDeps,
): Promise<void> {
  await deps.database.transaction(async (tx) => {
    await settleAttempt(tx, { id: job.attemptId, outcome, now: deps.now() });
    await job.settle(tx);
  });
  if (outcome.status === 'ungraded') {
    deps.log.warn(
      { attemptId: job.attemptId, reason: outcome.reason, detail: outcome.detail },
      'an attempt was left ungraded',
    );
  }
  deps.attemptChanges.announce(job.attemptId);
}

async function judgeStored(job: GradingJob, deps: GradeDeps): Promise<Outcome> {
  const attempt = await findAttempt(deps.database.db, job.attemptId);
  const found = attempt && findCourseItem(deps.content, attempt.itemId);
  if (!attempt || !found) {
    const detail = attempt
      ? `The item "${attempt.itemId}" is no longer in the bank; put it back and grade again.`
      : 'The attempt is gone.';
    return { status: 'ungraded', reason: 'internal', detail, provenance: null };
  }
  const { item, rubric, rubricHash } = found;
  const task = { item, rubric, rubricHash, answer: attempt.answer, option: attempt.option, replica: 0 };
  return gradeAnswer(task, { judge: deps.judge, tryNumber: attempt.tryNumber, signal: job.signal });
}
