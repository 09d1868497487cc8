import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/bank/content.ts';
import { EvalAnswer, EvalSet } from '../../src/core/eval-set.ts';
import { calibrate } from '../../src/tutor/calibrate.ts';
import { gradeText } from '../../src/tutor/grade-text.ts';
import { judgmentOf, scriptedJudge } from '../fixtures/lora.ts';
import { demoContent } from '../fixtures/tutor.ts';

const set = EvalSet.parse({
  id: 'demo-set',
  title: 'Demo',
  course: 'demo',
  purpose: 'Testing.',
  provenance: {
    raters: [{ id: 'ann', kind: 'author', who: 'the author' }],
    how: 'by hand',
    when: '2026',
    licence: 'MIT',
  },
});

const rating = (first: 'met' | 'missed'): object => ({
  rater: 'ann',
  raterKind: 'author',
  verdicts: { 'both-factors': first, count: 'missed', 'why-few': 'missed' },
  misconceptions: [],
});
const answers = [
  { id: 'a1', text: 'Both factors are trained, I would say.', split: 'dev', first: 'met' as const },
  { id: 'a2', text: 'Both of them in some sense, perhaps.', split: 'dev', first: 'missed' as const },
  { id: 'a3', text: 'Both in the end, at least as I see it.', split: 'test', first: 'met' as const },
].map(({ id, text, split, first }) =>
  EvalAnswer.parse({ id, item: 'lora-count', text, family: id, split, tags: [], ratings: [rating(first)] }),
);
const content: Content = { ...demoContent, evalSets: [{ set, answers }] };

const { judge } = scriptedJudge(
  judgmentOf({
    criteria: {
      'both-factors': { verdict: 'met', quotes: ['Both'] },
      count: { verdict: 'missed' },
      'why-few': { verdict: 'missed' },
    },
    misconceptions: { 'one-factor': { verdict: 'not-held' } },
  }),
);
const deps = { content, judge, judgeName: { name: 'scripted', model: 'scripted', promptVersion: '1' } };
const plan = { setId: 'demo-set', split: 'all' as const, withRobustness: true, resamples: 200, concurrency: 2 };
const running = (): AbortSignal => new AbortController().signal;

describe('calibrating a judge', () => {
  test('grades every answer and says first whose ratings the figures rest on', async () => {
    const outcome = await calibrate({ ...plan, signal: running() }, deps);
    if (outcome.status !== 'done') throw new Error(outcome.status);
    expect(outcome.report.counts).toMatchObject({ answers: 3, verdicts: 9 });
    expect(outcome.report.ratings.sentence).toContain('author');
    expect(outcome.report.judge).toEqual({ name: 'scripted', model: 'scripted', promptVersion: '1' });
  });

  test('a quote of one word is no evidence, so the verdict it carries is an abstention', async () => {
    const outcome = await calibrate({ ...plan, signal: running() }, deps);
    if (outcome.status !== 'done') throw new Error(outcome.status);
    expect(outcome.report.overall.judge.unsure).toBe(3);
  });

  test('takes one split alone', async () => {
    const outcome = await calibrate({ ...plan, split: 'test', signal: running() }, deps);
    expect(outcome).toMatchObject({ status: 'done', report: { split: 'test', counts: { answers: 1 } } });
  });

  test('reports on test and keeps dev beside it unless told otherwise', async () => {
    const outcome = await calibrate({ ...plan, split: null, signal: running() }, deps);
    expect(outcome).toMatchObject({
      status: 'done',
      report: { split: 'test', counts: { answers: 1 }, tuned: { answers: 2 }, disagreementsFrom: 'dev' },
    });
  });

  test('stops before the first answer when it is told to', async () => {
    const outcome = await calibrate({ ...plan, signal: AbortSignal.abort() }, deps);
    expect(outcome).toEqual({ status: 'stopped', done: 0, total: 3 });
  });

  test('an unknown set names the known ones; a split without answers is empty', async () => {
    expect(await calibrate({ ...plan, setId: 'none', signal: running() }, deps)).toEqual({
      status: 'not-found',
      known: ['demo-set'],
    });
    const onlyDev: Content = { ...content, evalSets: [{ set, answers: answers.slice(0, 2) }] };
    expect(await calibrate({ ...plan, split: 'test', signal: running() }, { ...deps, content: onlyDev })).toEqual({
      status: 'empty',
    });
  });
});

describe('grading a text at the terminal', () => {
  test.each([
    ['kl-choice', null, /options 1 to 2/],
    ['kl-choice', 9, /options 1 to 2/],
    ['lora-count', 1, /no options/],
  ])('%s with option %s is invalid', async (itemId, option, message) => {
    expect(await gradeText({ itemId, answer: 'why', option, signal: running() }, deps)).toMatchObject({
      status: 'invalid',
      message: expect.stringMatching(message) as string,
    });
  });
});
