import { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import { giveUpAttempt, gradeAttempt } from '../../src/tutor/grade-attempt.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { answerText, scriptJudge, someMet, whyText } from './scripted-judge.ts';
import { createVisitor, type Visitor } from './visitor.ts';

const Accepted = z.object({
  id: z.string(),
  status: z.string(),
  links: z.object({ self: z.string(), events: z.string(), reveal: z.string(), page: z.string() }),
});
const Failure = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string(), fix: z.string() }) });

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
  visitor = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
});

async function handIn(body: object, headers: Record<string, string> = {}): Promise<z.infer<typeof Accepted>> {
  const response = await visitor.json('/api/attempts', body, headers);
  expect(response.status).toBe(202);
  return Accepted.parse(await response.json());
}

/** All events of a stream until it ends, as [name, status in the data]. */
async function follow(path: string): Promise<[string, string][]> {
  const text = await (await visitor.get(path)).text();
  return [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, name = '', data = '']) => [
    name,
    z.object({ status: z.string() }).parse(JSON.parse(data)).status,
  ]);
}

describe('the JSON API', () => {
  test('describes itself as OpenAPI 3.1 with every path', async () => {
    const description = z
      .object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) })
      .parse(await (await visitor.get('/api/openapi.json')).json());
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths).sort()).toEqual([
      '/api/attempts',
      '/api/attempts/{attempt}',
      '/api/attempts/{attempt}/appeals',
      '/api/attempts/{attempt}/events',
      '/api/attempts/{attempt}/reveal',
      '/api/instructor/reviews',
      '/api/instructor/reviews/settle',
      '/api/items',
      '/api/items/{item}',
    ]);
  });

  test('lists items with links, and gives one', async () => {
    const list: unknown = await (await visitor.get('/api/items')).json();
    expect(list).toMatchObject({
      items: [
        { id: 'lora-count', course: 'demo', chapter: '1', links: { self: '/api/items/lora-count' } },
        { id: 'kl-choice' },
      ],
    });
    const item: unknown = await (await visitor.get('/api/items/lora-count')).json();
    expect(item).toMatchObject({ id: 'lora-count', maxPoints: 6, tries: { allowed: 2, used: 0 } });
  });

  test('takes an answer with 202, an id, links and the cookie, and grades it', async () => {
    const { id, status, links } = await handIn({ item: 'lora-count', answer: answerText });
    expect(status).toBe('stored');
    expect(visitor.cookie()).toMatch(/^viva_learner=/);
    expect((await follow(links.events)).at(-1)).toEqual(['graded', 'graded']);
    const attempt: unknown = await (await visitor.get(links.self)).json();
    expect(attempt).toMatchObject({
      id,
      status: 'graded',
      points: { low: 2, high: 2, max: 6 },
      verdicts: [{ ordinal: 1, verdict: 'met', evidence: [{ quote: 'Both factors are trained', start: 0 }] }, {}, {}],
      nudges: [{ ordinal: 1, nudge: 'Look again at how many matrices are trained.' }],
      judge: { judge: 'scripted' },
      reveal: null,
    });
  });

  test('takes a choice with its option', async () => {
    const { links } = await handIn({ item: 'kl-choice', option: 2, answer: whyText });
    await follow(links.events);
    expect(await (await visitor.get(links.self)).json()).toMatchObject({
      points: { low: 3 },
      option: { picked: 2, correct: true },
    });
  });

  test('the same key with the same answer gives the same attempt, with another answer it is refused', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const first = await handIn({ item: 'lora-count', answer: answerText }, key);
    expect((await handIn({ item: 'lora-count', answer: answerText }, key)).id).toBe(first.id);
    const other = await visitor.json('/api/attempts', { item: 'lora-count', answer: 'Else.' }, key);
    expect(other.status).toBe(422);
    expect(Failure.parse(await other.json()).error.message).toContain('used for another answer');
  });

  test.each([
    ['no answer', { item: 'lora-count' }, 422, 'answer'],
    ['an unknown field', { item: 'lora-count', answer: 'x', points: 6 }, 422, 'points'],
    ['a half option', { item: 'kl-choice', answer: 'x', option: 1.5 }, 422, 'option'],
    ['an option out of range', { item: 'kl-choice', answer: 'x', option: 3 }, 422, '1 to 2'],
    ['an unknown item', { item: 'none', answer: 'x' }, 404, 'item'],
    ['too long an answer', { item: 'lora-count', answer: 'x'.repeat(8_001) }, 422, '8001 characters'],
  ])('%s is refused in so many words', async (_name, body, status, words) => {
    const response = await visitor.json('/api/attempts', body);
    expect(response.status).toBe(status);
    expect(Failure.parse(await response.json()).error.message).toContain(words);
    expect(visitor.cookie() === '' || status === 422).toBe(true);
  });

  test('what is no JSON is refused as such', async () => {
    const app = createApp({ deps: tutor.deps, limits: {} });
    const headers = { 'content-type': 'application/json' };
    const response = await app.request('/api/attempts', { method: 'POST', body: '{"item":', headers });
    expect(response.status).toBe(400);
    expect(Failure.parse(await response.json()).error.code).toBe('input-invalid');
  });

  test('the reveal opens reference and rubric', async () => {
    const { links } = await handIn({ item: 'lora-count', answer: answerText });
    await follow(links.events);
    const revealed: unknown = await (await visitor.json(links.reveal)).json();
    expect(revealed).toMatchObject({
      revealed: true,
      reveal: { criteria: [{ expects: 'Names both low-rank factors.' }, {}, {}] },
    });
  });

  test("another learner's attempt and no attempt are the same 404", async () => {
    const { id, links } = await handIn({ item: 'lora-count', answer: answerText });
    const stranger = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
    await stranger.json('/api/attempts', { item: 'lora-count', answer: 'Else.' });
    const none = '00000000-0000-4000-8000-000000000000';
    for (const path of [links.self, links.events]) {
      const [theirs, missing] = [await stranger.get(path), await stranger.get(path.replace(id, none))];
      expect([theirs.status, missing.status]).toEqual([404, 404]);
      expect(await theirs.text()).toBe(await missing.text());
    }
    expect((await stranger.json(links.reveal)).status).toBe(404);
    expect((await stranger.get('/api/attempts/not-an-id')).status).toBe(404);
  });

  test('an unknown address under /api answers in JSON', async () => {
    const response = await visitor.get('/api/nothing');
    expect(response.status).toBe(404);
    expect(Failure.parse(await response.json()).error.code).toBe('not-found');
  });
});

