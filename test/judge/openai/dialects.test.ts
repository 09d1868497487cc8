import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Capabilities, fullCapabilities, stepDown } from '../../../src/judge/openai/capabilities.ts';
import {
  allGood,
  type Body,
  bodyOf,
  completion,
  COMPLETIONS,
  goodText,
  inTurn,
  fails,
  says,
  rig,
  taskOf,
  verdictsOf,
} from './support.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

type Dialect = { refuse: (body: Body) => HttpResponse<never> | Response | null; say: string };

const refusal = (status: number, body: Record<string, unknown>): Response => Response.json(body, { status });

/** Four ways servers that call themselves OpenAI-compatible really behave, in their own error shapes. */
const dialects: Record<string, Dialect & { calls: number; last: Partial<Capabilities> }> = {
  'strict json_schema': { refuse: () => null, say: goodText, calls: 1, last: { replyFormat: 'json-schema' } },
  'json_object only': {
    refuse: ({ response_format }) =>
      response_format?.type === 'json_schema'
        ? refusal(400, { error: { message: 'This model does not support response format `json_schema`.' } })
        : null,
    say: goodText,
    calls: 2,
    last: { replyFormat: 'json-object' },
  },
  'plain text only, FastAPI errors': {
    refuse: (body) => {
      for (const field of ['max_completion_tokens', 'response_format'] as const) {
        if (body[field] !== undefined) {
          return refusal(422, { detail: [{ type: 'extra_forbidden', loc: ['body', field], msg: 'Extra inputs' }] });
        }
      }
      return null;
    },
    say: `\`\`\`json\n${goodText}\n\`\`\``,
    calls: 4,
    last: { replyFormat: 'plain', lengthLimit: 'max_tokens' },
  },
  'reasoning model without temperature': {
    refuse: ({ temperature }) =>
      temperature === undefined
        ? null
        : refusal(400, {
            error: {
              message: "Unsupported value: 'temperature' does not support 0 with this model.",
              param: 'temperature',
              code: 'unsupported_value',
            },
          }),
    say: goodText,
    calls: 2,
    last: { temperature: 'fixed' },
  },
  'a flat error object and no length limit at all': {
    refuse: (body) => {
      const field = body.max_completion_tokens !== undefined ? 'max_completion_tokens' : 'max_tokens';
      return body[field] === undefined
        ? null
        : refusal(400, { object: 'error', message: `${field} is not permitted`, code: 400 });
    },
    say: goodText,
    calls: 3,
    last: { lengthLimit: 'none' },
  },
  'an error that is plain text': {
    refuse: ({ response_format }) =>
      response_format === undefined ? null : new Response('response_format not implemented', { status: 501 }),
    say: goodText,
    calls: 3,
    last: { replyFormat: 'plain' },
  },
};

/** Speaks one dialect and keeps what it was asked. */
function speak({ refuse, say }: Dialect): Body[] {
  const bodies: Body[] = [];
  server.use(
    http.post(COMPLETIONS, async ({ request }) => {
      const body = await bodyOf(request);
      bodies.push(body);
      return refuse(body) ?? HttpResponse.json(completion(say));
    }),
  );
  return bodies;
}

/** No reasoning effort is configured here, and only OpenAI's own hosts are asked with a cache key. */
const askedHere: Capabilities = { ...fullCapabilities, reasoningEffort: 'fixed', cacheKey: 'none' };

function capabilitiesOf(body: Body | undefined): Capabilities {
  return {
    replyFormat:
      body?.response_format === undefined
        ? 'plain'
        : body.response_format.type === 'json_schema'
          ? 'json-schema'
          : 'json-object',
    temperature: body?.temperature === undefined ? 'fixed' : 'settable',
    lengthLimit:
      body?.max_completion_tokens !== undefined
        ? 'max_completion_tokens'
        : body?.max_tokens !== undefined
          ? 'max_tokens'
          : 'none',
    reasoningEffort: body?.reasoning_effort === undefined ? 'fixed' : 'settable',
    cacheKey: body?.prompt_cache_key === undefined ? 'none' : 'offered',
  };
}

