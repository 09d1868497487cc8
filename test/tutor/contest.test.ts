import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SettledVerdict } from '../../src/core/settled-grade.ts';
import type { Judgment } from '../../src/judge/judge.ts';
import { findAttempt } from '../../src/store/attempts.ts';
import { findCard, type CardRow } from '../../src/store/cards.ts';
import { contestVerdict, LONGEST_REASON, type ContestOutcome } from '../../src/tutor/contest-verdict.ts';
import { listOpenReviews } from '../../src/tutor/list-open-reviews.ts';
import type { AttemptView } from '../../src/tutor/learner-view.ts';
import { settleVerdict, type SettleOutcome } from '../../src/tutor/settle-verdict.ts';
import { viewAttempt } from '../../src/tutor/view-attempt.ts';
import { viewCourse } from '../../src/tutor/view-course.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const text = 'Both factors are trained, but only one matrix counts; the rank is tiny beside the width.';
/** 2 points of 6, the cap of 3 on top. */
const harsh = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'missed' },
  },
  misconceptions: { 'one-factor': { verdict: 'held', quotes: ['only one matrix counts'] } },
});
/** 2 to 3 points of 6. */
const doubtful = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'unsure' },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});

let tutor: TestTutor;
let next: Judgment = harsh;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(next) });
});
afterAll(() => tutor.close());

async function handIn(judgment: Judgment, answer = text): Promise<{ learnerId: string; attemptId: string }> {
  next = judgment;
  const learnerId = await tutor.newLearner();
  const { id: attemptId } = await tutor.answer({ learnerId, answer });
  return { learnerId, attemptId };
}

function contest(
  attempt: { learnerId: string | null; attemptId: string },
  what: { kind?: 'criterion' | 'misconception'; ordinal: number; reason?: string },
): Promise<ContestOutcome> {
  const { kind = 'criterion', ordinal, reason = 'It says so in the last words.' } = what;
  return contestVerdict({ ...attempt, kind, ordinal, reason }, tutor.deps);
}

async function see({ attemptId, learnerId }: { attemptId: string; learnerId: string }): Promise<AttemptView> {
  const view = await viewAttempt({ attemptId, learnerId }, tutor.deps);
  if (!view) throw new Error('The attempt cannot be seen by its own learner.');
  return view;
}

function settle(attemptId: string, what: SettledVerdict): Promise<SettleOutcome> {
  return settleVerdict({ ...what, attemptId, settledBy: 'Ada', note: 'The last clause says it.' }, tutor.deps);
}

const whyMet: SettledVerdict = { kind: 'criterion', target: 'why-few', verdict: 'met' };
const whyMissed: SettledVerdict = { kind: 'criterion', target: 'why-few', verdict: 'missed' };

async function reviewsOf(attemptId: string): ReturnType<typeof listOpenReviews> {
  return (await listOpenReviews({ limit: 1_000 }, tutor.deps)).filter((review) => review.attemptId === attemptId);
}