describe('following an attempt', () => {
  test('one hears stored, grading and graded in this order, and then the stream ends', async () => {
    const idle = await openTestTutor({ judge, work: 'never' });
    visitor = createVisitor(createApp({ deps: idle.deps, limits: {} }));
    const gates: (() => void)[] = [];
    script.gate = new Promise((resolve) => gates.push(resolve));
    const { links } = await handIn({ item: 'lora-count', answer: answerText });
    const response = await visitor.get(links.events);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    let heard = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const said = new TextDecoder().decode(value);
      heard += said;
      if (said.includes('event: stored')) {
        await idle.deps.queue.work((job) => gradeAttempt(job, idle.deps), {
          concurrency: 1,
          onExhausted: (job) => giveUpAttempt(job, idle.deps),
        });
        idle.deps.queue.wake();
      }
      if (said.includes('event: grading')) gates.forEach((open) => open());
    }
    expect([...heard.matchAll(/event: (\w+)/g)].map(([, name]) => name)).toEqual(['stored', 'grading', 'graded']);
    await idle.close();
  });

  test('one who comes late hears the end at once', async () => {
    const { links } = await handIn({ item: 'lora-count', answer: '' });
    await follow(links.events);
    expect(await follow(links.events)).toEqual([['returned', 'returned']]);
  });

  test('nobody follows more attempts at once than a person would', async () => {
    const idle = await openTestTutor({ judge, work: 'never' });
    visitor = createVisitor(createApp({ deps: idle.deps, limits: { watching: { learner: 1, address: 9 } } }));
    const { links } = await handIn({ item: 'lora-count', answer: answerText });
    const first = await visitor.get(links.events);
    expect((await visitor.get(links.events)).status).toBe(429);
    await first.body?.cancel();
    await expect.poll(async () => (await visitor.get(links.events)).status, { timeout: 5_000 }).toBe(200);
    await idle.close();
  });
});

describe('health', () => {
  test('alive and ready while the database answers, alive but not ready once it does not', async () => {
    const brief = await openTestTutor({ judge });
    const app = createApp({ deps: brief.deps, limits: {} });
    expect([(await app.request('/healthz')).status, (await app.request('/readyz')).status]).toEqual([200, 200]);
    await brief.close();
    expect([(await app.request('/healthz')).status, (await app.request('/readyz')).status]).toEqual([200, 503]);
  });
});
