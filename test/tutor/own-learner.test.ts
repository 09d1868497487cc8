import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Content } from '../../src/bank/content.ts';
import type { Judgment } from '../../src/judge/judge.ts';
import type { Log } from '../../src/store/log.ts';
import { insertTrial, markTrialSuspect } from '../../src/store/trials.ts';
import { carryLearner, createTransferCode, type CarryOutcome } from '../../src/tutor/carry-learner.ts';
import { collectFlashcards } from '../../src/tutor/collect-flashcards.ts';
import { exportCsv, exportJson } from '../../src/tutor/export-learner.ts';
import { createLearner, recogniseLearner, welcomeVisit } from '../../src/tutor/learner.ts';
import { eraseLearner, nameLearner, viewOwnLearner } from '../../src/tutor/own-learner.ts';
import { openAnswers } from '../../src/tutor/read-answers.ts';
import { revealItem } from '../../src/tutor/reveal-item.ts';
import { settleVerdict } from '../../src/tutor/settle-verdict.ts';
import { viewSessionPlace } from '../../src/tutor/session.ts';
import { submitAnswer } from '../../src/tutor/submit-answer.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { watchAttempt } from '../../src/tutor/watch-attempt.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { demoContent, drain, openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const answer = 'Both factors are trained, so 2 x 4096 x 16 = 131,072; the rank is tiny beside the width.';
const half = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'missed' },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});

