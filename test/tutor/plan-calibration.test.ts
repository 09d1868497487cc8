import { describe, expect, test } from 'vitest';
import { labContent, planDemo } from '../fixtures/finished-run.ts';
import { planCalibration } from '../../src/tutor/plan-calibration.ts';

describe('the plan of a calibration run', () => {
  test('reports on test and grades dev beside it, and each split alone where one is named', () => {
    const of = (split: 'dev' | 'test' | 'all' | null): unknown => {
      const plan = planDemo({ split, withRobustness: false });
      return [
        plan.split,
        plan.withDev,
        plan.calls
          .map(({ answer }) => answer.id)
          .sort()
          .join(' '),
      ];
    };
    expect(of(null)).toEqual(['test', true, 'a1 a2 a3 a4 a5 a6']);
    expect(of('test')).toEqual(['test', false, 'a3 a4 a5 a6']);
    expect(of('dev')).toEqual(['dev', false, 'a1 a2']);
    expect(of('all')).toEqual(['all', false, 'a1 a2 a3 a4 a5 a6']);
  });

  test('takes a set without test answers whole', () => {
    const evalSets = labContent.evalSets.map((loaded) => ({
      ...loaded,
      answers: loaded.answers.filter(({ split }) => split === 'dev'),
    }));
    expect(planDemo({}, { ...labContent, evalSets }).split).toBe('all');
  });

  test('brings the robustness set along, in the split of the figures, and only once', () => {
    const plan = planDemo({ runs: 3 });
    const attacks = plan.calls.filter(({ set }) => set === 'demo-attacks');
    expect(attacks.map(({ answer, replica }) => `${answer.id} ${replica}`).sort()).toEqual(['x1 1', 'x2 1']);
    expect(planDemo({ withRobustness: false }).calls.some(({ set }) => set === 'demo-attacks')).toBe(false);
  });

  test('grades everything once before it repeats anything', () => {
    const replicas = planDemo({ runs: 2 }).calls.map(({ replica }) => replica);
    expect(replicas).toEqual([...replicas].sort());
  });

  test('draws a limited number evenly, the same ones each time', () => {
    const ids = (seed: number): string[] =>
      planDemo({ limit: 4, withRobustness: false, seed }).calls.map(({ answer }) => answer.id);
    expect(ids(1)).toEqual(ids(1));
    expect(new Set(ids(1)).size).toBe(4);
    // Two strata, dev and test: both are drawn from.
    for (const seed of [1, 2, 3]) {
      const drawn = ids(seed);
      expect(drawn.filter((id) => id === 'a1' || id === 'a2')).toHaveLength(2);
    }
  });

  test('knows changed content by its hash, and not by the order of the files', () => {
    const reversed = {
      ...labContent,
      evalSets: labContent.evalSets.map((one) => ({ ...one, answers: [...one.answers].reverse() })),
    };
    expect(planDemo({}, reversed).contentHash).toBe(planDemo().contentHash);
    const rerated = {
      ...labContent,
      evalSets: labContent.evalSets.map((one) => ({
        ...one,
        answers: one.answers.map((answer) => ({
          ...answer,
          ratings: answer.ratings.map((rating) => ({ ...rating, misconceptions: ['one-factor'] })),
        })),
      })),
    };
    expect(planDemo({}, rerated).contentHash).not.toBe(planDemo().contentHash);
  });

  test('names the sets there are where the one asked for is not', () => {
    const request = { setId: 'none', split: null, runs: 1, limit: null, withRobustness: true, seed: 1 };
    expect(planCalibration(request, { content: labContent })).toEqual({
      status: 'not-found',
      known: ['demo-set', 'demo-attacks'],
    });
  });
});
