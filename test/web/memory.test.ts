import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { answerText, scriptJudge, someMet, whyText } from './scripted-judge.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const { judge, script } = scriptJudge();
let tutor: TestTutor;
let app: ReturnType<typeof createApp>;
let now: Date;
let visitor: Visitor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge });
  tutor.deps.now = () => now;
  // No luck in what a mix draws.
  tutor.deps.random = () => 0;
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(() => {
  script.next = someMet;
  now = new Date('2026-03-02T09:00:00Z');
  app = createApp({ deps: tutor.deps, limits: {} });
  visitor = createVisitor(app);
});

function wait(ms: number): void {
  now = new Date(now.getTime() + ms);
}

/** Hands in and waits for the grade, as a page that loads itself again would; gives the attempt's address. */
async function handIn(item: 'lora-count' | 'kl-choice' = 'lora-count', by = visitor): Promise<string> {
  const fields =
    item === 'kl-choice'
      ? { answer: whyText, option: '2', key: now.toISOString() }
      : { answer: answerText, key: now.toISOString() };
  const path = locationOf(await by.post(`/items/${item}/attempts`, fields));
  expect(path).toMatch(/^\/attempts\//);
  while ((await (await by.get(path)).text()).includes('sse-connect'));
  wait(60_000);
  return path;
}

async function read(path: string, by = visitor): Promise<string> {
  const response = await by.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return textOf(await response.text());
}

function practise(choose: string, most = '5'): Promise<Response> {
  return visitor.post('/courses/demo/practise', { choose, most });
}

describe('choosing what to practise', () => {
  test.each(['chapter:1', 'concept:adapters', 'mix'])('a newcomer may take %s', async (choose) => {
    const started = await practise(choose);
    expect(started.status).toBe(303);
    expect(locationOf(started)).toMatch(/^\/items\/(lora-count|kl-choice)$/);
    expect(await read(locationOf(started))).toContain('Question 1 of 2');
  });

  test.each(['due', 'mistakes', 'weakest', 'chapter:2', 'chapter:9', 'concept:none', 'chapter:../1', '', 'all'])(
    'where "%s" finds nothing, it is said and no session begins',
    async (choose) => {
      const refused = await practise(choose);
      expect(refused.status).toBe(422);
      expect(textOf(await refused.text())).toContain('There is nothing to practise there just now');
      expect(await read('/courses/demo/practise')).not.toContain('You left a session');
    },
  );

  test('what was missed is offered at once, what is due when its day has come, with the parts missed', async () => {
    await handIn();
    const today = await read('/courses/demo/practise');
    expect(today).toContain('1 question of which you missed a part.');
    expect(today).toContain('1 question you have answered, but with points missing, with a hint, or some time ago.');
    expect(today).toContain('Nothing is due. The next question comes back on');
    expect((await practise('due')).status).toBe(422);
    for (const choose of ['mistakes', 'weakest']) {
      expect(locationOf(await practise(choose))).toBe('/items/lora-count');
    }
    wait(2 * DAY_MS);
    expect(await read('/courses/demo/practise')).toContain('1 question comes back today');
    expect(locationOf(await practise('due'))).toBe('/items/lora-count');
    const item = await read('/items/lora-count');
    expect(item).toContain('Question 1 of 1');
    expect(item).toContain('Last time, before any hint, you missed this.');
    // What is due is said from memory: the last answer is not put in front of it.
    expect(await (await visitor.get('/items/lora-count')).text()).not.toContain('counts &lt;b&gt;twice');
  });

  test('a course nobody wrote is not there, and looking makes nobody a learner', async () => {
    expect((await visitor.get('/courses/none/practise')).status).toBe(404);
    expect((await visitor.post('/courses/none/practise', { choose: 'mix' })).status).toBe(404);
    for (const page of ['practise', 'progress', 'history']) await read(`/courses/demo/${page}`);
    expect(visitor.cookie()).toBe('');
  });
});

describe('a session', () => {
  async function begin(): Promise<{ session: string; first: string; second: string }> {
    const first = locationOf(await practise('chapter:1')).slice('/items/'.length);
    const html = await (await visitor.get(`/items/${first}`)).text();
    const session = /action="(\/sessions\/[^"]+)\/next"/.exec(html)?.[1] ?? '';
    return { session, first, second: first === 'lora-count' ? 'kl-choice' : 'lora-count' };
  }

  test('goes from question to question, and says at its end what came of each', async () => {
    const { session, first, second } = await begin();
    const attempt = await handIn(first === 'lora-count' ? 'lora-count' : 'kl-choice');
    expect(await read(attempt)).toContain('Next question');
    const onward = await visitor.post(`${session}/next`, { item: first });
    expect([onward.status, locationOf(onward)]).toEqual([303, `/items/${second}`]);
    // The same button pressed twice is one step.
    expect(locationOf(await visitor.post(`${session}/next`, { item: first }))).toBe(`/items/${second}`);
    expect(await read(`/items/${second}`)).toContain('Question 2 of 2');
    expect(await read('/courses/demo/practise')).toContain('You left a session at question 2 of 2');
    expect(await read(session)).toContain('Go on with question 2 of 2');
    expect(locationOf(await visitor.post(`${session}/next`, { item: second }))).toBe(session);
    const over = await read(session);
    expect(over).toContain('You answered 1 of 2 questions.');
    expect(over).toContain('Skipped');
    expect(over).toContain('Comes back');
    expect(await read(`/items/${second}`)).not.toContain('Question 2 of 2');
  });

  test('goes on with what is not answered yet, and may be left at any question', async () => {
    const { session, first, second } = await begin();
    const page = await (await visitor.get(`/items/${first}`)).text();
    expect(page).toContain(`<a href="${session}">Stop here</a>`);
    expect(page).toMatch(/aria-current="true">\s*Practise/);
    await handIn(first === 'lora-count' ? 'lora-count' : 'kl-choice');
    const overview = await (await visitor.get(session)).text();
    expect(overview).toContain(`href="/items/${second}">Go on with question 2 of 2`);
    expect(textOf(overview)).toContain('Not answered yet');
    expect(await read('/courses/demo/practise')).toContain('You left a session at question 2 of 2');
  });

  test('asks again for what was sent back before it goes on, and keeps other questions out of the way', async () => {
    const { session } = await begin();
    const answer = { answer: ' ', key: 'blank' };
    const sentBack = locationOf(await visitor.post('/items/lora-count/attempts', answer));
    while ((await (await visitor.get(sentBack)).text()).includes('sse-connect'));
    const page = await read(sentBack);
    expect(page).toContain('Sent back');
    expect(page).toContain('Skip this one');
    expect(page).not.toContain('Next question');
    expect(await read(session)).toContain('You answered 0 of 2 questions.');
    expect(await read('/courses/demo/history')).toContain('no try used');
    const html = await (await visitor.get(await handIn())).text();
    expect(html).toContain('Next question');
    expect(html).toMatch(/aria-current="true">\s*Practise/);
    expect(html).not.toContain('Questions worth doing after this one');
    expect(await read('/courses/demo/history')).toContain('try 1');
    await practise('concept:adapters', '1');
    const single = (await practise('chapter:1', '1').then(locationOf)).slice('/items/'.length);
    const outside = single === 'lora-count' ? 'kl-choice' : 'lora-count';
    const alone = await (await visitor.get(`/items/${outside}`)).text();
    expect(alone).toContain('Questions worth doing after this one');
    expect(alone).toMatch(/aria-current="true">\s*Questions/);
  });

  test('is nobody else’s', async () => {
    const { session, first } = await begin();
    const stranger = createVisitor(app);
    for (const path of [session, '/sessions/x']) {
      expect((await stranger.get(path)).status).toBe(404);
      expect((await stranger.post(`${path}/next`, { item: first })).status).toBe(404);
    }
    expect((await visitor.post(`${session}/next`, { item: 'another' })).status).toBe(404);
  });
});

