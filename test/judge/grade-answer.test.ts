import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/grade.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import type { Judgment } from '../../src/judge/judge.ts';
import { choiceCourseItem, judgmentOf, loraItem, loraRubric, loraTask, scriptedJudge } from '../fixtures/lora.ts';

const right =
  'Both low-rank factors are trained, and 2 x 4096 x 16 = 131,072 parameters. The rank is tiny beside the width.';
const quotes = {
  both: ['Both low-rank factors are trained'],
  count: ['131,072 parameters'],
  few: ['The rank is tiny beside the width'],
};
const allMet = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: quotes.both },
    count: { verdict: 'met', quotes: quotes.count },
    'why-few': { verdict: 'met', quotes: quotes.few },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});

async function grade(args: {
  answer?: string;
  judgment?: Judgment;
  tryNumber?: number;
}): Promise<{ outcome: Outcome; calls: number }> {
  const { judge, calls } = scriptedJudge(args.judgment ?? allMet);
  const outcome = await gradeAnswer(loraTask(args.answer ?? right), {
    judge,
    tryNumber: args.tryNumber ?? 1,
    signal: AbortSignal.timeout(5000),
  });
  return { outcome, calls: calls() };
}

function graded(outcome: Outcome): Extract<Outcome, { status: 'graded' | 'provisional' }> {
  if (outcome.status === 'returned' || outcome.status === 'ungraded') throw new Error(`It was ${outcome.status}.`);
  return outcome;
}

