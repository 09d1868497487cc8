import { describe, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { createEscalation } from '../../src/judge/escalate.ts';
import { taskOf } from './openai/support.ts';
import { judgmentOf, live, refusal, scripted } from './scripted.ts';

const [both, frozen, oneFactor] = ['zq-both-factors', 'zq-frozen', 'zq-one-factor'] as const;

function escalate(first: Judgment, second: (task: ReturnType<typeof taskOf>) => Judgment) {
  const [one, two] = [scripted(() => first), scripted((task) => second(task))];
  const judge = createEscalation({ first: one, second: two, secondName: 'big', doubt: { confidenceBelow: 0.6 } });
  return { asked: two.tasks, judgment: judge.judge(taskOf(), live()) };
}

describe('what the first judge doubts goes to a second', () => {
  test('only that, with the answer whole; what it decides stands and says who decided', async () => {
    const first = judgmentOf({ criteria: { [both]: { verdict: 'partial', confidence: 0.4 } } });
    const { asked, judgment } = escalate(first, (task) =>
      judgmentOf({ criteria: { [both]: { verdict: 'missed' } } }, task),
    );
    expect(await judgment).toMatchObject({
      criteria: [
        { criterion: both, verdict: 'missed', decidedBy: 'second:big' },
        { criterion: frozen, verdict: 'met' },
      ],
      provenance: { tokensIn: 200, costMicroUsd: 14, latencyMs: 10 },
    });
    expect((await judgment).status === 'judged' && asked[0]?.rubric.criteria.map(({ id }) => id)).toEqual([both]);
    expect(asked[0]).toMatchObject({ answer: taskOf().answer, rubric: { misconceptions: [] } });
  });

  test('nothing where it doubts nothing: the second is not asked', async () => {
    const { asked, judgment } = escalate(judgmentOf(), () => refusal);
    expect(await judgment).toEqual(judgmentOf());
    expect(asked).toEqual([]);
  });

  test('a doubtful misconception is settled without a second look at any criterion', async () => {
    const first = judgmentOf({ misconceptions: { [oneFactor]: { verdict: 'unsure', confidence: 0.5 } } });
    const second = (task: ReturnType<typeof taskOf>) =>
      judgmentOf(
        {
          criteria: { [both]: { verdict: 'missed' } },
          misconceptions: { [oneFactor]: { verdict: 'held', quotes: ['Two thin matrices'] } },
        },
        task,
      );
    expect(await escalate(first, second).judgment).toMatchObject({
      criteria: [{ criterion: both, verdict: 'met' }, { verdict: 'met' }],
      misconceptions: [{ verdict: 'held', decidedBy: 'second:big' }],
    });
  });

  test.each([
    [
      'is unsure too',
      (task: ReturnType<typeof taskOf>) => judgmentOf({ criteria: { [both]: { verdict: 'unsure' } } }, task),
    ],
    ['gives no judgment', () => refusal],
  ])('the doubt stays where the second %s', async (_name, second) => {
    const first = judgmentOf({ criteria: { [both]: { verdict: 'unsure', confidence: 0.3 } } });
    const judgment = await escalate(first, second).judgment;
    expect(judgment).toMatchObject({ criteria: [{ verdict: 'unsure', confidence: 0.3 }, { verdict: 'met' }] });
    expect(JSON.stringify(judgment)).not.toContain('second:big');
  });
});