describe('progress', () => {
  test('says what was shown, what is unknown, and what comes back with which parts', async () => {
    expect(await read('/courses/demo/progress')).toContain('Nothing has been handed in yet.');
    await handIn();
    const page = await read('/courses/demo/progress');
    expect(page).toContain('You have answered 1 of 2 questions so far.');
    expect(page).toContain('Missed: How many parameters is that?');
    expect(page).toContain('1 of 2 answered; it earned 33 % of its points');
    wait(2 * DAY_MS);
    expect(await read('/courses/demo/progress')).toContain('1 question is due now.');
    await visitor.post('/yours/name', { name: ' Mira ' });
    expect(await read('/courses/demo/progress')).toContain('Mira’s progress');
  });

  test('says how the drill went, and that it is apart', async () => {
    expect(await read('/courses/demo/progress')).toContain('You have not tried it yet.');
    const turn = locationOf(await visitor.post('/courses/demo/spot'));
    await visitor.post(turn.split('#')[0] ?? '', { call: 'none' });
    expect(await read('/courses/demo/progress')).toMatch(
      /In 1 turn you (spotted 0 of 1 mistake|took 0 of 1 right answer for wrong)\. This is not in the squares above/,
    );
  });

  test('the history lists every attempt by the page; a page that is not there is the nearest one', async () => {
    const attempt = await handIn();
    await tutor.deps.database.executeSql(
      `insert into attempts select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', null,
       'created_at', a.created_at - n * interval '1 day'))).* from attempts a, generate_series(1, 30) n where id = $1`,
      [attempt.split('/')[2]],
    );
    const first = await read('/courses/demo/history');
    expect(first).toContain('31 attempts, newest first.');
    expect(first).toContain('Page 1 of 2');
    expect(await (await visitor.get('/courses/demo/history')).text()).toContain(attempt);
    const last = await (await visitor.get('/courses/demo/history?page=2')).text();
    expect(last).toContain('Page 2 of 2');
    expect(last.split('class="row"')).toHaveLength(7);
    for (const page of ['99', '1e99', '-3', 'x']) {
      expect(await read(`/courses/demo/history?page=${page}`)).toMatch(page === '99' ? 'Page 2 of 2' : 'Page 1 of 2');
    }
  });
});

