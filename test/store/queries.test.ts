import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/grade.ts';
import { listEntriesAtItem } from '../../src/store/attempt-history.ts';
import {
  findAttempt,
  findItemUse,
  findJudgedBefore,
  insertAttempt,
  listBestPoints,
  reopenAttempt,
  settleAttempt,
  startAttempt,
  type AttemptRow,
} from '../../src/store/attempts.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { describeError } from '../../src/store/describe-error.ts';
import { findJudgeReply, insertJudgeReply } from '../../src/store/judge-replies.ts';
import { findLearnerByTokenHash, insertLearner, lockLearner } from '../../src/store/learners.ts';
import { insertReveal, listReveals } from '../../src/store/reveals.ts';
import { findSetting, getOrCreateSetting } from '../../src/store/settings.ts';
import { insertSightings, listSightings } from '../../src/store/sightings.ts';
import { databaseKinds } from './databases.ts';
import { at, attemptOf, gradeOf, newLearner, provisional, returned, ungraded } from './samples.ts';

const course = 'fine-tuning';
const itemId = 'lora-params';

describe.each(await databaseKinds())('queries on $name', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterAll(() => database.close());

  function settle(id: string, outcome: Outcome): Promise<boolean> {
    return database.transaction((tx) => settleAttempt(tx, { id, outcome, now: at(9) }));
  }

  test('a setting asked for by several at once has one value, and keeps it', async () => {
    const values = await Promise.all(
      ['a', 'b', 'c', 'd'].map((value) => getOrCreateSetting(database.db, 'hmac-secret', () => value)),
    );
    expect(new Set(values).size).toBe(1);
    expect(await findSetting(database.db, 'hmac-secret')).toBe(values[0]);
    expect(await findSetting(database.db, 'never-made')).toBeUndefined();
  });

  test('a learner is found by the hash of their token, which nobody else can have', async () => {
    const id = await newLearner(database.db);
    const found = await findLearnerByTokenHash(database.db, `hash-of-${id}`);
    expect(found).toEqual({ id, tokenHash: `hash-of-${id}`, name: null, createdAt: at(0) });
    expect(await findLearnerByTokenHash(database.db, 'nobody')).toBeUndefined();
    const twin = insertLearner(database.db, { id: randomUUID(), tokenHash: `hash-of-${id}`, now: at(1) });
    await expect(twin).rejects.toMatchObject({ cause: { code: '23505' } });
  });

  test('two submissions at the same moment get different try numbers', async () => {
    const learnerId = await newLearner(database.db);
    const submit = (): Promise<number> =>
      database.transaction(async (tx) => {
        await lockLearner(tx, learnerId);
        const tryNumber = 1 + (await findItemUse(tx, { learnerId, course, itemId })).triesUsed;
        await insertAttempt(tx, attemptOf(learnerId, { tryNumber }));
        return tryNumber;
      });
    expect((await Promise.all([submit(), submit(), submit()])).sort()).toEqual([1, 2, 3]);
  });

  test('the same submission sent twice is stored once', async () => {
    const learnerId = await newLearner(database.db);
    const first = await insertAttempt(database.db, attemptOf(learnerId, { idempotencyKey: 'k', answer: 'first' }));
    const again = await insertAttempt(database.db, attemptOf(learnerId, { idempotencyKey: 'k', answer: 'second' }));
    expect(first).toMatchObject({ status: 'inserted', attempt: { answer: 'first', status: 'stored', outcome: null } });
    expect(again).toEqual({ status: 'duplicate', attempt: first.attempt });
    // Another learner's key is another key, and attempts without one never collide.
    const other = await newLearner(database.db);
    const theirs = await insertAttempt(database.db, attemptOf(other, { idempotencyKey: 'k' }));
    expect(theirs.status).toBe('inserted');
    for (const bare of [attemptOf(other), attemptOf(other)]) {
      expect((await insertAttempt(database.db, bare)).status).toBe('inserted');
    }
  });

  test('an attempt is settled once: a later grade changes nothing', async () => {
    const learnerId = await newLearner(database.db);
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId));
    expect(await startAttempt(database.db, { id: attempt.id, now: at(1) })).toBe(true);
    expect(await startAttempt(database.db, { id: attempt.id, now: at(2) })).toBe(true);
    const outcome = gradeOf(4000);
    expect(await settle(attempt.id, outcome)).toBe(true);
    expect(await settle(attempt.id, gradeOf(0))).toBe(false);
    expect(await startAttempt(database.db, { id: attempt.id, now: at(10) })).toBe(false);
    expect(await findAttempt(database.db, attempt.id)).toEqual({
      ...attempt,
      status: 'graded',
      pointsLow: 4000,
      pointsHigh: 4000,
      pointsMax: 5000,
      outcome,
      startedAt: at(2),
      settledAt: at(9),
    });
  });

  test('two workers that graded the same attempt at once settle it once', async () => {
    const learnerId = await newLearner(database.db);
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId));
    const settled = await Promise.all([settle(attempt.id, gradeOf(1000)), settle(attempt.id, gradeOf(2000))]);
    expect(settled.sort()).toEqual([false, true]);
  });

  test('an outcome without points leaves the points empty', async () => {
    const learnerId = await newLearner(database.db);
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId));
    await settle(attempt.id, returned);
    expect(await findAttempt(database.db, attempt.id)).toMatchObject({
      status: 'returned',
      pointsLow: null,
      pointsMax: null,
      outcome: returned,
    });
  });

  test('only an ungraded attempt can be graded again', async () => {
    const learnerId = await newLearner(database.db);
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId));
    const reopen = (): Promise<boolean> =>
      database.transaction((tx) => reopenAttempt(tx, { id: attempt.id, standing: 'practice', tryNumber: 4 }));
    expect(await reopen()).toBe(false);
    await settle(attempt.id, ungraded);
    expect(await reopen()).toBe(true);
    expect(await findAttempt(database.db, attempt.id)).toMatchObject({
      status: 'stored',
      standing: 'practice',
      tryNumber: 4,
      outcome: null,
      settledAt: null,
    });
    await settle(attempt.id, gradeOf(1000));
    expect(await reopen()).toBe(false);
  });

  test('a query that fails is logged without the answer it was to store', async () => {
    const attempt = attemptOf(await newLearner(database.db), { answer: 'My own secret words.' });
    await insertAttempt(database.db, attempt);
    const error: unknown = await insertAttempt(database.db, attempt).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('My own secret words.');
    expect(describeError(error)).toMatchObject({
      code: '23505',
      message: expect.stringContaining('attempts_pkey') as string,
    });
    expect(JSON.stringify(describeError(error))).not.toContain('My own secret words.');
  });

  test('tries used are counted attempts under way or graded, and nothing else', async () => {
    const learnerId = await newLearner(database.db);
    const outcomes = [null, gradeOf(1000), provisional, returned, ungraded];
    for (const [index, outcome] of outcomes.entries()) {
      for (const standing of ['counted', 'practice', 'after-seeing'] as const) {
        const { attempt } = await insertAttempt(database.db, attemptOf(learnerId, { standing, now: at(index) }));
        if (outcome !== null) await settle(attempt.id, outcome);
      }
    }
    await insertAttempt(database.db, attemptOf(learnerId, { itemId: 'another-item' }));
    await insertAttempt(database.db, attemptOf(learnerId, { course: 'another-course' }));
    expect(await findItemUse(database.db, { learnerId, course, itemId })).toMatchObject({ triesUsed: 2 });
  });

  test('the overview shows the best counted points of each item attempted', async () => {
    const learnerId = await newLearner(database.db);
    const add = async (minute: number, low: number | null, changes: object): Promise<string> => {
      const { attempt } = await insertAttempt(database.db, attemptOf(learnerId, { now: at(minute), ...changes }));
      if (low !== null) await settle(attempt.id, gradeOf(low));
      return attempt.id;
    };
    await add(1, 3000, {});
    await add(2, 1000, {});
    await add(3, 5000, { standing: 'practice' });
    await add(4, null, {});
    await add(1, null, { itemId: 'adapter-merge' });
    await add(9, 5000, { course: 'another-course' });
    expect(await listBestPoints(database.db, { learnerId, course })).toEqual([
      { itemId: 'adapter-merge', bestCountedPointsLow: null, pointsMax: null },
      { itemId: 'lora-params', bestCountedPointsLow: 3000, pointsMax: 5000 },
    ]);
  });

  test('the attempts at one item are listed newest first, the newest 20 of them', async () => {
    const learnerId = await newLearner(database.db);
    const ids: string[] = [];
    for (let minute = 0; minute < 23; minute += 1) {
      ids.push((await insertAttempt(database.db, attemptOf(learnerId, { now: at(minute) }))).attempt.id);
    }
    await insertAttempt(database.db, attemptOf(learnerId, { itemId: 'another-item', now: at(30) }));
    const listed = await listEntriesAtItem(database.db, { learnerId, course, itemId });
    expect(listed.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 20));
  });

  test('the judged attempt before another is the newest earlier one, the earlier try where they share a moment', async () => {
    const learnerId = await newLearner(database.db);
    const add = async (minute: number, outcome: Outcome, changes: object = {}): Promise<AttemptRow> => {
      const { attempt } = await insertAttempt(database.db, attemptOf(learnerId, { now: at(minute), ...changes }));
      await settle(attempt.id, outcome);
      return attempt;
    };
    const first = await add(1, gradeOf(1000));
    const second = await add(2, provisional, { tryNumber: 2 });
    const sameMoment = await add(2, gradeOf(3000), { tryNumber: 3 });
    await add(3, returned);
    await add(3, gradeOf(1000), { itemId: 'another-item' });
    const last = await add(4, gradeOf(1000));
    const before = async (attempt: AttemptRow): Promise<string | undefined> =>
      (await findJudgedBefore(database.db, attempt))?.id;
    expect(await before(last)).toBe(sameMoment.id);
    expect(await before(sameMoment)).toBe(second.id);
    expect(await before(second)).toBe(first.id);
    expect(await before(first)).toBeUndefined();
  });

  test('a reveal is kept from its first time on', async () => {
    const learnerId = await newLearner(database.db);
    expect(await findItemUse(database.db, { learnerId, course, itemId })).toMatchObject({ revealed: false });
    await insertReveal(database.db, { learnerId, course, itemId, now: at(1) });
    await insertReveal(database.db, { learnerId, course, itemId, now: at(2) });
    await insertReveal(database.db, { learnerId, course, itemId: 'adapter-merge', now: at(3) });
    expect(await findItemUse(database.db, { learnerId, course, itemId })).toMatchObject({
      revealed: true,
      sighted: false,
    });
    const all = await listReveals(database.db, { learnerId, course });
    expect(all).toMatchObject([
      { itemId, createdAt: at(1) },
      { itemId: 'adapter-merge', createdAt: at(3) },
    ]);
  });

  test('an answer read in the list is kept from its first time on', async () => {
    const learnerId = await newLearner(database.db);
    await insertSightings(database.db, { learnerId, course, itemIds: [itemId], where: 'drill', now: at(1) });
    await insertSightings(database.db, { learnerId, course, itemIds: [itemId, 'x'], where: 'answers', now: at(2) });
    await insertSightings(database.db, { learnerId, course, itemIds: [], where: 'answers', now: at(3) });
    const sighted = async (item: string): Promise<boolean> =>
      (await findItemUse(database.db, { learnerId, course, itemId: item })).sighted;
    expect([await sighted(itemId), await sighted('y')]).toEqual([true, false]);
    const all = await listSightings(database.db, { learnerId, course });
    expect(all.map((row) => [row.itemId, row.where])).toEqual([
      [itemId, 'drill'],
      ['x', 'answers'],
    ]);
  });

  test('a stored reply answers its request from then on', async () => {
    const requestKey = randomUUID();
    await insertJudgeReply(database.db, { requestKey, judgment: { status: 'judged', next: 'Why?' }, now: at(1) });
    await insertJudgeReply(database.db, { requestKey, judgment: { status: 'ungraded' }, now: at(2) });
    expect(await findJudgeReply(database.db, requestKey)).toEqual({
      requestKey,
      judgment: { status: 'judged', next: 'Why?' },
      createdAt: at(1),
    });
    expect(await findJudgeReply(database.db, 'never-asked')).toBeUndefined();
  });
});
