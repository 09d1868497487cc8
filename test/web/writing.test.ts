import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import type { TutorDeps } from '../../src/tutor/deps.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { answerText, scriptJudge, someMet, whyText } from './scripted-judge.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

const allMet = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'met', quotes: ['131,072'] },
    'why-few': { verdict: 'met', quotes: ['the rank is tiny'] },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});
const doubtful = judgmentOf({
  criteria: { 'both-factors': { verdict: 'unsure' }, count: { verdict: 'missed' }, 'why-few': { verdict: 'missed' } },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});

const { judge, script } = scriptJudge();
let tutor: TestTutor;
let visitor: Visitor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge });
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(() => {
  script.next = someMet;
  script.gate = Promise.resolve();
  visitor = newVisitor();
});

function newVisitor(deps: TutorDeps = tutor.deps): Visitor {
  return createVisitor(createApp({ deps, limits: {} }));
}

async function read(path: string): Promise<string> {
  return (await visitor.get(path)).text();
}

/** The key the item's form carries now. */
async function keyOf(item = 'lora-count'): Promise<string> {
  return /name="key" value="([^"]+)"/.exec(await read(`/items/${item}`))?.[1] ?? '';
}

/** Hands in and waits for the grade, as a page that loads itself again would. */
async function handIn(fields: Record<string, string>, item = 'lora-count'): Promise<{ path: string; html: string }> {
  const path = locationOf(await visitor.post(`/items/${item}/attempts`, { key: await keyOf(item), ...fields }));
  expect(path).toMatch(/^\/attempts\//);
  for (;;) {
    const html = await read(path);
    if (!html.includes('sse-connect')) return { path, html };
  }
}

async function countAttempts(): Promise<number> {
  const html = await read('/items/lora-count');
  return new Set(html.match(/\/attempts\/[0-9a-f-]{36}/g)).size;
}

/** What stands in the answer's field. */
function written(html: string): string {
  return /<textarea id="answer"[^>]*>\n?([^<]*)</.exec(html)?.[1] ?? '';
}

describe('the next try', () => {
  test('opens with the last answer and the hints due; an empty page is one link away, and shows no hint', async () => {
    await handIn({ answer: answerText });
    const html = await read('/items/lora-count');
    expect(written(html)).toContain('Both factors are trained');
    const text = textOf(html);
    for (const due of ['For your next try', 'Multiply the shapes.', 'Look again at how many matrices are trained.'])
      expect(text).toContain(due);
    expect(text).not.toContain('How many matrices are there?');
    const fresh = await read('/items/lora-count?fresh');
    expect(written(fresh)).toBe('');
    expect(textOf(fresh)).not.toContain('Multiply the shapes.');
  });

  test('after a full answer starts from an empty page', async () => {
    script.next = allMet;
    const { html } = await handIn({ answer: 'Both factors are trained: 131,072, for the rank is tiny.' });
    expect(textOf(html)).toContain('Questions worth doing after this one');
    expect(html).not.toContain('id="answer-form"');
    expect(written(await read('/items/lora-count'))).toBe('');
  });

  test('shows what changed and what it earned', async () => {
    await handIn({ answer: answerText });
    script.next = allMet;
    const { html } = await handIn({ answer: `${answerText} That is 131,072, for the rank is tiny.` });
    const text = textOf(html);
    expect(text).toContain('4 points more than before.');
    expect(text).toMatch(/How many parameters is that\? Missing became Right/);
    expect(html).toMatch(/<ins>.* That is 131,072, for the rank is tiny\./);
  });

  test('goes on from the newest: an earlier attempt only leads there', async () => {
    const first = await handIn({ answer: answerText });
    const second = await handIn({ answer: `${answerText} More.` });
    const html = await read(first.path);
    expect(html).not.toContain('<textarea id="answer"');
    expect(html).toContain(`href="${second.path}">Go to your newest try`);
    expect(textOf(html)).toContain('Multiply the shapes.');
  });
});

describe('a doubtful part', () => {
  test('is settled by one sentence added to the answer, at no cost in tries', async () => {
    script.next = doubtful;
    const { html } = await handIn({ answer: 'Two things are trained.' });
    expect(html).toContain('name="answer" value="Two things are trained."');
    const { html: again } = await handIn({ answer: 'Two things are trained.', more: ' I mean A and B. ' });
    expect(again).toContain('Two things are trained.\n\nI mean A and B.');
    expect(textOf(again)).toContain('0 of 2 tries used.');
  });

  test('asks for the sentence where none was written, and keeps the answer', async () => {
    const sent = { answer: 'Two things are trained.', more: ' ', key: await keyOf() };
    const response = await visitor.post('/items/lora-count/attempts', sent);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('Write the sentence first.');
    expect(written(html)).toContain('Two things are trained.');
  });
});

describe('predicting the verdict', () => {
  test("shows the learner's view beside the judge's, part by part", async () => {
    const fields = { answer: answerText, 'covered-1': '1', 'covered-2': '1', sure: '75' };
    const text = textOf((await handIn(fields)).html);
    expect(text).toContain('You foresaw 2 of 3 verdicts. You were 75 % sure.');
    expect(text).toMatch(/What exactly is trained\? As you thought\. You thought Covered The judge says Right/);
    expect(text).toMatch(/does not find it in your words\. You thought Covered The judge says Missing/);
    expect(text).toMatch(/You saw the gap yourself\. You thought Not covered The judge says Missing/);
  });

  test('may be left out, and nothing is shown then', async () => {
    expect(textOf((await handIn({ answer: answerText })).html)).not.toContain('You foresaw');
  });

  test('asks how sure, where parts were ticked, and keeps ticks and text', async () => {
    const sent = { answer: answerText, 'covered-2': '1' };
    const response = await visitor.post('/items/lora-count/attempts', sent);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('Say how sure you are');
    expect(html).toMatch(/name="covered-2" value="1" checked/);
    expect(written(html)).toContain('Both factors');
    expect(await countAttempts()).toBe(0);
  });

  test('is switched off and on without losing a word, and stays so', async () => {
    const app = createApp({ deps: tutor.deps, limits: {} });
    const send = (then: string, cookie: string): Promise<Response> => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ answer: 'Half a thought.', then })) body.set(name, value);
      const headers = { 'sec-fetch-site': 'same-origin', cookie };
      return Promise.resolve(app.request('/items/lora-count/draft', { method: 'POST', body, headers }));
    };
    const off = await send('predict-off', '');
    const html = await off.text();
    expect(written(html)).toBe('Half a thought.');
    expect(html).not.toContain('name="sure"');
    const [cookie = ''] = off.headers.getSetCookie()[0]?.split(';') ?? [];
    expect(cookie).toBe('viva_predict=off');
    const later = await (await app.request('/items/lora-count', { headers: { cookie } })).text();
    expect(later).not.toContain('name="sure"');
    expect(await (await send('predict-on', cookie)).text()).toContain('name="sure"');
  });
});

