import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Judge } from '../../src/judge/judge.ts';
import { LeaseOver } from '../../src/queue/work-loop.ts';
import { findAttempt } from '../../src/store/attempts.ts';
import { gradeAttempt } from '../../src/tutor/grade-attempt.ts';
import { submitAnswer } from '../../src/tutor/submit-answer.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

/** A judge that is still thinking when it is called off. */
const slow: Judge = (_task, { signal }) =>
  new Promise((resolve) => {
    const calledOff = (): void =>
      resolve({ status: 'ungraded', reason: 'cancelled', detail: 'Nobody waits.', provenance: null });
    if (signal.aborted) calledOff();
    else signal.addEventListener('abort', calledOff);
  });

let tutor: TestTutor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: slow, work: 'never' });
});
afterAll(() => tutor.close());

async function stored(): Promise<string> {
  const submitted = await submitAnswer(
    {
      learnerId: await tutor.newLearner(),
      itemId: 'lora-count',
      answer: 'Two factors.',
      option: null,
      idempotencyKey: null,
    },
    tutor.deps,
  );
  if (submitted.status !== 'accepted') throw new Error(submitted.status);
  return submitted.attemptId;
}

test('an answer whose grading took too long is left ungraded, and says so to the operator', async () => {
  const attemptId = await stored();
  let settled = 0;
  const settle = (): Promise<void> => {
    settled += 1;
    return Promise.resolve();
  };
  const signal = AbortSignal.abort(new LeaseOver(240_000));
  await gradeAttempt({ attemptId, signal, settle }, tutor.deps);
  expect(settled).toBe(1);
  expect(await findAttempt(tutor.deps.database.db, attemptId)).toMatchObject({
    status: 'ungraded',
    outcome: {
      reason: 'timeout',
      detail: expect.stringMatching(/240 s.*VIVA_JUDGE_TIMEOUT_MS/) as string,
    },
  });
});

test('an answer whose grading was stopped with its process is kept for the next one', async () => {
  const attemptId = await stored();
  const settle = (): Promise<void> => Promise.reject(new Error('must not settle'));
  const signal = AbortSignal.abort(new Error('the queue is stopping'));
  await expect(gradeAttempt({ attemptId, signal, settle }, tutor.deps)).rejects.toThrow('cancelled');
  expect(await findAttempt(tutor.deps.database.db, attemptId)).toMatchObject({ status: 'grading', outcome: null });
});
