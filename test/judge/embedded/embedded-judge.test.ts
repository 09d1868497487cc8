import { beforeAll, describe, expect, test } from 'vitest';
import { Item } from '../../../src/core/item.ts';
import { Rubric } from '../../../src/core/rubric.ts';
import { createEmbeddedJudge, EMBEDDED_VERSION } from '../../../src/judge/embedded/embedded-judge.ts';
import type { JudgeTask, Judgment } from '../../../src/judge/judge.ts';

const item = Item.parse({
  kind: 'free-response',
  id: 'sql',
  title: 'Text to SQL',
  chapter: 'one',
  concept: 'order',
  difficulty: 2,
  next: ['other'],
  prompt: 'SFT, RL or both, and in which order?',
  reference: 'SFT first, then RL.',
});
const criterion = { points: 2, asks: 'Which order?', expects: 'SFT first.', hints: ['Look again.'] };
const misconception = { claim: 'c', nudge: 'n', tempts: 't', refutes: 'r' };
const rubric = Rubric.parse({
  item: 'sql',
  criteria: [
    { ...criterion, id: 'order', cues: [['sft first', 'sft ... then rl']] },
    {
      ...criterion,
      id: 'gains',
      partial: 'Only one of the two.',
      cues: [
        ['stable', 'cheap'],
        ['syntax', 'format'],
      ],
    },
    {
      ...criterion,
      id: 'ceiling',
      cues: [['rl & beyond|past'], ['demonstration', 'example'], ['explore', 'discover']],
    },
  ],
  misconceptions: [
    { ...misconception, id: 'rl-only', cues: [['rl alone enough', 'skip sft']] },
    { ...misconception, id: 'three-part', cues: [['sft'], ['teach'], ['fact', 'knowledge']] },
  ],
});

type Judged = Extract<Judgment, { status: 'judged' }>;

async function judge(answer: string, change: Partial<JudgeTask> = {}): Promise<Judged> {
  let clock = 0;
  const embedded = createEmbeddedJudge({ now: () => (clock += 7) });
  const task = { item, rubric, rubricHash: 'hash', answer, option: null, replica: 0, ...change };
  const judgment = await embedded(task, { signal: new AbortController().signal });
  if (judgment.status !== 'judged') throw new Error(judgment.detail);
  return judgment;
}

async function verdicts(answer: string): Promise<Record<string, string>> {
  const { criteria, misconceptions } = await judge(answer);
  return Object.fromEntries([
    ...criteria.map(({ criterion: id, verdict }) => [id, verdict]),
    ...misconceptions.map(({ misconception: id, verdict }) => [id, verdict]),
  ]) as Record<string, string>;
}

beforeAll(() => judge('warm'));

describe('criteria', () => {
  test('every group found is met, in whichever sentences', async () => {
    expect(await verdicts('SFT first. It is stable. The format comes quickly.')).toMatchObject({
      order: 'met',
      gains: 'met',
      ceiling: 'missed',
    });
  });
  test('half of the groups is partial where the rubric words a partial', async () => {
    expect(await verdicts('SFT is the cheap way.')).toMatchObject({ gains: 'partial' });
  });
  test('half of the groups is left to a person where the rubric words none', async () => {
    expect(await verdicts('RL gets past the examples.')).toMatchObject({ ceiling: 'unsure' });
  });
  test('less than half is missed', async () => {
    expect(await verdicts('The examples are few.')).toMatchObject({ ceiling: 'missed' });
  });
  test('a denied half leaves doubt instead of a miss', async () => {
    expect(await verdicts('The examples are few and RL never explores anything.')).toMatchObject({ ceiling: 'unsure' });
  });
  test('what is denied is not met', async () => {
    expect(await verdicts('SFT is not stable and it does not teach syntax.')).toMatchObject({ gains: 'missed' });
  });
  test('a list of terms earns nothing', async () => {
    const salad = 'SFT, RL, stable, cheap, syntax, format, demonstration, past, verifier, ceiling, reward';
    expect(new Set(Object.values(await verdicts(salad)))).toEqual(new Set(['missed', 'not-held']));
  });
  test('the same terms in a sentence earn their points', async () => {
    expect(await verdicts('SFT is stable and cheap, and it teaches the syntax and the format.')).toMatchObject({
      gains: 'met',
    });
  });
  test('a typing slip costs nothing but confidence', async () => {
    const slipped = await judge('It is cheap and teaches the sytnax.');
    const clean = await judge('It is cheap and teaches the syntax.');
    expect(slipped.criteria[1]?.verdict).toBe('met');
    expect(slipped.criteria[1]?.confidence).toBeLessThan(clean.criteria[1]?.confidence ?? 0);
  });
});

