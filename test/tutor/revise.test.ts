import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { findAttempt } from '../../src/store/attempts.ts';
import { insertSightings } from '../../src/store/sightings.ts';
import { submitAnswer } from '../../src/tutor/submit-answer.ts';
import { viewCourse } from '../../src/tutor/view-course.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { compareWords } from '../../src/tutor/view-revision.ts';
import { judgmentOf, type Finding } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const answer = 'Both factors are trained, so twice d times r, and the rank is tiny beside the width.';

function verdicts(both: Finding['verdict'], why: Finding['verdict']): Judgment {
  const quotes = { both: ['Both factors are trained'], why: ['the rank is tiny beside the width'] };
  const found = (verdict: Finding['verdict'], of: 'both' | 'why'): Finding =>
    verdict === 'missed' ? { verdict } : { verdict, quotes: quotes[of] };
  return judgmentOf({
    criteria: { 'both-factors': found(both, 'both'), count: { verdict: 'missed' }, 'why-few': found(why, 'why') },
    misconceptions: { 'one-factor': { verdict: 'not-held' } },
  });
}

let tutor: TestTutor;
let next: Judgment = verdicts('met', 'missed');
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(next) });
});
afterAll(() => tutor.close());

describe('predicting the verdict', () => {
  test('what was ticked is kept by criterion, and shown by number', async () => {
    const learnerId = await tutor.newLearner();
    const submitted = await submitAnswer(
      {
        learnerId,
        itemId: 'lora-count',
        answer,
        option: null,
        idempotencyKey: null,
        prediction: { covered: [3, 1], sure: 0.75 },
      },
      tutor.deps,
    );
    if (submitted.status !== 'accepted') throw new Error(submitted.status);
    const row = await findAttempt(tutor.deps.database.db, submitted.attemptId);
    expect(row?.prediction).toEqual({ covered: ['both-factors', 'why-few'], sure: 0.75 });
  });

  test('none is kept where none was made', async () => {
    const learnerId = await tutor.newLearner();
    expect(await tutor.answer({ learnerId, answer })).toMatchObject({ prediction: null });
  });

  test.each([
    [{ covered: [4], sure: 0.5 }, /from 1 to 3/],
    [{ covered: [0], sure: 0.5 }, /from 1 to 3/],
    [{ covered: [1], sure: 1.5 }, /from 0 to 1/],
    [{ covered: [1], sure: Number.NaN }, /from 0 to 1/],
  ])('%j is refused', async (prediction, message) => {
    const learnerId = await tutor.newLearner();
    const sent = { learnerId, itemId: 'lora-count', answer, option: null, idempotencyKey: null, prediction };
    expect(await submitAnswer(sent, tutor.deps)).toMatchObject({
      status: 'invalid',
      problems: [{ field: 'prediction', message: expect.stringMatching(message) as string }],
    });
  });
});

describe('the next try', () => {
  test('is told what is open and which hint is due, and after it what changed and what that earned', async () => {
    const learnerId = await tutor.newLearner();
    next = verdicts('missed', 'met');
    const first = await tutor.answer({ learnerId, answer });
    expect(first.revision).toBeNull();
    const item = await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps);
    expect(item?.due?.verdicts).toMatchObject([
      { ordinal: 1, verdict: 'missed', note: 'How many matrices are there?' },
      { ordinal: 2, verdict: 'missed', note: 'Multiply the shapes.' },
    ]);
    expect(item?.latest?.answer).toBe(answer);
    next = verdicts('met', 'missed');
    const second = await tutor.answer({ learnerId, answer: answer.replace('twice', 'two times') });
    expect(second.revision).toMatchObject({
      since: { id: first.id, points: { low: 1, max: 6 } },
      verdicts: [
        { ordinal: 1, before: 'missed', after: 'met', earned: 2 },
        { ordinal: 2, before: 'missed', after: 'missed', earned: 0 },
        { ordinal: 3, before: 'met', after: 'missed', earned: -1 },
      ],
    });
    expect(second.revision?.words?.filter(({ change }) => change !== 'kept')).toEqual([
      { change: 'removed', text: 'twice ' },
      { change: 'added', text: 'two times ' },
    ]);
  });

  test('is compared with the last try that was judged, not with one that was sent back', async () => {
    const learnerId = await tutor.newLearner();
    next = verdicts('met', 'missed');
    const judged = await tutor.answer({ learnerId, answer });
    expect((await tutor.answer({ learnerId, answer: ' ' })).revision).toBeNull();
    expect((await tutor.answer({ learnerId, answer: `${answer} More.` })).revision?.since.id).toBe(judged.id);
  });

  test('has nothing due where nothing was judged, or all is met', async () => {
    const learnerId = await tutor.newLearner();
    expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ due: null });
    await tutor.answer({ learnerId, answer: ' ' });
    expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ due: null });
  });
});

test('a question whose answer was read says so on its card', async () => {
  const learnerId = await tutor.newLearner();
  const seen = { learnerId, course: 'demo', itemIds: ['lora-count'], where: 'answers' as const, now: new Date() };
  await insertSightings(tutor.deps.database.db, seen);
  const course = await viewCourse({ courseId: 'demo', learnerId }, tutor.deps);
  expect(course?.chapters[0]?.items.map(({ state }) => state)).toEqual(['seen', 'new']);
});

describe('comparing the words of two answers', () => {
  const without = (words: NonNullable<ReturnType<typeof compareWords>>, change: string): string =>
    words
      .filter((stretch) => stretch.change !== change)
      .map(({ text }) => text)
      .join('');

  test('without what was removed it is the new answer, without what was added the old one', () => {
    const word = fc.constantFrom('the', 'rank', '131,072', 'low-rank', '\n', '  ', '.', 'ä', '🙂', '$x$');
    const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const words = compareWords({ before, after });
        if (words === null) return;
        expect(without(words, 'removed')).toBe(after);
        expect(without(words, 'added')).toBe(before);
      }),
    );
  });

  test('a number is one word, and words that changed beside each other are one change', () => {
    const before = 'It trains one matrix, which gives 65,536 parameters in all.';
    const after = 'It trains two big matrices, which gives 131,072 parameters in all.';
    expect(compareWords({ before, after })).toEqual([
      { change: 'kept', text: 'It trains ' },
      { change: 'removed', text: 'one matrix' },
      { change: 'added', text: 'two big matrices' },
      { change: 'kept', text: ', which gives ' },
      { change: 'removed', text: '65,536' },
      { change: 'added', text: '131,072' },
      { change: 'kept', text: ' parameters in all.' },
    ]);
  });

  test('an answer written anew is not compared', () => {
    expect(compareWords({ before: 'One thing stood here.', after: 'Now quite another sentence does.' })).toBeNull();
  });

  test('two long answers are compared in a moment, or not at all', () => {
    const long = (step: number): string =>
      Array.from({ length: 1_400 }, (_, index) => `w${(index * step) % 300}`).join(' ');
    const begun = performance.now();
    compareWords({ before: long(7), after: long(11) });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
