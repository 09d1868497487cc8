import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEmbeddedJudge } from '../../src/judge/embedded/embedded-judge.ts';
import type { Judge, JudgeTask, Judgment } from '../../src/judge/judge.ts';
import { gradeJob, giveUpJob } from '../../src/tutor/grade-job.ts';
import { judgeWhyAgain, waitForWhy } from '../../src/tutor/grade-why.ts';
import { answerTrial, callTrial, startTrial, viewTrial, type PickedMistake } from '../../src/tutor/spot-the-mistake.ts';
import type { WhyView } from '../../src/tutor/trial-view.ts';
import { drillContent } from '../fixtures/drill.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const why = 'A product has two sides, so twice as many numbers get gradients.';
const good = judgmentOf({ criteria: { why: { verdict: 'met', quotes: ['twice as many numbers'] } } });
const lacking = judgmentOf({ criteria: { why: { verdict: 'missed' } } });
const doubtful = judgmentOf({ criteria: { why: { verdict: 'unsure' } } });
const baseless = judgmentOf({ criteria: { why: { verdict: 'met', quotes: ['words nobody wrote'] } } });
const dead: Judgment = { status: 'ungraded', reason: 'unreachable', detail: 'Nobody answers.', provenance: null };

let next: Judgment | Judge = good;
let asked: JudgeTask[] = [];
let tutor: TestTutor;
beforeAll(async () => {
  const judge: Judge = async (task, call) => {
    asked.push(task);
    return typeof next === 'function' ? next(task, call) : next;
  };
  tutor = await openTestTutor({ judge, content: drillContent() });
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(() => {
  next = good;
  asked = [];
});

type Turn = { trialId: string; learnerId: string };

async function handIn(args: { picked: PickedMistake; why: string; draw?: number }): Promise<Turn> {
  const learnerId = await tutor.newLearner();
  const deps = { ...tutor.deps, random: () => args.draw ?? 0.1 };
  const started = await startTrial({ courseId: 'demo', chapterId: null, learnerId }, deps);
  if (started.status !== 'started') throw new Error(started.status);
  const turn = { trialId: started.trialId, learnerId };
  await callTrial({ ...turn, mistake: true }, deps);
  await answerTrial({ ...turn, piece: null, picked: args.picked, why: args.why }, deps);
  return turn;
}

async function whyOf(turn: Turn): Promise<WhyView | null> {
  await waitForWhy({ ...turn, timeoutMs: 10_000, signal: new AbortController().signal }, tutor.deps);
  const view = await viewTrial(turn, tutor.deps);
  return view?.stage === 'done' ? view.outcome.why : null;
}

describe('a reason', () => {
  test('is held against the misconception by the judge, with its words marked', async () => {
    expect(await whyOf(await handIn({ picked: 1, why }))).toMatchObject({
      text: why,
      status: 'met',
      evidence: [{ quote: 'twice as many numbers' }],
      judge: { judge: 'scripted' },
    });
    expect(asked).toMatchObject([
      {
        answer: why,
        item: { reference: 'A and B are both trained, so the count doubles.' },
        rubric: { criteria: [{ asks: 'Why is it wrong?' }] },
      },
    ]);
  });

  test.each([
    ['does not say it', lacking, 'missed'],
    ['leaves the judge unsure', doubtful, 'undecided'],
    ['is called right on words it does not hold', baseless, 'undecided'],
    ['could not be read', dead, 'ungraded'],
  ] as const)('that %s is never called right', async (_name, judgment, status) => {
    next = judgment;
    expect(await whyOf(await handIn({ picked: 1, why }))).toMatchObject({ status, evidence: [] });
  });

  test('is judged too where the learner calls it another mistake than those listed', async () => {
    expect(await whyOf(await handIn({ picked: 'another', why }))).toMatchObject({ status: 'met' });
  });

  test.each([
    ['about another mistake', { picked: 2 as const, draw: 0.1 }],
    ['against a right answer', { picked: 1 as const, draw: 0.9 }],
    ['taken back', { picked: 'withdrawn' as const, draw: 0.1 }],
  ])('%s goes to nobody', async (_name, turn) => {
    expect(await whyOf(await handIn({ ...turn, why }))).toMatchObject({ text: why, status: 'aside' });
    expect(asked).toEqual([]);
  });

  test('without words is none', async () => {
    expect(await whyOf(await handIn({ picked: 1, why: ' … ' }))).toBeNull();
    expect(asked).toEqual([]);
  });

  test('that could not be read is kept and can be read again, once it is left ungraded', async () => {
    next = dead;
    const turn = await handIn({ picked: 1, why });
    expect(await whyOf(turn)).toMatchObject({ status: 'ungraded', reason: 'unreachable', text: why });
    next = good;
    expect(await judgeWhyAgain(turn, tutor.deps)).toEqual({ status: 'accepted' });
    expect(await whyOf(turn)).toMatchObject({ status: 'met' });
    expect(await judgeWhyAgain(turn, tutor.deps)).toEqual({ status: 'settled' });
    const other = await tutor.newLearner();
    expect(await judgeWhyAgain({ ...turn, learnerId: other }, tutor.deps)).toEqual({ status: 'not-found' });
  });

  test('from the embedded judge means at most that it names what counts, and never that it is wrong', async () => {
    next = createEmbeddedJudge({ now: () => 0 });
    const silent = await whyOf(await handIn({ picked: 1, why: 'I just know that it cannot be so.' }));
    const byCues = (judgment: typeof good): Judgment => ({
      ...judgment,
      provenance: { ...judgment.provenance, judge: 'embedded' },
    });
    next = byCues(good);
    const found = await whyOf(await handIn({ picked: 1, why }));
    next = byCues(lacking);
    const absent = await whyOf(await handIn({ picked: 1, why }));
    expect([silent?.status, found?.status, absent?.status]).toEqual(['undecided', 'touched', 'undecided']);
    expect(found?.evidence).toMatchObject([{ quote: 'twice as many numbers' }]);
  });
});

describe('the queue', () => {
  test('a judged reason is not judged again when its job comes twice', async () => {
    const turn = await handIn({ picked: 1, why });
    await whyOf(turn);
    let settled = 0;
    const job = {
      attemptId: turn.trialId,
      signal: new AbortController().signal,
      settle: () => Promise.resolve(void (settled += 1)),
    };
    await gradeJob(job, tutor.deps);
    expect([asked.length, settled]).toEqual([1, 1]);
  });

  test('a process that stops leaves the reason waiting; one that gave up leaves it ungraded', async () => {
    const idle = await openTestTutor({ judge: () => Promise.resolve(good), content: drillContent(), work: 'never' });
    try {
      const learnerId = await idle.newLearner();
      const deps = { ...idle.deps, random: () => 0.1 };
      const started = await startTrial({ courseId: 'demo', chapterId: null, learnerId }, deps);
      if (started.status !== 'started') throw new Error(started.status);
      const turn = { trialId: started.trialId, learnerId };
      await callTrial({ ...turn, mistake: true }, deps);
      expect(await answerTrial({ ...turn, picked: 1, piece: null, why }, deps)).toEqual({
        status: 'answered',
        waiting: true,
      });
      const job = { attemptId: turn.trialId, settle: () => Promise.resolve(), signal: AbortSignal.abort() };
      const cancelled: Judge = () =>
        Promise.resolve({ status: 'ungraded', reason: 'cancelled', detail: '', provenance: null });
      await expect(gradeJob(job, { ...deps, judge: cancelled })).rejects.toThrow('cancelled');
      expect(await viewTrial(turn, deps)).toMatchObject({ outcome: { why: { status: 'waiting', text: why } } });
      await giveUpJob(job, deps);
      expect(await viewTrial(turn, deps)).toMatchObject({ outcome: { why: { status: 'ungraded', text: why } } });
    } finally {
      await idle.close();
    }
  });
});
