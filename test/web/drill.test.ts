import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Judge, Judgment } from '../../src/judge/judge.ts';
import { createApp } from '../../src/web/app.tsx';
import { strings } from '../../src/web/strings.ts';
import { drillContent, drilledItem, mistaken, ratedAnswer } from '../fixtures/drill.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { unreachable } from './scripted-judge.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

const good = judgmentOf({ criteria: { why: { verdict: 'met', quotes: ['twice as many numbers'] } } });
const why = 'It has two sides, <i>so</i> twice as many numbers.';

let next: Judgment = good;
let gate: Promise<void> = Promise.resolve();
let draw = 0.1;
let tutor: TestTutor;
let visitor: Visitor;
beforeAll(async () => {
  const judge: Judge = async () => {
    await gate;
    return next;
  };
  tutor = await openTestTutor({ judge, content: drillContent() });
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(() => {
  next = good;
  gate = Promise.resolve();
  draw = 0.1;
  visitor = createVisitor(createApp({ deps: { ...tutor.deps, random: () => draw }, limits: {} }));
});

const get = async (path: string): Promise<string> => (await visitor.get(path)).text();
const start = async (fields: Record<string, string> = {}): Promise<string> =>
  locationOf(await visitor.post('/courses/demo/spot', fields));

describe('a turn on the page', () => {
  test('is said to count as seen before it starts, and asks for one thing at a time', async () => {
    expect(textOf(await get('/courses/demo/spot'))).toContain('then counts as seen');
    expect(visitor.cookie()).toBe('');
    const path = await start();
    expect(path).toMatch(/^\/trials\/[\w-]+$/);
    const asked = await get(path);
    expect(textOf(asked)).toContain(mistaken);
    expect(textOf(asked)).toContain('Is there a mistake in it?');
    expect(asked).not.toContain('Only one matrix of d times r');
    expect(locationOf(await visitor.post(path, { call: 'mistake' }))).toBe(`${path}#suspect`);
    const suspected = await get(path);
    expect(suspected).toContain('Only one matrix of d times r');
    expect(suspected.match(/name="piece"/g)).toHaveLength(3);
    expect(suspected).not.toContain('the count doubles');
    expect(suspected).not.toContain('checked');
    expect(suspected).toMatch(/id="picked-problem"[^>]* hidden/);
    expect(textOf(suspected)).toContain('The model scripted, run by this server.');
    expect(textOf(await get('/items/lora-count'))).toContain('You have seen the answer');
  });

  test('spotted, named, pointed at and explained: every step says so, and the words are marked', async () => {
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    expect(locationOf(await visitor.post(path, { picked: '1', piece: '1', answer: why }))).toBe(`${path}#verdict`);
    const html = await get(path);
    const text = textOf(html);
    for (const words of [
      'Seen',
      'Named',
      'The right place',
      'So far: 1 spotted, 0 missed, 0 false alarms, 0 rightly let pass.',
      'To the point',
      'the count doubles',
      'written as one product',
    ])
      expect(text).toContain(words);
    expect(html).toContain('<mark class="mark mark-met">twice as many numbers</mark>');
    expect(html).toMatch(/<mark class="mark mark-wrong-turn[^>]*>The adapter is one matrix<\/mark>/);
    expect(html).toContain('&lt;i&gt;so&lt;/i&gt;');
  });

  test('a mistake let pass is shown where it stands', async () => {
    const path = await start();
    expect(locationOf(await visitor.post(path, { call: 'none' }))).toBe(`${path}#verdict`);
    const html = await get(path);
    expect(textOf(html)).toContain('There was a mistake in it');
    expect(html).toContain('mark-wrong-turn');
  });

  test('a right answer called mistaken is explained as right', async () => {
    draw = 0.9;
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    await visitor.post(path, { picked: '1', piece: '1', answer: why });
    const text = textOf(await get(path));
    for (const words of [
      'It is right as it stands',
      'False alarm',
      'Names both low-rank factors',
      'You took it for this',
    ])
      expect(text).toContain(words);
    expect(text).toContain('There was no mistake to give a reason for');
  });

  test('without a pick comes back with what was written and where was pointed', async () => {
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    const response = await visitor.post(path, { piece: '2', answer: why });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('Pick which mistake it is');
    expect(html).toMatch(/id="picked-problem"(?![^>]* hidden)/);
    expect(html).toContain('so&lt;/i&gt; twice as many numbers.</textarea>');
    expect(html).toMatch(/name="piece" value="2" checked/);
  });
});

describe('a turn that is not wanted', () => {
  test('is left for another one, before and after the first word, and counts for nothing', async () => {
    const [first, second] = [await start({ from: '1' }), await start({ from: '1' })];
    const leaves = (html: string): boolean =>
      /<form class="leave" method="post" action="\/courses\/demo\/spot"><input[^>]*value="1"/.test(html);
    expect(leaves(await get(first))).toBe(true);
    await visitor.post(second, { call: 'mistake' });
    expect(leaves(await get(second))).toBe(true);
    const third = await start({ from: '1' });
    await visitor.post(third, { call: 'none' });
    const html = await get(third);
    expect(leaves(html)).toBe(false);
    expect(textOf(html)).toContain('So far: 0 spotted, 1 missed, 0 false alarms, 0 rightly let pass.');
  });
});

describe('the words of an outcome', () => {
  const outcomeOf = async (fields: Record<string, string>): Promise<string> => {
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    await visitor.post(path, fields);
    return textOf(await get(path));
  };

  test.each([
    ['another one of the list', 0.1, '2', 'A different one on the list'],
    ['one that is not on the list', 0.1, 'another', 'Perhaps; but there is one on the list'],
    ['none after all, of a wrong answer', 0.1, 'withdrawn', 'Your first thought was right.'],
    ['none after all, of a right answer', 0.9, 'withdrawn', 'On second thoughts you saw none, and rightly.'],
  ])('%s', async (_name, drawn, picked, words) => {
    draw = drawn;
    expect(await outcomeOf({ picked })).toContain(words);
  });

  test('two mistakes have a note and an explanation each, under the letter of their words', async () => {
    const exemplar = drilledItem.rubric.exemplars.find(({ misconceptions }) => misconceptions.length > 0)!;
    const misconceptions = [
      { id: 'one-factor', span: 'The adapter is one matrix' },
      { id: 'all-weights', span: '65,536 numbers are trained' },
    ];
    const rubric = { ...drilledItem.rubric, exemplars: [{ ...exemplar, misconceptions }] };
    const content = drillContent([], [{ ...drilledItem, rubric }]);
    visitor = createVisitor(createApp({ deps: { ...tutor.deps, content, random: () => draw }, limits: {} }));
    const path = await start();
    await visitor.post(path, { call: 'none' });
    const html = await get(path);
    expect(html).toMatch(/data-note="A"[^>]*>The adapter is one matrix<\/mark>/);
    expect(html).toMatch(/data-note="B"[^>]*>65,536 numbers are trained<\/mark>/);
    expect(html.match(/<li id="note-\w"/g)).toHaveLength(2);
    expect(textOf(html)).toMatch(/It holds 2; .* A Only one matrix .* B The full matrix/);
  });

  test('of a rated answer nobody asks where, and nothing is said of it', async () => {
    const rubric = { ...drilledItem.rubric, exemplars: [] };
    const content = drillContent(
      [ratedAnswer({ id: 'rated', text: 'All weights move. That is a lot.' })],
      [{ ...drilledItem, rubric }],
    );
    visitor = createVisitor(createApp({ deps: { ...tutor.deps, content, random: () => draw }, limits: {} }));
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    expect(await get(path)).not.toContain('name="piece"');
    await visitor.post(path, { picked: '2' });
    const html = await get(path);
    expect(html).not.toContain('<dt>Where</dt>');
    expect(textOf(html)).toContain('2 language models have checked this answer and agree; no person has.');
  });
});

test.each([
  [['model'], 'One language model has checked this answer; no person has.'],
  [['author'], 'The course’s author has checked this answer; no independent person has.'],
  [
    ['author', 'model', 'model'],
    'The course’s author and 2 language models have checked this answer and agree; no independent person has.',
  ],
  [['human'], 'One person has checked this answer.'],
  [['model', 'human', 'human'], 'One language model and 2 people have checked this answer and agree.'],
] as const)('who has checked an answer is said as it is: %s', (raters, words) => {
  expect(strings.spot.source(raters)).toBe(words);
});

/** Looks until the reason is no longer being read; the breath between two looks is the worker's. */
async function getOnceRead(path: string): Promise<string> {
  for (;;) {
    const html = await get(path);
    if (!html.includes('hx-get')) return html;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a reason that takes long', () => {
  test('is shown as being read, with and without JavaScript, and then with its verdict', async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    await visitor.post(path, { picked: '1', piece: '1', answer: why });
    const waiting = await get(path);
    expect(waiting).toContain('<noscript><meta http-equiv="refresh" content="2"');
    expect(waiting).toContain(`hx-get="${path}"`);
    expect(textOf(waiting)).toContain('Your reason is safe and is being read.');
    open();
    const read = await getOnceRead(path);
    expect(textOf(read)).toContain('It goes to the point.');
    expect(read).not.toContain('http-equiv="refresh"');
  });

  test('and could not be read is kept, and can be read again', async () => {
    next = unreachable;
    const path = await start();
    await visitor.post(path, { call: 'mistake' });
    await visitor.post(path, { picked: '1', piece: '1', answer: why });
    let html = await getOnceRead(path);
    expect(textOf(html)).toContain('Your reason is kept.');
    next = good;
    expect(locationOf(await visitor.post(`${path}/why`))).toBe(`${path}#why`);
    html = await getOnceRead(path);
    expect(html).toContain('It goes to the point.');
    expect((await createVisitor(createApp({ deps: tutor.deps, limits: {} })).post(`${path}/why`)).status).toBe(404);
  });
});

describe('the chapter drilled', () => {
  test('stays with the turn, to the next one', async () => {
    const path = await start({ from: '1' });
    expect(path).toMatch(/\?from=1$/);
    expect(await get(path)).toContain(`action="${path}"`);
    expect(locationOf(await visitor.post(path, { call: 'none' }))).toBe(`${path}#verdict`);
    expect(await get(path)).toContain('<input type="hidden" name="from" value="1"/>');
  });

  test('is still chosen when its learner comes back, by the link or after three turns of it', async () => {
    const chosen = /<option value="2" selected/;
    const items = [drilledItem, { ...drilledItem, item: { ...drilledItem.item, id: 'other', chapter: '2' } }];
    const deps = { ...tutor.deps, content: drillContent([], items), random: () => draw };
    visitor = createVisitor(createApp({ deps, limits: {} }));
    expect(await get('/courses/demo/spot')).not.toMatch(chosen);
    expect(await get('/courses/demo/spot?from=2')).toMatch(chosen);
    for (const turn of [1, 2, 3]) {
      expect(await get('/courses/demo/spot'), `before turn ${turn}`).not.toMatch(chosen);
      const path = await start({ from: '2' });
      await visitor.post(path, { call: 'none' });
      expect(await get(path)).toContain('href="/courses/demo/spot?from=2#record"');
    }
    expect(await get('/courses/demo/spot')).toMatch(chosen);
    expect(await get('/courses/demo/spot?from=1')).not.toMatch(chosen);
    // All chapters is a choice too, and is kept as one.
    expect(await start({ from: '' })).toMatch(/\?from=$/);
    expect(await get('/courses/demo/spot?from=')).not.toMatch(chosen);
  });

  test('without anything to spot says so; one that is not there is not found', async () => {
    const empty = await visitor.post('/courses/demo/spot', { from: '2' });
    expect(textOf(await empty.text())).toContain('There is nothing to spot here yet.');
    expect((await visitor.post('/courses/demo/spot', { from: '9' })).status).toBe(404);
  });

  test('a course nobody wrote makes nobody a learner', async () => {
    expect((await visitor.post('/courses/none/spot')).status).toBe(404);
    expect(visitor.cookie()).toBe('');
  });
});

test('the record counts, says what is missing for a d′, and takes the learner back to a turn left open', async () => {
  const done = await start();
  await visitor.post(done, { call: 'none' });
  const open = await start();
  const html = await get('/courses/demo/spot');
  const text = textOf(html);
  for (const words of [
    '1 missed',
    '0 spotted',
    'You missed the one mistake there was.',
    '19 more turns',
    'Met once: not seen',
  ])
    expect(text).toContain(words);
  expect(html).toContain(`href="${open}"`);
  expect(html).toContain(`href="${done}#mistake"`);
});

test('a turn belongs to the cookie it was started with', async () => {
  const path = await start();
  const stranger = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
  expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.post(path, { call: 'none' })).status).toBe(404);
  expect(textOf(await get(path))).toContain('Is there a mistake in it?');
});