describe('an answer becomes a grade', () => {
  test('a right answer with real quotes earns all points, and each quote points into the answer', async () => {
    const grade1 = graded((await grade({})).outcome);
    expect(grade1.status).toBe('graded');
    expect(grade1.points).toEqual({ low: 6000, high: 6000, max: 6000 });
    const spans = grade1.verdicts.flatMap(({ evidence }) => evidence);
    expect(spans).toHaveLength(3);
    for (const { quote, start, end } of spans) expect(right.slice(start, end)).toBe(quote);
  });

  test.each([
    ['empty', '   \n ', 'empty'],
    ['punctuation only', '?! ... ', 'empty'],
    ['the question again', loraItem.prompt.replaceAll('$', ''), 'repeats-prompt'],
    ['the reference, word for word', loraItem.reference, 'copies-reference'],
    ['the reference with two words added', `${loraItem.reference} I think.`, 'copies-reference'],
  ])('%s is returned without a judge call', async (_name, answer, reason) => {
    const { outcome, calls } = await grade({ answer });
    expect(outcome).toEqual({ status: 'returned', reason });
    expect(calls).toBe(0);
  });

  test.each(['131,072', '2dr', 'I would rather talk about the weather in Lisbon today, which is mild.'])(
    'a terse or off-topic answer goes on to the judge: %s',
    async (answer) => {
      expect((await grade({ answer })).calls).toBe(1);
    },
  );

  test('an invented quote earns nothing: the verdict becomes unsure and the grade provisional', async () => {
    const invented = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: ['The two adapters A and B are trained'] },
        count: { verdict: 'met', quotes: quotes.count },
        'why-few': { verdict: 'met', quotes: quotes.few },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
    const result = graded((await grade({ judgment: invented })).outcome);
    expect(result.verdicts[0]).toMatchObject({ verdict: 'unsure', points: 0, barred: 'evidence', evidence: [] });
    expect(result.status).toBe('provisional');
    expect(result.points).toEqual({ low: 4000, high: 6000, max: 6000 });
  });

  test.each([
    ['no quote at all', []],
    ['two words', ['are trained']],
    ['the prompt quoted back', ['How many parameters does a LoRA adapter of rank 16 train']],
  ])('met with %s is unsure', async (_name, bad) => {
    const answer = `How many parameters does a LoRA adapter of rank 16 train? ${right}`;
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: bad },
        count: { verdict: 'missed' },
        'why-few': { verdict: 'missed' },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
    const result = graded((await grade({ answer, judgment })).outcome);
    expect(result.verdicts[0]).toMatchObject({ verdict: 'unsure', points: 0 });
  });

  test.each([
    ['all that a clause says, though the prompt has the word', 'Rank. And 65,536.', 'Rank', 'met'],
    ['a prompt word out of a longer clause', 'The rank is what counts.', 'rank', 'unsure'],
    [
      'a run of the prompt as a clause of its own',
      'A LoRA adapter of rank 16. It has two small parts, I believe.',
      'A LoRA adapter of rank 16',
      'unsure',
    ],
  ])('a quote that is %s: %s', async (_name, answer, quote, verdict) => {
    const judgment = judgmentOf({ criteria: { 'both-factors': { verdict: 'met', quotes: [quote] } } });
    expect(graded((await grade({ answer, judgment })).outcome).verdicts[0]).toMatchObject({ verdict });
  });

  test('a criterion the judge left out is unsure, one it made up is dropped', async () => {
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: quotes.both },
        bonus: { verdict: 'met', quotes: quotes.few },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
    const result = graded((await grade({ judgment })).outcome);
    expect(result.verdicts.map(({ criterion, verdict }) => [criterion, verdict])).toEqual([
      ['both-factors', 'met'],
      ['count', 'unsure'],
      ['why-few', 'unsure'],
    ]);
    expect(result.points.low).toBe(2000);
  });

  test('a failed check bars met, whatever the judge says', async () => {
    const answer =
      'Both low-rank factors are trained, which makes 65,536 parameters. The rank is tiny beside the width.';
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: quotes.both },
        count: { verdict: 'met', quotes: ['65,536 parameters'], note: 'Your count is right.' },
        'why-few': { verdict: 'met', quotes: quotes.few },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
    const result = graded((await grade({ answer, judgment })).outcome);
    expect(result.verdicts[1]).toMatchObject({
      verdict: 'missed',
      points: 0,
      barred: 'check',
      note: 'Multiply the shapes.',
    });
  });

  test.each([
    ['missed where no half-way is worded', 'count', [], 'missed', 0],
    ['missed where half-way is worded but nothing is quoted', 'both-factors', [], 'missed', 0],
    ['half-way where it is worded and quoted', 'both-factors', quotes.both, 'partial', 1000],
  ] as const)(
    'what its failed check rules out is not left open: an unsure criterion is %s',
    async (_name, doubted, shown, verdict, points) => {
      const rubric = {
        ...loraRubric,
        criteria: loraRubric.criteria.map((one) => ({ ...one, check: { accept: [131072] } })),
      };
      const judgment = judgmentOf({
        criteria: {
          'both-factors': { verdict: 'missed' },
          count: { verdict: 'missed' },
          'why-few': { verdict: 'missed' },
          [doubted]: { verdict: 'unsure', quotes: [...shown] },
        },
        misconceptions: { 'one-factor': { verdict: 'not-held' } },
      });
      const { judge } = scriptedJudge(judgment);
      const outcome = await gradeAnswer(
        { ...loraTask('Both low-rank factors are trained, a few thousand numbers I think.'), rubric },
        { judge, tryNumber: 1, signal: AbortSignal.timeout(5000) },
      );
      const result = graded(outcome);
      expect(result.verdicts.find(({ criterion }) => criterion === doubted)).toMatchObject({
        verdict,
        points,
        barred: 'check',
      });
      expect(result).toMatchObject({ status: 'graded', points: { low: points, high: points } });
    },
  );

  test('half-way where the rubric words none is unsure', async () => {
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'missed' },
        count: { verdict: 'partial', quotes: quotes.count },
        'why-few': { verdict: 'missed' },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
    expect(graded((await grade({ judgment })).outcome).verdicts[1]).toMatchObject({ verdict: 'unsure', points: 0 });
  });

  test('an ungraded judgment stays ungraded, with its reason', async () => {
    const { outcome } = await grade({
      judgment: { status: 'ungraded', reason: 'unauthorized', detail: 'The key is wrong.', provenance: null },
    });
    expect(outcome).toMatchObject({ status: 'ungraded', reason: 'unauthorized', detail: 'The key is wrong.' });
  });

  test('a held misconception needs its quote, caps the points and is told in the summary', async () => {
    const answer = 'Only one matrix of 4096 by 16 is trained, which is 65,536.';
    const criteria = {
      'both-factors': { verdict: 'missed' },
      count: { verdict: 'missed' },
      'why-few': { verdict: 'missed' },
    } as const;
    const withQuote = judgmentOf({
      criteria,
      misconceptions: { 'one-factor': { verdict: 'held', quotes: ['Only one matrix'] } },
    });
    const without = judgmentOf({
      criteria,
      misconceptions: { 'one-factor': { verdict: 'held', quotes: ['one product'] } },
    });
    const held = graded((await grade({ answer, judgment: withQuote })).outcome);
    expect(held.misconceptions[0]).toMatchObject({ verdict: 'held', evidence: [{ quote: 'Only one matrix' }] });
    expect(held.feedback.summary).toContain('common wrong turn');
    expect(graded((await grade({ answer, judgment: without })).outcome).misconceptions[0]).toMatchObject({
      verdict: 'unsure',
    });
  });
});

