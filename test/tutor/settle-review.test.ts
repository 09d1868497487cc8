import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JoinRequest, SettleReviewOutcome } from '../../src/tutor/review-view.ts';
import { settleReview } from '../../src/tutor/settle-review.ts';
import { viewAttempt } from '../../src/tutor/view-attempt.ts';
import { viewAnswerReview, viewOpenReviews } from '../../src/tutor/view-review.ts';
import {
  answerText,
  doubtful,
  harsh,
  judgedWith,
  openReviewTutor,
  type ReviewTutor,
} from '../fixtures/review-tutor.ts';

let world: ReviewTutor;
beforeAll(async () => {
  world = await openReviewTutor();
});
afterAll(() => world.close());

const whole: JoinRequest = {
  set: 'demo-set',
  split: 'dev',
  verdicts: { 'two-matrices': 'met', number: 'missed' },
  misconceptions: { 'one-matrix': 'not-held' },
};

function settle(attempt: string, join: JoinRequest | null, by = 'Ada Lovelace'): Promise<SettleReviewOutcome> {
  const said = { kind: 'criterion', target: 'low-rank-change', verdict: 'partial' } as const;
  return settleReview({ attempt, ...said, settledBy: by, note: 'The change is named.', join }, world.deps);
}

describe('what waits', () => {
  test('comes with the whole answer and its rubric, and with nothing that says whose it is', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: harsh, reason: 'I say that the change is small.' });
    const [review] = (await viewOpenReviews({ limit: 100 }, world.deps)).filter((one) => one.attempt === attempt);
    expect(review).toMatchObject({
      kind: 'criterion',
      target: 'low-rank-change',
      why: 'appeal',
      answer: answerText,
      points: { low: 2, high: 2, max: 7 },
      item: { id: 'lora-count' },
      evalSets: ['demo-set'],
    });
    expect(review?.verdicts.map(({ target, choices }) => [target, choices])).toEqual([
      ['two-matrices', ['met', 'missed']],
      ['number', ['met', 'missed']],
      ['low-rank-change', ['met', 'partial', 'missed']],
      ['one-matrix', ['held', 'not-held']],
    ]);
    expect(review?.verdicts[2]).toMatchObject({
      judged: { verdict: 'missed', confidence: 0.9, reasoning: 'because' },
      appeal: { reason: 'I say that the change is small.', status: 'open' },
      settled: null,
    });
    expect(JSON.stringify(review)).not.toContain(learnerId);
    await settle(attempt, null);
    expect((await viewAnswerReview({ attemptId: attempt }, world.deps))?.verdicts[2]).toMatchObject({
      settled: { verdict: 'partial', by: 'Ada Lovelace', note: 'The change is named.' },
      appeal: { status: 'changed' },
    });
  });

  test('offers no eval set where the content is not at hand', async () => {
    const { attempt } = await world.handIn({ judgment: doubtful });
    const view = await viewAnswerReview({ attemptId: attempt }, { ...world.deps, contentRoot: null });
    expect(view?.evalSets).toEqual([]);
    await settle(attempt, null);
  });

  test('an attempt that is not there has no review', async () => {
    for (const attemptId of ['no-id', '00000000-0000-4000-8000-000000000000']) {
      expect(await viewAnswerReview({ attemptId }, world.deps)).toBeUndefined();
      expect(await settle(attemptId, null)).toEqual({ status: 'not-found' });
    }
  });

  test('a verdict of the other kind is refused', async () => {
    const { attempt } = await world.handIn({ judgment: doubtful });
    const crossed = { kind: 'criterion', target: 'low-rank-change', verdict: 'held' } as const;
    const outcome = settleReview({ attempt, ...crossed, settledBy: 'Ada', note: '', join: null }, world.deps);
    expect(await outcome).toMatchObject({ status: 'invalid' });
    await settle(attempt, null);
  });
});

