import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { insertSightings } from '../../src/store/sightings.ts';
import { retryAttempt } from '../../src/tutor/retry-attempt.ts';
import { revealItem } from '../../src/tutor/reveal-item.ts';
import { viewAttempt } from '../../src/tutor/view-attempt.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { watchAttempt } from '../../src/tutor/watch-attempt.ts';
import type { AttemptView } from '../../src/tutor/learner-view.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { demoContent, demoCourse, drain, openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const course = { ...demoCourse, tries: 3 };
const content = { ...demoContent, courses: demoContent.courses.map(({ items }) => ({ course, items })) };
const itemId = 'lora-count';
const half = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'missed' },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});
const dead: Judgment = { status: 'ungraded', reason: 'unreachable', detail: 'Nobody answers.', provenance: null };

let tutor: TestTutor;
let next: Judgment = dead;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(next), content });
});
afterAll(() => tutor.close());

/** Answers while nobody grades; resolves to the attempts left ungraded, oldest first. */
async function answerInVain(learnerId: string, times: number): Promise<string[]> {
  next = dead;
  const ids: string[] = [];
  for (let time = 1; time <= times; time += 1) {
    const { id, status } = await tutor.answer({ learnerId, answer: `Both factors are trained; version ${time}.` });
    expect(status).toBe('ungraded');
    ids.push(id);
  }
  next = half;
  return ids;
}

async function settled({ attemptId, learnerId }: { attemptId: string; learnerId: string }): Promise<AttemptView> {
  await drain(watchAttempt({ attemptId, learnerId, signal: AbortSignal.timeout(15_000) }, tutor.deps));
  const view = await viewAttempt({ attemptId, learnerId }, tutor.deps);
  if (!view) throw new Error('The attempt cannot be seen by its own learner.');
  return view;
}

async function gradeAgain(attempt: { attemptId: string; learnerId: string }): Promise<AttemptView> {
  expect(await retryAttempt(attempt, tutor.deps)).toEqual({ status: 'accepted' });
  return settled(attempt);
}

test('answers graded again count while tries remain, and are practice after that', async () => {
  const learnerId = await tutor.newLearner();
  const standings: unknown[] = [];
  for (const attemptId of await answerInVain(learnerId, 6)) {
    const { status, standing, tryNumber } = await gradeAgain({ attemptId, learnerId });
    standings.push([status, standing, tryNumber]);
  }
  expect(standings).toEqual([
    ['graded', 'counted', 1],
    ['graded', 'counted', 2],
    ['graded', 'counted', 3],
    ['graded', 'practice', 4],
    ['graded', 'practice', 4],
    ['graded', 'practice', 4],
  ]);
  expect(await viewItem({ itemId, learnerId }, tutor.deps)).toMatchObject({ tries: { allowed: 3, used: 3 } });
});

test('answers sent back at the same moment never share the last try', async () => {
  const learnerId = await tutor.newLearner();
  const ids = await answerInVain(learnerId, 5);
  const views = await Promise.all(ids.map((attemptId) => gradeAgain({ attemptId, learnerId })));
  expect(views.map(({ standing }) => standing).sort()).toEqual([
    'counted',
    'counted',
    'counted',
    'practice',
    'practice',
  ]);
});

test('an answer written before its author read the reference still counts, as long as tries remain', async () => {
  const learnerId = await tutor.newLearner();
  const ids = await answerInVain(learnerId, 4);
  await insertSightings(tutor.deps.database.db, {
    learnerId,
    course: course.id,
    itemIds: [itemId],
    where: 'answers',
    now: new Date(),
  });
  const standings: string[] = [];
  for (const attemptId of ids) standings.push((await gradeAgain({ attemptId, learnerId })).standing);
  expect(standings).toEqual(['counted', 'counted', 'counted', 'practice']);
});

test('an answer written after its author read the reference stays after seeing', async () => {
  const learnerId = await tutor.newLearner();
  await insertSightings(tutor.deps.database.db, {
    learnerId,
    course: course.id,
    itemIds: [itemId],
    where: 'drill',
    now: new Date(),
  });
  const [attemptId = ''] = await answerInVain(learnerId, 1);
  expect(await gradeAgain({ attemptId, learnerId })).toMatchObject({ standing: 'after-seeing' });
});

test('after the reveal, an answer graded again is practice', async () => {
  const learnerId = await tutor.newLearner();
  const [attemptId = ''] = await answerInVain(learnerId, 1);
  await revealItem({ attemptId, learnerId }, tutor.deps);
  expect(await gradeAgain({ attemptId, learnerId })).toMatchObject({ status: 'graded', standing: 'practice' });
});

test('an answer to a question that has left the bank cannot be graded again', async () => {
  const learnerId = await tutor.newLearner();
  const [attemptId = ''] = await answerInVain(learnerId, 1);
  const without = { ...tutor.deps, content: { ...content, courses: [{ course, items: [] }] } };
  expect(await retryAttempt({ attemptId, learnerId }, without)).toEqual({ status: 'not-found' });
  expect(await viewAttempt({ attemptId, learnerId }, tutor.deps)).toMatchObject({ status: 'ungraded' });
});
