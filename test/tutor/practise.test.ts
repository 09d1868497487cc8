import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { retryAttempt } from '../../src/tutor/retry-attempt.ts';
import { revealItem } from '../../src/tutor/reveal-item.ts';
import { LONGEST_ANSWER, submitAnswer } from '../../src/tutor/submit-answer.ts';
import { viewAttempt } from '../../src/tutor/view-attempt.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { watchAttempt } from '../../src/tutor/watch-attempt.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { drain, openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const right = 'Both factors are trained, so 2 x 4096 x 16 = 131,072; the rank is tiny beside the width.';
const notHeld = { 'one-factor': { verdict: 'not-held' } } as const;
const half = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'missed' },
  },
  misconceptions: notHeld,
});
const doubtful = judgmentOf({
  criteria: { 'both-factors': { verdict: 'unsure' }, count: { verdict: 'missed' }, 'why-few': { verdict: 'missed' } },
  misconceptions: notHeld,
});
const choiceMet = judgmentOf({
  criteria: { 'limits-drift': { verdict: 'met', quotes: ['limits the drift'] } },
  misconceptions: { 'longer-helps': { verdict: 'not-held' } },
});
const dead: Judgment = {
  status: 'ungraded',
  reason: 'unreachable',
  detail: 'Nobody answers at this address.',
  provenance: null,
};

let tutor: TestTutor;
let next: Judgment = half;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(next) });
});
afterAll(async () => {
  await tutor.close();
});

