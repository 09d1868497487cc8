import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAppeal, listAppeals, listOpenAppeals, settleAppeal } from '../../src/store/appeals.ts';
import { findAttempt, findItemUse, insertAttempt, settleAttempt } from '../../src/store/attempts.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { listProvisionalAttempts, lockAttempt, rescoreAttempt } from '../../src/store/reviews.ts';
import { listSettlements, listSettlementsOfAttempts, putSettlement } from '../../src/store/settlements.ts';
import { databaseKinds } from './databases.ts';
import { at, attemptOf, gradeOf, newLearner, provisional } from './samples.ts';

describe.each(await databaseKinds())('reviews on $name', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterAll(() => database.close());

  async function graded(changes: { outcome?: typeof provisional; itemId?: string; minute?: number } = {}): Promise<{
    attemptId: string;
    learnerId: string;
  }> {
    const { outcome = gradeOf(1000), itemId = 'lora-params', minute = 1 } = changes;
    const learnerId = await newLearner(database.db);
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId, { itemId }));
    await database.transaction((tx) => settleAttempt(tx, { id: attempt.id, outcome, now: at(minute) }));
    return { attemptId: attempt.id, learnerId };
  }

  function appeal(of: { attemptId: string; learnerId: string }, target: string, minute: number): Promise<boolean> {
    return database.transaction((tx) =>
      insertAppeal(tx, { id: randomUUID(), ...of, kind: 'criterion', target, reason: 'It does.', now: at(minute) }),
    );
  }

  test('a prediction is kept as it was made, and none as none', async () => {
    const learnerId = await newLearner(database.db);
    const prediction = { covered: ['both-matrices'], sure: 0.25 };
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId, { prediction }));
    expect((await findAttempt(database.db, attempt.id))?.prediction).toEqual(prediction);
    const bare = await insertAttempt(database.db, attemptOf(learnerId));
    expect((await findAttempt(database.db, bare.attempt.id))?.prediction).toBeNull();
  });

  test('a verdict is contested once, and closed with what became of it', async () => {
    const of = await graded();
    expect([await appeal(of, 'both-matrices', 2), await appeal(of, 'both-matrices', 3)]).toEqual([true, false]);
    expect(await appeal(of, 'other', 4)).toBe(true);
    expect(await listAppeals(database.db, of)).toMatchObject([
      { target: 'both-matrices', status: 'open', createdAt: at(2), settledAt: null },
      { target: 'other' },
    ]);
    const settled = { attemptId: of.attemptId, kind: 'criterion', target: 'both-matrices' } as const;
    await database.transaction((tx) => settleAppeal(tx, { ...settled, status: 'changed', now: at(5) }));
    expect(await listAppeals(database.db, of)).toMatchObject([
      { status: 'changed', settledAt: at(5) },
      { status: 'open' },
    ]);
  });

  test('open appeals come oldest first with their attempts, of the items asked for', async () => {
    const itemId = `item-${randomUUID()}`;
    const [first, second] = [await graded({ itemId }), await graded({ itemId })];
    await appeal(second, 'a', 7);
    await appeal(first, 'a', 8);
    await appeal(await graded(), 'a', 6);
    const open = await listOpenAppeals(database.db, { itemIds: [itemId], limit: 9 });
    expect(open.map(({ attempt }) => attempt.id)).toEqual([second.attemptId, first.attemptId]);
    expect(open[0]?.appeal).toMatchObject({ reason: 'It does.', learnerId: second.learnerId });
    expect(await listOpenAppeals(database.db, { itemIds: [itemId], limit: 1 })).toHaveLength(1);
  });

  test('provisional attempts come in the order they were graded, in pages', async () => {
    const itemId = `item-${randomUUID()}`;
    const late = await graded({ outcome: provisional, itemId, minute: 9 });
    const early = await graded({ outcome: provisional, itemId, minute: 3 });
    await graded({ itemId });
    const page = async (offset: number): Promise<string[]> =>
      (await listProvisionalAttempts(database.db, { itemIds: [itemId], limit: 1, offset })).map(({ id }) => id);
    expect([await page(0), await page(1), await page(2)]).toEqual([[early.attemptId], [late.attemptId], []]);
  });

  test("a person's later verdict replaces their earlier one, and only that", async () => {
    const [one, two] = [await graded(), await graded()];
    const settlement = { kind: 'criterion' as const, target: 'both-matrices', settledBy: 'Ada', note: 'So.' };
    await database.transaction(async (tx) => {
      await putSettlement(tx, { ...settlement, attemptId: one.attemptId, verdict: 'met', createdAt: at(2) });
      await putSettlement(tx, { ...settlement, attemptId: two.attemptId, verdict: 'met', createdAt: at(2) });
      const again = { ...settlement, settledBy: 'Ben', note: 'No.', attemptId: one.attemptId };
      await putSettlement(tx, { ...again, verdict: 'missed', createdAt: at(3) });
    });
    expect(await listSettlements(database.db, one)).toEqual([
      { ...settlement, attemptId: one.attemptId, verdict: 'missed', settledBy: 'Ben', note: 'No.', createdAt: at(3) },
    ]);
    const both = await listSettlementsOfAttempts(database.db, { attemptIds: [one.attemptId, two.attemptId] });
    expect(both.map(({ verdict }) => verdict).sort()).toEqual(['met', 'missed']);
    expect(await listSettlementsOfAttempts(database.db, { attemptIds: [] })).toEqual([]);
  });

  test("new points leave the judge's outcome as it was, and a settled provisional grade still uses no try", async () => {
    const { attemptId, learnerId } = await graded({ outcome: provisional });
    const points = { low: 4000, high: 4000, max: 5000 };
    await database.transaction(async (tx) => {
      expect((await lockAttempt(tx, attemptId))?.id).toBe(attemptId);
      await rescoreAttempt(tx, { id: attemptId, status: 'graded', points });
    });
    expect(await findAttempt(database.db, attemptId)).toMatchObject({
      status: 'graded',
      pointsLow: 4000,
      outcome: provisional,
    });
    const key = { learnerId, course: 'fine-tuning', itemId: 'lora-params' };
    expect((await findItemUse(database.db, key)).triesUsed).toBe(0);
  });
});