describe('misconceptions', () => {
  test.each([
    'RL alone is enough here.',
    'We can skip SFT, since the checker grades everything.',
    'A checker exists. So RL alone is enough.',
    'SFT first is not needed: RL alone is enough.',
  ])('is held: %s', async (answer) => {
    expect(await verdicts(answer)).toMatchObject({ 'rl-only': 'held' });
  });

  test.each([
    'RL alone is not enough.',
    'A common mistake is to say that RL alone is enough.',
    'Some people think RL alone is enough, but early samples fail.',
    'One might say that RL alone is enough; I disagree.',
    'It would be wrong to skip SFT.',
    'It is tempting to skip SFT.',
    "It isn't true that RL alone is enough.",
    'That RL alone is enough is a misconception.',
    'RL alone is enough, they say. That is wrong.',
    'Is RL alone enough?',
    'The wrong answer would be that RL alone is enough.',
    'We should not skip SFT.',
    'Never skip SFT.',
    'Run SFT first rather than skip SFT.',
    'Contrary to the claim that RL alone is enough, the start matters.',
    'My teammate says RL alone is enough, and the checker is free.',
    "You'll hear that RL alone is enough.",
  ])('is only rejected: %s', async (answer) => {
    expect(await verdicts(answer)).toMatchObject({ 'rl-only': 'not-held' });
  });

  test('is held when the writer turns and asserts it after a frame', async () => {
    expect(await verdicts('Some people think SFT helps, but RL alone is enough.')).toMatchObject({ 'rl-only': 'held' });
  });
  test('all parts but one in one sentence leave doubt', async () => {
    expect(await verdicts('SFT teaches things.')).toMatchObject({ 'three-part': 'unsure' });
    expect(await verdicts('SFT is it. We teach it.')).toMatchObject({ 'three-part': 'not-held' });
  });
  test('a criterion met beside a held misconception stays met', async () => {
    expect(await verdicts('SFT first is a habit, yet RL alone is enough.')).toMatchObject({
      order: 'met',
      'rl-only': 'held',
    });
  });
});

describe('evidence', () => {
  test('quotes are verbatim, at most three, each of three words or more', async () => {
    const answer = '1. SFT first.\n2. Stable!\n- It  teaches “syntax” too';
    const { criteria } = await judge(answer);
    for (const { quotes, verdict } of criteria) {
      if (verdict === 'met') expect(quotes.length).toBeGreaterThan(0);
      expect(quotes.length).toBeLessThanOrEqual(3);
      for (const quote of quotes) {
        expect(answer).toContain(quote);
        expect(quote.split(/\s+/u).length).toBeGreaterThanOrEqual(2);
      }
    }
    expect(criteria[1]?.quotes.at(-1)).toBe('It  teaches “syntax” too');
  });
  test('a very long sentence is quoted by its clause', async () => {
    const filler =
      'the team talked for a long while about many other things that hardly matter for this question at all';
    const { criteria } = await judge(`${filler}; I would run SFT first of all; ${filler}, and ${filler}.`);
    expect(criteria[0]?.quotes).toEqual(['I would run SFT first of all']);
  });
  test('a missed criterion quotes nothing', async () => {
    const { criteria } = await judge('I do not know this one.');
    expect(criteria.every(({ verdict, quotes }) => verdict === 'missed' && quotes.length === 0)).toBe(true);
  });
});

