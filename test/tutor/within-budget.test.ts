import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { findBudget, releaseBudgets } from '../../src/store/budgets.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { silentLog } from '../../src/store/log.ts';
import type { SpendingLimits } from '../../src/tutor/spending.ts';
import { withinBudget } from '../../src/tutor/within-budget.ts';
import { taskOf } from '../judge/openai/support.ts';
import { judgmentOf, live, refusal } from '../judge/scripted.ts';
import { databaseKinds } from '../store/databases.ts';

const noLimits: SpendingLimits = { dayMicroUsd: null, learnerMicroUsd: null, addressMicroUsd: null };

describe.each(await databaseKinds())('a budget on $name', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterAll(() => database.close());

  let today = 0;
  /** A judge that costs 7 of at most 10 micro-dollars, on a day of its own. */
  function rig(limits: Partial<SpendingLimits>, reply: () => Judgment | Promise<Judgment> = () => judgmentOf()) {
    today += 1;
    const now = new Date(Date.UTC(2026, 0, today));
    const day = now.toISOString().slice(0, 10);
    let calls = 0;
    const judgeOf = (payer = { learnerId: 'ann', addressHash: 'a1' }) =>
      withinBudget(
        {
          judge: () => {
            calls += 1;
            return Promise.resolve(reply());
          },
          spending: {
            mostMicroUsd: () => 10,
            limits: { ...noLimits, ...limits },
            hashAddress: (address) => address,
          },
          payer,
        },
        { database, now: () => now, log: silentLog },
      );
    return {
      judge: judgeOf(),
      judgeOf,
      calls: () => calls,
      spent: (scope: string) => findBudget(database.db, { scope, day }),
    };
  }

  test('pays what a call cost and gives the rest back', async () => {
    const { judge, spent } = rig({ dayMicroUsd: 100, learnerMicroUsd: 50 });
    expect(await judge(taskOf(), live())).toEqual(judgmentOf());
    expect(await spent('all')).toEqual({ spentMicroUsd: 7, reservedMicroUsd: 0 });
    expect(await spent('learner:ann')).toEqual({ spentMicroUsd: 7, reservedMicroUsd: 0 });
  });

  test('cannot be overrun by calls made at the same time', async () => {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const { judge, calls, spent } = rig({ dayMicroUsd: 35 }, async () => {
      await gate;
      return judgmentOf();
    });
    let refused = 0;
    const all = Promise.all(
      Array.from({ length: 12 }, async () => {
        const judgment = await judge(taskOf(), live());
        if (judgment.status === 'ungraded') refused += 1;
        return judgment;
      }),
    );
    // Three times ten fit into thirty-five, whatever each of them will cost in the end.
    await expect.poll(() => refused, { timeout: 10_000 }).toBe(9);
    expect(await spent('all')).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 30 });
    letGo();
    const outcomes = await all;
    expect(outcomes.filter(({ status }) => status === 'judged')).toHaveLength(3);
    expect(outcomes.filter((one) => one.status === 'ungraded' && one.reason === 'over-budget')).toHaveLength(9);
    expect(calls()).toBe(3);
    expect(await spent('all')).toEqual({ spentMicroUsd: 21, reservedMicroUsd: 0 });
  });

  test('refuses by the purse that is empty, and takes nothing out of the others', async () => {
    const { judgeOf, spent } = rig({ dayMicroUsd: 1000, learnerMicroUsd: 12 });
    await judgeOf()(taskOf(), live());
    const refused = await judgeOf()(taskOf(), live());
    expect(refused).toMatchObject({ status: 'ungraded', reason: 'over-budget' });
    expect(refused.status === 'ungraded' && refused.detail).toContain('of this learner');
    expect(await spent('all')).toEqual({ spentMicroUsd: 7, reservedMicroUsd: 0 });
    const other = judgeOf({ learnerId: 'bea', addressHash: 'a1' });
    expect(await other(taskOf(), live())).toMatchObject({ status: 'judged' });
  });

  test('holds an address to its share, and asks nothing of an answer that came without one', async () => {
    const { judgeOf } = rig({ addressMicroUsd: 10 });
    expect(await judgeOf()(taskOf(), live())).toMatchObject({ status: 'judged' });
    expect(await judgeOf()(taskOf(), live())).toMatchObject({ reason: 'over-budget' });
    const elsewhere = judgeOf({ learnerId: 'ann', addressHash: 'a2' });
    expect(await elsewhere(taskOf(), live())).toMatchObject({ status: 'judged' });
  });

  test('counts a replayed judgment as free, a refusal that cost nothing as nothing, and an unknown cost as the most', async () => {
    const { provenance } = judgmentOf();
    const replayed = rig({ dayMicroUsd: 100 }, () => ({
      ...judgmentOf(),
      provenance: { ...provenance, replayed: true },
    }));
    await replayed.judge(taskOf(), live());
    expect(await replayed.spent('all')).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 0 });
    const refused = rig({ dayMicroUsd: 100 }, () => refusal);
    await refused.judge(taskOf(), live());
    expect(await refused.spent('all')).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 0 });
    const unknown = rig({ dayMicroUsd: 100 }, () => ({
      ...judgmentOf(),
      provenance: { ...provenance, costMicroUsd: null },
    }));
    await unknown.judge(taskOf(), live());
    expect(await unknown.spent('all')).toEqual({ spentMicroUsd: 10, reservedMicroUsd: 0 });
  });

  test('keeps the most as spent where a call breaks off: it may have been billed', async () => {
    const { judge, spent } = rig({ dayMicroUsd: 100 }, () => Promise.reject(new Error('broken')));
    await expect(judge(taskOf(), live())).rejects.toThrow('broken');
    expect(await spent('all')).toEqual({ spentMicroUsd: 10, reservedMicroUsd: 0 });
  });

  test('gets back what a killed process had set aside', async () => {
    let letGo: () => void = () => undefined;
    const { judge, spent } = rig(
      { dayMicroUsd: 15 },
      () => new Promise<Judgment>((resolve) => (letGo = () => resolve(refusal))),
    );
    const left = judge(taskOf(), live());
    await expect.poll(async () => (await spent('all')).reservedMicroUsd, { timeout: 10_000 }).toBe(10);
    await releaseBudgets(database.db);
    expect(await spent('all')).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 0 });
    letGo();
    await left;
  });
});
