import { findCourseItem } from '../bank/content.ts';
import type { Outcome, Ungraded } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { GradingJob } from '../queue/queue.ts';
import { LeaseOver } from '../queue/work-loop.ts';
import { countJudgedBefore, findAttempt, settleAttempt, startAttempt } from '../store/attempts.ts';
import { lockLearnerOfAttempt } from '../store/learner-lives.ts';
import type { TutorDeps } from './deps.ts';
import { findPublished } from './published.ts';
import { recordReview } from './record-review.ts';
import { withinBudget } from './within-budget.ts';

type GradeDeps = Pick<
  TutorDeps,
  'content' | 'database' | 'judge' | 'judgeCard' | 'spending' | 'attemptChanges' | 'now' | 'log'
>;

/**
 * Grades one stored attempt; what the queue's worker calls. Grade and job settle in one transaction, so a crash before it
 * grades again and a crash after it does not. An attempt that is settled already only settles its job. One whose time is up
 * is settled as ungraded. Rejects where the process stops, so that the queue keeps the job.
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
  if (outcome.status !== 'ungraded' || outcome.reason !== 'cancelled') return settle({ job, outcome }, deps);
  const over: unknown = job.signal.reason;
  // A further try would be as slow as this one, and four of them a quarter of an hour.
  if (over instanceof LeaseOver) return settle({ job, outcome: tookTooLong(outcome, over) }, deps);
  // The process is stopping: the answer is kept, and whoever starts next grades it.
  throw new Error(`Grading of attempt ${attemptId} was cancelled.`);
}

export function tookTooLong(cancelled: Ungraded, { leaseMs }: LeaseOver): Ungraded {
  const seconds = Math.round(leaseMs / 1000);
  const detail = `No grade came within ${seconds} s, retries and a repair included. Raise VIVA_JUDGE_TIMEOUT_MS, which that time grows with, or use a faster model; the answer is kept and can be graded again.`;
  return { ...cancelled, reason: 'timeout', detail };
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
  const now = deps.now();
  const settled = await deps.database.transaction(async (tx) => {
    await lockLearnerOfAttempt(tx, job.attemptId);
    const first = await settleAttempt(tx, { id: job.attemptId, outcome, now });
    if (first) await recordReview({ attemptId: job.attemptId, outcome, now }, tx);
    await job.settle(tx);
    return first;
  });
  // Not where its learner deleted it meanwhile, or another worker was first.
  if (settled && outcome.status === 'ungraded') {
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
  // The hint ladder climbs with every judged attempt, counted or not: whoever practises or says more wants the next rung.
  const { learnerId, course, itemId, createdAt } = attempt;
  const judged = await countJudgedBefore(deps.database.db, { learnerId, course, itemId, before: createdAt });
  const { judge, judgeCard: card, spending } = deps;
  const payer = { learnerId, addressHash: job.addressHash ?? null };
  const paid = spending === undefined ? judge : withinBudget({ judge, spending, payer }, deps);
  const published = findPublished({ course, judge: card.judge, model: card.model, promptVersion: null }, deps);
  return gradeAnswer(task, {
    judge: paid,
    tryNumber: judged + 1,
    signal: job.signal,
    thresholds: published?.thresholds ?? null,
  });
}