describe('an answer that may hold a costly wrong turn', () => {
  const doubted = (turn: readonly string[]): Judgment =>
    judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: quotes.both },
        count: { verdict: 'met', quotes: quotes.count },
        'why-few': { verdict: 'met', quotes: quotes.few },
      },
      misconceptions: { 'one-factor': { verdict: 'unsure', quotes: [...turn] } },
    });

  test('is provisional, says so and asks to make its own words plain', async () => {
    const result = graded((await grade({ judgment: doubted(quotes.few) })).outcome);
    expect(result).toMatchObject({ status: 'provisional', points: { low: 3000, high: 6000 } });
    expect(result.feedback.summary).toBe(
      'Everything the question asks for stands in your answer. One sentence could be read as a common wrong turn, so the grade is open until you make it plain.',
    );
    expect(result.feedback.next).toBe(
      'Could you make plain in one more sentence what you mean by "The rank is tiny beside the width"?',
    );
  });

  test('asks which sentence where no words of the answer show it', async () => {
    const result = graded((await grade({ judgment: doubted([]) })).outcome);
    expect(result.feedback.next).toBe('Which sentence of yours could be misread, and how would you make it plain?');
  });

  test('is settled where the doubt costs nothing', async () => {
    const rubric = {
      ...loraRubric,
      misconceptions: loraRubric.misconceptions.map(({ caps: _caps, ...free }) => free),
    };
    const { judge } = scriptedJudge(doubted(quotes.few));
    const task = { ...loraTask(right), rubric };
    const outcome = await gradeAnswer(task, { judge, tryNumber: 1, signal: AbortSignal.timeout(5000) });
    expect(graded(outcome)).toMatchObject({
      status: 'graded',
      feedback: { summary: 'Everything the question asks for stands in your answer.' },
    });
  });
});

