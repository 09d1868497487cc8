import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/bank/content.ts';
import type { Exemplar } from '../../src/core/rubric.ts';
import { findTrial } from '../../src/store/trials.ts';
import {
  answerTrial,
  callTrial,
  LONGEST_WHY,
  startTrial,
  viewTrial,
  type PickedMistake,
} from '../../src/tutor/spot-the-mistake.ts';
import type { TrialOutcome } from '../../src/tutor/trial-view.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { drillContent, mistaken, ratedAnswer, right, rightRatings } from '../fixtures/drill.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

const content = drillContent();
let tutor: TestTutor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(judgmentOf({ criteria: {} })), content, work: 'never' });
});
afterAll(async () => {
  await tutor.close();
});

type Turn = { trialId: string; learnerId: string };
const [wrong, sound] = [0.1, 0.9];

/** Starts a turn whose draw is fixed: below a half a wrong answer comes, else a right one. */
async function start(draw: number, deps = tutor.deps): Promise<Turn> {
  const learnerId = await tutor.newLearner();
  const started = await startTrial({ courseId: 'demo', chapterId: null, learnerId }, { ...deps, random: () => draw });
  if (started.status !== 'started') throw new Error(started.status);
  return { trialId: started.trialId, learnerId };
}

async function outcomeOf(turn: Turn, deps = tutor.deps): Promise<TrialOutcome> {
  const view = await viewTrial(turn, deps);
  if (view?.stage !== 'done') throw new Error(`The turn is at ${view?.stage ?? 'nothing'}.`);
  return view.outcome;
}

/** The drill's content with nothing but wrong answers, changed so. */
function contentWithWrong(change: Partial<Exemplar>): Content {
  const items = content.courses.flatMap((course) => course.items);
  const onlyWrong = items.map((courseItem) => {
    const exemplars = courseItem.rubric.exemplars.filter(({ misconceptions }) => misconceptions.length > 0);
    const changed = exemplars.map((exemplar) => ({ ...exemplar, ...change }));
    return { ...courseItem, rubric: { ...courseItem.rubric, exemplars: changed } };
  });
  return drillContent([], onlyWrong);
}

/** Calls it a mistake and says which and where. */
async function explain(
  turn: Turn,
  given: { picked: PickedMistake; piece?: number | null; why?: string },
  deps = tutor.deps,
): Promise<TrialOutcome> {
  await callTrial({ ...turn, mistake: true }, deps);
  const answered = await answerTrial({ ...turn, piece: null, why: '', ...given }, deps);
  expect(answered.status).toBe('answered');
  return outcomeOf(turn, deps);
}

describe('a turn', () => {
  test('first shows the answer and nothing of what it may hold', async () => {
    const view = await viewTrial(await start(wrong), tutor.deps);
    expect(view).toMatchObject({ stage: 'detect', answer: mistaken });
    expect(JSON.stringify(view)).not.toContain('Only one matrix of d times r');
  });

  test('after a yes asks where and which, with every claim, and still says nothing of which is right', async () => {
    const turn = await start(wrong);
    await callTrial({ ...turn, mistake: true }, tutor.deps);
    const view = await viewTrial(turn, tutor.deps);
    expect(view).toMatchObject({
      stage: 'explain',
      claims: ['Only one matrix of d times r parameters is trained.', 'The full matrix is trained as well.'],
      pieces: [
        { start: 0, end: 26 },
        { start: 27, end: 69 },
      ],
    });
    expect(JSON.stringify(view)).not.toContain('the count doubles');
  });

  test('after a no is over, and says what was missed', async () => {
    const turn = await start(wrong);
    await callTrial({ ...turn, mistake: false }, tutor.deps);
    expect(await outcomeOf(turn)).toMatchObject({
      kind: 'miss',
      named: null,
      held: [{ refutes: 'A and B are both trained, so the count doubles.' }],
      evidence: [{ quote: 'The adapter is one matrix', start: 0 }],
    });
  });

  test('a right answer let pass is explained as right, part by part', async () => {
    const turn = await start(sound);
    await callTrial({ ...turn, mistake: false }, tutor.deps);
    expect(await outcomeOf(turn)).toMatchObject({
      kind: 'correct-rejection',
      held: [],
      evidence: [],
      right: [{ expects: 'Names both low-rank factors.' }, { expects: 'Gives 131,072.' }, {}],
    });
  });

  test('a course that keeps its answers back says of a right answer which parts it has, and no more', async () => {
    const [loaded] = content.courses;
    const courses = [{ ...loaded!, course: { ...loaded!.course, answers: 'closed' as const } }];
    const deps = { ...tutor.deps, content: { ...content, courses } };
    const turn = await start(sound, deps);
    await callTrial({ ...turn, mistake: false }, deps);
    expect((await outcomeOf(turn, deps)).right).toEqual([
      { asks: 'What exactly is trained?', expects: null },
      { asks: 'How many parameters is that?', expects: null },
      { asks: 'Why is that few?', expects: null },
    ]);
  });

  test('the first word stands: whoever goes back and says otherwise changes nothing', async () => {
    const yes = await start(wrong);
    await callTrial({ ...yes, mistake: true }, tutor.deps);
    await callTrial({ ...yes, mistake: false }, tutor.deps);
    expect(await viewTrial(yes, tutor.deps)).toMatchObject({ stage: 'explain' });
    const no = await start(wrong);
    await callTrial({ ...no, mistake: false }, tutor.deps);
    await callTrial({ ...no, mistake: true }, tutor.deps);
    await answerTrial({ ...no, picked: 1, piece: 1, why: 'Late.' }, tutor.deps);
    expect(await outcomeOf(no)).toMatchObject({ kind: 'miss', why: null });
  });

  test('which and where cannot be said before whether', async () => {
    const turn = await start(wrong);
    await answerTrial({ ...turn, picked: 1, piece: 1, why: '' }, tutor.deps);
    expect(await viewTrial(turn, tutor.deps)).toMatchObject({ stage: 'detect' });
  });

  test('is answered once', async () => {
    const turn = await start(wrong);
    await explain(turn, { picked: 2, piece: 2 });
    await answerTrial({ ...turn, picked: 1, piece: 1, why: '' }, tutor.deps);
    expect(await outcomeOf(turn)).toMatchObject({ named: { held: false }, markedRightly: false });
  });
});