describe('practising', () => {
  test('an answer is stored, graded and shown with ordinals, quotes and the hint due, and nothing authored besides', async () => {
    next = half;
    const learnerId = await tutor.newLearner();
    const view = await tutor.answer({ learnerId, answer: right });
    expect(view).toMatchObject({
      status: 'graded',
      standing: 'counted',
      tryNumber: 1,
      points: { low: 2, high: 2, max: 6 },
      revealed: false,
      reveal: null,
    });
    expect(view.verdicts).toMatchObject([
      { ordinal: 1, verdict: 'met', evidence: [{ quote: 'Both factors are trained' }], note: '' },
      { ordinal: 2, verdict: 'missed', note: 'Multiply the shapes.' },
      { ordinal: 3, verdict: 'missed', note: 'Compare the two dimensions.' },
    ]);
    expect(view.judge).toMatchObject({ judge: 'scripted', readBy: 'this server' });
    const shown = JSON.stringify(view);
    for (const hidden of ['both-factors', 'one-factor', 'Names both low-rank factors', 'the count doubles'])
      expect(shown).not.toContain(hidden);
  });

  test('what is worth doing after a question is not what is complete or revealed', async () => {
    const learnerId = await tutor.newLearner();
    const after = async (itemId: string): Promise<string[] | undefined> =>
      (await viewItem({ itemId, learnerId }, tutor.deps))?.next.map(({ id }) => id);
    next = half;
    expect([await after('kl-choice'), await after('lora-count')]).toEqual([['lora-count'], ['kl-choice']]);
    const { id: attemptId } = await tutor.answer({ learnerId, answer: right });
    expect(await after('kl-choice')).toEqual(['lora-count']);
    await revealItem({ attemptId, learnerId }, tutor.deps);
    expect(await after('kl-choice')).toEqual([]);
    next = choiceMet;
    await tutor.answer({ learnerId, itemId: 'kl-choice', option: 2, answer: 'It limits the drift.' });
    expect(await after('lora-count')).toEqual([]);
  });

  test('a watcher sees stored or grading, then the end', async () => {
    next = half;
    const learnerId = await tutor.newLearner();
    const submitted = await submitAnswer(
      { learnerId, itemId: 'lora-count', answer: right, option: null, idempotencyKey: null },
      tutor.deps,
    );
    if (submitted.status !== 'accepted') throw new Error(submitted.status);
    const seen = await drain(
      watchAttempt({ attemptId: submitted.attemptId, learnerId, signal: AbortSignal.timeout(10_000) }, tutor.deps),
    );
    expect(seen.at(-1)).toBe('graded');
    expect(['stored', 'grading', 'graded']).toEqual(expect.arrayContaining(seen));
  });

  test('after the tries, attempts are practice', async () => {
    next = half;
    const learnerId = await tutor.newLearner();
    const standings = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { standing, tryNumber } = await tutor.answer({ learnerId, answer: right });
      standings.push([standing, tryNumber]);
    }
    expect(standings).toEqual([
      ['counted', 1],
      ['counted', 2],
      ['practice', 3],
    ]);
    expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({
      tries: { allowed: 2, used: 2 },
      standing: 'practice',
    });
  });

  test('a returned, an ungraded and a provisional attempt use no try', async () => {
    const learnerId = await tutor.newLearner();
    expect((await tutor.answer({ learnerId, answer: ' ' })).status).toBe('returned');
    next = dead;
    expect(await tutor.answer({ learnerId, answer: right })).toMatchObject({
      status: 'ungraded',
      reason: 'unreachable',
      answer: right,
    });
    next = doubtful;
    expect(await tutor.answer({ learnerId, answer: right })).toMatchObject({
      status: 'provisional',
      points: { low: 0, high: 2 },
    });
    next = half;
    expect(await tutor.answer({ learnerId, answer: right })).toMatchObject({
      standing: 'counted',
      tryNumber: 1,
      tries: { used: 1 },
    });
  });

  test('hints climb with every judged attempt, whether it counts or not', async () => {
    const learnerId = await tutor.newLearner();
    next = doubtful;
    expect((await tutor.answer({ learnerId, answer: right })).verdicts[1]?.note).toBe('Multiply the shapes.');
    expect((await tutor.answer({ learnerId, answer: right })).verdicts[1]?.note).toBe(
      'Add up what you have for each matrix.',
    );
  });

  test('an ungraded attempt can be sent back and is then graded; a graded one cannot', async () => {
    next = dead;
    const learnerId = await tutor.newLearner();
    const { id: attemptId } = await tutor.answer({ learnerId, answer: right });
    next = half;
    expect(await retryAttempt({ attemptId, learnerId }, tutor.deps)).toEqual({ status: 'accepted' });
    await drain(watchAttempt({ attemptId, learnerId, signal: AbortSignal.timeout(10_000) }, tutor.deps));
    expect(await viewAttempt({ attemptId, learnerId }, tutor.deps)).toMatchObject({
      status: 'graded',
      points: { low: 2 },
    });
    expect(await retryAttempt({ attemptId, learnerId }, tutor.deps)).toEqual({ status: 'settled' });
  });

  test('the same idempotency key gives the same attempt, and refuses another answer', async () => {
    const learnerId = await tutor.newLearner();
    const submit = (answer: string): ReturnType<typeof submitAnswer> =>
      submitAnswer({ learnerId, itemId: 'lora-count', answer, option: null, idempotencyKey: 'k1' }, tutor.deps);
    const [first, second] = await Promise.all([submit(right), submit(right)]);
    if (first.status !== 'accepted' || second.status !== 'accepted') throw new Error('not accepted');
    expect(first.attemptId).toBe(second.attemptId);
    expect([first.repeated, second.repeated].sort()).toEqual([false, true]);
    expect(await submit('Something else.')).toMatchObject({
      status: 'invalid',
      problems: [{ field: 'idempotency-key' }],
    });
  });

  test('half a character comes again as the same answer', async () => {
    const learnerId = await tutor.newLearner();
    const sent = { learnerId, itemId: 'lora-count', answer: 'cut off \uD83D', option: null, idempotencyKey: 'cut' };
    const first = await submitAnswer(sent, tutor.deps);
    expect(first).toMatchObject({ status: 'accepted', repeated: false });
    expect(await submitAnswer(sent, tutor.deps)).toMatchObject({ status: 'accepted', repeated: true });
  });

  test('two submits at once never share the last try', async () => {
    next = half;
    const learnerId = await tutor.newLearner();
    await tutor.answer({ learnerId, answer: right });
    const views = await Promise.all([
      tutor.answer({ learnerId, answer: `${right} One.` }),
      tutor.answer({ learnerId, answer: `${right} Two.` }),
    ]);
    expect(views.map(({ standing }) => standing).sort()).toEqual(['counted', 'practice']);
  });

  test.each([
    ['too long', 'x'.repeat(LONGEST_ANSWER + 1), null, 'answer', /8001 characters; the most is 8000/],
    ['a NUL character', 'a\u0000b', null, 'answer', /NUL/],
    ['an option where there are none', right, 1, 'option', /no options/],
  ])('%s is refused with what to do', async (_name, answer, option, field, message) => {
    const learnerId = await tutor.newLearner();
    const refused = await submitAnswer(
      { learnerId, itemId: 'lora-count', answer, option, idempotencyKey: null },
      tutor.deps,
    );
    expect(refused).toMatchObject({
      status: 'invalid',
      problems: [{ field, message: expect.stringMatching(message) as string }],
    });
  });

  test.each([null, 0, 3, 1.5])('a choice item needs one of its options, not %s', async (option) => {
    const learnerId = await tutor.newLearner();
    const refused = await submitAnswer(
      { learnerId, itemId: 'kl-choice', answer: 'why', option, idempotencyKey: null },
      tutor.deps,
    );
    expect(refused).toMatchObject({ status: 'invalid', problems: [{ field: 'option' }] });
  });

  test('a choice item with a blank why earns its option share', async () => {
    const learnerId = await tutor.newLearner();
    const view = await tutor.answer({ learnerId, itemId: 'kl-choice', option: 2, answer: '' });
    expect(view).toMatchObject({
      status: 'graded',
      points: { low: 1, high: 1, max: 3 },
      option: { picked: 2, correct: true },
    });
  });
});

