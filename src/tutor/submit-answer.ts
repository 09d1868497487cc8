import { findCourseItem, type CourseItem } from '../bank/content.ts';
import type { Prediction } from '../core/prediction.ts';
import { findAttemptByIdempotencyKey, insertAttempt } from '../store/attempts.ts';
import { lockLearner } from '../store/learners.ts';
import type { TutorDeps } from './deps.ts';
import { findOptionProblem } from './check-option.ts';
import type { PredictionView } from './learner-view.ts';
import { findStanding } from './standing.ts';

/** Characters an answer may have: some six pages, well past any explanation and well within any judge's context. */
export const LONGEST_ANSWER = 8_000;
const LONGEST_IDEMPOTENCY_KEY = 200;

export type SubmitProblem = { field: 'answer' | 'option' | 'prediction' | 'idempotency-key'; message: string };

export type SubmitOutcome =
  | { status: 'accepted'; attemptId: string; repeated: boolean }
  | { status: 'not-found' }
  | { status: 'invalid'; problems: SubmitProblem[] };

type Submission = {
  learnerId: string;
  itemId: string;
  answer: string;
  option: number | null;
  idempotencyKey: string | null;
  /** Where it came from; only a hash of it is kept, and only for budgets by address. */
  address?: string;
  /** What the learner expects before the verdict: the parts they think they covered, by ordinal, and how sure they are, 0–1. */
  prediction?: PredictionView | null;
};

/**
 * Takes an answer in: one transaction stores the attempt and enqueues its grading, so a crash loses neither.
 * The same idempotency key with the same answer gives the same attempt again; with another answer it is invalid.
 */
export async function submitAnswer(sent: Submission, deps: TutorDeps): Promise<SubmitOutcome> {
  // Half a character (a cut emoji) cannot be stored as it is; mended here, the same text compares equal when it comes again.
  const submission = {
    ...sent,
    answer: sent.answer.toWellFormed(),
    idempotencyKey: sent.idempotencyKey?.toWellFormed() ?? null,
  };
  const found = findCourseItem(deps.content, submission.itemId);
  if (!found) return { status: 'not-found' };
  const problems = findProblems(submission, found);
  if (problems.length > 0) return { status: 'invalid', problems };

  const outcome = await deps.database.transaction(async (tx): Promise<SubmitOutcome> => {
    // One submit of a learner at a time: two tabs can neither take the same try nor the same key.
    await lockLearner(tx, submission.learnerId);
    if (submission.idempotencyKey !== null) {
      const { learnerId, idempotencyKey } = submission;
      const earlier = await findAttemptByIdempotencyKey(tx, { learnerId, idempotencyKey });
      if (earlier) {
        const same =
          earlier.itemId === found.item.id &&
          earlier.answer === submission.answer &&
          earlier.option === submission.option;
        if (same) return { status: 'accepted', attemptId: earlier.id, repeated: true };
        const message = 'This Idempotency-Key was used for another answer. Send a new key with a new answer.';
        return { status: 'invalid', problems: [{ field: 'idempotency-key', message }] };
      }
    }
    const { triesUsed, standing } = await findStanding(
      { learnerId: submission.learnerId, course: found.course, itemId: found.item.id },
      tx,
    );
    const attemptId = deps.newId();
    await insertAttempt(tx, {
      id: attemptId,
      learnerId: submission.learnerId,
      course: found.course.id,
      itemId: found.item.id,
      option: submission.option,
      answer: submission.answer,
      idempotencyKey: submission.idempotencyKey,
      prediction: predictionOf(submission, found),
      standing,
      tryNumber: triesUsed + 1,
      rubricHash: found.rubricHash,
      now: deps.now(),
    });
    const { address } = submission;
    const addressHash = address === undefined ? null : (deps.spending?.hashAddress(address) ?? null);
    await deps.queue.enqueueGrading(tx, { attemptId, addressHash });
    return { status: 'accepted', attemptId, repeated: false };
  });
  deps.queue.wake();
  return outcome;
}

function findProblems(submission: Submission, { item, rubric }: CourseItem): SubmitProblem[] {
  const problems: SubmitProblem[] = [];
  const { length } = submission.answer;
  if (length > LONGEST_ANSWER) {
    const message = `Your answer has ${length} characters; the most is ${LONGEST_ANSWER}. Keep what answers the question and send it again.`;
    problems.push({ field: 'answer', message });
  }
  if (submission.answer.includes('\u0000')) {
    problems.push({
      field: 'answer',
      message: 'Your answer holds a NUL character, which cannot be stored. Remove it and send it again.',
    });
  }
  if (
    submission.idempotencyKey !== null &&
    (submission.idempotencyKey.length === 0 || submission.idempotencyKey.length > LONGEST_IDEMPOTENCY_KEY)
  ) {
    problems.push({
      field: 'idempotency-key',
      message: `An Idempotency-Key has 1 to ${LONGEST_IDEMPOTENCY_KEY} characters.`,
    });
  }
  const option = findOptionProblem({ item, option: submission.option });
  if (option !== undefined) problems.push({ field: 'option', message: option });
  const parts = rubric.criteria.length;
  const { covered, sure } = submission.prediction ?? { covered: [], sure: 0 };
  if (covered.some((ordinal) => !Number.isInteger(ordinal) || ordinal < 1 || ordinal > parts)) {
    problems.push({ field: 'prediction', message: `Number the parts you covered from 1 to ${parts}.` });
  }
  if (!(sure >= 0 && sure <= 1)) {
    problems.push({ field: 'prediction', message: 'Say how sure you are as a number from 0 to 1.' });
  }
  return problems;
}

/** Kept by id: ordinals move when an author adds a criterion. */
function predictionOf({ prediction }: Submission, { rubric }: CourseItem): Prediction | null {
  if (!prediction) return null;
  const covered = rubric.criteria.flatMap(({ id }, index) => (prediction.covered.includes(index + 1) ? [id] : []));
  return { covered, sure: prediction.sure };
}
