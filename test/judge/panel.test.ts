import { describe, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { createPanel } from '../../src/judge/panel.ts';
import { taskOf } from './openai/support.ts';
import { judgmentOf, live, refusal, scripted } from './scripted.ts';

const [both, frozen] = ['zq-both-factors', 'zq-frozen'] as const;

async function convene(replies: Judgment[]): Promise<Judgment> {
  const member = scripted((task, asked) => {
    const reply = replies[asked - 1] ?? refusal;
    // A member answers in the order it was asked in.
    return reply.status === 'judged' && task.rubric.criteria[0]?.id !== both
      ? { ...reply, criteria: reply.criteria.toReversed() }
      : reply;
  });
  return createPanel({ member, size: replies.length }).judge(taskOf(), live());
}

describe('a panel of three', () => {
  test('keeps the verdict of the majority, says how steady it is, and adds up what it cost', async () => {
    const judgment = await convene([
      judgmentOf({ criteria: { [both]: { verdict: 'met', confidence: 0.6 } } }),
      judgmentOf({ criteria: { [both]: { verdict: 'missed' } } }),
      judgmentOf({ criteria: { [both]: { verdict: 'met', confidence: 0.8 } } }),
    ]);
    // Two of three, whose mean confidence is 0.7.
    expect(judgment).toMatchObject({
      status: 'judged',
      criteria: [
        {
          criterion: both,
          verdict: 'met',
          confidence: expect.closeTo((0.7 * 2) / 3) as number,
          decidedBy: 'panel:2/3',
        },
        { criterion: frozen, verdict: 'met', decidedBy: 'panel:3/3' },
      ],
      provenance: { judge: 'panel', tokensIn: 300, tokensOut: 30, costMicroUsd: 21, latencyMs: 5 },
    });
  });

  test('is unsure where no verdict has a majority, and keeps what each of them quoted', async () => {
    const judgment = await convene([
      judgmentOf({ criteria: { [both]: { verdict: 'met', quotes: ['a b c'] } } }),
      judgmentOf({ criteria: { [both]: { verdict: 'partial', quotes: ['d e f'] } } }),
      judgmentOf({ criteria: { [both]: { verdict: 'missed', quotes: [] } } }),
    ]);
    expect(judgment).toMatchObject({
      criteria: [{ verdict: 'unsure', confidence: 0, quotes: ['a b c', 'd e f'], decidedBy: 'panel:0/3' }, {}],
    });
  });

  test('still has a majority of its seats when one member gives no judgment', async () => {
    expect(await convene([judgmentOf(), refusal, judgmentOf()])).toMatchObject({
      criteria: [{ verdict: 'met', decidedBy: 'panel:2/3' }, {}],
    });
    const split = [judgmentOf(), refusal, judgmentOf({ criteria: { [both]: { verdict: 'missed' } } })];
    expect(await convene(split)).toMatchObject({ criteria: [{ verdict: 'unsure' }, { verdict: 'met' }] });
  });

  test('gives no judgment where most members give none: never a point by default', async () => {
    expect(await convene([judgmentOf(), refusal, refusal])).toMatchObject({ status: 'ungraded', reason: 'refused' });
  });

  test('asks every seat in another order and under another name, the same ones each time', async () => {
    const member = scripted(() => judgmentOf());
    const panel = createPanel({ member, size: 3 });
    await panel.judge(taskOf(), live());
    await panel.judge(taskOf(), live());
    const asked = member.tasks.map((task) => [task.replica, task.rubric.criteria[0]?.id]);
    expect(asked.slice(0, 3)).toEqual([
      [1, frozen],
      [2, both],
      [3, frozen],
    ]);
    expect(asked.slice(3)).toEqual(asked.slice(0, 3));
    await panel.judge(taskOf({ replica: 1 }), live());
    expect(member.tasks.slice(6).map(({ replica }) => replica)).toEqual([4, 5, 6]);
    expect(panel.mostMicroUsd(taskOf())).toBe(30);
  });
});