describe('feedback', () => {
  const missing = (note: string): Judgment =>
    judgmentOf({
      criteria: {
        'both-factors': { verdict: 'missed', note },
        count: { verdict: 'missed' },
        'why-few': { verdict: 'missed' },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
  const vague = 'It trains something small that is added to the frozen weights, I believe.';
  const noteAfter = async (note: string, tryNumber = 1): Promise<unknown> => {
    const { verdicts } = graded((await grade({ answer: vague, judgment: missing(note), tryNumber })).outcome);
    return { note: verdicts[0]?.note, from: verdicts[0]?.noteFrom };
  };

  test('the hint ladder climbs one rung a try and stays on the last', async () => {
    expect(await noteAfter('', 1)).toEqual({ note: 'How many matrices are there?', from: 'author' });
    expect(await noteAfter('', 2)).toEqual({ note: 'Write down the shape of each.', from: 'author' });
    expect(await noteAfter('', 3)).toEqual({ note: 'Write down the shape of each.', from: 'author' });
  });

  test("the judge's own note passes when it gives nothing away", async () => {
    const note = 'You say "something small": how many of them would you count?';
    expect(await noteAfter(note)).toEqual({ note, from: 'judge' });
  });

  test.each([
    ['a key number', 'Try to arrive at 131,072.'],
    ['words of expects or reference in a row', 'Remember that two low-rank factors are trained.'],
    ['two telling words of what is expected', 'Is it tiny against the width?'],
    ['why the misconception fails', 'A and B are both trained, so the count doubles.'],
    ['a lecture', `Think. ${'And think again about it. '.repeat(30)}`],
  ])('a note that gives away %s falls back to the authored hint', async (_name, note) => {
    expect(await noteAfter(note)).toEqual({ note: 'How many matrices are there?', from: 'author' });
  });

  test('what the learner said already is no secret', async () => {
    const answer = 'There are two matrices, I believe, and they are added to the frozen weights.';
    const note = 'You speak of two matrices: what shape has each?';
    const { verdicts } = graded((await grade({ answer, judgment: missing(note) })).outcome);
    expect(verdicts[0]).toMatchObject({ note, noteFrom: 'judge' });
  });

  test('the next step with full points and a wrong belief is to look at that belief again', async () => {
    const held = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: ['It trains something small'] },
        count: { verdict: 'met', quotes: ['It trains something small'] },
        'why-few': { verdict: 'met', quotes: ['It trains something small'] },
      },
      misconceptions: { 'one-factor': { verdict: 'held', quotes: ['added to the frozen weights'] } },
    });
    const { feedback } = graded((await grade({ answer: `${vague} 131,072.`, judgment: held })).outcome);
    expect(feedback.next).toBe(loraRubric.misconceptions[0]?.nudge);
  });

  test('the next step is the doubtful part first, else the hint on what is worth most', async () => {
    const doubtful = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'missed' },
        count: { verdict: 'missed' },
        'why-few': { verdict: 'unsure' },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    });
    expect(graded((await grade({ answer: vague, judgment: doubtful })).outcome).feedback.next).toBe(
      'In one more sentence: why is that few?',
    );
    expect(graded((await grade({ answer: vague, judgment: missing('') })).outcome).feedback.next).toBe(
      'Multiply the shapes.',
    );
  });
});

describe('a choice item', () => {
  const task = (answer: string, option: number): Parameters<typeof gradeAnswer>[0] => ({
    ...choiceCourseItem,
    answer,
    option,
    replica: 0,
  });
  const met = judgmentOf({
    criteria: { 'limits-drift': { verdict: 'met', quotes: ['it limits how far the policy moves'] } },
    misconceptions: { 'longer-helps': { verdict: 'not-held' } },
  });

  test("a blank why earns the option's share only, without a judge call", async () => {
    const { judge, calls } = scriptedJudge(met);
    const outcome = await gradeAnswer(task('', 2), { judge, tryNumber: 1, signal: AbortSignal.timeout(5000) });
    expect(graded(outcome)).toMatchObject({
      status: 'graded',
      points: { low: 1000, high: 1000, max: 3000 },
      option: { correct: true },
    });
    expect(calls()).toBe(0);
  });

  test('option and why are added up', async () => {
    const { judge } = scriptedJudge(met);
    const why = 'Because it limits how far the policy moves away from where it began.';
    const outcome = await gradeAnswer(task(why, 1), { judge, tryNumber: 1, signal: AbortSignal.timeout(5000) });
    expect(graded(outcome)).toMatchObject({
      points: { low: 2000, high: 2000, max: 3000 },
      option: { correct: false, points: 0 },
    });
  });

  test('a right explanation of the wrong choice is not called complete', async () => {
    const { judge } = scriptedJudge(met);
    const why = 'Because it limits how far the policy moves away from where it began.';
    const feedbackFor = async (option: number): Promise<string> =>
      graded(await gradeAnswer(task(why, option), { judge, tryNumber: 1, signal: AbortSignal.timeout(5000) })).feedback
        .summary;
    expect(await feedbackFor(2)).toBe('Everything the question asks for stands in your answer.');
    expect(await feedbackFor(1)).toContain('the choice you picked is another one');
  });
});
