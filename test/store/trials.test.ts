import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/grade.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import {
  answerTrial,
  countTurns,
  findOpenTrial,
  findTrial,
  insertTrial,
  listRecentTurns,
  listTrials,
  markTrialSuspect,
  reopenWhy,
  settleWhy,
  type TrialRow,
} from '../../src/store/trials.ts';
import { databaseKinds } from './databases.ts';
import { at, gradeOf, newLearner, ungraded } from './samples.ts';

const course = 'fine-tuning';

describe.each(await databaseKinds())('trials on $name', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterAll(() => database.close());

  async function begin(learnerId: string, changes: Partial<Parameters<typeof insertTrial>[1]> = {}): Promise<TrialRow> {
    const trial = { id: randomUUID(), learnerId, course, itemId: 'lora-params', exemplar: 2, stimulus: null };
    return insertTrial(database.db, { ...trial, holds: true, now: at(1), ...changes });
  }

  const given = { picked: 'one-matrix', correct: true, span: { start: 3, end: 9 }, spanHit: true, now: at(2) };

  test('begins with what it shows and whether that holds a mistake', async () => {
    const learnerId = await newLearner(database.db);
    expect(await begin(learnerId)).toMatchObject({ exemplar: 2, stimulus: null, holds: true, picked: null });
    const rated = await begin(learnerId, { exemplar: null, stimulus: 'set/answer-1', holds: false });
    expect(await findTrial(database.db, rated.id)).toMatchObject({
      exemplar: null,
      stimulus: 'set/answer-1',
      holds: false,
    });
  });

  test('a call of no mistake is the one and only answer', async () => {
    const { id } = await begin(await newLearner(database.db));
    const none = { id, picked: 'none', correct: false, span: null, spanHit: null, why: null, now: at(2) };
    expect(await answerTrial(database.db, { ...none, after: 'suspect' })).toBe(false);
    expect(await answerTrial(database.db, { ...none, after: 'nothing' })).toBe(true);
    expect(await markTrialSuspect(database.db, { id, picked: '(another)' })).toBe(false);
    expect(await answerTrial(database.db, { ...given, id, why: null, after: 'suspect' })).toBe(false);
    expect(await findTrial(database.db, id)).toMatchObject({ picked: 'none', correct: false, answeredAt: at(2) });
  });

  test('a call of a mistake takes its answer afterwards, once, and cannot be taken back', async () => {
    const { id } = await begin(await newLearner(database.db));
    expect(await markTrialSuspect(database.db, { id, picked: '(another)' })).toBe(true);
    expect(await markTrialSuspect(database.db, { id, picked: '(another)' })).toBe(false);
    const answer = { ...given, id, why: 'Two are trained.' };
    expect(await answerTrial(database.db, { ...answer, picked: 'none', after: 'nothing' })).toBe(false);
    expect(await answerTrial(database.db, { ...answer, after: 'suspect' })).toBe(true);
    expect(await answerTrial(database.db, { ...answer, picked: 'x', after: 'suspect' })).toBe(false);
    expect(await findTrial(database.db, id)).toMatchObject({
      picked: 'one-matrix',
      spanStart: 3,
      spanEnd: 9,
      spanHit: true,
      why: 'Two are trained.',
      whyOutcome: null,
    });
  });

  test('a reason is settled once, and only one left ungraded is opened again', async () => {
    const { id } = await begin(await newLearner(database.db));
    const settle = (outcome: Outcome): Promise<boolean> => database.transaction((tx) => settleWhy(tx, { id, outcome }));
    const reopen = (): Promise<boolean> => database.transaction((tx) => reopenWhy(tx, id));
    expect(await settle(ungraded)).toBe(false);
    await markTrialSuspect(database.db, { id, picked: '(another)' });
    await answerTrial(database.db, { ...given, id, why: 'Two are trained.', after: 'suspect' });
    expect(await reopen()).toBe(false);
    expect([await settle(ungraded), await settle(gradeOf(1000))]).toEqual([true, false]);
    expect(await findTrial(database.db, id)).toMatchObject({ whyOutcome: { status: 'ungraded' } });
    expect([await reopen(), await reopen()]).toEqual([true, false]);
    expect([await settle(gradeOf(1000)), await reopen()]).toEqual([true, false]);
    expect(await findTrial(database.db, id)).toMatchObject({ whyOutcome: { status: 'graded' } });
  });

  test('turns are counted by what they showed and what was said, course by course', async () => {
    const learnerId = await newLearner(database.db);
    const silent = { correct: false, span: null, spanHit: null, why: null, now: at(2), after: 'nothing' as const };
    const ids: string[] = [];
    for (const [index, picked] of ['none', 'none', null].entries()) {
      const { id } = await begin(learnerId, { now: at(index + 1) });
      ids.push(id);
      if (picked !== null) await answerTrial(database.db, { ...silent, id, picked });
    }
    await begin(learnerId, { course: 'another-course' });
    await begin(await newLearner(database.db));
    const shown = { course, itemId: 'lora-params', exemplar: 2, stimulus: null, holds: true };
    expect(await countTurns(database.db, { learnerId, course })).toEqual([
      { ...shown, picked: 'none', answered: true, turns: 2, newest: ids[1], newestAt: at(2) },
      { ...shown, picked: null, answered: false, turns: 1, newest: ids[2], newestAt: at(3) },
    ]);
    expect(await listTrials(database.db, { learnerId })).toHaveLength(4);
  });

  test('the last turns come newest first, and no more than asked for', async () => {
    const learnerId = await newLearner(database.db);
    for (const [index, itemId] of ['first', 'second', 'third'].entries())
      await begin(learnerId, { itemId, now: at(index + 1) });
    await begin(learnerId, { course: 'another-course', now: at(4) });
    expect(await listRecentTurns(database.db, { learnerId, course, limit: 2 })).toEqual([
      { itemId: 'third', holds: true, answered: false },
      { itemId: 'second', holds: true, answered: false },
    ]);
  });

  test('a turn left open is found again until another one is begun', async () => {
    const learnerId = await newLearner(database.db);
    expect(await findOpenTrial(database.db, { learnerId, course })).toBeUndefined();
    await begin(learnerId);
    const newer = await begin(learnerId, { now: at(3) });
    await begin(learnerId, { course: 'another-course', now: at(4) });
    expect((await findOpenTrial(database.db, { learnerId, course }))?.id).toBe(newer.id);
    const { id } = newer;
    const silent = { correct: false, span: null, spanHit: null, why: null, now: at(5), after: 'nothing' as const };
    await answerTrial(database.db, { ...silent, id, picked: 'none' });
    expect(await findOpenTrial(database.db, { learnerId, course })).toBeUndefined();
  });
});