describe('taking it away', () => {
  const file = async (response: Response): Promise<{ name: string; type: string; text: string }> => ({
    name: /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '',
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  });

  test('everything as JSON, the attempts as CSV, for nobody’s cache', async () => {
    await handIn();
    await practise('mix');
    const response = await visitor.get('/yours/everything.json');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const json = await file(response);
    expect([json.name, json.type]).toEqual(['viva.json', 'application/json']);
    expect(JSON.parse(json.text)).toMatchObject({
      format: 'viva-learner-1',
      attempts: [{ item: 'lora-count', answer: answerText, points: { low: 2, max: 6 } }],
      sessions: [{ course: 'demo', position: 0 }],
      memory: [{ item: 'lora-count' }],
    });
    const csv = await file(await visitor.get('/yours/attempts.csv'));
    expect([csv.name, csv.type]).toEqual(['viva-attempts.csv', 'text/csv; charset=utf-8']);
    expect(parse(csv.text, { bom: true, columns: true })).toMatchObject([{ item: 'lora-count', answer: answerText }]);
  });

  test('flashcards only of what was seen; all of them after a page that says what it costs', async () => {
    const attempt = await handIn();
    const none = await file(await visitor.get('/courses/demo/flashcards'));
    expect([none.name, none.type]).toEqual(['viva-anki.txt', 'text/plain; charset=utf-8']);
    const notes = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(notes(none.text)).toEqual([]);
    await visitor.post(`${attempt}/reveal`);
    const seen = await file(await visitor.get('/courses/demo/flashcards'));
    expect(notes(seen.text)).toHaveLength(1);
    expect(notes(seen.text)[0]?.split('\t')[0]).toBe('viva-demo-lora-count');
    expect(seen.text).toContain('\\(d = 4096\\)');
    // Neither the way there nor the page itself marks anything.
    expect(await (await visitor.get('/yours')).text()).toContain('href="/courses/demo/flashcards/all"');
    for (const path of ['/courses/demo/flashcards/all', '/courses/demo/flashcards/all?done']) {
      const asked = await visitor.get(path);
      expect(asked.headers.get('refresh')).toBeNull();
      expect(textOf(await asked.text())).toContain('So far 1 of 2 questions count as seen. With this download 1 more');
    }
    expect(await read('/items/kl-choice')).not.toContain('You have seen the answer');
    const said = await visitor.post('/courses/demo/flashcards');
    expect([said.status, locationOf(said)]).toEqual([303, '/courses/demo/flashcards/all?done']);
    const done = await visitor.get(locationOf(said));
    expect(done.headers.get('refresh')).toBe('0; url=/courses/demo/flashcards');
    expect(textOf(await done.text())).toContain('All 2 questions count as seen. Done.');
    const all = await file(await visitor.get('/courses/demo/flashcards'));
    expect(notes(all.text)).toHaveLength(2);
    expect(await read('/items/kl-choice')).toContain('You have seen the answer');
    expect(await read('/yours')).toContain('All 2 questions count as seen');
    expect((await visitor.get('/courses/demo/flashcards/all')).headers.get('refresh')).toBeNull();
  });

  test('a course that keeps its answers back has no way to all its flashcards', async () => {
    const [loaded] = tutor.deps.content.courses;
    const course = { ...loaded!.course, answers: 'after-reveal' as const };
    const content = { courses: [{ ...loaded!, course }], evalSets: [] };
    const kept = createVisitor(createApp({ deps: { ...tutor.deps, content }, limits: {} }));
    expect((await kept.get('/courses/demo/flashcards/all')).status).toBe(404);
    expect((await kept.post('/courses/demo/flashcards')).status).toBe(404);
    expect(kept.cookie()).toBe('');
  });

  test('a visitor has nothing to take', async () => {
    for (const path of ['/yours/everything.json', '/yours/attempts.csv', '/courses/demo/flashcards']) {
      expect(locationOf(await visitor.get(path))).toBe('/yours');
    }
    expect((await visitor.post('/courses/none/flashcards')).status).toBe(404);
    expect(visitor.cookie()).toBe('');
  });
});

