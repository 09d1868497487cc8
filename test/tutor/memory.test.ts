import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Content } from '../../src/bank/content.ts';
import { Course } from '../../src/core/course.ts';
import type { Judgment } from '../../src/judge/judge.ts';
import { LONGEST_SESSION, startSession, viewPractice } from '../../src/tutor/practice.ts';
import { openAnswers } from '../../src/tutor/read-answers.ts';
import { moveOn, viewSession, viewSessionPlace } from '../../src/tutor/session.ts';
import { viewHistory, viewProgress } from '../../src/tutor/view-progress.ts';
import { choiceCourseItem, judgmentOf, loraCourseItem } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const right = 'Both factors are trained, so 2 x 4096 x 16 = 131,072; the rank is tiny beside the width.';
const why = 'It limits the drift from the reference.';
const notHeld = { 'one-factor': { verdict: 'not-held' } } as const;
const met = (...quotes: string[]): { verdict: 'met'; quotes: string[] } => ({ verdict: 'met', quotes });
const full = judgmentOf({
  criteria: {
    'both-factors': met('Both factors are trained'),
    count: met('131,072'),
    'why-few': met('the rank is tiny beside the width'),
  },
  misconceptions: notHeld,
});
const half = judgmentOf({
  criteria: {
    'both-factors': met('Both factors are trained'),
    count: { verdict: 'missed' },
    'why-few': met('the rank is tiny beside the width'),
  },
  misconceptions: notHeld,
});
const nothing = judgmentOf({
  criteria: { 'both-factors': { verdict: 'missed' }, count: { verdict: 'missed' }, 'why-few': { verdict: 'missed' } },
  misconceptions: notHeld,
});
const choiceMet = judgmentOf({
  criteria: { 'limits-drift': met('limits the drift') },
  misconceptions: { 'longer-helps': { verdict: 'not-held' } },
});
const dead: Judgment = { status: 'ungraded', reason: 'unreachable', detail: 'Nobody there.', provenance: null };

const course = Course.parse({
  id: 'demo',
  title: 'Demo course',
  about: 'Two questions.',
  chapters: [
    { id: '1', title: 'Adapters' },
    { id: '2', title: 'Policies' },
  ],
  concepts: [
    { id: 'adapters', title: 'Adapters' },
    { id: 'drift', title: 'Drift' },
  ],
  tries: 2,
});
const kl = { ...choiceCourseItem, item: { ...choiceCourseItem.item, chapter: '2', concept: 'drift' } };
const content: Content = { courses: [{ course, items: [loraCourseItem, kl] }], evalSets: [] };