describe('adding a settled answer to an eval set', () => {
  // Each test hands in words of its own: answers that share a run of words are one family.
  let nth = 0;
  let words = '';
  beforeEach(() => {
    nth += 1;
    words = `Both A and B are trained. ${`Reason${nth} `.repeat(9)}and I did not work out more.`;
  });
  const judgment = judgedWith({ verdict: 'unsure' });

  test('keeps it as a human rating by the person who decided, lint-clean and without a trace of the learner', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment, answer: words });
    expect(await settle(attempt, whole)).toEqual({
      status: 'settled',
      points: { low: 3, high: 3, max: 7 },
      replaced: null,
      joined: { status: 'joined', set: 'demo-set', id: 'lora-count-02', split: 'dev' },
    });
    expect((await world.answers()).at(-1)).toEqual({
      id: 'lora-count-02',
      item: 'lora-count',
      text: words,
      family: 'lora-count-02',
      split: 'dev',
      tags: ['from-review', 'abstention'],
      ratings: [
        {
          rater: 'ada-lovelace',
          raterKind: 'human',
          verdicts: { 'two-matrices': 'met', number: 'missed', 'low-rank-change': 'partial' },
          misconceptions: [],
        },
      ],
    });
    expect(await world.lint()).toEqual([]);
    const files = ['set.yaml', 'answers.jsonl'].map((name) => join(world.root, 'evals/demo-set', name));
    const [set = '', lines = ''] = await Promise.all(files.map((path) => readFile(path, 'utf8')));
    expect(set).toContain('# a remark of the author');
    expect(set).toMatch(/id: ada-lovelace\n\s+kind: human/);
    expect(lines).not.toContain(learnerId);
    expect(lines).not.toContain(attempt);
  });

  test('asks for a verdict on everything, and settles nothing until it has one', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment, answer: words });
    const before = await world.answers();
    const outcome = await settle(attempt, { ...whole, verdicts: { 'two-matrices': 'met' } });
    expect(outcome).toMatchObject({ status: 'invalid', message: expect.stringContaining('How many') as string });
    expect((await viewAttempt({ attemptId: attempt, learnerId }, world.deps))?.status).toBe('provisional');
    expect(await world.answers()).toEqual(before);
    await settle(attempt, null);
  });

  test('a verdict that differs from what stands is settled too, so that the rating is the grade the learner sees', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment, answer: words });
    const outcome = await settle(attempt, {
      ...whole,
      misconceptions: { 'one-matrix': 'held' },
      verdicts: { 'two-matrices': 'missed', number: 'met' },
    });
    expect(outcome).toMatchObject({ status: 'settled', points: { low: 4, high: 4 }, joined: { status: 'joined' } });
    expect((await world.answers()).at(-1)?.ratings[0]).toMatchObject({
      verdicts: { 'two-matrices': 'missed', number: 'met', 'low-rank-change': 'partial' },
      misconceptions: ['one-matrix'],
    });
    const view = await viewAttempt({ attemptId: attempt, learnerId }, world.deps);
    expect(view?.verdicts.map(({ verdict, settled }) => [verdict, settled?.judged])).toEqual([
      ['missed', 'met'],
      ['met', 'missed'],
      ['partial', 'unsure'],
    ]);
    expect(view?.nudges).toMatchObject([{ held: true, settled: { judged: 'not-held' } }]);
  });

  test('what the same person settled before need not be said again; what another did, must', async () => {
    const { attempt } = await world.handIn({ judgment, answer: words });
    const number = { kind: 'criterion', target: 'number', verdict: 'missed', note: '', join: null } as const;
    await settleReview({ attempt, ...number, settledBy: 'Ben' }, world.deps);
    const open: JoinRequest = { ...whole, verdicts: { 'two-matrices': 'met' } };
    expect(await settle(attempt, open)).toMatchObject({ status: 'invalid' });
    expect(await settle(attempt, open, 'Ben')).toMatchObject({ status: 'settled', joined: { status: 'joined' } });
    expect((await world.answers()).at(-1)?.ratings[0]?.rater).toBe('ben');
  });

  test('the same words are not added twice', async () => {
    const { attempt } = await world.handIn({ judgment, answer: words });
    const first = await settle(attempt, whole);
    const before = await world.answers();
    expect(await settle(attempt, whole)).toMatchObject({
      joined: {
        status: 'there-already',
        id: first.status === 'settled' && first.joined?.status === 'joined' && first.joined.id,
      },
    });
    expect(await world.answers()).toEqual(before);
  });

  test('a second try with the same run of words joins the family of the first, in its split', async () => {
    const first = await world.handIn({ judgment, answer: words });
    await settle(first.attempt, whole);
    const kin = (await world.answers()).at(-1);
    const second = await world.handIn({ judgment, answer: `${words} At least I think so.` });
    expect(await settle(second.attempt, { ...whole, split: 'test' })).toMatchObject({
      status: 'settled',
      joined: { status: 'refused', message: expect.stringContaining(`"${kin?.id}", which is in dev`) as string },
    });
    expect(await settle(second.attempt, whole)).toMatchObject({ joined: { status: 'joined' } });
    expect((await world.answers()).at(-1)?.family).toBe(kin?.family);
    expect(await world.lint()).toEqual([]);
  });

  test('one that holds an exemplar’s words is refused with what lint says, and stays settled', async () => {
    const copy =
      'Two matrices get gradients, the tall one and the wide one. Both A and B are trained, I did not work out more.';
    const { attempt } = await world.handIn({ judgment, answer: copy });
    const before = await world.answers();
    expect(await settle(attempt, whole)).toMatchObject({
      status: 'settled',
      joined: { status: 'refused', message: expect.stringContaining('exemplar 3') as string },
    });
    expect(await world.answers()).toEqual(before);
  });

  test('nobody rates under the id of a model, or without a name in Latin letters', async () => {
    const { attempt } = await world.handIn({ judgment, answer: words });
    expect(await settle(attempt, whole, 'Robot')).toMatchObject({
      joined: { status: 'refused', message: expect.stringContaining('"robot" is a model') as string },
    });
    expect(await settle(attempt, whole, '李')).toMatchObject({ status: 'invalid' });
    expect(await settle(attempt, { ...whole, set: 'another' })).toMatchObject({ status: 'invalid' });
  });

  test('two added at the same moment are both there', async () => {
    const one = await world.handIn({ judgment, answer: `${words} ${'Left '.repeat(9)}` });
    const other = await world.handIn({ judgment, answer: `Both A and B are trained. ${'Right '.repeat(12)}` });
    const before = (await world.answers()).length;
    await Promise.all([settle(one.attempt, whole), settle(other.attempt, whole)]);
    expect(await world.answers()).toHaveLength(before + 2);
    expect(await world.lint()).toEqual([]);
  });
});
