import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxPoints, scorePoints, verdictPoints } from '../../src/core/points.ts';
import { CriterionVerdict, MisconceptionVerdict } from '../../src/core/verdict.ts';
import { choiceItem, choiceRubric, loraItem, loraRubric } from '../fixtures/lora.ts';

type Verdicts = Parameters<typeof scorePoints>[0]['verdicts'];

function scoreLora(
  verdicts: Record<string, CriterionVerdict>,
  held: MisconceptionVerdict = 'not-held',
): { low: number; high: number; max: number } {
  return scorePoints({
    item: loraItem,
    rubric: loraRubric,
    option: null,
    verdicts: Object.entries(verdicts).map(([criterion, verdict]) => ({ criterion, verdict })),
    misconceptions: [{ id: 'one-factor', verdict: held }],
  });
}

describe('points', () => {
  test('met verdicts add up to the points of their criteria: 2 + 3 + 1 = 6', () => {
    expect(scoreLora({ 'both-factors': 'met', count: 'met', 'why-few': 'met' })).toEqual({
      low: 6000,
      high: 6000,
      max: 6000,
    });
  });

  test('partial is worth half unless the author says otherwise: 2/2 + 0 + 0.25 = 1.25', () => {
    expect(scoreLora({ 'both-factors': 'partial', count: 'missed', 'why-few': 'partial' })).toEqual({
      low: 1250,
      high: 1250,
      max: 6000,
    });
  });

  test('partial earns nothing where the rubric words no half-way', () => {
    const count = loraRubric.criteria.find(({ id }) => id === 'count');
    expect(count && verdictPoints(count, 'partial')).toBe(0);
  });

  test('an unsure criterion counts 0 in low and full in high', () => {
    expect(scoreLora({ 'both-factors': 'met', count: 'unsure', 'why-few': 'missed' })).toEqual({
      low: 2000,
      high: 5000,
      max: 6000,
    });
  });

  test('a criterion without a verdict earns nothing', () => {
    expect(scoreLora({ 'both-factors': 'met' })).toEqual({ low: 2000, high: 2000, max: 6000 });
  });

  test('a held misconception caps both ends, an unsure one only the low end', () => {
    const all = { 'both-factors': 'met', count: 'met', 'why-few': 'met' } as const;
    expect(scoreLora(all, 'held')).toMatchObject({ low: 3000, high: 3000 });
    expect(scoreLora(all, 'unsure')).toMatchObject({ low: 3000, high: 6000 });
  });

  test('a choice item adds its option share: 1 for the option, 2 for the why', () => {
    const score = (option: number, verdict: CriterionVerdict): number =>
      scorePoints({
        item: choiceItem,
        rubric: choiceRubric,
        option,
        verdicts: [{ criterion: 'limits-drift', verdict }],
        misconceptions: [],
      }).low;
    expect(maxPoints({ item: choiceItem, rubric: choiceRubric })).toBe(3000);
    expect([score(2, 'met'), score(2, 'missed'), score(1, 'met'), score(1, 'missed')]).toEqual([3000, 1000, 2000, 0]);
  });

  test('whatever the verdicts, 0 <= low <= high <= max, and all are whole thousandths', () => {
    const verdict = fc.constantFrom(...CriterionVerdict.options);
    fc.assert(
      fc.property(verdict, verdict, verdict, fc.constantFrom(...MisconceptionVerdict.options), (a, b, c, held) => {
        const { low, high, max } = scoreLora({ 'both-factors': a, count: b, 'why-few': c }, held);
        expect([low, high, max].every(Number.isInteger)).toBe(true);
        expect(0 <= low && low <= high && high <= max).toBe(true);
      }),
    );
  });

  test('a better verdict never lowers the points', () => {
    const ladder: CriterionVerdict[] = ['missed', 'partial', 'met'];
    const verdict = fc.constantFrom(...ladder);
    fc.assert(
      fc.property(verdict, verdict, fc.constantFrom(...MisconceptionVerdict.options), (first, second, held) => {
        const low = (a: CriterionVerdict): number =>
          scoreLora({ 'both-factors': a, count: 'met', 'why-few': second }, held).low;
        const better = ladder.slice(ladder.indexOf(first));
        for (const next of better) expect(low(next)).toBeGreaterThanOrEqual(low(first));
      }),
    );
  });

  test('verdicts for criteria the rubric does not have earn nothing', () => {
    const stranger: Verdicts = [{ criterion: 'invented', verdict: 'met' }];
    const { low, high } = scorePoints({
      item: loraItem,
      rubric: loraRubric,
      option: null,
      verdicts: stranger,
      misconceptions: [],
    });
    expect({ low, high }).toEqual({ low: 0, high: 0 });
  });
});
