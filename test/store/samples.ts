import { randomUUID } from 'node:crypto';
import type { Grade, Outcome } from '../../src/core/grade.ts';
import type { NewAttempt } from '../../src/store/attempts.ts';
import type { Executor } from '../../src/store/executor.ts';
import { insertLearner } from '../../src/store/learners.ts';

/** A moment of the tests' own day, `minute` minutes after nine. */
export function at(minute: number): Date {
  return new Date(Date.UTC(2026, 10, 23, 9, minute));
}

/** A learner of the tests' own, so that tests share a database without meeting. */
export async function newLearner(db: Executor): Promise<string> {
  const id = randomUUID();
  await insertLearner(db, { id, tokenHash: `hash-of-${id}`, now: at(0) });
  return id;
}

export function attemptOf(learnerId: string, changes: Partial<NewAttempt> = {}): NewAttempt {
  return {
    id: randomUUID(),
    learnerId,
    course: 'fine-tuning',
    itemId: 'lora-params',
    option: null,
    answer: 'Two factors, so twice d times r.',
    idempotencyKey: null,
    prediction: null,
    standing: 'counted',
    tryNumber: 1,
    rubricHash: 'rubric-1',
    now: at(0),
    ...changes,
  };
}

/** A grade of `low` out of 5 points, in thousandths. */
export function gradeOf(low: number): Grade {
  return {
    status: 'graded',
    points: { low, high: low, max: 5000 },
    option: null,
    verdicts: [
      {
        criterion: 'both-matrices',
        verdict: 'met',
        points: low,
        max: 5000,
        evidence: [{ quote: 'Two factors', start: 0, end: 11 }],
        confidence: 0.9,
        note: '',
        noteFrom: 'author',
        reasoning: 'Says both.',
        barred: null,
      },
    ],
    misconceptions: [],
    feedback: { summary: 'You counted both.', next: 'What if r doubled?' },
    provenance: {
      judge: 'embedded',
      model: 'cues',
      promptVersion: '1',
      rubricHash: 'rubric-1',
      requestKey: 'request-1',
      tokensIn: null,
      tokensOut: null,
      costMicroUsd: null,
      latencyMs: 1,
    },
  };
}

export const provisional: Outcome = {
  ...gradeOf(2000),
  status: 'provisional',
  points: { low: 2000, high: 4000, max: 5000 },
};
export const returned: Outcome = { status: 'returned', reason: 'empty' };
export const ungraded: Outcome = { status: 'ungraded', reason: 'internal', detail: 'no luck', provenance: null };