let tutor: TestTutor;
let gate: Promise<void> = Promise.resolve();
const logged: string[] = [];
const log: Log = {
  info: () => undefined,
  warn: (_details, message) => void logged.push(message),
  error: (_details, message) => void logged.push(message),
};
beforeAll(async () => {
  tutor = await openTestTutor({
    judge: async (): Promise<Judgment> => {
      await gate;
      return half;
    },
  });
  tutor.deps.log = log;
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(() => {
  gate = Promise.resolve();
  logged.length = 0;
});

describe('carrying a learner to another device', () => {
  const carry = (code: string, deviceLearnerId: string | null = null): Promise<CarryOutcome> =>
    carryLearner({ code, deviceLearnerId }, tutor.deps);

  test('a code brings them there, with a cookie of its own, and the first device keeps its own', async () => {
    const { learnerId, token } = await createLearner({}, tutor.deps);
    const { code } = await createTransferCode({ learnerId }, tutor.deps);
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
    const carried = await carry(`  ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `);
    if (carried.status !== 'carried') throw new Error(carried.status);
    expect(carried).toMatchObject({ learnerId, merged: 0 });
    expect(await recogniseLearner({ token: carried.token }, tutor.deps)).toBe(learnerId);
    expect(await recogniseLearner({ token }, tutor.deps)).toBe(learnerId);
    expect(await carry(code)).toEqual({ status: 'unknown-code' });
  });

  test('nobody makes such a cookie up', async () => {
    const [mine, theirs] = [await createLearner({}, tutor.deps), await createLearner({}, tutor.deps)];
    const { code } = await createTransferCode(mine, tutor.deps);
    const carried = await carry(code);
    if (carried.status !== 'carried') throw new Error(carried.status);
    const [, , signature] = carried.token.split('.');
    for (const forged of [
      `carried.${theirs.learnerId}.${signature ?? ''}`,
      `carried.${mine.learnerId}.${'A'.repeat(43)}`,
      `carried.${mine.learnerId}.`,
      'carried..',
      '',
    ]) {
      expect(await recogniseLearner({ token: forged }, tutor.deps)).toBeUndefined();
    }
  });

  test('a code is over after ten minutes, and when another one is made', async () => {
    const { learnerId } = await createLearner({}, tutor.deps);
    const first = await createTransferCode({ learnerId }, tutor.deps);
    const second = await createTransferCode({ learnerId }, tutor.deps);
    expect(await carry(first.code)).toEqual({ status: 'unknown-code' });
    const late = { ...tutor.deps, now: () => new Date(Date.now() + 10 * 60_000 + 1) };
    expect(await carryLearner({ code: second.code, deviceLearnerId: null }, late)).toEqual({ status: 'unknown-code' });
    expect(await carry(second.code)).toMatchObject({ status: 'carried' });
  });

  test('on the device it was made on, a code changes nothing and stays good', async () => {
    const { learnerId } = await createLearner({}, tutor.deps);
    const { code } = await createTransferCode({ learnerId }, tutor.deps);
    expect(await carry(code, learnerId)).toEqual({ status: 'same-learner' });
    expect(await carry(code)).toMatchObject({ status: 'carried' });
  });

  test('what the other device had of its own is added, down to an answer that is being read', async () => {
    const [mine, theirs] = [await tutor.newLearner(), await tutor.newLearner()];
    const graded = await tutor.answer({ learnerId: theirs, answer });
    await tutor.answer({ learnerId: mine, itemId: 'kl-choice', option: 1, answer: '' });
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const submitted = await submitAnswer(
      { learnerId: theirs, itemId: 'lora-count', answer: `${answer} Again.`, option: null, idempotencyKey: null },
      tutor.deps,
    );
    if (submitted.status !== 'accepted') throw new Error(submitted.status);
    const { code } = await createTransferCode({ learnerId: mine }, tutor.deps);
    expect(await carry(code, theirs)).toMatchObject({ status: 'carried', learnerId: mine, merged: 2 });
    open();
    const { attemptId } = submitted;
    const watch = watchAttempt({ attemptId, learnerId: mine, signal: AbortSignal.timeout(10_000) }, tutor.deps);
    expect((await drain(watch)).at(-1)).toBe('graded');
    const item = await viewItem({ itemId: 'lora-count', learnerId: mine }, tutor.deps);
    expect(item?.attempts.map(({ id }) => id)).toEqual([graded.id, attemptId]);
    expect((await viewSessionPlace({ itemId: 'lora-count', learnerId: mine }, tutor.deps)).comesBack).not.toBeNull();
    expect(await viewOwnLearner({ learnerId: theirs }, tutor.deps)).toBeNull();
  });
});

describe('a form sent before there is a cookie', () => {
  test('twice at once is one learner with one cookie; an hour later it is somebody new', async () => {
    const visit = tutor.deps.newId();
    const [first, second] = await Promise.all([
      welcomeVisit({ visit }, tutor.deps),
      welcomeVisit({ visit }, tutor.deps),
    ]);
    expect(second).toEqual(first);
    expect(await recogniseLearner({ token: first.token }, tutor.deps)).toBe(first.learnerId);
    const anHourLater = { ...tutor.deps, now: () => new Date(Date.now() + 3_600_000) };
    const later = await welcomeVisit({ visit }, anHourLater);
    const other = await welcomeVisit({ visit: tutor.deps.newId() }, tutor.deps);
    expect(new Set([first, later, other].map(({ learnerId }) => learnerId)).size).toBe(3);
    expect(new Set([first, later, other].map(({ token }) => token)).size).toBe(3);
  });
});

describe('deleting all data', () => {
  test('leaves nothing behind, and the cookies of all devices are nobody’s', async () => {
    const { learnerId, token } = await createLearner({}, tutor.deps);
    await tutor.answer({ learnerId, answer });
    const { code } = await createTransferCode({ learnerId }, tutor.deps);
    const carried = await carryLearner({ code, deviceLearnerId: null }, tutor.deps);
    await eraseLearner({ learnerId }, tutor.deps);
    expect(await recogniseLearner({ token }, tutor.deps)).toBeUndefined();
    expect(await recogniseLearner({ token: 'token' in carried ? carried.token : '' }, tutor.deps)).toBeUndefined();
    const { rows } = await tutor.deps.database.executeSql('select 1 from attempts where learner_id = $1', [learnerId]);
    expect(rows).toEqual([]);
  });

  test('an answer that is being read ends quietly: no grade, no warning, no job left, and its watcher is told', async () => {
    const learnerId = await tutor.newLearner();
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const submitted = await submitAnswer(
      { learnerId, itemId: 'lora-count', answer, option: null, idempotencyKey: null },
      tutor.deps,
    );
    if (submitted.status !== 'accepted') throw new Error(submitted.status);
    const { attemptId } = submitted;
    const seen: string[] = [];
    const watching = (async () => {
      for await (const status of watchAttempt(
        { attemptId, learnerId, signal: AbortSignal.timeout(10_000) },
        tutor.deps,
      )) {
        seen.push(status);
        if (status === 'grading') {
          await eraseLearner({ learnerId }, tutor.deps);
          open();
        }
      }
    })();
    await watching;
    expect(seen.at(-1)).toBe('grading');
    const job = async (): Promise<string> => {
      const { rows } = await tutor.deps.database.executeSql('select state from pgboss.job where id = $1', [attemptId]);
      return String((rows[0] as { state?: unknown } | undefined)?.state);
    };
    await expect.poll(job).toBe('completed');
    expect(logged).toEqual([]);
  });
});

describe('a name', () => {
  test.each([
    ['  Mira \n Berg ', 'Mira Berg'],
    ['', null],
    [' \u0000\t ', null],
    ['🦉'.repeat(80), '🦉'.repeat(60)],
    ['half \uD83D', 'half \uFFFD'],
  ])('%j becomes %j', async (name, kept) => {
    const learnerId = await tutor.newLearner();
    await nameLearner({ learnerId, name }, tutor.deps);
    expect((await viewOwnLearner({ learnerId }, tutor.deps))?.name).toBe(kept);
  });
});

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('taking it away', () => {
  test('the JSON holds everything, in the words the learner was shown', async () => {
    const learnerId = await tutor.newLearner();
    await nameLearner({ learnerId, name: 'Mira' }, tutor.deps);
    const { id } = await tutor.answer({ learnerId, answer });
    await tutor.deps.database.executeSql('update attempts set prediction = $1::jsonb where id = $2', [
      JSON.stringify({ covered: ['count'], sure: 0.75 }),
      id,
    ]);
    await openAnswers({ courseId: 'demo', learnerId, itemIds: ['lora-count', 'kl-choice'] }, tutor.deps);
    const text = await textOf(exportJson({ learnerId }, tutor.deps));
    expect(JSON.parse(text)).toMatchObject({
      format: 'viva-learner-1',
      learner: { name: 'Mira' },
      answersRead: [{ item: 'lora-count', where: 'answers' }, { item: 'kl-choice' }],
      memory: [{ item: 'lora-count', reviews: 1, missed: ['How many parameters is that?', 'Why is that few?'] }],
      sessions: [],
      drill: [],
      attempts: [
        {
          id,
          item: 'lora-count',
          answer,
          status: 'graded',
          prediction: { covered: ['How many parameters is that?'], sure: 0.75 },
          points: { low: 2, high: 2, max: 6 },
          verdicts: [{ ordinal: 1, verdict: 'met', evidence: [{ quote: 'Both factors are trained' }] }, {}, {}],
          appeals: [],
        },
      ],
    });
    for (const hidden of [
      'both-factors',
      'why-few',
      'one-factor',
      'Names both',
      'the count doubles',
      '"because"',
      'hash',
    ]) {
      expect(text).not.toContain(hidden);
    }
  });

  test('the JSON has a settled verdict in feedback and marks, and the drill in the words of the screen', async () => {
    const learnerId = await tutor.newLearner();
    const { id, feedback } = await tutor.answer({ learnerId, answer });
    const settled = { attemptId: id, kind: 'criterion', target: 'count', verdict: 'met' } as const;
    await settleVerdict({ ...settled, settledBy: 'Ada', note: 'It is there.' }, tutor.deps);
    const trial = { learnerId, course: 'demo', itemId: 'lora-count', exemplar: 0, stimulus: null, holds: true };
    const picks = [null, 'none', '(another)', '(withdrawn)', 'one-factor', 'long-gone'];
    for (const [minute, picked] of picks.entries()) {
      const newTrial = { ...trial, id: tutor.deps.newId(), now: new Date(minute * 60_000) };
      await insertTrial(tutor.deps.database.db, newTrial);
      if (picked !== null) await markTrialSuspect(tutor.deps.database.db, { id: newTrial.id, picked });
    }
    const exported = JSON.parse(await textOf(exportJson({ learnerId }, tutor.deps))) as {
      drill: { picked: string | null }[];
      attempts: { feedback: { next: string } }[];
    };
    expect(exported.attempts).toMatchObject([{ points: { low: 5 }, verdicts: [{}, { settled: {} }, {}] }]);
    expect(feedback?.next).toBe('Multiply the shapes.');
    expect(exported.attempts[0]?.feedback.next).toBe('Compare the two dimensions.');
    expect(exported.drill.map(({ picked }) => picked)).toEqual([
      null,
      'Only one matrix of d times r parameters is trained.',
      'no mistake, on second thoughts',
      'another mistake',
      'no mistake',
      null,
    ]);
  });

  test('the JSON of somebody without answers parses too, and that of many is whole', async () => {
    const learnerId = await tutor.newLearner();
    expect(JSON.parse(await textOf(exportJson({ learnerId }, tutor.deps)))).toMatchObject({ attempts: [] });
    const { id } = await tutor.answer({ learnerId, answer });
    // More than are read at once.
    await tutor.deps.database.executeSql(
      `insert into attempts select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* from attempts a,
       generate_series(1, 450) where id = $1`,
      [id],
    );
    const { attempts } = JSON.parse(await textOf(exportJson({ learnerId }, tutor.deps))) as {
      attempts: { id: string }[];
    };
    expect(new Set(attempts.map((attempt) => attempt.id)).size).toBe(451);
  });

  test('the CSV has one line an attempt, and no cell runs in a spreadsheet', async () => {
    const learnerId = await tutor.newLearner();
    const nasty = '=HYPERLINK("http://example.org","click")\nBoth factors are trained, "quoted"; and, commas.';
    await tutor.answer({ learnerId, answer: nasty });
    await tutor.answer({ learnerId, itemId: 'kl-choice', option: 2, answer: '' });
    const text = await textOf(exportCsv({ learnerId }, tutor.deps));
    expect(text.startsWith('\uFEFF')).toBe(true);
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
    expect(rows).toMatchObject([
      {
        item: 'lora-count',
        question: 'Counting adapter parameters',
        status: 'graded',
        'points low': '2',
        answer: `'${nasty}`,
      },
      { item: 'kl-choice', option: '2', answer: '' },
    ]);
  });

  test('flashcards hold only answers the learner has seen, and taking all of them counts as seeing them', async () => {
    const learnerId = await tutor.newLearner();
    const collect = async (which: 'seen' | 'all', content: Content = demoContent): Promise<string[]> =>
      (await collectFlashcards({ courseId: 'demo', learnerId, which }, { ...tutor.deps, content }))?.map(
        ({ id }) => id,
      ) ?? [];
    expect(await collect('seen')).toEqual([]);
    const { id: attemptId } = await tutor.answer({ learnerId, answer });
    await revealItem({ attemptId, learnerId }, tutor.deps);
    expect(await collect('seen')).toEqual(['lora-count']);
    for (const answers of ['after-reveal', 'closed'] as const) {
      const [loaded] = demoContent.courses;
      if (!loaded) throw new Error('no course');
      const content = { ...demoContent, courses: [{ ...loaded, course: { ...loaded.course, answers } }] };
      expect(await collect('all', content)).toEqual(['lora-count']);
    }
    expect(await viewItem({ itemId: 'kl-choice', learnerId }, tutor.deps)).toMatchObject({ standing: 'counted' });
    expect(await collect('all')).toEqual(['lora-count', 'kl-choice']);
    expect(await viewItem({ itemId: 'kl-choice', learnerId }, tutor.deps)).toMatchObject({ standing: 'after-seeing' });
    expect(await collect('seen')).toEqual(['lora-count', 'kl-choice']);
  });
});
