import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VivaError } from '../../../src/core/errors.ts';
import { findPrice } from '../../../src/judge/openai/price.ts';
import { PROMPT_VERSION } from '../../../src/judge/openai/prompt.ts';
import {
  allGood,
  choiceItem,
  COMPLETIONS,
  completion,
  fails,
  goodReply,
  goodText,
  inTurn,
  KEY,
  rig,
  rubric,
  says,
  taskOf,
  verdictsOf,
} from './support.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('the OpenAI judge', () => {
  it('returns every criterion and misconception under its authored id, with quotes as the learner wrote them', async () => {
    const reply = goodReply();
    reply.criteria.C1 = { ...reply.criteria.C1, quotes: ['loss ‹ 0.1 then', 'words not in the answer'] };
    server.use(inTurn(says(JSON.stringify(reply))).handler);
    const judgment = await rig().judge(
      taskOf({ answer: 'So the loss <\u200b 0.1 then. The original weights stay as they are.' }),
    );
    if (judgment.status !== 'judged') throw new Error(judgment.detail);
    expect(judgment.criteria.map(({ criterion }) => criterion)).toEqual(['zq-both-factors', 'zq-frozen']);
    expect(judgment.misconceptions.map(({ misconception }) => misconception)).toEqual(['zq-one-factor']);
    expect(judgment.criteria[0]?.quotes).toEqual(['loss <\u200b 0.1 then', 'words not in the answer']);
    expect(judgment.criteria[0]).toEqual({
      criterion: 'zq-both-factors',
      verdict: 'met',
      quotes: judgment.criteria[0]?.quotes,
      reasoning: 'It counts both factors.',
      confidence: 0.93,
      note: 'You counted both matrices.',
    });
    expect(judgment.next).toBe('What would rank 8 cost?');
  });

  it('follows the order of criteria it is given, so that a panel can shuffle them', async () => {
    const { handler, bodies } = inTurn(says(goodText));
    server.use(handler);
    const shuffled = { ...rubric, criteria: rubric.criteria.toReversed() };
    const judgment = await rig().judge(taskOf({ rubric: shuffled }));
    expect(judgment.status === 'judged' && judgment.criteria.map(({ criterion }) => criterion)).toEqual([
      'zq-frozen',
      'zq-both-factors',
    ]);
    expect(bodies[0]?.messages[0]?.content).toContain('C1. What happens to the {original} weights?');
    const authored = await rig().judge();
    expect(judgment.provenance?.requestKey).not.toBe(authored.provenance?.requestKey);
  });

  it('clears escape sequences out of what a learner will read', async () => {
    const reply = { ...goodReply(), next: ' What\u001b[31m of\n\u202eit?\u0007 ' };
    server.use(inTurn(says(JSON.stringify(reply))).handler);
    const judgment = await rig().judge();
    expect(judgment.status === 'judged' && judgment.next).toBe('What [31m of it?');
  });

  it('accounts for tokens, cost and time', async () => {
    server.use(inTurn(says(goodText)).handler);
    const { provenance } = await rig().judge();
    // 200 fresh × 0.15 + 800 cached × 0.075 + 200 out × 0.60 = 30 + 60 + 120 micro-dollars.
    expect(provenance).toMatchObject({
      judge: 'openai',
      model: 'gpt-4o-mini',
      promptVersion: PROMPT_VERSION,
      tokensIn: 1000,
      tokensOut: 200,
      costMicroUsd: 210,
      latencyMs: 0,
    });
  });

  it('accounts for a rejected reply too, and for a refusal', async () => {
    server.use(inTurn(says('no JSON'), says(goodText)).handler);
    expect((await rig().judge()).provenance).toMatchObject({ tokensIn: 2000, tokensOut: 400, costMicroUsd: 420 });
    server.use(inTurn(says('no JSON'), fails(401)).handler);
    expect((await rig().judge()).provenance).toMatchObject({ tokensIn: 1000, tokensOut: 200, costMicroUsd: 210 });
  });

  it('says null, never 0, for what nobody reported or priced', async () => {
    server.use(inTurn(says(goodText, { usage: null })).handler);
    expect((await rig().judge()).provenance).toMatchObject({ tokensIn: null, tokensOut: null, costMicroUsd: null });
    server.use(inTurn(says(goodText, { usage: { completion_tokens: 200 } })).handler);
    expect((await rig().judge()).provenance).toMatchObject({ tokensIn: null, tokensOut: 200, costMicroUsd: null });
    server.use(inTurn(says(goodText)).handler);
    expect((await rig({ model: 'llama3.2' }).judge()).provenance).toMatchObject({ tokensIn: 1000, costMicroUsd: null });
    const prices = (): { input: number; cached: number; output: number } => ({ input: 1, cached: 1, output: 2 });
    expect((await rig({ model: 'llama3.2', prices }).judge()).provenance).toMatchObject({ costMicroUsd: 1400 });
    server.use(inTurn(fails(401)).handler);
    expect((await rig().judge()).provenance).toMatchObject({ tokensIn: null, tokensOut: null, costMicroUsd: null });
  });

  it('knows the price of a dated snapshot, and of nothing that merely sounds alike', () => {
    expect(findPrice('gpt-4o-mini-2024-07-18')).toEqual(findPrice('gpt-4o-mini'));
    for (const model of ['gpt-4o-mini-audio', 'my-gpt-4o', 'constructor', '']) expect(findPrice(model)).toBeNull();
  });

  it('tells the model which option was picked', async () => {
    const { handler, bodies } = inTurn(says(goodText));
    server.use(handler);
    await rig().judge(taskOf({ item: choiceItem, option: 1 }));
    expect(bodies[0]?.messages[1]?.content).toContain('picked option 1.');
    expect(bodies[0]?.messages[0]?.content).not.toContain('picked');
  });

  it('sends no key, and nothing in its place, to a server that needs none', async () => {
    const authorizations: (string | null)[] = [];
    server.use(
      http.post(COMPLETIONS, ({ request }) => {
        authorizations.push(request.headers.get('authorization'));
        return HttpResponse.json(completion(goodText));
      }),
    );
    expect(verdictsOf(await rig({ apiKey: null }).judge())).toEqual(allGood);
    expect(verdictsOf(await rig().judge())).toEqual(allGood);
    expect(authorizations).toEqual([null, `Bearer ${KEY}`]);
  });

  it('asks OpenAI itself when no base URL is set', async () => {
    server.use(http.post('https://api.openai.com/v1/chat/completions', () => HttpResponse.json(completion(goodText))));
    expect(verdictsOf(await rig({ baseUrl: null }).judge())).toEqual(allGood);
  });

  it('refuses options that cannot work, with the way out', () => {
    for (const options of [{ apiKey: null, baseUrl: null }, { baseUrl: 'localhost/v1' }]) {
      expect(() => rig(options)).toThrow(VivaError);
    }
  });

  it.each([
    `Incorrect API key provided: ${KEY}. You can find your key at the provider.`,
    'Incorrect API key provided: sk-test*********cdef.',
    `header was "Authorization: Bearer ${KEY}"`,
  ])('keeps the key out of what an operator reads: %s', async (message) => {
    server.use(inTurn(fails(401, { error: { message } })).handler);
    const judgment = await rig().judge();
    if (judgment.status !== 'ungraded') throw new Error('graded');
    expect(judgment.detail).toContain('[key]');
    expect(judgment.detail).not.toMatch(/sk-|abcdef/);
    expect(judgment.detail).toContain('Set a valid key');
  });

  it('keeps out a key of any shape', async () => {
    const apiKey = 'correct horse battery';
    server.use(inTurn(fails(403, { error: { message: `no access for ${apiKey} here` } })).handler);
    const judgment = await rig({ apiKey }).judge();
    expect(judgment.status === 'ungraded' && judgment.detail).toContain('no access for [key] here');
  });

  it('says where and what the endpoint said, on one line and not at length', async () => {
    server.use(inTurn(fails(400, { error: { message: `bad\u001b[31m\nmodel ${'x'.repeat(5000)}` } })).handler);
    const judgment = await rig().judge();
    if (judgment.status !== 'ungraded') throw new Error('graded');
    expect(judgment.detail).toContain('status 400');
    expect(judgment.detail).toContain('bad [31m model xxx');
    expect(judgment.detail.length).toBeLessThan(600);
    expect(judgment.detail).not.toMatch(/\p{Cc}/u);
  });

  it('survives a fault of our own as ungraded', async () => {
    server.use(inTurn(fails(500)).handler);
    const ports = {
      now: () => 0,
      random: () => {
        throw new RangeError(`no dice, ${KEY}`);
      },
      sleep: () => Promise.resolve(),
    };
    const judgment = await rig({ ports }).judge();
    expect(verdictsOf(judgment)).toBe('internal');
    expect(judgment.status === 'ungraded' && judgment.detail).toContain('no dice, [key]');
  });
});

