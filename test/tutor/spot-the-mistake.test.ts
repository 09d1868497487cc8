import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Content, CourseItem } from '../../src/bank/content.ts';
import { Rubric } from '../../src/core/rubric.ts';
import { insertSightings } from '../../src/store/sightings.ts';
import { answerTrial, startTrial, viewTrial } from '../../src/tutor/spot-the-mistake.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { judgmentOf, loraCourseItem } from '../fixtures/lora.ts';
import { demoCourse, openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const mistaken = 'The adapter is one matrix, so 65,536 numbers are trained and no more.';
const drilled: CourseItem = {
  ...loraCourseItem,
  rubric: Rubric.parse({
    ...loraCourseItem.rubric,
    exemplars: [
      ...loraCourseItem.rubric.exemplars,
      {
        answer: mistaken,
        verdicts: { 'both-factors': 'missed', count: 'missed', 'why-few': 'missed' },
        misconceptions: [{ id: 'one-factor', span: 'The adapter is one matrix' }],
      },
    ],
  }),
};
const content: Content = { courses: [{ course: demoCourse, items: [drilled] }], evalSets: [] };

let tutor: TestTutor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(judgmentOf({ criteria: {} })), content, work: 'never' });
});
afterAll(async () => {
  await tutor.close();
});

/** Starts a turn whose draw is fixed: below a half a wrong answer comes, else a right one. */
async function start(learnerId: string, draw: number): Promise<string> {
  const started = await startTrial({ courseId: 'demo', learnerId }, { ...tutor.deps, random: () => draw });
  if (started.status !== 'started') throw new Error(started.status);
  return started.trialId;
}

test('a turn shows an answer and the claims, and says nothing of which is right', async () => {
  const learnerId = await tutor.newLearner();
  const view = await viewTrial({ trialId: await start(learnerId, 0.1), learnerId }, tutor.deps);
  expect(view).toMatchObject({ answer: mistaken, outcome: null });
  expect(view?.choices.map(({ text }) => text)).toEqual([
    'Only one matrix of d times r parameters is trained.',
    'There is no mistake in it.',
  ]);
});

test('spotting the mistake shows where it stands and why it fails', async () => {
  const learnerId = await tutor.newLearner();
  const answered = await answerTrial({ trialId: await start(learnerId, 0.1), learnerId, picked: 1 }, tutor.deps);
  expect(answered).toMatchObject({
    status: 'answered',
    view: {
      outcome: {
        correct: true,
        right: 1,
        evidence: [{ quote: 'The adapter is one matrix', start: 0 }],
        explanation: { refutes: 'A and B are both trained, so the count doubles.' },
      },
    },
  });
});

test('calling a right answer wrong is a false alarm', async () => {
  const learnerId = await tutor.newLearner();
  const answered = await answerTrial({ trialId: await start(learnerId, 0.9), learnerId, picked: 1 }, tutor.deps);
  expect(answered).toMatchObject({ view: { outcome: { correct: false, picked: 1, right: 2, explanation: null } } });
});

test('a turn counts once: a second answer changes nothing', async () => {
  const learnerId = await tutor.newLearner();
  const trialId = await start(learnerId, 0.1);
  await answerTrial({ trialId, learnerId, picked: 2 }, tutor.deps);
  expect(await answerTrial({ trialId, learnerId, picked: 1 }, tutor.deps)).toMatchObject({
    view: { outcome: { picked: 2, correct: false } },
  });
});

test('the drilled question counts as seen from then on', async () => {
  const learnerId = await tutor.newLearner();
  expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ standing: 'counted' });
  await start(learnerId, 0.1);
  expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ standing: 'after-seeing' });
});

test('a question whose answer was read comes before one that is still fresh', async () => {
  const other: CourseItem = { ...drilled, item: { ...drilled.item, id: 'another' } };
  const two: Content = { courses: [{ course: demoCourse, items: [drilled, other] }], evalSets: [] };
  const deps = { ...tutor.deps, content: two };
  for (const itemId of ['another', 'lora-count']) {
    const reader = await tutor.newLearner();
    await insertSightings(deps.database.db, {
      learnerId: reader,
      course: 'demo',
      itemIds: [itemId],
      where: 'answers',
      now: deps.now(),
    });
    const started = await startTrial({ courseId: 'demo', learnerId: reader }, deps);
    if (started.status !== 'started') throw new Error(started.status);
    expect(await viewTrial({ trialId: started.trialId, learnerId: reader }, deps)).toMatchObject({
      item: { id: itemId },
    });
  }
});

test('an unknown choice is refused and another learner sees nothing', async () => {
  const [learnerId, other] = [await tutor.newLearner(), await tutor.newLearner()];
  const trialId = await start(learnerId, 0.1);
  expect(await answerTrial({ trialId, learnerId, picked: 9 }, tutor.deps)).toMatchObject({ status: 'invalid' });
  expect(await viewTrial({ trialId, learnerId: other }, tutor.deps)).toBeUndefined();
  expect(await answerTrial({ trialId: 'not-an-id', learnerId, picked: 1 }, tutor.deps)).toEqual({
    status: 'not-found',
  });
});

test('a course without drillable exemplars says so', async () => {
  const learnerId = await tutor.newLearner();
  const bare: Content = { courses: [{ course: demoCourse, items: [] }], evalSets: [] };
  expect(await startTrial({ courseId: 'demo', learnerId }, { ...tutor.deps, content: bare })).toEqual({
    status: 'nothing-to-spot',
  });
  expect(await startTrial({ courseId: 'nowhere', learnerId }, tutor.deps)).toEqual({ status: 'not-found' });
});