describe('which mistake', () => {
  test.each([
    ['the one it holds', 1, 'hit', { as: 'claim', held: true }, true],
    ['another one on the list', 2, 'hit', { as: 'claim', held: false }, false],
    ['one that is not on the list', 'another', 'hit', { as: 'another' }, false],
    ['none, on second thoughts', 'withdrawn', 'hit', { as: 'withdrawn' }, false],
  ] as const)('%s', async (_name, picked, kind, named, correct) => {
    const turn = await start(wrong);
    expect(await explain(turn, { picked })).toMatchObject({ kind, named });
    expect(await findTrial(tutor.deps.database.db, turn.trialId)).toMatchObject({ holds: true, correct });
  });

  test('a right answer called mistaken is a false alarm, whichever is picked', async () => {
    for (const picked of [1, 'another', 'withdrawn'] as const) {
      expect(await explain(await start(sound), { picked })).toMatchObject({ kind: 'false-alarm', markedRightly: null });
    }
  });

  test('none, or one that is not there, is asked for again, and nothing is lost', async () => {
    const turn = await start(wrong);
    await callTrial({ ...turn, mistake: true }, tutor.deps);
    for (const picked of [null, 9, 0]) {
      expect(await answerTrial({ ...turn, picked, piece: null, why: '' }, tutor.deps)).toMatchObject({
        status: 'invalid',
        problems: [{ field: 'picked' }],
      });
    }
    expect(await viewTrial(turn, tutor.deps)).toMatchObject({ stage: 'explain' });
  });

  test('a reason too long, or one no database can hold, is sent back', async () => {
    const turn = await start(wrong);
    await callTrial({ ...turn, mistake: true }, tutor.deps);
    for (const why of ['x'.repeat(LONGEST_WHY + 1), 'a\u0000b']) {
      expect(await answerTrial({ ...turn, picked: 1, piece: null, why }, tutor.deps)).toMatchObject({
        status: 'invalid',
        problems: [{ field: 'answer' }],
      });
    }
  });
});