describe('many answers at once', () => {
  it.each([1, 3, 10])('never have more than %i calls under way', async (concurrency) => {
    let underWay = 0;
    let most = 0;
    server.use(
      http.post(COMPLETIONS, async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return HttpResponse.json(completion(goodText));
      }),
    );
    const { judge } = rig({ concurrency });
    const judgments = await Promise.all(
      Array.from({ length: 30 }, (_, n) => judge(taskOf({ answer: `Answer ${n}.` }))),
    );
    expect(judgments.map(verdictsOf)).toEqual(Array.from({ length: 30 }, () => allGood));
    expect(new Set(judgments.map((one) => one.provenance?.requestKey)).size).toBe(30);
    expect(most).toBe(concurrency);
  });

  it('answer a caller who leaves the queue at once, and never make that call', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let calls = 0;
    server.use(
      http.post(COMPLETIONS, async () => {
        calls += 1;
        await held;
        return HttpResponse.json(completion(goodText));
      }),
    );
    const { judge } = rig({ concurrency: 1 });
    const first = judge();
    const leaving = new AbortController();
    const queued = judge(taskOf({ answer: 'queued' }), leaving.signal);
    leaving.abort();
    expect(verdictsOf(await queued)).toBe('cancelled');
    release?.();
    expect(verdictsOf(await first)).toEqual(allGood);
    expect(verdictsOf(await judge())).toEqual(allGood);
    expect(calls).toBe(2);
  });
});

describe('the request key', () => {
  it('is the same for the same request and changes with whatever could change the reply', async () => {
    server.use(inTurn(fails(401)).handler);
    const keyOf = async (changes: Parameters<typeof taskOf>[0], model = 'gpt-4o-mini'): Promise<string | undefined> =>
      (await rig({ model }).judge(taskOf(changes))).provenance?.requestKey;
    const base = await keyOf({});
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    expect(await keyOf({})).toBe(base);
    const others = [
      await keyOf({}, 'gpt-4o'),
      await keyOf({ answer: 'b' }),
      await keyOf({ rubricHash: 'b' }),
      await keyOf({ option: 1 }),
      await keyOf({ replica: 1 }),
      await keyOf({ rubric: { ...rubric, criteria: rubric.criteria.toReversed() } }),
    ];
    expect(new Set([base, ...others]).size).toBe(7);
  });
});