describe('the preview', () => {
  test('sets formulas and code, and leaves everything else of the learner inert', async () => {
    const text = [
      '$r \\ll d$ and `rank=16`',
      '# no heading',
      '<img src=x onerror=alert(1)> ![x](https://evil.test/x.png) [click](javascript:alert(1)) https://evil.test',
      '[x]: https://evil.test',
      '$\\href{https://evil.test}{x}$ $\\includegraphics{https://evil.test/x.png}$',
    ].join('\n\n');
    const response = await visitor.post('/preview', { text });
    const html = await response.text();
    expect(html).toContain('<math');
    expect(html).toContain('<code>rank=16</code>');
    expect(html).not.toMatch(/<(img|a|h1|script|iframe)\b|<[^>]*\s(href|src|style|on\w+)=/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  test('without scripts comes with the form, the text kept and nothing handed in', async () => {
    const response = await visitor.post('/items/lora-count/draft', { answer: 'So $2rd$.', then: 'preview' });
    const html = await response.text();
    expect(html).toMatch(/data-preview-text="?[^>]*><p>So <span class="katex">/);
    expect(written(html)).toBe('So $2rd$.');
    expect(visitor.cookie()).toBe('');
  });

  test('is not asked for faster than anybody types', async () => {
    const limits = { previewsPerMinute: { learner: 1, address: 1 } };
    visitor = createVisitor(createApp({ deps: tutor.deps, limits }));
    const statuses = [];
    for (const text of ['$a$', '$b$']) statuses.push((await visitor.post('/preview', { text })).status);
    expect(statuses).toEqual([200, 429]);
  });
});

describe('one answer is graded once', () => {
  test('when two tabs hand in the same words, with or without scripts', async () => {
    await handIn({ answer: 'Some first try.' });
    const [one, two] = [await keyOf(), await keyOf()];
    expect(one).toBe(two);
    const both = await Promise.all(
      [one, two].map((key) => visitor.post('/items/lora-count/attempts', { answer: answerText, key })),
    );
    expect(new Set(both.map(locationOf)).size).toBe(1);
    expect(await countAttempts()).toBe(2);
  });

  test('when the reply was lost and it is sent again later, from a page of before', async () => {
    const key = await keyOf();
    const lost = locationOf(await visitor.post('/items/lora-count/attempts', { answer: answerText, key }));
    for (let html = await read(lost); html.includes('sse-connect');) html = await read(lost);
    const again = await visitor.post('/items/lora-count/attempts', { answer: answerText, key });
    expect(locationOf(again)).toBe(lost);
    expect(await countAttempts()).toBe(1);
  });

  test('while the same words from the next page are another try', async () => {
    const { path } = await handIn({ answer: answerText });
    expect((await handIn({ answer: answerText })).path).not.toBe(path);
  });

  test('by a script, which is told where the attempt is and given the cookie beforehand', async () => {
    const welcome = await visitor.post('/welcome');
    expect([welcome.status, visitor.cookie()]).toEqual([204, expect.stringMatching(/^viva_learner=/)]);
    const cookie = visitor.cookie();
    await visitor.post('/welcome');
    expect(visitor.cookie()).toBe(cookie);
    const body = new FormData();
    body.set('answer', answerText);
    const headers = { cookie, prefer: 'return=minimal', 'sec-fetch-site': 'same-origin' };
    const app = createApp({ deps: tutor.deps, limits: {} });
    const response = await app.request('/items/lora-count/attempts', { method: 'POST', body, headers });
    expect([response.status, await response.text()]).toEqual([201, '']);
    expect((await visitor.get(locationOf(response))).status).toBe(200);
  });
});

describe('an answer is not lost', () => {
  test('when the cookie expired meanwhile: it is graded as a new start, and says so', async () => {
    await handIn({ answer: answerText });
    const key = await keyOf();
    visitor = newVisitor();
    const { path, html } = await handIn({ answer: `${answerText} More.`, key });
    expect(path).toContain('?new-start');
    expect(textOf(html)).toContain('This browser was not recognised');
    expect(textOf(html)).toContain('2 of 6');
  });

  test('when something breaks on our side: without scripts too it comes back in a form that can be sent again', async () => {
    let broken = false;
    await visitor.post('/welcome');
    const cookie = visitor.cookie();
    const app = createApp({
      deps: {
        ...tutor.deps,
        get queue(): TutorDeps['queue'] {
          if (broken) throw new Error('no queue today');
          return tutor.deps.queue;
        },
      },
      limits: {},
    });
    const send = (fields: Iterable<[string, string]>): Promise<Response> => {
      const body = new FormData();
      for (const [name, value] of fields) body.set(name, value);
      const headers = { cookie, 'sec-fetch-site': 'same-origin' };
      return Promise.resolve(app.request('/items/lora-count/attempts', { method: 'POST', body, headers }));
    };
    const sent = { answer: 'My long <pondered> words.', key: 'first lora-count', 'covered-1': '1', sure: '50' };
    broken = true;
    const failed = await send(Object.entries(sent));
    const html = await failed.text();
    expect(failed.status).toBe(500);
    expect(html).toContain('action="/items/lora-count/attempts"');
    expect(html).toContain('My long &lt;pondered&gt; words.</textarea>');
    broken = false;
    const hidden = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value],
    );
    expect(hidden).toEqual(
      expect.arrayContaining([
        ['key', 'first lora-count'],
        ['sure', '50'],
      ]),
    );
    expect((await send([...hidden, ['answer', sent.answer]])).status).toBe(303);
  });

  test('when the form came from elsewhere, or too often', async () => {
    const app = createApp({ deps: tutor.deps, limits: { writesPerMinute: { learner: 1, address: 1 } } });
    const send = (path: string, fields: Record<string, string>, site: string): Promise<Response> => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return Promise.resolve(app.request(path, { method: 'POST', body, headers: { 'sec-fetch-site': site } }));
    };
    const foreign = await send('/items/lora-count/attempts', { answer: 'My own words.' }, 'cross-site');
    expect([foreign.status, await foreign.text()]).toEqual([403, expect.stringContaining('My own words.')]);
    const path = '/attempts/00000000-0000-4000-8000-000000000000/appeals';
    await send(path, { reason: 'First.' }, 'same-origin');
    const often = await send(path, { reason: 'My good reason.' }, 'same-origin');
    expect([often.status, await often.text()]).toEqual([429, expect.stringContaining('My good reason.')]);
  });
});

describe('contesting a mark', () => {
  test('asks which and why, shows it waiting, and then what became of it', async () => {
    const { path, html } = await handIn({ answer: answerText });
    expect(textOf(html)).toContain('Is a mark wrong?');
    expect(html).toMatch(/name="verdict" value="A"/);
    const to = locationOf(await visitor.post(`${path}/appeals`, { verdict: '3', reason: 'It says so.' }));
    expect(to).toBe(`${path}#contest`);
    const waiting = await read(path);
    expect(textOf(waiting)).toContain('Why is that few? Waiting for a person');
    expect(textOf(/<ul class="glance"[\s\S]*?<\/ul>/.exec(waiting)?.[0] ?? '')).toMatch(/\b3\b.*contested/);
    expect(textOf(waiting)).toContain('You wrote: It says so.');
    expect(waiting).not.toMatch(/name="verdict" value="3"/);
  });

  test('without a reason comes back with what to do, opened and filled in', async () => {
    const { path } = await handIn({ answer: answerText });
    const response = await visitor.post(`${path}/appeals`, { verdict: '2', reason: ' ' });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('Say in a sentence or two why the mark is wrong.');
    expect(html).toMatch(/<details open/);
    expect(html).toMatch(/name="verdict" value="2" checked/);
  });

  test('works over the API by number, once', async () => {
    const { path } = await handIn({ answer: answerText });
    const appeal = { kind: 'misconception', ordinal: 1, reason: 'I asked a question.' };
    const first = await visitor.json(`/api${path}/appeals`, appeal);
    expect([first.status, await first.json()]).toMatchObject([
      201,
      { appeals: [{ kind: 'misconception', ordinal: 1, status: 'open' }] },
    ]);
    const second = await visitor.json(`/api${path}/appeals`, appeal);
    expect([second.status, await second.json()]).toMatchObject([409, { error: { code: 'contested-before' } }]);
    const none = await visitor.json(`/api${path}/appeals`, { ...appeal, ordinal: 9 });
    expect([none.status, await none.json()]).toMatchObject([422, { error: { code: 'input-invalid' } }]);
    const stranger = await newVisitor().json(`/api${path}/appeals`, appeal);
    expect(stranger.status).toBe(404);
  });
});

describe('the reveal', () => {
  test("lays reference and rubric beside the learner's own words, part by part", async () => {
    const { path } = await handIn({ answer: answerText });
    await visitor.post(`${path}/reveal`);
    const html = await read(path);
    const text = textOf(html.slice(html.indexOf('id="reveal-title"')));
    expect(text).toMatch(
      /What exactly is trained\? 2 points Right You wrote Both factors are trained It looks for Names both/,
    );
    expect(text).toMatch(/How many parameters is that\? 3 points Missing You wrote Nothing in your answer on this\./);
    expect(text).toContain('You have revealed the answer.');
  });

  test('of a choice explains every option, and marks the one that was picked', async () => {
    const { path, html } = await handIn({ answer: whyText, option: '1' }, 'kl-choice');
    expect(textOf(html)).not.toContain('More steps drift further.');
    await visitor.post(`${path}/reveal`);
    const text = textOf(await read(path));
    expect(text).toMatch(/Train longer Wrong Your choice More steps drift further\. Raise the KL penalty Right/);
  });

  test('is what to do next once the tries are used', async () => {
    await handIn({ answer: answerText });
    const { html } = await handIn({ answer: `${answerText} More.` });
    expect(html).toMatch(/class="primary">\s*Show me the answer/);
    expect(textOf(html)).toContain('All 2 tries are used; further ones are practice.');
  });
});

test('the API takes a prediction by number and gives it back', async () => {
  const prediction = { covered: [1, 3], sure: 0.5 };
  const response = await visitor.json('/api/attempts', { item: 'lora-count', answer: answerText, prediction });
  expect(response.status).toBe(202);
  const attempt: unknown = await (await visitor.get(locationOf(response))).json();
  expect(attempt).toMatchObject({ prediction });
  for (const wrong of [{ covered: [9], sure: 0.5 }, { covered: [1] }, { covered: ['both-factors'], sure: 1 }]) {
    const refused = await visitor.json('/api/attempts', { item: 'lora-count', answer: answerText, prediction: wrong });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('prediction')]);
  }
});
