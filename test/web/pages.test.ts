import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { answerText, scriptJudge, someMet, unreachable, whyText } from './scripted-judge.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

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
  visitor = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
});

/** Hands in and waits for the grade, as a page that loads itself again would. */
async function handIn(fields: Record<string, string>, item = 'lora-count'): Promise<{ path: string; html: string }> {
  const path = locationOf(await visitor.post(`/items/${item}/attempts`, fields));
  for (;;) {
    const html = await (await visitor.get(path)).text();
    if (!html.includes('sse-connect')) return { path, html };
  }
}

describe('finding a question', () => {
  test('with one course the start page leads straight to it', async () => {
    const response = await visitor.get('/');
    expect([response.status, locationOf(response)]).toEqual([302, '/courses/demo']);
  });

  test('the course lists its chapters and items, and a chapter without items says so', async () => {
    const text = textOf(await (await visitor.get('/courses/demo')).text());
    for (const words of [
      'Adapters',
      'Counting adapter parameters',
      'A drifting policy',
      'Not tried yet',
      'still being written',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('the course says how it goes and leads in: to its first question, then to the one that was begun', async () => {
    const begin = async (): Promise<string | undefined> =>
      /<a class="button primary" href="([^"]*)">/.exec(await (await visitor.get('/courses/demo')).text())?.[1];
    expect(textOf(await (await visitor.get('/courses/demo')).text())).toContain('explain it in your own words');
    expect(await begin()).toBe('/items/lora-count');
    await handIn({ answer: whyText, option: '1', key: 'begun' }, 'kl-choice');
    expect(await begin()).toBe('/items/kl-choice');
    await handIn({ answer: whyText, option: '2', key: 'whole' }, 'kl-choice');
    expect(await begin()).toBe('/items/lora-count');
  });

  test('looking around makes nobody a learner', async () => {
    for (const path of ['/courses/demo', '/items/lora-count', '/courses/demo/answers', '/courses/demo/spot']) {
      expect((await visitor.get(path)).status).toBe(200);
    }
    expect(visitor.cookie()).toBe('');
  });

  test('the item says what a full answer covers and who will read it, before anything is handed in', async () => {
    const html = await (await visitor.get('/items/lora-count')).text();
    const text = textOf(html);
    expect(text).toContain('What exactly is trained?');
    expect(text).toContain('The model scripted, run by this server.');
    expect(html).toContain('<math');
  });

  test.each([
    '/nowhere',
    '/courses/none',
    '/courses/none/answers',
    '/courses/demo/answers/9',
    '/items/none',
    '/attempts/x',
    '/trials/00000000-0000-4000-8000-000000000000',
  ])('%s is a page that says there is nothing', async (path) => {
    const response = await visitor.get(path);
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(html).toContain('There is nothing at this address');
    expect(html).toContain('href="/courses/demo/spot"');
  });
});

describe('handing in', () => {
  test('leads to the attempt, which waits for the grade by itself and then shows it marked up', async () => {
    let open = (): void => undefined;
    script.gate = new Promise((resolve) => {
      open = resolve;
    });
    const response = await visitor.post('/items/lora-count/attempts', { answer: answerText, key: 'one' });
    expect(response.status).toBe(303);
    const path = locationOf(response);
    const waiting = await (await visitor.get(path)).text();
    expect(waiting).toContain('<noscript><meta http-equiv="refresh" content="2"');
    expect(waiting).toContain(`sse-connect="/api${path}/events"`);
    open();
    const { html } = await handIn({ answer: answerText, key: 'one' });
    expect(html).not.toContain('http-equiv="refresh"');
    expect(html).toMatch(/<mark class="mark mark-met[^>]*>Both factors are trained<\/mark>/);
    expect(html).toMatch(/<mark class="mark mark-wrong-turn[^>]*>only one matrix counts<\/mark>/);
    expect(html).toContain('&lt;b&gt;twice&lt;/b&gt;');
    const text = textOf(html);
    expect(text).toContain('2 of 6');
    expect(text).toContain('Look again at how many matrices are trained.');
    expect(text).toContain('Multiply the shapes.');
    expect(text).not.toContain('Add up what you have');
  });

  test('twice by a double click makes one attempt; the same page with other words makes another', async () => {
    const first = locationOf(await visitor.post('/items/lora-count/attempts', { answer: answerText, key: 'same' }));
    const again = locationOf(await visitor.post('/items/lora-count/attempts', { answer: answerText, key: 'same' }));
    const other = locationOf(
      await visitor.post('/items/lora-count/attempts', { answer: `${answerText} Yes.`, key: 'same' }),
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(other).toMatch(/^\/attempts\//);
  });

  test('twice by a double click from a browser without a cookie makes one learner with one attempt', async () => {
    const app = createApp({ deps: tutor.deps, limits: {} });
    const form = await (await createVisitor(app).get('/items/lora-count')).text();
    const visit = /name="visit" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const sent = { answer: answerText, key: 'first lora-count', visit };
    // Neither reply has come when the other is sent, so neither brings a cookie.
    const [one, two] = [createVisitor(app), createVisitor(app)];
    const handInAt = async (browser: Visitor): Promise<string> =>
      locationOf(await browser.post('/items/lora-count/attempts', sent));
    const [first, second] = await Promise.all([handInAt(one), handInAt(two)]);
    expect(first).toMatch(/^\/attempts\//);
    expect(second).toBe(first);
    expect(one.cookie()).not.toBe('');
    expect(two.cookie()).toBe(one.cookie());
    expect((await one.get(first)).status).toBe(200);
    // With a cookie the form has nothing to tell browsers apart by.
    expect(await (await one.get('/items/lora-count')).text()).not.toContain('name="visit"');
  });

  test('line breaks are kept as the learner made them, so quotes stay in place', async () => {
    const { html } = await handIn({ answer: 'One line.\r\nBoth factors are trained.', key: 'lines' });
    expect(html).toContain('One line.\n<mark');
  });

  test('too long an answer comes back with its length, the limit and the text', async () => {
    const response = await visitor.post('/items/lora-count/attempts', { answer: 'ä'.repeat(9_001), key: 'long' });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('9001 characters; the most is 8000');
    expect(html).toContain('ä'.repeat(9_001));
    expect(html).toContain('aria-invalid="true"');
  });

  test('the longest answer fits in any alphabet', async () => {
    const response = await visitor.post('/items/lora-count/attempts', { answer: '語'.repeat(8_000), key: 'wide' });
    expect(response.status).toBe(303);
  });

  test('a choice without a pick is asked for it, with the why kept', async () => {
    const response = await visitor.post('/items/kl-choice/attempts', { answer: whyText, key: 'nopick' });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('Pick one of the options 1 to 2.');
    expect(html).toContain(whyText);
  });

  test('a choice without a why is asked once, and goes alone where that is meant', async () => {
    const blank = { answer: ' ', option: '2', key: 'nowhy' };
    const asked = await visitor.post('/items/kl-choice/attempts', blank);
    const html = await asked.text();
    expect(asked.status).toBe(422);
    expect(textOf(html)).toContain('You have not said why.');
    expect(html).toMatch(/<input[^>]*name="option" value="2"[^>]*checked/);
    expect(html).toContain('name="alone"');
    // Something else is wrong too: what was said of the why is not asked again.
    const ticked = await visitor.post('/items/kl-choice/attempts', { ...blank, alone: 'yes', 'covered-1': 'on' });
    expect(await ticked.text()).toMatch(/<input[^>]*name="alone"[^>]*checked/);
    expect((await visitor.post('/items/kl-choice/attempts', { ...blank, alone: 'yes' })).status).toBe(303);
  });

  test('the choice stands first at a glance, right or not', async () => {
    const glanceOf = (html: string): string => textOf(/<ul class="glance"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '').trim();
    const right = await handIn({ answer: whyText, option: '2', key: 'glance-right' }, 'kl-choice');
    expect(glanceOf(right.html)).toMatch(/^Choice\s+the right choice/);
    const wrong = await handIn({ answer: whyText, option: '1', key: 'glance-wrong' }, 'kl-choice');
    expect(glanceOf(wrong.html)).toMatch(/^Choice\s+not the right choice/);
  });

  test('a choice is graded in two tiers', async () => {
    const { html } = await handIn({ answer: whyText, option: '2', key: 'pick' }, 'kl-choice');
    const text = textOf(html);
    expect(text).toContain('3 of 3');
    expect(text).toMatch(/\S {1,2}the right choice/);
  });

  test('an empty answer is sent back with the reason and costs no try', async () => {
    const { html } = await handIn({ answer: '  ', key: 'empty' });
    const text = textOf(html);
    expect(text).toContain('There are no words to grade in it.');
    expect(text).toContain('No try was used.');
  });

  test('what could not be graded says why, is kept, and can be graded again', async () => {
    script.next = unreachable;
    const { path, html } = await handIn({ answer: answerText, key: 'dead' });
    expect(textOf(html)).toContain('did not answer in time. ');
    expect(html).toContain('&lt;b&gt;twice&lt;/b&gt;');
    script.next = someMet;
    expect(locationOf(await visitor.post(`${path}/retry`))).toBe(path);
    let after = html;
    while (!after.includes('data-status="graded"')) after = await (await visitor.get(path)).text();
    expect(textOf(after)).toContain('2 of 6');
  });

  test('the next try starts from the last text, and past attempts are listed', async () => {
    const { path } = await handIn({ answer: answerText, key: 'first' });
    const html = await (await visitor.get('/items/lora-count')).text();
    expect(html).toContain('only one matrix counts &lt;b&gt;twice&lt;/b&gt;.</textarea>');
    expect(html).toContain(`href="${path}"`);
    expect(textOf(html)).toContain('1 of 2 used');
  });

  test('an item nobody wrote takes no answer and makes nobody a learner', async () => {
    expect((await visitor.post('/items/none/attempts', { answer: 'x' })).status).toBe(404);
    expect(visitor.cookie()).toBe('');
  });
});

describe('revealing and reading', () => {
  test('the reveal shows reference, criteria and wrong turns, and later tries are practice', async () => {
    const { path, html } = await handIn({ answer: answerText, key: 'reveal' });
    expect(html).not.toContain('Two low-rank factors are trained');
    expect(locationOf(await visitor.post(`${path}/reveal`))).toBe(`${path}#reveal-title`);
    const text = textOf(await (await visitor.get(path)).text());
    for (const words of [
      'Two low-rank factors are trained',
      'Gives 131,072.',
      'You took this one',
      'the count doubles',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain('This one is practice');
    const item = await (await visitor.get('/items/lora-count')).text();
    expect(textOf(item)).toContain('You have revealed the answer to this question');
    expect(item).toContain('href="/courses/demo/answers/1?open=lora-count#lora-count"');
    const chapter = textOf(await (await visitor.get('/courses/demo/answers/1')).text());
    expect(chapter).toContain('Answer revealed');
    expect(chapter).toContain('the count doubles');
  });

  test('the offer to reveal warns that tries end only while tries remain', async () => {
    const first = textOf((await handIn({ answer: answerText, key: 'warn-1' })).html);
    const last = textOf((await handIn({ answer: `${answerText} Yes.`, key: 'warn-2' })).html);
    expect(first).toContain('From then on, tries at this question are practice');
    expect(last).toContain('Show me the answer');
    expect(last).not.toContain('From then on');
  });

  test('the list of answers invites to try first and opens nothing', async () => {
    const text = textOf(await (await visitor.get('/courses/demo/answers')).text());
    expect(text).toContain('Try a question before you read its answer');
    expect(text).not.toContain('Two low-rank factors');
  });
});

describe("another learner's attempt", () => {
  test('looks exactly like one that does not exist, whatever is asked of it', async () => {
    const { path } = await handIn({ answer: answerText, key: 'mine' });
    const stranger = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
    await stranger.post('/items/lora-count/attempts', { answer: 'Something else.', key: 'theirs' });
    const missing = '/attempts/00000000-0000-4000-8000-000000000000';
    for (const [own, none] of [
      [await stranger.get(path), await stranger.get(missing)],
      [await stranger.post(`${path}/reveal`), await stranger.post(`${missing}/reveal`)],
      [await stranger.post(`${path}/retry`), await stranger.post(`${missing}/retry`)],
    ] as const) {
      expect(own.status).toBe(404);
      expect(await own.text()).toBe(await none.text());
    }
    expect(textOf(await (await visitor.get(path)).text())).not.toContain('You took this one');
  });
});
