import { describe, expect, test } from 'vitest';
import { refutationOf } from '../../src/bank/refutation.ts';
import { createEmbeddedJudge } from '../../src/judge/embedded/embedded-judge.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import { drilledItem } from '../fixtures/drill.ts';

const [oneFactor, allWeights] = drilledItem.rubric.misconceptions;
const judge = createEmbeddedJudge({ now: () => 0 });

async function verdictOn(why: string, misconception = allWeights!): Promise<string | undefined> {
  const refutation = refutationOf({ courseItem: drilledItem, misconception });
  const task = { ...refutation, answer: why, option: null, replica: 0 };
  const outcome = await gradeAnswer(task, { judge, tryNumber: 1, signal: new AbortController().signal });
  return 'verdicts' in outcome ? outcome.verdicts[0]?.verdict : outcome.status;
}

describe('why a misconception is wrong, as a question of its own', () => {
  test('asks about the claim and expects what refutes it; the mistaken answer is no part of it', () => {
    const { item, rubric } = refutationOf({ courseItem: drilledItem, misconception: oneFactor! });
    expect(item.prompt).toContain('How many parameters does a LoRA adapter of rank 16 train');
    expect(item.prompt).toContain('Only one matrix of d times r parameters is trained.');
    expect(item.reference).toBe('A and B are both trained, so the count doubles.');
    expect(rubric.criteria).toMatchObject([{ expects: expect.stringContaining(item.reference) as string }]);
    expect(JSON.stringify([item, rubric])).not.toContain('The adapter is one matrix');
  });

  test('each misconception is a request of its own, and the same one each time', () => {
    const of = (misconception = oneFactor!): string =>
      refutationOf({ courseItem: drilledItem, misconception }).rubricHash;
    expect(of()).toBe(of());
    expect(of()).not.toBe(of(allWeights));
    expect(of()).not.toBe(drilledItem.rubricHash);
  });

  test.each([
    ['two of its telling words in one sentence', 'The base stays frozen, it gets no update.', 'met'],
    ['one of them only', 'Something is frozen there.', 'missed'],
    ['the claim again', 'Because the full matrix is trained as well.', 'missed'],
    ['what makes it tempting', 'The adapter is added to the full matrix, so it must be.', 'missed'],
    ['that it is wrong', 'That is simply not how it works.', 'missed'],
    ['two that name one thing', 'The base weights are trained too.', 'missed'],
    ['the opposite', 'The base weights do not stay frozen at all.', 'missed'],
  ])('the embedded judge, given %s', async (_name, why, verdict) => {
    expect(await verdictOn(why)).toBe(verdict);
  });

  test('the refutation copied word for word is sent back', async () => {
    expect(await verdictOn(allWeights!.refutes)).toBe('returned');
  });
});
