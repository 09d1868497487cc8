import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/grade.ts';
import { dueFrom, reviewCard } from '../../src/core/memory-card.ts';
import {
  countAttempts,
  countJudged,
  findAnswerSeen,
  listAttemptEntries,
  listFullAttempts,
  listNewestEntries,
  listPredicted,
} from '../../src/store/attempt-history.ts';
import { findAttempt, insertAttempt, settleAttempt } from '../../src/store/attempts.ts';
import { findCard, listCards, putCard } from '../../src/store/cards.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { findJudgeReply, insertJudgeReply } from '../../src/store/judge-replies.ts';
import { deleteLearner, lockLearnerOfAttempt, mergeLearners } from '../../src/store/learner-lives.ts';
import { listLearnerRecords } from '../../src/store/learner-records.ts';
import { findLearner, lockLearner, renameLearner } from '../../src/store/learners.ts';
import { insertReveal, listReveals } from '../../src/store/reveals.ts';
import {
  advanceSession,
  findNewestSession,
  findSession,
  insertSession,
  listSessions,
} from '../../src/store/sessions.ts';
import { insertSightings, listSightings } from '../../src/store/sightings.ts';
import { findTransferCode, putTransferCode, takeTransferCode } from '../../src/store/transfer-codes.ts';
import { insertTrial, listTrials } from '../../src/store/trials.ts';
import { databaseKinds } from './databases.ts';
import { at, attemptOf, gradeOf, newLearner, provisional, returned, ungraded } from './samples.ts';

const course = 'fine-tuning';
const itemId = 'lora-params';