describe('another device', () => {
  async function makeCode(): Promise<string> {
    const page = await (await visitor.post('/yours/code')).text();
    return /<p class="code"[^>]*>\s*([2-9A-Z]{4} [2-9A-Z]{4})/.exec(page)?.[1] ?? '';
  }

  test('takes everything over by a code, and adds what it had of its own', async () => {
    const mine = await handIn();
    const code = await makeCode();
    expect(code).not.toBe('');
    const other = createVisitor(app);
    const theirs = await handIn('kl-choice', other);
    expect(await read('/carry', other)).toContain('This browser has 1 attempt of its own.');
    const carried = await other.post('/carry', { code: code.toLowerCase() });
    expect([carried.status, locationOf(carried)]).toEqual([303, '/yours?added=1']);
    expect(await read('/yours?added=1', other)).toContain('1 attempt it had of its own was added');
    for (const device of [visitor, other]) {
      for (const attempt of [mine, theirs]) await read(attempt, device);
    }
    expect(other.cookie()).not.toBe(visitor.cookie());
    // The next answer of either is on both.
    await handIn('lora-count', other);
    expect(await read('/courses/demo/history')).toContain('3 attempts');
  });

  test('is told when a code does not work: mistyped, used, expired, or already here', async () => {
    await handIn();
    const device = createVisitor(app);
    const refused = async (code: string, by = device): Promise<string> => {
      const response = await by.post('/carry', { code });
      expect(response.status).toBe(422);
      const html = await response.text();
      // What was typed is there to be mended.
      expect(html).toContain(`value="${code}"`);
      return textOf(html);
    };
    expect(await refused('ABCD EFGH')).toContain('That is not a code that works now.');
    expect(await refused('')).toContain('That is not a code that works now.');
    const expired = await makeCode();
    wait(11 * 60_000);
    expect(await refused(expired)).toContain('older than ten minutes');
    const code = await makeCode();
    expect(await refused(code, visitor)).toContain('This device has those answers already.');
    expect((await device.post('/carry', { code })).status).toBe(303);
    expect(await refused(code, createVisitor(app))).toContain('used already');
  });

  test('may not guess for long', async () => {
    const strict = createVisitor(createApp({ deps: tutor.deps, limits: { codesPerTenMinutes: 2 } }));
    const statuses = [];
    for (const code of ['AAAA AAAA', 'BBBB BBBB', 'CCCC CCCC']) {
      statuses.push((await strict.post('/carry', { code })).status);
    }
    expect(statuses).toEqual([422, 422, 429]);
  });

  test('a visitor has no code to give', async () => {
    expect(locationOf(await visitor.post('/yours/code'))).toBe('/yours');
    expect(await read('/yours')).toContain('Nothing is kept of you yet');
  });
});

describe('your data', () => {
  test('every page that speaks of all of it names the drill too', async () => {
    await handIn();
    for (const path of ['/yours', '/yours/delete']) {
      expect(await read(path)).toMatch(/drill turns/);
    }
    expect(await read('/yours')).toContain('your 1 attempt, graded or sent back, what you have read, your sessions');
  });

  test('a name is shown, and taken away by leaving it empty', async () => {
    await handIn();
    expect(locationOf(await visitor.post('/yours/name', { name: 'Mira <b>' }))).toBe('/yours');
    expect(await (await visitor.get('/yours')).text()).toContain('<h1>Mira &lt;b&gt;</h1>');
    await visitor.post('/yours/name', { name: '' });
    expect(await (await visitor.get('/yours')).text()).toContain('<h1>Your data</h1>');
  });

  test('is deleted once one has said so twice, and nothing of it is found again', async () => {
    const attempt = await handIn();
    const asked = await read('/yours/delete');
    expect(asked).toContain('1 attempt with its grades');
    await read(attempt);
    const cookie = visitor.cookie();
    const erased = await visitor.post('/yours/delete');
    expect([erased.status, locationOf(erased)]).toEqual([303, '/yours?deleted']);
    expect(erased.headers.get('clear-site-data')).toBe('"storage"');
    expect(await read('/yours?deleted')).toContain('Everything is deleted. You are a visitor again.');
    expect((await visitor.get(attempt)).status).toBe(404);
    // Nor by whoever kept the cookie.
    const [name = '', token = ''] = cookie.split('=');
    const back = await app.request(attempt, { headers: { cookie: `${name}=${token}` } });
    expect(back.status).toBe(404);
    expect(await read('/courses/demo/progress')).toContain('Nothing has been handed in yet.');
    expect(locationOf(await visitor.post('/yours/delete'))).toBe('/yours?deleted');
  });

  test('cannot be deleted from another site', async () => {
    const attempt = await handIn();
    const headers = { cookie: visitor.cookie(), 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };
    const forged = await app.request('/yours/delete', { method: 'POST', headers, body: new FormData() });
    expect(forged.status).toBe(403);
    await read(attempt);
  });
});
