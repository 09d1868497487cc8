import { refutationOf } from '../bank/refutation.ts';
import type { Outcome } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { ExhaustedJob, GradingJob } from '../queue/queue.ts';
import { LeaseOver } from '../queue/work-loop.ts';
import { findTrial, reopenWhy, settleWhy, type TrialRow } from '../store/trials.ts';
import type { TutorDeps } from './deps.ts';
import { findStimulus } from './drill-stimuli.ts';
import { tookTooLong } from './grade-attempt.ts';
import { enqueueWhy, findOwnTrial } from './spot-the-mistake.ts';
import { judgedAgainst } from './trial-view.ts';
import { withinBudget } from './within-budget.ts';

type GradeDeps = Pick<TutorDeps, 'content' | 'database' | 'judge' | 'spending' | 'attemptChanges' | 'now' | 'log'>;

/** As gradeAttempt does with an answer: verdict and job settle together, what is settled already only settles its job. */
export async function gradeWhy({ job, trial }: { job: GradingJob; trial: TrialRow }, deps: GradeDeps): Promise<void> {
  if (trial.whyOutcome !== null || trial.why === null) {
    await deps.database.transaction((tx) => job.settle(tx));
    return;
  }
  const outcome = await judgeWhy({ job, trial, why: trial.why }, deps);
  if (outcome.status !== 'ungraded' || outcome.reason !== 'cancelled') return settle({ job, outcome }, deps);
  const over: unknown = job.signal.reason;
  if (over instanceof LeaseOver) return settle({ job, outcome: tookTooLong(outcome, over) }, deps);
  // The process is stopping: the reason is kept, and whoever starts next judges it.
  throw new Error(`Judging the reason of trial ${trial.id} was cancelled.`);
}

/** The end of a reason whose judging failed past every retry: ungraded, with the reason kept. */
export async function giveUpWhy(job: ExhaustedJob, deps: GradeDeps): Promise<void> {
  const detail = 'Judging the reason failed at every retry; the log has each error.';
  await settle({ job, outcome: { status: 'ungraded', reason: 'internal', detail, provenance: null } }, deps);
}

/**
 * Puts a reason that was left ungraded back in the queue. `settled` where it is not ungraded: it has a verdict, is waiting, or is not to
 * be judged.
 */
export async function judgeWhyAgain(
  { address, ...key }: { trialId: string; learnerId: string | null; address?: string },
  deps: Pick<TutorDeps, 'content' | 'database' | 'queue' | 'spending'>,
): Promise<{ status: 'accepted' } | { status: 'settled' } | { status: 'not-found' }> {
  const found = await findOwnTrial(key, deps);
  if (!found) return { status: 'not-found' };
  const { id } = found.trial;
  const reopened = await deps.database.transaction(async (tx) => {
    if (!(await reopenWhy(tx, id))) return false;
    await enqueueWhy(tx, { trialId: id, address }, deps);
    return true;
  });
  if (!reopened) return { status: 'settled' };
  deps.queue.wake();
  return { status: 'accepted' };
}

/** Resolves once a turn's reason has been judged, or after `timeoutMs`: a quick judge need not keep its reader waiting. */
export async function waitForWhy(
  { trialId, timeoutMs, signal }: { trialId: string; timeoutMs: number; signal: AbortSignal },
  deps: Pick<TutorDeps, 'content' | 'database' | 'attemptChanges'>,
): Promise<void> {
  // Listen before looking: a verdict between the look and the wait must not be missed.
  const changed = deps.attemptChanges.next(trialId, { timeoutMs, signal });
  const trial = await findTrial(deps.database.db, trialId);
  if (trial && isBeingJudged(trial, deps)) await changed;
}

function isBeingJudged(trial: TrialRow, { content }: Pick<TutorDeps, 'content'>): boolean {
  const stimulus = findStimulus(content, trial);
  return trial.whyOutcome === null && stimulus !== undefined && judgedAgainst({ trial, stimulus }) !== undefined;
}

async function judgeWhy(
  { job, trial, why }: { job: GradingJob; trial: TrialRow; why: string },
  deps: GradeDeps,
): Promise<Outcome> {
  const stimulus = findStimulus(deps.content, trial);
  const misconception = stimulus && judgedAgainst({ trial, stimulus });
  if (!stimulus || !misconception) {
    const detail = `The answer or the misconception of trial ${trial.id} is no longer in the content; put it back and judge again.`;
    return { status: 'ungraded', reason: 'internal', detail, provenance: null };
  }
  const refutation = refutationOf({ courseItem: stimulus.courseItem, misconception });
  const task = { ...refutation, answer: why, option: null, replica: 0 };
  const { judge, spending } = deps;
  const payer = { learnerId: trial.learnerId, addressHash: job.addressHash ?? null };
  const paid = spending === undefined ? judge : withinBudget({ judge, spending, payer }, deps);
  return gradeAnswer(task, { judge: paid, tryNumber: 1, signal: job.signal });
}

async function settle({ job, outcome }: { job: ExhaustedJob; outcome: Outcome }, deps: GradeDeps): Promise<void> {
  const { attemptId: trialId } = job;
  const settled = await deps.database.transaction(async (tx) => {
    const first = await settleWhy(tx, { id: trialId, outcome });
    await job.settle(tx);
    return first;
  });
  // Not where its learner deleted it meanwhile, or another worker was first.
  if (settled && outcome.status === 'ungraded')
    deps.log.warn({ trialId, reason: outcome.reason, detail: outcome.detail }, 'a reason was left ungraded');
  deps.attemptChanges.announce(trialId);
}
