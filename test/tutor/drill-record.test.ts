import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewDrill, viewTally } from '../../src/tutor/drill-record.ts';
import { answerTrial, callTrial, startTrial, viewTrial, type PickedMistake } from '../../src/tutor/spot-the-mistake.ts';
import { drillContent, drilledItem, ratedAnswer } from '../fixtures/drill.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

let tutor: TestTutor;
beforeAll(async () => {
  const judge = (): Promise<ReturnType<typeof judgmentOf>> => Promise.resolve(judgmentOf({ criteria: {} }));
  tutor = await openTestTutor({ judge, content: drillContent(), work: 'never' });
});
afterAll(async () => {
  await tutor.close();
});

/** One turn on a wrong (0.1) or a right (0.9) answer; `says` is what the learner picks, or that they see nothing, or nothing at all. */
async function turn(args: {
  learnerId: string;
  draw: number;
  says: PickedMistake | 'none' | 'silence';
}): Promise<void> {
  const { learnerId, draw, says } = args;
  const deps = { ...tutor.deps, random: () => draw };
  const started = await startTrial({ courseId: 'demo', chapterId: null, learnerId }, deps);
  if (started.status !== 'started') throw new Error(started.status);
  const key = { trialId: started.trialId, learnerId };
  if (says === 'silence') return;
  await callTrial({ ...key, mistake: says !== 'none' }, deps);
  if (says !== 'none') await answerTrial({ ...key, picked: says, piece: null, why: '' }, deps);
}

describe('the record of a drill', () => {
  test('is empty for a visitor, who sees what there is to drill', async () => {
    expect(await viewDrill({ courseId: 'demo', learnerId: null }, tutor.deps)).toMatchObject({
      chapters: [{ id: '1', questions: 1 }],
      others: [],
      open: null,
      lately: null,
      turns: 0,
      turnsMissing: 20,
      hitRate: { status: 'undefined' },
      mistakes: [],
    });
    expect(await viewDrill({ courseId: 'nowhere', learnerId: null }, tutor.deps)).toBeUndefined();
  });

  test('counts hits, misses, false alarms and correct rejections by the first word, and leaves open turns out', async () => {
    const learnerId = await tutor.newLearner();
    for (const [draw, says] of [
      [0.1, 1],
      [0.1, 2],
      [0.1, 'withdrawn'],
      [0.1, 'none'],
      [0.9, 'none'],
      [0.9, 'another'],
      [0.9, 'silence'],
    ] as const) {
      await turn({ learnerId, draw, says });
    }
    expect(await viewDrill({ courseId: 'demo', learnerId }, tutor.deps)).toMatchObject({
      turns: 6,
      tally: { hits: 3, misses: 1, falseAlarms: 1, correctRejections: 1 },
      hitRate: { value: 0.75 },
      falseAlarmRate: { value: 0.5 },
      sensitivity: { status: 'undefined' },
      turnsMissing: 14,
      open: { title: 'Counting adapter parameters' },
      lately: '1',
      mistakes: [{ claim: 'Only one matrix of d times r parameters is trained.', met: 4, seen: 3, named: 1 }],
    });
  });

  test('lists what was not seen before what was seen and not named, each with its newest turn', async () => {
    const learnerId = await tutor.newLearner();
    const content = drillContent([ratedAnswer({ id: 'rated', text: 'All weights move.' })], [drilledItem]);
    const deps = { ...tutor.deps, content };
    const begin = async (random: () => number): Promise<{ trialId: string; learnerId: string }> => {
      const started = await startTrial({ courseId: 'demo', chapterId: null, learnerId }, { ...deps, random });
      if (started.status !== 'started') throw new Error(started.status);
      return { trialId: started.trialId, learnerId };
    };
    // The answer shown least comes first: the exemplar, then the rated answer, then both again.
    const claimOf = async (turn: { trialId: string; learnerId: string }): Promise<string | undefined> => {
      const view = await viewTrial(turn, deps);
      return view?.stage === 'done' ? view.outcome.held[0]?.claim : undefined;
    };
    const unnamed = await begin(() => 0);
    await callTrial({ ...unnamed, mistake: true }, deps);
    await answerTrial({ ...unnamed, picked: 'another', piece: null, why: '' }, deps);
    const unseen = await begin(() => 0);
    await callTrial({ ...unseen, mistake: false }, deps);
    const claims = [await claimOf(unseen), await claimOf(unnamed)];
    expect(new Set(claims).size).toBe(2);
    expect((await viewDrill({ courseId: 'demo', learnerId }, deps))?.mistakes).toMatchObject([
      { claim: claims[0], seen: 0, trialId: unseen.trialId },
      { claim: claims[1], seen: 1, named: 0, trialId: unnamed.trialId },
    ]);
  });

  test('counts nothing for a turn that was left for another one, and does not bring it back', async () => {
    const learnerId = await tutor.newLearner();
    await turn({ learnerId, draw: 0.1, says: 'silence' });
    await turn({ learnerId, draw: 0.9, says: 'none' });
    expect(await viewDrill({ courseId: 'demo', learnerId }, tutor.deps)).toMatchObject({
      turns: 1,
      open: null,
      mistakes: [],
    });
    expect(await viewTally({ courseId: 'demo', learnerId }, tutor.deps)).toEqual({
      hits: 0,
      misses: 0,
      falseAlarms: 0,
      correctRejections: 1,
    });
  });

  test('has a d′ from the twentieth turn on', async () => {
    const learnerId = await tutor.newLearner();
    for (let count = 0; count < 10; count += 1) {
      await turn({ learnerId, draw: 0.1, says: 1 });
      await turn({ learnerId, draw: 0.9, says: 'none' });
    }
    const view = await viewDrill({ courseId: 'demo', learnerId }, tutor.deps);
    expect(view?.sensitivity).toMatchObject({ status: 'value', value: expect.closeTo(3.3812, 3) as number });
    expect(view?.turnsMissing).toBe(0);
  });

  test('keeps the tally of a turn whose answer has left the content, and no longer shows its claim', async () => {
    const learnerId = await tutor.newLearner();
    await turn({ learnerId, draw: 0.1, says: 'none' });
    const deps = { ...tutor.deps, content: drillContent([], []) };
    expect(await viewDrill({ courseId: 'demo', learnerId }, deps)).toMatchObject({
      tally: { misses: 1 },
      mistakes: [],
    });
  });
});