describe('where', () => {
  test('the words that hold it are right, others are not, and the learner may leave it open', async () => {
    expect(await explain(await start(wrong), { picked: 1, piece: 1 })).toMatchObject({
      marked: { quote: 'The adapter is one matrix.', start: 0 },
      markedRightly: true,
    });
    expect(await explain(await start(wrong), { picked: 1, piece: 2 })).toMatchObject({
      marked: { quote: 'So 65,536 numbers are trained and no more.' },
      markedRightly: false,
    });
    for (const piece of [null, 0, 9]) {
      expect(await explain(await start(wrong), { picked: 1, piece })).toMatchObject({
        marked: null,
        markedRightly: null,
      });
    }
  });

  test('the rest of the sentence that holds it is the right place too, with the mark on the true words', async () => {
    const answer =
      'The adapter is one matrix and nothing else is ever added, so 65,536 numbers are trained and no more. That is few.';
    const deps = { ...tutor.deps, content: contentWithWrong({ answer }) };
    expect(await explain(await start(wrong, deps), { picked: 1, piece: 2 }, deps)).toMatchObject({
      marked: { quote: 'so 65,536 numbers are trained and no more.' },
      markedRightly: true,
      evidence: [{ quote: 'The adapter is one matrix' }],
    });
    expect(await explain(await start(wrong, deps), { picked: 1, piece: 3 }, deps)).toMatchObject({
      marked: { quote: 'That is few.' },
      markedRightly: false,
    });
  });

  test('is not asked of a rated answer, right or wrong, for nobody has marked its words', async () => {
    const items = drillContent().courses[0]!.items.map((courseItem) => ({
      ...courseItem,
      rubric: { ...courseItem.rubric, exemplars: [] },
    }));
    const answers = [
      ratedAnswer({ id: 'rated', text: 'All weights move. That is a lot.' }),
      ratedAnswer({ id: 'right', text: 'Two factors move. That is few.', ratings: rightRatings }),
    ];
    const deps = { ...tutor.deps, content: drillContent(answers, items) };
    for (const draw of [wrong, sound]) {
      const asked = await start(draw, deps);
      await callTrial({ ...asked, mistake: true }, deps);
      expect(await viewTrial(asked, deps)).toMatchObject({ stage: 'explain', pieces: null });
    }
    const turn = await start(wrong, deps);
    expect(await explain(turn, { picked: 2, piece: 1 }, deps)).toMatchObject({
      kind: 'hit',
      named: { held: true },
      evidence: [],
      marked: null,
      markedRightly: null,
      source: { kind: 'rated', raters: ['model', 'model'] },
    });
    expect(await findTrial(deps.database.db, turn.trialId)).toMatchObject({
      exemplar: null,
      stimulus: 'demo-set/rated',
    });
  });
});

test('a right answer asks where as well: to be asked tells nothing', async () => {
  const turn = await start(sound);
  await callTrial({ ...turn, mistake: true }, tutor.deps);
  expect(await viewTrial(turn, tutor.deps)).toMatchObject({
    stage: 'explain',
    pieces: [{ start: 0 }, { start: 26 }, { start: 50 }],
  });
});

test('two mistakes come one by one, in the order of their words', async () => {
  const content = contentWithWrong({
    answer: 'The full matrix moves. The adapter is one matrix.',
    misconceptions: [
      { id: 'one-factor', span: 'The adapter is one matrix' },
      { id: 'all-weights', span: 'The full matrix moves' },
    ],
  });
  const deps = { ...tutor.deps, content };
  expect((await explain(await start(wrong, deps), { picked: 1 }, deps)).held).toMatchObject([
    { claim: 'The full matrix is trained as well.', evidence: { quote: 'The full matrix moves' } },
    { claim: 'Only one matrix of d times r parameters is trained.', evidence: { quote: 'The adapter is one matrix' } },
  ]);
});

describe('who and what', () => {
  test('the drilled question counts as seen from then on', async () => {
    const learnerId = await tutor.newLearner();
    expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ standing: 'counted' });
    await startTrial({ courseId: 'demo', chapterId: '1', learnerId }, tutor.deps);
    expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ standing: 'after-seeing' });
  });

  test('a chapter without anything to spot says so, and an unknown one or course is not found', async () => {
    const learnerId = await tutor.newLearner();
    const begin = (courseId: string, chapterId: string | null): ReturnType<typeof startTrial> =>
      startTrial({ courseId, chapterId, learnerId }, tutor.deps);
    expect(await begin('demo', '2')).toEqual({ status: 'nothing-to-spot' });
    expect(await begin('demo', '9')).toEqual({ status: 'not-found' });
    expect(await begin('nowhere', null)).toEqual({ status: 'not-found' });
  });

  test('another learner sees and changes nothing', async () => {
    const { trialId } = await start(wrong);
    const other = { trialId, learnerId: await tutor.newLearner() };
    expect(await viewTrial(other, tutor.deps)).toBeUndefined();
    expect(await callTrial({ ...other, mistake: true }, tutor.deps)).toEqual({ status: 'not-found' });
    expect(await answerTrial({ ...other, picked: 1, piece: 1, why: '' }, tutor.deps)).toEqual({ status: 'not-found' });
    expect(await viewTrial({ trialId: 'not-an-id', learnerId: other.learnerId }, tutor.deps)).toBeUndefined();
  });

  test('an answer whose author has since mended it is no longer the one that was asked about', async () => {
    const turn = await start(wrong);
    const items = drillContent().courses[0]!.items.map((courseItem) => ({
      ...courseItem,
      rubric: {
        ...courseItem.rubric,
        exemplars: courseItem.rubric.exemplars.map((exemplar) => ({
          ...exemplar,
          answer: right,
          verdicts: courseItem.rubric.exemplars[0]!.verdicts,
          misconceptions: [],
        })),
      },
    }));
    expect(await viewTrial(turn, { ...tutor.deps, content: drillContent([], items) })).toBeUndefined();
  });
});