describe('the reveal', () => {
  test('opens reference, criteria and misconceptions, and turns later attempts into practice', async () => {
    next = half;
    const learnerId = await tutor.newLearner();
    const { id: attemptId } = await tutor.answer({ learnerId, answer: right });
    const view = await revealItem({ attemptId, learnerId }, tutor.deps);
    expect(view?.reveal).toMatchObject({
      reference: expect.stringContaining('131,072') as string,
      criteria: [{ expects: 'Names both low-rank factors.', verdict: 'met' }, {}, {}],
      misconceptions: [{ refutes: 'A and B are both trained, so the count doubles.', held: false }],
    });
    expect(await tutor.answer({ learnerId, answer: right })).toMatchObject({ standing: 'practice' });
  });

  test("nobody sees, reveals, watches or retries another learner's attempt", async () => {
    next = half;
    const [owner, other] = [await tutor.newLearner(), await tutor.newLearner()];
    const { id: attemptId } = await tutor.answer({ learnerId: owner, answer: right });
    for (const learnerId of [other, null]) {
      expect(await viewAttempt({ attemptId, learnerId }, tutor.deps)).toBeUndefined();
      expect(await revealItem({ attemptId, learnerId }, tutor.deps)).toBeUndefined();
      expect(await retryAttempt({ attemptId, learnerId }, tutor.deps)).toEqual({ status: 'not-found' });
      expect(
        await drain(watchAttempt({ attemptId, learnerId, signal: AbortSignal.timeout(5_000) }, tutor.deps)),
      ).toEqual([]);
    }
  });
});

describe('a course that keeps its answers back', () => {
  test('reveals only after an attempt that was judged', async () => {
    const [loaded] = tutor.deps.content.courses;
    if (!loaded) throw new Error('no course');
    const content = {
      ...tutor.deps.content,
      courses: [{ ...loaded, course: { ...loaded.course, answers: 'closed' as const } }],
    };
    next = half;
    const learnerId = await tutor.newLearner();
    const empty = await tutor.answer({ learnerId, answer: ' ' });
    expect(await revealItem({ attemptId: empty.id, learnerId }, { ...tutor.deps, content })).toMatchObject({
      revealed: false,
      reveal: null,
    });
    const judged = await tutor.answer({ learnerId, answer: right });
    expect(await revealItem({ attemptId: judged.id, learnerId }, { ...tutor.deps, content })).toMatchObject({
      revealed: true,
    });
  });
});
