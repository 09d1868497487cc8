import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { delayMs, readRetryAfter } from '../../../src/judge/openai/retry.ts';
import { allGood, fails, goodText, inTurn, rig, says, taskOf, verdictsOf } from './support.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('waiting between tries', () => {
  it('doubles from half a second, halved at most by chance, and stops growing at twenty seconds', () => {
    const waits = (random: number): number[] =>
      [1, 2, 3, 4, 10].map((tries) => delayMs({ tries, retryAfterMs: null, random: () => random }));
    // 500, 1000, 2000, 4000, capped 20,000: times 0.5 + random / 2.
    expect(waits(0)).toEqual([250, 500, 1000, 2000, 10_000]);
    expect(waits(0.5)).toEqual([375, 750, 1500, 3000, 15_000]);
  });

  it.each([
    { headers: { 'retry-after': '7' }, ms: 7000 },
    { headers: { 'retry-after': '0' }, ms: 0 },
    { headers: { 'retry-after': '1.5' }, ms: 1500 },
    { headers: { 'retry-after-ms': '120', 'retry-after': '9' }, ms: 120 },
    {
      headers: { date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 10:00:12 GMT' },
      ms: 12_000,
    },
    { headers: { date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, ms: 0 },
    { headers: { 'retry-after': 'Mon, 23 Nov 2026 10:00:12 GMT' }, ms: null },
    { headers: { 'retry-after': 'soon' }, ms: null },
    { headers: { 'retry-after': '-3' }, ms: null },
    { headers: {}, ms: null },
  ])('reads $headers as $ms', ({ headers, ms }) => {
    expect(readRetryAfter(new Headers(headers))).toBe(ms);
  });

  it('waits as long as the provider asks, but at most a minute', async () => {
    const { handler } = inTurn(
      fails(429, {}, { 'retry-after': '3' }),
      fails(503, {}, { 'retry-after': '86400' }),
      fails(500),
      says(goodText),
    );
    server.use(handler);
    const { judge, slept, clock } = rig();
    const judgment = await judge();
    expect(verdictsOf(judgment)).toEqual(allGood);
    expect(slept).toEqual([3000, 60_000, 1000]);
    expect(judgment.provenance?.latencyMs).toBe(clock.ms);
  });

  it('stops at once when nobody waits any more, and does not try again', async () => {
    const { handler, bodies } = inTurn(fails(500));
    server.use(handler);
    const controller = new AbortController();
    const { judge } = rig({
      ports: {
        now: () => 0,
        random: () => 0,
        sleep: (_, signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('called off')));
            controller.abort();
          }),
      },
    });
    expect(verdictsOf(await judge(taskOf(), controller.signal))).toBe('cancelled');
    expect(bodies).toHaveLength(1);
  });

  it('makes no call at all for a task already called off', async () => {
    const { handler, bodies } = inTurn(says(goodText));
    server.use(handler);
    expect(verdictsOf(await rig().judge(taskOf(), AbortSignal.abort()))).toBe('cancelled');
    expect(bodies).toHaveLength(0);
  });
});

describe('an endpoint that is down', () => {
  it('is left alone after eight failures in a row, then tried once, and used again when it is back', async () => {
    const down = inTurn(fails(500));
    server.use(down.handler);
    const { judge, clock } = rig();
    // Five tries, then three until the circuit opens.
    expect(verdictsOf(await judge())).toBe('provider-error');
    expect(verdictsOf(await judge())).toBe('unreachable');
    expect(down.bodies).toHaveLength(8);

    // Nothing is sent while it cools down.
    const refused = await judge();
    expect(verdictsOf(refused)).toBe('unreachable');
    expect(refused.status === 'ungraded' && refused.detail).toMatch(/next try in \d+ s/);
    expect(down.bodies).toHaveLength(8);

    // One try after it; still down, so closed again for a while.
    clock.ms += 30_000;
    expect(verdictsOf(await judge())).toBe('provider-error');
    expect(verdictsOf(await judge())).toBe('unreachable');
    expect(down.bodies).toHaveLength(9);

    const back = inTurn(says(goodText));
    server.use(back.handler);
    clock.ms += 30_000;
    expect(verdictsOf(await judge())).toEqual(allGood);
    expect(verdictsOf(await judge())).toEqual(allGood);
    expect(back.bodies).toHaveLength(2);
  });

  it('is tried by one call only while the others still wait to hear', async () => {
    const down = inTurn(fails(500));
    server.use(down.handler);
    const { judge, clock } = rig();
    await judge();
    await judge();
    clock.ms += 30_000;
    const judgments = await Promise.all([judge(), judge(), judge()]);
    expect(down.bodies).toHaveLength(9);
    expect(judgments.map(verdictsOf).sort()).toEqual(['provider-error', 'unreachable', 'unreachable']);
  });

  it('is not mistaken for one that only says no or asks for patience', async () => {
    const { handler, bodies } = inTurn(fails(429));
    server.use(handler);
    const { judge } = rig();
    for (let call = 0; call < 3; call += 1) expect(verdictsOf(await judge())).toBe('rate-limited');
    expect(bodies).toHaveLength(15);
    const refusing = inTurn(fails(401));
    server.use(refusing.handler);
    for (let call = 0; call < 10; call += 1) expect(verdictsOf(await judge())).toBe('unauthorized');
    expect(refusing.bodies).toHaveLength(10);
  });
});
