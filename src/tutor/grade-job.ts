import type { ExhaustedJob, GradingJob } from '../queue/queue.ts';
import { findTrial } from '../store/trials.ts';
import type { TutorDeps } from './deps.ts';
import { giveUpAttempt, gradeAttempt } from './grade-attempt.ts';
import { giveUpWhy, gradeWhy } from './grade-why.ts';

type GradeDeps = Pick<
  TutorDeps,
  'content' | 'database' | 'judge' | 'judgeCard' | 'spending' | 'attemptChanges' | 'now' | 'log'
>;

/**
 * What the queue's worker calls. A job is known by an id alone, an attempt's or a drill turn's: the first has an answer to grade, the
 * second a reason why an answer is wrong. Ids are random, so none is both.
 */
export async function gradeJob(job: GradingJob, deps: GradeDeps): Promise<void> {
  const trial = await findTrial(deps.database.db, job.attemptId);
  return trial ? gradeWhy({ job, trial }, deps) : gradeAttempt(job, deps);
}

/** What the queue calls where every try of a job failed. */
export async function giveUpJob(job: ExhaustedJob, deps: GradeDeps): Promise<void> {
  const trial = await findTrial(deps.database.db, job.attemptId);
  return trial ? giveUpWhy(job, deps) : giveUpAttempt(job, deps);
}