describe('the judgment as a whole', () => {
  test('every criterion and misconception stands in it once, in order, with room left for authored hints', async () => {
    const { criteria, misconceptions, next } = await judge('SFT first.');
    expect(criteria.map(({ criterion: id }) => id)).toEqual(['order', 'gains', 'ceiling']);
    expect(misconceptions.map(({ misconception: id }) => id)).toEqual(['rl-only', 'three-part']);
    expect([next, ...criteria.map(({ note }) => note)].join('')).toBe('');
  });
  test('the reasoning names what was found and what was not', async () => {
    const { criteria } = await judge('SFT is cheap, not stable.');
    expect(criteria[1]?.reasoning).toBe('group 1 found by "cheap"; group 2 not found');
  });
  test('the provenance says that nothing left the machine', async () => {
    const { provenance } = await judge('SFT first.');
    expect(provenance).toMatchObject({
      judge: 'embedded',
      model: 'embedded',
      promptVersion: EMBEDDED_VERSION,
      rubricHash: 'hash',
      tokensIn: null,
      tokensOut: null,
      costMicroUsd: 0,
      latencyMs: 7,
    });
  });
  test('the request key follows answer, option, replica and rubric', async () => {
    const keyOf = async (answer: string, change: Partial<JudgeTask> = {}): Promise<string> =>
      (await judge(answer, change)).provenance.requestKey;
    const keys = [
      await keyOf('a'),
      await keyOf('b'),
      await keyOf('a', { option: 1 }),
      await keyOf('a', { replica: 1 }),
      await keyOf('a', { rubricHash: 'other' }),
    ];
    expect(new Set(keys).size).toBe(5);
    expect(await keyOf('a')).toBe(keys[0]);
  });
  test.each(['', '   \n ', '…', '²³', '\u0000', '🙂🙂', '- \n- ', 'ё'.repeat(3000)])(
    'an odd answer %j earns nothing and breaks nothing',
    async (answer) => {
      const { criteria } = await judge(answer);
      expect(criteria.every(({ verdict }) => verdict === 'missed')).toBe(true);
    },
  );
  test('a broken cue is named as a fault of the content', async () => {
    const [first] = rubric.criteria;
    const broken = { ...rubric, criteria: first ? [{ ...first, cues: [['a||b']] }] : [] };
    await expect(judge('SFT', { rubric: broken })).rejects.toMatchObject({ code: 'content-invalid' });
  });
});

test('a point that rests on the words of a wrong answer is left open, one on other words of the sentence stands', async () => {
  const both = Rubric.parse({
    item: 'sql',
    criteria: [
      { ...criterion, id: 'facts', cues: [['fine-tuning & facts'], ['answer']] },
      { ...criterion, id: 'calm', cues: [['stable']] },
    ],
    misconceptions: [{ ...misconception, id: 'adds-facts', cues: [['fine-tuning adds facts']] }],
  });
  const marked = async (answer: string): Promise<string[]> => {
    const { criteria, misconceptions } = await judge(answer, { rubric: both });
    return [...criteria, ...misconceptions].map(({ verdict }) => verdict);
  };
  expect(await marked('Fine-tuning adds facts so that it can answer, and is stable.')).toEqual([
    'unsure',
    'met',
    'held',
  ]);
  expect(await marked('With fine-tuning the facts it had let it answer.')).toEqual(['met', 'missed', 'not-held']);
});

test('a number with its letter ends a sentence as any word does', async () => {
  const { criteria } = await judge('It has 16.7M. SFT first, then RL.');
  expect(criteria[0]?.quotes).toEqual(['SFT first, then RL.']);
});