describe('an endpoint that speaks a dialect', () => {
  it.each(Object.entries(dialects))('is judged with, and remembered as, %s', async (_, dialect) => {
    const bodies = speak(dialect);
    const { judge, slept } = rig();
    expect(verdictsOf(await judge())).toEqual(allGood);
    expect(bodies).toHaveLength(dialect.calls);
    expect(capabilitiesOf(bodies.at(-1))).toEqual({ ...askedHere, ...dialect.last });

    expect(verdictsOf(await judge(taskOf({ answer: 'Another answer.' })))).toEqual(allGood);
    expect(bodies).toHaveLength(dialect.calls + 1);
    expect(capabilitiesOf(bodies.at(-1))).toEqual({ ...askedHere, ...dialect.last });
    expect(slept).toEqual([]);
  });

  it.each(Object.entries(dialects))('is probed once by twelve answers at a time: %s', async (_, dialect) => {
    const bodies = speak(dialect);
    const { judge } = rig({ concurrency: 12 });
    const judgments = await Promise.all(
      Array.from({ length: 12 }, (_, n) => judge(taskOf({ answer: `Answer ${n}.` }))),
    );
    expect(judgments.map(verdictsOf)).toEqual(Array.from({ length: 12 }, () => allGood));
    expect(bodies).toHaveLength(dialect.calls - 1 + 12);
  });

  it('gets a strict schema with every key required and nothing else allowed', async () => {
    const bodies = speak({ refuse: () => null, say: goodText });
    await rig().judge();
    const format = bodies[0]?.response_format;
    expect(format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } });
    const text = JSON.stringify(format);
    expect(text.match(/"type":"object"/g)?.length).toBe(text.match(/"additionalProperties":false/g)?.length);
    expect(text).not.toMatch(/minimum|maximum|\$schema|\$ref/);
  });

  it('is offered "partial" only where the rubric words it', async () => {
    const bodies = speak({ refuse: () => null, say: goodText });
    await rig().judge();
    const text = JSON.stringify(bodies[0]?.response_format);
    expect(text.match(/"partial"/g)).toHaveLength(1);
  });

  it('leaves a reasoning model room to think inside the limit', async () => {
    const reasoning = dialects['reasoning model without temperature'];
    if (reasoning === undefined) throw new Error('no such dialect');
    const bodies = speak(reasoning);
    await rig().judge();
    const [first, second] = bodies.map((body) => body.max_completion_tokens ?? 0);
    expect(second).toBe(4 * (first ?? 0));
  });

  it('may fence its object only where it has no JSON mode', async () => {
    const fenced = `\`\`\`\n${goodText}\n\`\`\``;
    speak({
      refuse: (body) => (body.response_format === undefined ? null : refusal(400, { error: 'no response_format' })),
      say: fenced,
    });
    expect(verdictsOf(await rig().judge())).toEqual(allGood);
    speak({ refuse: () => null, say: fenced });
    expect(verdictsOf(await rig().judge())).toBe('malformed-reply');
    speak({
      refuse: (body) => (body.response_format === undefined ? null : refusal(400, { error: 'no response_format' })),
      say: `${fenced}\n${fenced}`,
    });
    expect(verdictsOf(await rig().judge())).toBe('malformed-reply');
  });

  it('is not taken down a step for good by an error that only repeats a learner’s words', async () => {
    const { handler, bodies } = inTurn(
      fails(400, { error: { message: 'bad input: "response_format json_schema temperature max_completion_tokens"' } }),
      fails(400, { error: { message: 'bad input: "response_format json_schema temperature max_completion_tokens"' } }),
      fails(400, { error: { message: 'bad input' } }),
      says(goodText),
    );
    server.use(handler);
    const { judge } = rig();
    expect(verdictsOf(await judge())).toBe('bad-request');
    expect(verdictsOf(await judge())).toEqual(allGood);
    const { replyFormat, temperature, lengthLimit } = fullCapabilities;
    expect(capabilitiesOf(bodies.at(-1))).toMatchObject({ replyFormat, temperature, lengthLimit });
  });

  it('is asked no less when its error is about something else', () => {
    const message = 'response_format temperature max_completion_tokens';
    for (const status of [401, 403, 408, 413, 429, 500, 503]) {
      expect(stepDown(fullCapabilities, { status, param: '', message })).toBeNull();
    }
    expect(stepDown(fullCapabilities, { status: 400, param: '', message: 'model is overloaded' })).toBeNull();
    const least: Capabilities = {
      replyFormat: 'plain',
      temperature: 'fixed',
      lengthLimit: 'none',
      reasoningEffort: 'fixed',
      cacheKey: 'none',
    };
    expect(stepDown(least, { status: 400, param: '', message })).toBeNull();
  });

  it('is asked without a reasoning effort or a cache key where it does not know them', () => {
    const effort = { status: 400, param: 'reasoning_effort', message: 'Unrecognized request argument supplied' };
    expect(stepDown(fullCapabilities, effort)).toEqual({ ...fullCapabilities, reasoningEffort: 'fixed' });
    const key = { status: 422, param: '', message: 'extra fields not permitted: prompt_cache_key' };
    expect(stepDown(fullCapabilities, key)).toEqual({ ...fullCapabilities, cacheKey: 'none' });
  });

  it('of OpenAI itself gets a cache key that is the same for every answer to an item, and the effort that is set', async () => {
    const bodies: Record<string, unknown>[] = [];
    server.use(
      http.post('https://api.openai.com/v1/chat/completions', async ({ request }) => {
        bodies.push(z.record(z.string(), z.unknown()).parse(await request.json()));
        return HttpResponse.json(completion(goodText));
      }),
    );
    const { judge } = rig({ baseUrl: null, reasoningEffort: 'low' });
    await judge();
    await judge(taskOf({ answer: 'Another answer.' }));
    expect(bodies[0]).toMatchObject({ reasoning_effort: 'low', prompt_cache_key: taskOf().rubricHash.slice(0, 32) });
    expect(bodies[1]?.['prompt_cache_key']).toBe(bodies[0]?.['prompt_cache_key']);
  });

  it('is asked with the other name of the limit when the message names both', () => {
    const complaint = {
      status: 400,
      param: 'max_tokens',
      message: "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
    };
    expect(stepDown({ ...fullCapabilities, lengthLimit: 'max_tokens' }, complaint)?.lengthLimit).toBe('none');
    expect(stepDown(fullCapabilities, complaint)).toBeNull();
  });
});
