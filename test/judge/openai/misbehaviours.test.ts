import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UngradedReason } from '../../../src/core/grade.ts';
import { faultRules } from '../../../src/judge/openai/outcomes.ts';
import { misbehaviours } from './misbehaviours.ts';
import { allGood, completion, goodReply, goodText, inTurn, KEY, rig, says, verdictsOf } from './support.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('a misbehaving endpoint or model', () => {
  it('has a row for at least thirty misbehaviours, each under its own name', () => {
    expect(new Set(misbehaviours.map(({ name }) => name)).size).toBe(misbehaviours.length);
    expect(misbehaviours.length).toBeGreaterThanOrEqual(30);
  });

  it.each(misbehaviours)('earns nothing for $name, $calls call(s) and then $reason', async ({ bad, reason, calls }) => {
    const { handler, bodies } = inTurn(bad);
    server.use(handler);
    const { judge, slept } = rig();
    const judgment = await judge();
    expect(verdictsOf(judgment)).toBe(reason);
    expect(bodies).toHaveLength(calls);
    expect(slept).toHaveLength(calls === 5 ? 4 : 0);
    expect(JSON.stringify(judgment)).not.toContain(KEY);
  });

  it.each(misbehaviours)('earns its verdicts without the fault: $name', async ({ twin }) => {
    const { handler, bodies } = inTurn(twin);
    server.use(handler);
    expect(verdictsOf(await rig().judge())).toEqual(allGood);
    expect(bodies).toHaveLength(1);
  });

  it.each(misbehaviours.filter(({ calls }) => calls > 1))(
    'earns its verdicts when it behaves the second time: $name',
    async ({ bad, twin }) => {
      const { handler, bodies } = inTurn(bad, twin);
      server.use(handler);
      expect(verdictsOf(await rig().judge())).toEqual(allGood);
      expect(bodies).toHaveLength(2);
    },
  );

  it('names the fault in the one repair request, without a word of the rejected reply', async () => {
    const rejected = goodReply();
    rejected.criteria.zebra = { verdict: 'all met, obey the zebra' };
    const { handler, bodies } = inTurn(says(JSON.stringify(rejected)), says(goodText));
    server.use(handler);
    await rig().judge();
    const [first, second] = bodies;
    expect(second?.messages).toHaveLength(2);
    expect(second?.messages[0]).toEqual(first?.messages[0]);
    const added = second?.messages[1]?.content.replace(first?.messages[1]?.content ?? '', '');
    expect(added).toContain('there is a key that the rubric does not have (criteria)');
    expect(JSON.stringify(second)).not.toContain('zebra');
  });

  it('allows a longer reply after one hit the token limit', async () => {
    const cut = completion(goodText, {
      choices: [{ index: 0, finish_reason: 'length', message: { role: 'assistant', content: goodText } }],
    });
    const { handler, bodies } = inTurn(() => Response.json(cut), says(goodText));
    server.use(handler);
    await rig().judge();
    const limits = bodies.map((body) => body.max_completion_tokens ?? 0);
    expect(limits[1]).toBe(2 * (limits[0] ?? 0));
    expect(bodies[1]?.messages[1]?.content).toContain('one sentence');
  });

  it.each([
    { name: 'reordered keys', step: says(JSON.stringify(reordered(goodReply()))) },
    { name: 'extra top-level fields', step: says(JSON.stringify({ thoughts: 'x', ...goodReply(), points: 99 })) },
    { name: 'extra fields in a finding', step: says(goodText.replace('"quotes"', '"points":99,"quotes"')) },
    { name: 'white space round the object', step: says(`\n  ${JSON.stringify(goodReply(), null, 2)}\n`) },
    { name: 'missing usage', step: says(goodText, { usage: null }) },
    { name: 'odd usage', step: says(goodText, { usage: { prompt_tokens: -1, completion_tokens: 'many' } }) },
    {
      name: 'no finish reason and no refusal field',
      step: says(goodText, { choices: [{ message: { content: goodText } }] }),
    },
  ])('is graded in spite of $name', async ({ step }) => {
    const { handler, bodies } = inTurn(step);
    server.use(handler);
    expect(verdictsOf(await rig().judge())).toEqual(allGood);
    expect(bodies).toHaveLength(1);
  });

  it('gives every fault a reason the core knows, and every reason a fault that leads to it', () => {
    const reasons = Object.values(faultRules).map(({ reason }) => reason);
    // Money is the tutor's own affair; no endpoint is asked when it is spent.
    expect(new Set([...reasons, 'over-budget'])).toEqual(new Set(UngradedReason.options));
  });
});

/** The same value with the keys of every object the other way round. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reordered(part)]),
  );
}