describe.each(await databaseKinds())('memory on $name', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterAll(() => database.close());

  async function attempt(
    learnerId: string,
    changes: Parameters<typeof attemptOf>[1],
    outcome: Outcome | null = gradeOf(4000),
  ): Promise<string> {
    const { attempt } = await insertAttempt(database.db, attemptOf(learnerId, changes));
    if (outcome !== null) {
      await database.transaction((tx) => settleAttempt(tx, { id: attempt.id, outcome, now: at(59) }));
    }
    return attempt.id;
  }
  async function card(args: { learnerId: string; item?: string; minute: number; evidence?: string }): Promise<void> {
    const { learnerId, item = itemId, minute, evidence = null } = args;
    const card = reviewCard({ card: null, rating: 'good', reviewed: at(minute), evidence });
    const row = {
      learnerId,
      course,
      itemId: item,
      card,
      missed: [`missed-${minute}`],
      due: dueFrom(card),
      updatedAt: at(minute),
    };
    await database.transaction((tx) => putCard(tx, row));
  }
  async function predict(attemptId: string, prediction: { covered: string[]; sure: number }): Promise<void> {
    await database.executeSql('update attempts set prediction = $1::jsonb where id = $2', [
      JSON.stringify(prediction),
      attemptId,
    ]);
  }

  test('a question has one card, and the newest review is what it says', async () => {
    const learnerId = await newLearner(database.db);
    await card({ learnerId, minute: 1 });
    await card({ learnerId, minute: 2 });
    const kept = await findCard(database.db, { learnerId, course, itemId });
    expect(kept).toMatchObject({ missed: ['missed-2'], updatedAt: at(2), card: { last_review: at(2), reps: 1 } });
    expect(await findCard(database.db, { learnerId, course, itemId: 'other' })).toBeUndefined();
  });

  test('cards come soonest due first, each with the points its evidence has now', async () => {
    const learnerId = await newLearner(database.db);
    const evidence = await attempt(learnerId, {});
    await card({ learnerId, minute: 5, evidence });
    await card({ learnerId, item: 'other', minute: 3 });
    const points = async (): Promise<unknown[]> =>
      (await listCards(database.db, { learnerId, course })).map((row) => [row.itemId, row.low, row.max]);
    expect(await points()).toEqual([
      ['other', null, null],
      [itemId, 4000, 5000],
    ]);
    // A person settles the doubt later: what is known follows.
    await database.executeSql('update attempts set points_low = 5000 where id = $1', [evidence]);
    expect((await points())[1]).toEqual([itemId, 5000, 5000]);
    expect(await listCards(database.db, { learnerId, course: 'another' })).toEqual([]);
  });

  test('the newest session of the course is the one under way, and it only moves forward', async () => {
    const learnerId = await newLearner(database.db);
    const [older, newer] = [randomUUID(), randomUUID()];
    const of = { learnerId, course, itemIds: ['a', 'b', 'c'] };
    await insertSession(database.db, { id: older, ...of, now: at(1) });
    await insertSession(database.db, { id: newer, ...of, now: at(2) });
    await insertSession(database.db, { id: randomUUID(), ...of, course: 'another', now: at(3) });
    expect(await findNewestSession(database.db, { learnerId, course })).toMatchObject({ id: newer, position: 0 });
    await advanceSession(database.db, { id: newer, position: 2 });
    await advanceSession(database.db, { id: newer, position: 1 });
    expect(await findSession(database.db, newer)).toMatchObject({ position: 2, itemIds: ['a', 'b', 'c'] });
    expect((await listSessions(database.db, { learnerId, limit: 2 })).map((row) => row.course)).toEqual([
      'another',
      course,
    ]);
  });

  test('a transfer code works once, not after its time, and not once a newer one is made', async () => {
    const learnerId = await newLearner(database.db);
    const put = (codeHash: string): Promise<void> =>
      database.transaction((tx) => putTransferCode(tx, { codeHash, learnerId, expiresAt: at(10), now: at(0) }));
    const take = (codeHash: string, minute: number): Promise<string | undefined> =>
      database.transaction((tx) => takeTransferCode(tx, { codeHash, now: at(minute) }));
    await put('first');
    await put('second');
    expect(await take('first', 1)).toBeUndefined();
    expect(await take('second', 10)).toBeUndefined();
    expect(await findTransferCode(database.db, { codeHash: 'second', now: at(9) })).toBe(learnerId);
    const taken = await Promise.all([take('second', 9), take('second', 9)]);
    expect(taken.filter((owner) => owner === learnerId)).toHaveLength(1);
    expect(await findTransferCode(database.db, { codeHash: 'second', now: at(9) })).toBeUndefined();
  });

  test('attempts are listed newest first by the page, and the newest of each item since a moment', async () => {
    const learnerId = await newLearner(database.db);
    const ids = [];
    for (let minute = 0; minute < 5; minute += 1) ids.push(await attempt(learnerId, { now: at(minute) }));
    const other = await attempt(learnerId, { now: at(9), itemId: 'other' }, null);
    const page = async (offset: number): Promise<string[]> =>
      (await listAttemptEntries(database.db, { learnerId, course, limit: 2, offset })).map(({ id }) => id);
    expect(await page(0)).toEqual([other, ids[4]]);
    expect(await page(4)).toEqual([ids[1], ids[0]]);
    const since = await listNewestEntries(database.db, { learnerId, course, since: at(4) });
    expect(since.map(({ id, pointsLow }) => [id, pointsLow])).toEqual([
      [ids[4], 4000],
      [other, null],
    ]);
    expect(await countAttempts(database.db, { learnerId })).toBe(6);
    expect(await countAttempts(database.db, { learnerId, course: 'another' })).toBe(0);
  });

  test('every attempt is exported once, however they share a moment', async () => {
    const learnerId = await newLearner(database.db);
    const ids = [];
    for (let n = 0; n < 7; n += 1)
      ids.push(await attempt(learnerId, { now: at(n % 2), course: n > 4 ? 'another' : course }));
    const seen: string[] = [];
    let after: { createdAt: Date; id: string } | null = null;
    for (;;) {
      const rows: Awaited<ReturnType<typeof listFullAttempts>> = await listFullAttempts(database.db, {
        learnerId,
        after,
        limit: 3,
      });
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last;
    }
    expect(seen).toHaveLength(7);
    expect([...seen].sort()).toEqual([...ids].sort());
  });

  test('judged attempts before a moment are counted in all and in the sitting', async () => {
    const learnerId = await newLearner(database.db);
    await attempt(learnerId, { now: at(1) });
    await attempt(learnerId, { now: at(10), standing: 'practice' }, provisional);
    await attempt(learnerId, { now: at(11) }, returned);
    await attempt(learnerId, { now: at(12) }, ungraded);
    await attempt(learnerId, { now: at(13) }, null);
    await attempt(learnerId, { now: at(20) });
    const count = await countJudged(database.db, { learnerId, course, itemId, before: at(20), since: at(5) });
    expect(count).toEqual({ ever: 2, since: 1 });
  });

  test('an answer was seen at the first of its reveal and its readings', async () => {
    const learnerId = await newLearner(database.db);
    const key = { learnerId, course, itemId };
    expect(await findAnswerSeen(database.db, key)).toBeUndefined();
    await insertReveal(database.db, { ...key, now: at(7) });
    expect(await findAnswerSeen(database.db, key)).toEqual(at(7));
    await insertSightings(database.db, { learnerId, course, itemIds: [itemId], where: 'answers', now: at(3) });
    expect(await findAnswerSeen(database.db, key)).toEqual(at(3));
  });

  test('predictions come with their verdicts, a person’s before the judge’s', async () => {
    const learnerId = await newLearner(database.db);
    const prediction = { covered: ['both-matrices'], sure: 0.8 };
    const [older, newer] = [await attempt(learnerId, { now: at(1) }), await attempt(learnerId, { now: at(2) })];
    await predict(older, prediction);
    await predict(newer, prediction);
    await attempt(learnerId, { now: at(3) });
    await predict(await attempt(learnerId, { now: at(4) }, ungraded), prediction);
    await database.executeSql(
      `insert into settlements (attempt_id, kind, target, verdict, settled_by, note, created_at)
       values ($1, 'criterion', 'both-matrices', 'missed', 'somebody', '', now())`,
      [older],
    );
    const predicted = await listPredicted(database.db, { learnerId, course, limit: 10 });
    expect(predicted).toEqual([
      { itemId, prediction, verdicts: { 'both-matrices': 'met' }, createdAt: at(2) },
      { itemId, prediction, verdicts: { 'both-matrices': 'missed' }, createdAt: at(1) },
    ]);
    expect(await listPredicted(database.db, { learnerId, course, limit: 1 })).toHaveLength(1);
  });

  test('a learner may have a name, or none', async () => {
    const id = await newLearner(database.db);
    await renameLearner(database.db, { id, name: 'Mira' });
    expect(await findLearner(database.db, id)).toMatchObject({ name: 'Mira' });
    await renameLearner(database.db, { id, name: null });
    expect(await findLearner(database.db, id)).toMatchObject({ name: null });
    expect(await findLearner(database.db, randomUUID())).toBeUndefined();
  });

  test('deleting a learner leaves nothing of theirs and everything of others', async () => {
    const [gone, stays] = [await newLearner(database.db), await newLearner(database.db)];
    const graded = await attempt(gone, {}, withRequest('request-of-gone'));
    const waiting = await attempt(gone, {}, null);
    await attempt(stays, {}, withRequest('request-of-stays'));
    for (const requestKey of ['request-of-gone', 'request-of-stays']) {
      await insertJudgeReply(database.db, { requestKey, judgment: { quotes: ['their words'] }, now: at(1) });
    }
    for (const learnerId of [gone, stays]) {
      await card({ learnerId, minute: 1 });
      await insertReveal(database.db, { learnerId, course, itemId, now: at(1) });
      await insertSightings(database.db, { learnerId, course, itemIds: [itemId], where: 'drill', now: at(1) });
      await insertTrial(database.db, {
        id: randomUUID(),
        learnerId,
        course,
        itemId,
        exemplar: 0,
        stimulus: null,
        holds: true,
        now: at(1),
      });
      await insertSession(database.db, { id: randomUUID(), learnerId, course, itemIds: ['a'], now: at(1) });
      await database.executeSql(
        `insert into budgets (scope, day, reserved_micro_usd, spent_micro_usd) values ($1, '2026-11-23', 0, 5)`,
        [`learner:${learnerId}`],
      );
    }
    await database.executeSql(
      `insert into appeals (id, learner_id, attempt_id, kind, target, reason, status, created_at)
       values ($1, $2, $3, 'criterion', 'both-matrices', 'It is there.', 'open', now())`,
      [randomUUID(), gone, graded],
    );
    const deleted = await database.transaction(async (tx) => {
      await lockLearner(tx, gone);
      return deleteLearner(tx, gone);
    });
    expect(deleted).toEqual({ waiting: [waiting] });
    expect(await findLearner(database.db, gone)).toBeUndefined();
    expect(await findAttempt(database.db, graded)).toBeUndefined();
    const { rows } = await database.executeSql(
      `select (select count(*) from attempts where learner_id = $1) + (select count(*) from cards where learner_id = $1)
         + (select count(*) from reveals where learner_id = $1) + (select count(*) from sightings where learner_id = $1)
         + (select count(*) from trials where learner_id = $1) + (select count(*) from sessions where learner_id = $1)
         + (select count(*) from appeals where learner_id = $1)
         + (select count(*) from budgets where scope = 'learner:' || $1::text) as left`,
      [gone],
    );
    expect(Number((rows[0] as { left: unknown }).left)).toBe(0);
    expect(await findJudgeReply(database.db, 'request-of-gone')).toBeUndefined();
    expect(await findJudgeReply(database.db, 'request-of-stays')).toBeDefined();
    const kept = await listLearnerRecords(database.db, { learnerId: stays });
    expect([kept.cards, kept.reveals, kept.sightings, kept.trials].map((list) => list.length)).toEqual([1, 1, 1, 1]);
  });

  test('merging moves everything, keeps the earlier sight of an answer and the later review, and deletes the other', async () => {
    const [from, into] = [await newLearner(database.db), await newLearner(database.db)];
    await renameLearner(database.db, { id: from, name: 'Mira' });
    const theirs = await attempt(from, { idempotencyKey: 'same', now: at(1) });
    const own = await attempt(into, { idempotencyKey: 'same', now: at(2) });
    await insertReveal(database.db, { learnerId: from, course, itemId, now: at(1) });
    await insertReveal(database.db, { learnerId: into, course, itemId, now: at(2) });
    await insertSightings(database.db, { learnerId: into, course, itemIds: [itemId], where: 'drill', now: at(1) });
    await insertSightings(database.db, {
      learnerId: from,
      course,
      itemIds: [itemId, 'other'],
      where: 'answers',
      now: at(2),
    });
    await card({ learnerId: from, minute: 5 });
    await card({ learnerId: into, minute: 4 });
    await card({ learnerId: from, item: 'other', minute: 1 });
    await card({ learnerId: into, item: 'third', minute: 2 });
    await insertTrial(database.db, {
      id: randomUUID(),
      learnerId: from,
      course,
      itemId,
      exemplar: 0,
      stimulus: null,
      holds: true,
      now: at(1),
    });
    await insertSession(database.db, { id: randomUUID(), learnerId: from, course, itemIds: ['a'], now: at(1) });
    await database.transaction(async (tx) => {
      for (const id of [from, into].sort()) await lockLearner(tx, id);
      await mergeLearners(tx, { from, into });
    });
    expect(await findLearner(database.db, from)).toBeUndefined();
    expect(await findLearner(database.db, into)).toMatchObject({ name: 'Mira' });
    expect(await findAttempt(database.db, theirs)).toMatchObject({ learnerId: into, idempotencyKey: null });
    expect(await findAttempt(database.db, own)).toMatchObject({ learnerId: into, idempotencyKey: 'same' });
    const key = { learnerId: into, course, itemId };
    expect(await listReveals(database.db, key)).toMatchObject([{ itemId, createdAt: at(1) }]);
    const sighted = await listSightings(database.db, key);
    expect(Object.fromEntries(sighted.map((row) => [row.itemId, row.where]))).toEqual({
      [itemId]: 'drill',
      other: 'answers',
    });
    expect(sighted.find((row) => row.itemId === itemId)).toMatchObject({ createdAt: at(1) });
    const cards = await listCards(database.db, key);
    expect(Object.fromEntries(cards.map((row) => [row.itemId, row.missed[0]]))).toEqual({
      [itemId]: 'missed-5',
      other: 'missed-1',
      third: 'missed-2',
    });
    expect(await listTrials(database.db, { learnerId: into })).toHaveLength(1);
    expect(await listSessions(database.db, { learnerId: into, limit: 9 })).toHaveLength(1);
  });

  test('whoever settles an attempt finds its learner, after a merge the new one, after a deletion none', async () => {
    const [from, into] = [await newLearner(database.db), await newLearner(database.db)];
    const id = await attempt(from, {}, null);
    const owner = (): Promise<string | undefined> => database.transaction((tx) => lockLearnerOfAttempt(tx, id));
    expect(await owner()).toBe(from);
    // Both at once: the one that comes second waits, and then sees what the first made of it.
    const [, found] = await Promise.all([
      database.transaction(async (tx) => {
        for (const learnerId of [from, into].sort()) await lockLearner(tx, learnerId);
        await mergeLearners(tx, { from, into });
      }),
      owner(),
    ]);
    expect([from, into]).toContain(found);
    expect(await owner()).toBe(into);
    await Promise.all([
      database.transaction(async (tx) => {
        await lockLearner(tx, into);
        await deleteLearner(tx, into);
      }),
      owner(),
    ]);
    expect(await owner()).toBeUndefined();
  });
});

function withRequest(requestKey: string): Outcome {
  const grade = gradeOf(4000);
  return { ...grade, provenance: { ...grade.provenance, requestKey } };
}
