import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/bank/content.ts';
import type { Rating } from '../../src/core/eval-set.ts';
import { agreementWithOthers, planRating, type RatingTask } from '../../src/tutor/rate-answers.ts';
import { demoAnswers, labContent } from '../fixtures/finished-run.ts';

function tasksOf(args: { rater: string; items?: string[]; content?: Content }): RatingTask[] {
  const { rater, items = [], content = labContent } = args;
  const plan = planRating({ set: 'demo-set', rater, items }, { content });
  if (plan.status !== 'ready') throw new Error(plan.status);
  return plan.tasks;
}

const idsFor = (rater: string): string[] => tasksOf({ rater }).map(({ answerId }) => answerId);

function ratedBy(rater: string, answerId: string, verdicts: Rating['verdicts']): Content {
  const rating: Rating = { rater, raterKind: 'human', verdicts, misconceptions: [] };
  return {
    ...labContent,
    evalSets: labContent.evalSets.map((loaded) => ({
      ...loaded,
      answers: loaded.answers.map((one) => (one.id === answerId ? { ...one, ratings: [...one.ratings, rating] } : one)),
    })),
  };
}

describe('what a rater gets to see', () => {
  test('is question, rubric and answer, and nothing of how it was meant or what others said', () => {
    for (const task of tasksOf({ rater: 'maria' })) {
      expect(Object.keys(task).sort()).toEqual(['answerId', 'item', 'option', 'rubric', 'text']);
    }
  });

  test('comes in an order of their own that is the same each time', () => {
    expect(idsFor('maria')).toEqual(idsFor('maria'));
    expect(idsFor('maria')).not.toEqual(idsFor('omar'));
    expect([...idsFor('maria')].sort()).toEqual(demoAnswers.map(({ id }) => id));
  });

  test('leaves out what they have rated, so that they go on where they stopped', () => {
    const content = ratedBy('maria', 'a2', { 'both-factors': 'met' });
    expect(planRating({ set: 'demo-set', rater: 'maria', items: [] }, { content })).toMatchObject({ rated: 1 });
    const left = tasksOf({ rater: 'maria', content }).map(({ answerId }) => answerId);
    expect(left).toEqual(idsFor('maria').filter((id) => id !== 'a2'));
    expect(tasksOf({ rater: 'omar', content })).toHaveLength(6);
  });

  test('can be kept to some items', () => {
    expect(tasksOf({ rater: 'maria', items: ['lora-count'] })).toHaveLength(6);
    expect(tasksOf({ rater: 'maria', items: ['kl-choice'] })).toHaveLength(0);
  });

  test('is nothing where the set is not there, or the name is an author’s or a model’s', () => {
    const plan = (set: string, rater: string): unknown =>
      planRating({ set, rater, items: [] }, { content: labContent });
    expect(plan('demo', 'maria')).toEqual({ status: 'not-found', known: ['demo-set', 'demo-attacks'] });
    expect(plan('demo-set', 'ann')).toEqual({ status: 'taken', kind: 'author' });
  });
});

describe('agreement with the other raters', () => {
  test('is over the verdicts both gave, and nothing where the rater gave none', () => {
    const verdicts = { 'both-factors': 'met', count: 'missed', 'why-few': 'met' } as const;
    const answers = ratedBy('maria', 'a1', verdicts).evalSets.flatMap((loaded) => loaded.answers);
    const [ann, ...rest] = agreementWithOthers({ answers, rater: 'maria' });
    expect(ann).toMatchObject({ with: 'ann', kind: 'author', answers: 1 });
    expect(ann?.agreement).toBeCloseTo(2 / 3);
    // By hand: agreement 2/3; met 1/3 and 2/3, missed 2/3 and 1/3, so 4/9 by chance; (2/3 - 4/9) / (5/9) = 0.4.
    expect(ann?.kappa).toMatchObject({ status: 'value' });
    expect(ann?.kappa.status === 'value' && ann.kappa.value).toBeCloseTo(0.4);
    expect(rest).toEqual([]);
    expect(agreementWithOthers({ answers, rater: 'omar' })).toEqual([]);
  });
});
