import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import type { WebLimits } from '../../src/web/limits.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { answerText, scriptJudge } from './scripted-judge.ts';
import { createVisitor, locationOf } from './visitor.ts';

let tutor: TestTutor;
const logged: object[] = [];
beforeAll(async () => {
  tutor = await openTestTutor({ judge: scriptJudge().judge });
  tutor.deps.log = { info: () => undefined, warn: () => undefined, error: (fields) => logged.push(fields) };
});
afterAll(async () => {
  await tutor.close();
});

function app(limits: Partial<WebLimits> = {}): ReturnType<typeof createApp> {
  return createApp({ deps: tutor.deps, limits });
}

function form(fields: Record<string, string>): { method: string; body: FormData } {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return { method: 'POST', body };
}

const few = { learner: 2, address: 100 };

describe('headers', () => {
  test('every reply, errors and assets included, allows nothing from elsewhere and nothing inline', async () => {
    const asset = /href="(\/assets\/[^"]+\.css)"/.exec(await (await app().request('/courses/demo')).text())?.[1] ?? '';
    expect(asset).toMatch(/viva\.css$/);
    for (const path of ['/courses/demo', '/nowhere', '/api/items', '/healthz', asset]) {
      const { headers } = await app().request(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  test('pages hold no inline script, style or handler', async () => {
    for (const path of [
      '/courses/demo',
      '/items/lora-count',
      '/items/kl-choice',
      '/courses/demo/answers/1',
      '/courses/demo/spot',
    ]) {
      const html = await (await app().request(path)).text();
      expect(html).not.toMatch(/<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=/);
      expect([...html.matchAll(/(?:src|href)="(https?:)?\/\//g)]).toEqual([]);
    }
  });

  test("a learner's page is kept by nobody between, an asset by everybody for good while its address is current", async () => {
    const page = await app().request('/items/lora-count');
    expect(page.headers.get('cache-control')).toBe('private, no-cache');
    const asset = /src="(\/assets\/[^"]+viva\.js)"/.exec(await page.text())?.[1] ?? '';
    expect((await app().request(asset)).headers.get('cache-control')).toContain('immutable');
    const old = await app().request('/assets/older/viva.js');
    expect([old.status, old.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect((await app().request('/assets/x/nothing.js')).status).toBe(404);
  });

  test('all scripts together stay under 60 kB on the wire, a page under 100 kB', async () => {
    const html = await (await app().request('/courses/demo/answers/1')).text();
    expect(html.length).toBeLessThan(100_000);
    let bytes = 0;
    for (const [, path = ''] of html.matchAll(/<script src="([^"]+)"/g)) {
      const packed = await app().request(path, { headers: { 'accept-encoding': 'gzip' } });
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      bytes += (await packed.arrayBuffer()).byteLength;
    }
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(60_000);
  });
});

describe('the cookie', () => {
  test('is random, out of reach of scripts, sent to nobody else, and Secure where the visitor came by https', async () => {
    const plain = await app().request('/items/lora-count/attempts', {
      ...form({ answer: answerText }),
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    const cookie = plain.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^viva_learner=[\w-]{43};/);
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=34560000']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Secure');
    const secure = await app().request('https://viva.test/items/lora-count/attempts', {
      ...form({ answer: answerText }),
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect(secure.headers.get('set-cookie')).toContain('Secure');
  });

  test('behind a proxy https is believed only where the operator said so', async () => {
    const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-proto': 'https' };
    const handIn = { ...form({ answer: answerText }), headers };
    const trusting = await app({ trustProxy: true }).request('/items/lora-count/attempts', handIn);
    expect(trusting.headers.get('set-cookie')).toContain('Secure');
    const wary = await app().request('/items/lora-count/attempts', handIn);
    expect(wary.headers.get('set-cookie')).not.toContain('Secure');
  });

  test('a made-up cookie is nobody, and is replaced at the first answer', async () => {
    const response = await app().request('/items/lora-count/attempts', {
      ...form({ answer: answerText }),
      headers: { 'sec-fetch-site': 'same-origin', cookie: 'viva_learner=made-up' },
    });
    expect(response.headers.get('set-cookie')).toMatch(/^viva_learner=[\w-]{43};/);
  });
});

describe('requests from other sites', () => {
  test.each([
    ['another site by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['another site by Origin', { origin: 'https://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nowhere at all', {}],
  ])('a form from %s is refused and stores nothing', async (_name, headers) => {
    for (const path of ['/items/lora-count/attempts', '/courses/demo/spot', '/attempts/x/reveal']) {
      const response = await app().request(path, { ...form({ answer: answerText }), headers });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('did not come from this page');
      expect(response.headers.get('set-cookie')).toBeNull();
    }
  });

  test('the API refuses what a foreign form could send, in JSON', async () => {
    const response = await app().request('/api/attempts', {
      method: 'POST',
      body: JSON.stringify({ item: 'lora-count', answer: answerText }),
      headers: { 'content-type': 'text/plain', origin: 'https://evil.test' },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'cross-site' } });
  });

  test('an older browser that sends only its own Origin may hand in', async () => {
    const headers = { origin: 'http://localhost' };
    const response = await app().request('http://localhost/items/lora-count/attempts', {
      ...form({ answer: 'x y z' }),
      headers,
    });
    expect(response.status).toBe(303);
  });
});

describe('too much', () => {
  test('a body over 64 kB is refused with the limit, by page and by API', async () => {
    const big = 'x'.repeat(70_000);
    const page = await app().request('/items/lora-count/attempts', {
      ...form({ answer: big }),
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect([page.status, (await page.text()).includes('64 kilobytes')]).toEqual([413, true]);
    const visitor = createVisitor(app());
    const api = await visitor.json('/api/attempts', { item: 'lora-count', answer: big });
    expect([api.status, await api.json()]).toMatchObject([413, { error: { code: 'too-large' } }]);
  });

  test('who hands in faster than anybody writes is asked to wait, with the text kept in the form', async () => {
    const visitor = createVisitor(app({ writesPerMinute: few }));
    for (const key of ['1', '2', '3'])
      await visitor.post('/items/lora-count/attempts', { answer: `${answerText} ${key}`, key });
    const response = await visitor.post('/items/lora-count/attempts', { answer: 'My long-pondered words.', key: '4' });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    const html = await response.text();
    expect(html).toContain('My long-pondered words.</textarea>');
    expect(html).toMatch(/Wait \d+ seconds/);
    const api = await visitor.json('/api/attempts', { item: 'lora-count', answer: 'x' });
    expect([api.status, await api.json()]).toMatchObject([429, { error: { code: 'rate-limited' } }]);
    expect((await visitor.post('/courses/demo/spot')).status).toBe(429);
  });

  test('whoever sheds the cookie is counted by address', async () => {
    const shared = app({ writesPerMinute: { learner: 100, address: 2 } });
    const statuses = [];
    for (const visitor of [1, 2, 3].map(() => createVisitor(shared)))
      statuses.push((await visitor.post('/courses/demo/spot')).status);
    expect(statuses).toEqual([303, 303, 429]);
  });

  test('a forwarded address is believed only where the operator said so, and only the part the proxy wrote', async () => {
    const limits = { writesPerMinute: { learner: 100, address: 1 } };
    const write = (to: ReturnType<typeof createApp>, forwarded: string): Promise<Response> =>
      Promise.resolve(
        to.request('/courses/demo/spot', {
          method: 'POST',
          headers: { 'x-forwarded-for': forwarded, 'sec-fetch-site': 'same-origin' },
        }),
      );
    const wary = app(limits);
    expect([(await write(wary, '1.1.1.1')).status, (await write(wary, '2.2.2.2')).status]).toEqual([303, 429]);
    const trusting = app({ ...limits, trustProxy: true });
    const seen = [];
    for (const forwarded of [
      '1.1.1.1',
      '2.2.2.2',
      '9.9.9.9, 2.2.2.2',
      '2001:db8::1',
      '2001:db8:0:0:ffff::2',
      '2001:db8:0:1::2',
    ]) {
      seen.push((await write(trusting, forwarded)).status);
    }
    expect(seen).toEqual([303, 303, 429, 303, 429, 303]);
  });
});

describe('a fault of ours', () => {
  test('shows a number that the log knows, and no cause', async () => {
    let fails = false;
    const broken = createApp({
      deps: {
        ...tutor.deps,
        get content() {
          if (fails) throw new Error('secret cause at /srv/viva/src');
          return tutor.deps.content;
        },
      },
      limits: {},
    });
    fails = true;
    const page = await broken.request('/courses/demo');
    const html = await page.text();
    expect(page.status).toBe(500);
    expect(html).not.toContain('secret cause');
    const number = /<code>([^<]+)<\/code>/.exec(html)?.[1];
    expect(logged.at(-1)).toMatchObject({ correlationId: number, path: '/courses/demo' });
    const api = await broken.request('/api/items');
    expect([api.status, await api.text()]).toEqual([500, expect.not.stringContaining('secret cause')]);
  });

  test('an attempt can be read by its cookie only, not by its address', async () => {
    const owner = createVisitor(app());
    const path = locationOf(await owner.post('/items/lora-count/attempts', { answer: answerText, key: 'own' }));
    expect((await owner.get(path)).status).toBe(200);
    expect((await app().request(path)).status).toBe(404);
  });
});