const start = new Date('2026-11-23T20:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
let now = start;
let next: Judgment = full;
let tutor: TestTutor;
let learnerId: string;

function wait(days: number): void {
  now = new Date(now.getTime() + days * DAY);
}
beforeAll(async () => {
  tutor = await openTestTutor({
    content,
    judge: ({ item }) => Promise.resolve(item.kind === 'choice' ? choiceMet : next),
  });
  tutor.deps.now = () => now;
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(async () => {
  now = start;
  next = full;
  tutor.deps.random = () => 0;
  learnerId = await tutor.newLearner();
});

async function answerAs(judgment: Judgment, itemId = 'lora-count'): ReturnType<TestTutor['answer']> {
  next = judgment;
  // A minute each, so that no two are handed in at the same moment.
  now = new Date(now.getTime() + 60_000);
  if (itemId === 'kl-choice') return tutor.answer({ learnerId, itemId, option: 2, answer: why });
  return tutor.answer({ learnerId, itemId, answer: right });
}
async function place(itemId = 'lora-count'): ReturnType<typeof viewSessionPlace> {
  return viewSessionPlace({ itemId, learnerId }, tutor.deps);
}
/** Days from now until the question comes back, to the hour. */
async function daysUntilDue(): Promise<number | null> {
  const { comesBack } = await place();
  return comesBack === null ? null : Math.round(((Date.parse(comesBack) - now.getTime()) / DAY) * 24) / 24;
}
async function practice() {
  const view = await viewPractice({ courseId: 'demo', learnerId }, tutor.deps);
  if (!view) throw new Error('There is no course.');
  return view;
}
async function progress() {
  const view = await viewProgress({ courseId: 'demo', learnerId }, tutor.deps);
  if (!view) throw new Error('There is no course.');
  return view;
}

describe('what comes back', () => {
  test('a full answer comes back after a week, a failed one tomorrow, with what it missed', async () => {
    expect(await daysUntilDue()).toBeNull();
    await answerAs(half);
    expect(await daysUntilDue()).toBe(0.5);
    expect(await place()).toMatchObject({ isDue: false, thisTime: [] });
    wait(2);
    expect(await place()).toMatchObject({ isDue: true, thisTime: ['How many parameters is that?'] });
    await answerAs(full);
    expect(await place()).toMatchObject({ isDue: false, thisTime: [] });
    const other = await tutor.newLearner();
    learnerId = other;
    await answerAs(full);
    expect(await daysUntilDue()).toBe(7.5);
  });

  test('hints do not hide what was missed without them: a better try in the same sitting moves nothing', async () => {
    await answerAs(nothing);
    const before = await place();
    await answerAs(full);
    expect(await place()).toEqual(before);
    wait(1);
    expect((await place()).thisTime).toHaveLength(3);
  });

  test('practice after the last try counts once the question is due, and not before', async () => {
    await answerAs(half);
    await answerAs(half);
    expect((await answerAs(full)).standing).toBe('practice');
    expect((await progress()).all).toMatchObject({ known: 1, shown: 0.5 });
    wait(2);
    expect((await answerAs(full)).standing).toBe('practice');
    expect((await progress()).all).toMatchObject({ known: 1, shown: 1 });
  });

  test('whoever read the answer first is asked again tomorrow, and knows nothing yet', async () => {
    await openAnswers({ courseId: 'demo', learnerId, itemIds: ['lora-count'] }, tutor.deps);
    expect((await answerAs(full)).standing).toBe('after-seeing');
    expect(await daysUntilDue()).toBe(0.5);
    expect((await progress()).all).toMatchObject({ known: 0, shown: null });
    wait(1);
    await answerAs(full);
    expect((await progress()).all).toMatchObject({ known: 1, shown: 1 });
  });

  test('what was sent back or could not be graded leaves no trace', async () => {
    await answerAs(dead);
    await tutor.answer({ learnerId, answer: ' ' });
    expect(await daysUntilDue()).toBeNull();
    expect((await practice()).weakest).toBe(0);
  });

  test('doubtful points count as missed, and come back', async () => {
    await answerAs(
      judgmentOf({
        criteria: {
          'both-factors': met('Both factors are trained'),
          count: { verdict: 'unsure' },
          'why-few': met('the rank is tiny beside the width'),
        },
        misconceptions: notHeld,
      }),
    );
    expect((await progress()).all.shown).toBe(0.5);
    wait(2);
    expect((await place()).thisTime).toEqual(['How many parameters is that?']);
  });

  test('a criterion that has left the rubric is not asked for any more', async () => {
    await answerAs(half);
    wait(2);
    const rubric = {
      ...loraCourseItem.rubric,
      criteria: loraCourseItem.rubric.criteria.filter(({ id }) => id !== 'count'),
    };
    const changed: Content = { courses: [{ course, items: [{ ...loraCourseItem, rubric }, kl] }], evalSets: [] };
    const seen = await viewSessionPlace({ itemId: 'lora-count', learnerId }, { ...tutor.deps, content: changed });
    expect(seen).toMatchObject({ isDue: true, thisTime: [] });
  });

  test('a visitor has no memory', async () => {
    expect(await viewSessionPlace({ itemId: 'lora-count', learnerId: null }, tutor.deps)).toEqual({
      session: null,
      isDue: false,
      thisTime: [],
      comesBack: null,
    });
  });
});

describe('choosing what to practise', () => {
  test('the counts are those of the sessions', async () => {
    expect(await practice()).toMatchObject({ due: 0, mistakes: 0, weakest: 0, mix: 2, nextDue: null, underWay: null });
    await answerAs(half);
    await answerAs(full, 'kl-choice');
    const view = await practice();
    expect(view).toMatchObject({ due: 0, mistakes: 1, weakest: 1, mix: 2 });
    expect(Date.parse(view.nextDue ?? '') - now.getTime()).toBeLessThan(2 * DAY);
    expect(view.chapters.map(({ title, open, mastery }) => [title, open, mastery.known])).toEqual([
      ['Adapters', 1, 1],
      ['Policies', 0, 1],
    ]);
    wait(2);
    expect(await practice()).toMatchObject({ due: 1, nextDue: null });
    wait(7);
    expect(await practice()).toMatchObject({ due: 2, mistakes: 1, weakest: 2 });
  });

  test('the weakest concept stands first, and one of which nothing is known last', async () => {
    expect((await practice()).concepts.map(({ id }) => id)).toEqual(['adapters', 'drift']);
    await answerAs(full, 'kl-choice');
    expect((await practice()).concepts.map(({ id }) => id)).toEqual(['drift', 'adapters']);
    await answerAs(half);
    expect((await practice()).concepts.map(({ id }) => id)).toEqual(['adapters', 'drift']);
  });

  test.each([
    [{ kind: 'due' }, ['lora-count', 'kl-choice']],
    [{ kind: 'mistakes' }, ['lora-count']],
    [{ kind: 'weakest' }, ['lora-count', 'kl-choice']],
    [{ kind: 'chapter', id: '2' }, ['kl-choice']],
    [{ kind: 'concept', id: 'adapters' }, ['lora-count']],
    [{ kind: 'mix' }, ['lora-count', 'kl-choice']],
  ] as const)('a session of %o', async (choice, itemIds) => {
    await answerAs(half);
    await answerAs(full, 'kl-choice');
    wait(9);
    const started = await startSession({ courseId: 'demo', learnerId, choice, most: 20 }, tutor.deps);
    if (started.status !== 'started') throw new Error(started.status);
    const view = await viewSession({ sessionId: started.sessionId, learnerId }, tutor.deps);
    expect(view?.steps.map(({ id }) => id)).toEqual(itemIds);
    expect(started.itemId).toBe(itemIds[0]);
  });

  test('a session is never longer than asked for, and what is due goes before what is new', async () => {
    await answerAs(full, 'kl-choice');
    wait(8);
    const started = await startSession({ courseId: 'demo', learnerId, choice: { kind: 'mix' }, most: 1 }, tutor.deps);
    expect(started).toMatchObject({ status: 'started', itemId: 'kl-choice' });
    expect(LONGEST_SESSION).toBeLessThan(50);
  });

  test('an answer seen just now does not come first where there are others, unless it is due', async () => {
    await openAnswers({ courseId: 'demo', learnerId, itemIds: ['lora-count'] }, tutor.deps);
    const begin = async (kind: 'mix' | 'mistakes'): Promise<unknown> =>
      startSession({ courseId: 'demo', learnerId, choice: { kind }, most: 5 }, tutor.deps);
    expect(await begin('mix')).toMatchObject({ itemId: 'kl-choice' });
    await answerAs(half);
    expect(await begin('mix')).toMatchObject({ itemId: 'kl-choice' });
    expect(await begin('mistakes')).toMatchObject({ itemId: 'lora-count' });
    wait(2);
    tutor.deps.random = () => 0.99;
    expect(await begin('mix')).toMatchObject({ itemId: 'lora-count' });
  });

  test('nothing to practise is said, not started', async () => {
    const start = (courseId: string, id: string): ReturnType<typeof startSession> =>
      startSession({ courseId, learnerId, choice: { kind: 'chapter', id }, most: 5 }, tutor.deps);
    expect(await startSession({ courseId: 'demo', learnerId, choice: { kind: 'due' }, most: 5 }, tutor.deps)).toEqual({
      status: 'nothing-there',
    });
    expect(await start('demo', 'no-such-chapter')).toEqual({ status: 'nothing-there' });
    expect(await start('none', '1')).toEqual({ status: 'not-found' });
  });

  test('what is known and fresh is left out of a chapter, until there is nothing else', async () => {
    const twins: Content = {
      courses: [{ course, items: [loraCourseItem, { ...kl, item: { ...kl.item, chapter: '1' } }] }],
      evalSets: [],
    };
    const begin = async (): Promise<string[]> => {
      const args = { courseId: 'demo', learnerId, choice: { kind: 'chapter', id: '1' }, most: 5 } as const;
      const started = await startSession(args, { ...tutor.deps, content: twins });
      if (started.status !== 'started') throw new Error(started.status);
      const view = await viewSession({ sessionId: started.sessionId, learnerId }, { ...tutor.deps, content: twins });
      return view?.steps.map(({ id }) => id) ?? [];
    };
    await answerAs(full);
    expect(await begin()).toEqual(['kl-choice']);
    await answerAs(full, 'kl-choice');
    expect(await begin()).toEqual(['lora-count', 'kl-choice']);
  });
});

describe('a session', () => {
  async function begin(): Promise<string> {
    // The second question changes places with the first once: in the mix, and not again when it is dealt out.
    const dice = [0, 0.99];
    const args = { courseId: 'demo', learnerId, choice: { kind: 'mix' }, most: 5 } as const;
    const started = await startSession(args, { ...tutor.deps, random: () => dice.shift() ?? 0 });
    if (started.status !== 'started') throw new Error(started.status);
    return started.sessionId;
  }

  test('is met one question at a time, and says at its end what came of each', async () => {
    const sessionId = await begin();
    const first = {
      id: sessionId,
      ordinal: 1,
      total: 2,
      next: { id: 'lora-count', title: 'Counting adapter parameters' },
      sentBack: false,
    };
    expect((await place('kl-choice')).session).toEqual(first);
    expect((await practice()).underWay).toEqual({ id: sessionId, ordinal: 1, total: 2 });
    await answerAs(full, 'kl-choice');
    const step = { sessionId, learnerId, itemId: 'kl-choice' };
    expect(await moveOn(step, tutor.deps)).toEqual({ status: 'next', itemId: 'lora-count' });
    // A double click is one step, and going back in the browser loses none.
    expect(await moveOn(step, tutor.deps)).toEqual({ status: 'next', itemId: 'lora-count' });
    expect((await place('lora-count')).session).toMatchObject({ ordinal: 2, next: null });
    expect((await practice()).underWay).toMatchObject({ ordinal: 2 });
    expect(await moveOn({ ...step, itemId: 'lora-count' }, tutor.deps)).toEqual({ status: 'over' });
    expect((await place('lora-count')).session).toBeNull();
    expect((await practice()).underWay).toBeNull();
    const view = await viewSession({ sessionId, learnerId }, tutor.deps);
    expect(view?.next).toBeNull();
    expect(view?.steps.map(({ id, attempt }) => [id, attempt?.points?.low])).toEqual([
      ['kl-choice', 3],
      ['lora-count', undefined],
    ]);
  });

  test('goes on with the first question neither answered nor skipped, wherever it was met', async () => {
    const sessionId = await begin();
    const next = async (): Promise<string | undefined> =>
      (await viewSession({ sessionId, learnerId }, tutor.deps))?.next?.id;
    // Answered ahead of its turn, the second takes the first along no more than it comes again.
    await answerAs(full);
    expect(await moveOn({ sessionId, learnerId, itemId: 'lora-count' }, tutor.deps)).toEqual({
      status: 'next',
      itemId: 'kl-choice',
    });
    expect([await next(), (await practice()).underWay?.ordinal]).toEqual(['kl-choice', 1]);
    expect((await place('kl-choice')).session).toMatchObject({ ordinal: 1, next: null });
    await moveOn({ sessionId, learnerId, itemId: 'kl-choice' }, tutor.deps);
    const over = await viewSession({ sessionId, learnerId }, tutor.deps);
    expect([over?.next, ...(over?.steps.map(({ state }) => state) ?? [])]).toEqual([null, 'skipped', 'answered']);
  });

  test('that has been answered to its end is over for its questions, but for the last one, which says so', async () => {
    const sessionId = await begin();
    await answerAs(full, 'kl-choice');
    now = new Date(now.getTime() + 60_000);
    await answerAs(full);
    expect((await place('kl-choice')).session).toBeNull();
    expect((await place('lora-count')).session).toMatchObject({ id: sessionId, next: null });
  });

  test('an answer that was sent back leaves its question open, until a later one is taken', async () => {
    const sessionId = await begin();
    now = new Date(now.getTime() + 60_000);
    expect((await tutor.answer({ learnerId, itemId: 'lora-count', answer: ' ' })).status).toBe('returned');
    const state = async (): Promise<string | undefined> =>
      (await viewSession({ sessionId, learnerId }, tutor.deps))?.steps[1]?.state;
    expect([await state(), (await place()).session?.sentBack]).toEqual(['open', true]);
    await answerAs(full);
    now = new Date(now.getTime() + 60_000);
    await tutor.answer({ learnerId, itemId: 'lora-count', answer: ' ' });
    expect([await state(), (await place()).session?.sentBack]).toEqual(['answered', false]);
  });

  test('asks for what was missed last time, until it is answered in the session', async () => {
    await answerAs(half);
    now = new Date(now.getTime() + 60_000);
    await begin();
    expect(await place()).toMatchObject({ isDue: false, thisTime: ['How many parameters is that?'] });
    wait(2);
    await answerAs(half);
    expect((await place()).thisTime).toEqual([]);
  });

  test('passes over a question that has left the bank', async () => {
    const sessionId = await begin();
    const without: Content = { courses: [{ course, items: [kl] }], evalSets: [] };
    const deps = { ...tutor.deps, content: without };
    expect((await viewSession({ sessionId, learnerId }, deps))?.steps.map(({ ordinal, id }) => [ordinal, id])).toEqual([
      [1, 'kl-choice'],
    ]);
    expect(await moveOn({ sessionId, learnerId, itemId: 'kl-choice' }, deps)).toEqual({ status: 'over' });
  });

  test('is nobody else’s', async () => {
    const sessionId = await begin();
    for (const other of [await tutor.newLearner(), null]) {
      expect(await viewSession({ sessionId, learnerId: other }, tutor.deps)).toBeUndefined();
      expect(await moveOn({ sessionId, learnerId: other, itemId: 'kl-choice' }, tutor.deps)).toEqual({
        status: 'not-found',
      });
    }
    expect(await viewSession({ sessionId: 'x', learnerId }, tutor.deps)).toBeUndefined();
    expect(await moveOn({ sessionId, learnerId, itemId: 'not-in-it' }, tutor.deps)).toEqual({ status: 'not-found' });
  });
});

describe('progress', () => {
  test('maps chapters and concepts, and tells unknown from nought', async () => {
    await answerAs(nothing);
    const view = await progress();
    expect(view.chapters[0]?.concepts).toMatchObject([
      { id: 'adapters', mastery: { all: 1, known: 1, shown: 0 }, items: [{ id: 'lora-count', level: 'weak' }] },
    ]);
    expect(view.chapters[1]?.concepts).toMatchObject([
      {
        id: 'drift',
        mastery: { all: 1, known: 0, shown: null },
        items: [{ level: 'new', points: null, recall: null }],
      },
    ]);
    expect(view.comingBack).toMatchObject([
      { id: 'lora-count', isDue: false, thisTime: [{}, {}, {}].map(() => expect.any(String) as string) },
    ]);
    expect(view.recent).toMatchObject([{ itemId: 'lora-count', title: 'Counting adapter parameters', tryNumber: 1 }]);
  });

  test('fades: what was shown stays, how likely it is still there falls', async () => {
    await answerAs(full);
    const fresh = (await progress()).all;
    wait(30);
    const faded = (await progress()).all;
    expect([fresh.shown, faded.shown]).toEqual([1, 1]);
    expect(fresh.now).toBeCloseTo(1, 1);
    expect(faded.now).toBeLessThan(0.9);
    expect(faded.due).toBe(1);
  });

  test('tells nothing of authored ids or of what is expected', async () => {
    await answerAs(nothing);
    wait(2);
    const shown = JSON.stringify([await progress(), await practice(), await place()]);
    for (const hidden of ['both-factors', 'why-few', 'one-factor', 'Names both', '131,072', 'low-rank factors']) {
      expect(shown).not.toContain(hidden);
    }
  });

  test('the history has a page for everything, newest first', async () => {
    for (let n = 0; n < 3; n += 1) await answerAs(half);
    const page = async (number: number): Promise<[number, number, string[]]> => {
      const view = await viewHistory({ courseId: 'demo', learnerId, page: number }, tutor.deps);
      return [view?.page ?? 0, view?.pages ?? 0, view?.entries.map(({ standing }) => standing) ?? []];
    };
    expect(await page(1)).toEqual([1, 1, ['practice', 'counted', 'counted']]);
    expect(await page(9)).toEqual([1, 1, ['practice', 'counted', 'counted']]);
    expect(await viewHistory({ courseId: 'none', learnerId, page: 1 }, tutor.deps)).toBeUndefined();
    expect(await viewHistory({ courseId: 'demo', learnerId: null, page: 1 }, tutor.deps)).toMatchObject({
      entries: [],
    });
  });
});