describe('contesting a verdict', () => {
  test('shows it as open to the learner, by its number and without an authored id', async () => {
    const attempt = await handIn(harsh);
    expect(await contest(attempt, { ordinal: 3, reason: '  I do say why.  ' })).toEqual({ status: 'contested' });
    const view = await see(attempt);
    expect(view.appeals).toMatchObject([
      { kind: 'criterion', ordinal: 3, reason: 'I do say why.', status: 'open', settledAt: null },
    ]);
    expect(JSON.stringify(view)).not.toContain('why-few');
  });

  test('is done once for each verdict, also when sent twice at the same moment', async () => {
    const attempt = await handIn(harsh);
    const both = await Promise.all([contest(attempt, { ordinal: 3 }), contest(attempt, { ordinal: 3 })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['contested', 'refused']);
    expect(await contest(attempt, { ordinal: 3 })).toEqual({ status: 'refused', why: 'contested-before' });
    expect(await contest(attempt, { kind: 'misconception', ordinal: 1 })).toEqual({ status: 'contested' });
    expect((await see(attempt)).appeals).toHaveLength(2);
  });

  test.each([
    ['a part there is not', { ordinal: 4 }, 'verdict'],
    ['part 0', { ordinal: 0 }, 'verdict'],
    ['a wrong turn the learner was not told of', { kind: 'misconception' as const, ordinal: 2 }, 'verdict'],
    ['no reason', { ordinal: 3, reason: ' \n ' }, 'reason'],
    ['a reason nobody would read', { ordinal: 3, reason: 'x'.repeat(LONGEST_REASON + 1) }, 'reason'],
  ])('%s cannot be contested', async (_name, what, field) => {
    const attempt = await handIn(harsh);
    expect(await contest(attempt, what)).toMatchObject({ status: 'invalid', field });
    expect((await see(attempt)).appeals).toEqual([]);
  });

  test("is for one's own graded attempts only", async () => {
    const attempt = await handIn(harsh);
    for (const learnerId of [await tutor.newLearner(), null])
      expect(await contest({ ...attempt, learnerId }, { ordinal: 3 })).toEqual({ status: 'not-found' });
    const { id: attemptId } = await tutor.answer({ learnerId: attempt.learnerId, answer: ' ' });
    expect(await contest({ ...attempt, attemptId }, { ordinal: 3 })).toEqual({ status: 'refused', why: 'not-graded' });
  });
});

describe('what waits for a person', () => {
  test('carries all that a reviewer needs, and nothing of who wrote it', async () => {
    const attempt = await handIn(harsh);
    await contest(attempt, { ordinal: 3, reason: 'I do say why.' });
    await contest(attempt, { kind: 'misconception', ordinal: 1 });
    const reviews = await reviewsOf(attempt.attemptId);
    expect(reviews).toMatchObject([
      {
        kind: 'criterion',
        target: 'why-few',
        answer: text,
        criterion: { expects: 'The rank is tiny beside the width.', partial: 'Says it is under one percent only.' },
        judged: { verdict: 'missed', reasoning: 'because' },
        appeal: { reason: 'I do say why.' },
        course: { id: 'demo' },
        item: { id: 'lora-count' },
        judgedBy: { judge: 'scripted', model: 'scripted' },
        rubricChanged: false,
      },
      {
        kind: 'misconception',
        target: 'one-factor',
        misconception: { claim: 'Only one matrix of d times r parameters is trained.' },
        judged: { verdict: 'held', evidence: [{ quote: 'only one matrix counts' }] },
      },
    ]);
    expect(JSON.stringify(reviews)).not.toContain(attempt.learnerId);
  });

  test('holds what the judge was unsure of, once, whether contested or not', async () => {
    const attempt = await handIn(doubtful);
    expect(await reviewsOf(attempt.attemptId)).toMatchObject([{ target: 'why-few', appeal: null }]);
    await contest(attempt, { ordinal: 3, reason: 'Read the last words.' });
    expect(await reviewsOf(attempt.attemptId)).toMatchObject([
      { target: 'why-few', appeal: { reason: 'Read the last words.' }, judged: { verdict: 'unsure' } },
    ]);
    await settle(attempt.attemptId, whyMet);
    expect(await reviewsOf(attempt.attemptId)).toEqual([]);
  });

  test('has an unsure wrong turn where points hang on it, and only there', async () => {
    const unsureTurn = (count: 'met' | 'missed'): Judgment =>
      judgmentOf({
        criteria: {
          'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
          count: count === 'met' ? { verdict: 'met', quotes: ['131,072'] } : { verdict: 'missed' },
          'why-few': { verdict: 'missed' },
        },
        misconceptions: { 'one-factor': { verdict: 'unsure' } },
      });
    // 2 points, with and without the cap of 3.
    const idle = await handIn(unsureTurn('missed'));
    expect((await see(idle)).status).toBe('graded');
    expect(await reviewsOf(idle.attemptId)).toEqual([]);
    // 3 points with the cap, 5 without.
    const { attemptId, learnerId } = await handIn(unsureTurn('met'), 'Both factors are trained: 131,072.');
    expect((await see({ attemptId, learnerId })).points).toMatchObject({ low: 3, high: 5 });
    expect(await reviewsOf(attemptId)).toMatchObject([{ kind: 'misconception', target: 'one-factor' }]);
    await settle(attemptId, { kind: 'misconception', target: 'one-factor', verdict: 'not-held' });
    expect(await see({ attemptId, learnerId })).toMatchObject({ status: 'graded', points: { low: 5, high: 5 } });
  });

  test('comes oldest first, no more than was asked for', async () => {
    const [first, second] = [await handIn(doubtful), await handIn(doubtful)];
    const all = await listOpenReviews({ limit: 1_000 }, tutor.deps);
    const times = all.map(({ since }) => since.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const place = (attemptId: string): number => all.findIndex((review) => review.attemptId === attemptId);
    expect(place(first.attemptId)).toBeLessThan(place(second.attemptId));
    expect(await listOpenReviews({ limit: 1 }, tutor.deps)).toEqual(all.slice(0, 1));
    for (const { attemptId } of [first, second]) await settle(attemptId, whyMissed);
  });

  test('skips what left the bank', async () => {
    const attempt = await handIn(doubtful);
    const [loaded] = tutor.deps.content.courses;
    if (!loaded) throw new Error('no course');
    const items = loaded.items.filter(({ item }) => item.id !== 'lora-count');
    const without = { ...tutor.deps, content: { ...tutor.deps.content, courses: [{ ...loaded, items }] } };
    expect(await listOpenReviews({ limit: 10 }, without)).toEqual([]);
    expect(await reviewsOf(attempt.attemptId)).toHaveLength(1);
    const settled = settleVerdict({ ...whyMet, attemptId: attempt.attemptId, settledBy: 'Ada', note: '' }, without);
    expect(await settled).toEqual({ status: 'not-found' });
  });
});

describe('settling', () => {
  test("a person's verdict wins, is marked as theirs, and the judge's is kept beside it", async () => {
    const attempt = await handIn(harsh);
    await contest(attempt, { ordinal: 3 });
    expect(await settle(attempt.attemptId, whyMet)).toEqual({
      status: 'settled',
      attempt: { status: 'graded', points: { low: 3000, high: 3000, max: 6000 } },
      replaced: null,
    });
    const view = await see(attempt);
    expect(view.points).toEqual({ low: 3, high: 3, max: 6 });
    expect(view.verdicts[2]).toMatchObject({
      verdict: 'met',
      points: 1,
      note: '',
      settled: { judged: 'missed', note: 'The last clause says it.' },
    });
    expect(view.appeals).toMatchObject([{ status: 'changed', settledAt: expect.any(String) as string }]);
    const row = await findAttempt(tutor.deps.database.db, attempt.attemptId);
    expect(row).toMatchObject({ pointsLow: 3000, outcome: { points: { low: 2000 } } });
  });

  test('mastery, the list of attempts and the next try see the settled points', async () => {
    const attempt = await handIn(harsh);
    await settle(attempt.attemptId, whyMet);
    const { learnerId } = attempt;
    const course = await viewCourse({ courseId: 'demo', learnerId }, tutor.deps);
    expect(course?.chapters[0]?.items[0]?.best).toMatchObject({ low: 3 });
    const item = await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps);
    expect(item?.attempts[0]?.points).toMatchObject({ low: 3 });
    expect(item?.due?.verdicts.map(({ ordinal }) => ordinal)).toEqual([2]);
  });

  test('what comes back for review is what is missing by the settled grade, on the same day', async () => {
    const attempt = await handIn(harsh);
    const card = async (): Promise<CardRow | undefined> =>
      findCard(tutor.deps.database.db, { learnerId: attempt.learnerId, course: 'demo', itemId: 'lora-count' });
    const before = await card();
    expect(before?.missed).toEqual(['count', 'why-few']);
    await settle(attempt.attemptId, whyMet);
    expect(await card()).toEqual({ ...before, missed: ['count'] });
    // A later try in the same sitting is no review, and what a person says of it changes nothing in the calendar.
    const { id: attemptId } = await tutor.answer({ learnerId: attempt.learnerId, answer: `${text} Again.` });
    await settle(attemptId, { kind: 'criterion', target: 'count', verdict: 'met' });
    expect((await card())?.missed).toEqual(['count']);
  });

  test("an appeal is upheld where the judge's verdict stays", async () => {
    const attempt = await handIn(harsh);
    await contest(attempt, { ordinal: 3 });
    await settle(attempt.attemptId, whyMissed);
    const view = await see(attempt);
    expect([view.points?.low, view.appeals[0]?.status]).toEqual([2, 'upheld']);
    expect(view.verdicts[2]?.settled).toMatchObject({ judged: 'missed' });
    expect(await contest(attempt, { ordinal: 3 })).toMatchObject({ status: 'refused' });
  });

  test('ends a provisional grade, with words that fit, and still at no cost in tries', async () => {
    const attempt = await handIn(doubtful);
    expect(await see(attempt)).toMatchObject({ status: 'provisional', tries: { used: 0 } });
    await settle(attempt.attemptId, whyMet);
    const view = await see(attempt);
    expect(view).toMatchObject({ status: 'graded', points: { low: 3, high: 3 }, tries: { used: 0 } });
    expect(view.feedback?.summary).not.toContain('two ways');
    expect(view.feedback?.next).toBe('Multiply the shapes.');
  });

  test('a learner is cleared of a wrong turn, or told of one, without any being renumbered', async () => {
    const attempt = await handIn(harsh);
    await settle(attempt.attemptId, { kind: 'misconception', target: 'one-factor', verdict: 'not-held' });
    expect((await see(attempt)).nudges).toMatchObject([{ ordinal: 1, held: false, settled: { judged: 'held' } }]);
    const other = await handIn(doubtful);
    await settle(other.attemptId, { kind: 'misconception', target: 'one-factor', verdict: 'held' });
    expect((await see(other)).nudges).toMatchObject([
      {
        ordinal: 1,
        held: true,
        nudge: 'Look again at how many matrices are trained.',
        settled: { judged: 'not-held' },
      },
    ]);
  });

  test('a person may think again; the second verdict replaces the first, and says whose it was', async () => {
    const attempt = await handIn(harsh);
    await contest(attempt, { ordinal: 3 });
    await settle(attempt.attemptId, whyMet);
    expect(await settle(attempt.attemptId, whyMissed)).toMatchObject({
      status: 'settled',
      attempt: { points: { low: 2000 } },
      replaced: { verdict: 'met', settledBy: 'Ada' },
    });
    expect((await see(attempt)).appeals).toMatchObject([{ status: 'upheld' }]);
  });

  test('two verdicts on one attempt settled at the same moment both count', async () => {
    const attempt = await handIn(harsh);
    await Promise.all([
      settle(attempt.attemptId, whyMet),
      settle(attempt.attemptId, { kind: 'misconception', target: 'one-factor', verdict: 'not-held' }),
    ]);
    expect((await see(attempt)).points).toMatchObject({ low: 3, high: 3 });
    await settle(attempt.attemptId, { kind: 'criterion', target: 'count', verdict: 'met' });
    expect((await see(attempt)).points).toMatchObject({ low: 6 });
  });

  test.each<[string, SettledVerdict, RegExp]>([
    [
      'an unknown criterion',
      { kind: 'criterion', target: 'gone', verdict: 'met' },
      /"both-factors", "count", "why-few"/,
    ],
    ['an unknown misconception', { kind: 'misconception', target: 'gone', verdict: 'held' }, /It has "one-factor"/],
    ['half-way where there is none', { kind: 'criterion', target: 'count', verdict: 'partial' }, /no half-way/],
  ])('%s is refused in so many words', async (_name, what, message) => {
    const { attemptId } = await handIn(harsh);
    expect(await settle(attemptId, what)).toEqual({
      status: 'invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  test('what has no grade, or is not there, is not found', async () => {
    const learnerId = await tutor.newLearner();
    const { id } = await tutor.answer({ learnerId, answer: ' ' });
    for (const attemptId of [id, '00000000-0000-4000-8000-000000000000', 'no-id'])
      expect(await settle(attemptId, whyMet)).toEqual({ status: 'not-found' });
  });
});
