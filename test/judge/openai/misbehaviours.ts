import { HttpResponse } from 'msw';
import { completion, goodReply, type GoodReply, goodText, says, type Step } from './support.ts';

/** One way an endpoint or a model misbehaves, for as long as it is asked; `twin` differs only in the fault. */
export type Misbehaviour = { name: string; bad: Step; twin: Step; reason: string; calls: number };

const ONCE = 1;
const REPAIRED = 2;
const RETRIED = 5;

/** A whole good completion under a status: a refusal must not be graded however right its body reads. */
const underStatus =
  (status: number, extra: Record<string, unknown> = {}): Step =>
  () =>
    new HttpResponse(JSON.stringify({ ...completion(goodText), ...extra }), {
      status,
      headers: { 'content-type': 'application/json' },
    });

function status(args: {
  name: string;
  status: number;
  reason: string;
  calls: number;
  error?: Record<string, unknown>;
}): Misbehaviour {
  const error = args.error ?? { message: args.name };
  return { ...args, bad: underStatus(args.status, { error }), twin: underStatus(200) };
}

/** A reply text with one thing changed. */
function text(name: string, change: (good: string) => string): Misbehaviour {
  const bad = change(goodText);
  if (bad === goodText) throw new Error(`${name} changes nothing`);
  return { name, bad: says(bad), twin: says(goodText), reason: 'malformed-reply', calls: REPAIRED };
}

/** A reply object with one thing changed. */
function reply(name: string, change: (good: GoodReply) => unknown): Misbehaviour {
  return text(name, () => JSON.stringify(change(goodReply())));
}

/** A reply object with fields of C1 changed; undefined takes one out. */
function inC1(name: string, fields: Record<string, unknown>): Misbehaviour {
  return reply(name, (good) => ({ ...good, criteria: { ...good.criteria, C1: { ...good.criteria.C1, ...fields } } }));
}

/** A completion with a changed envelope round a good reply. */
function envelope(args: { name: string; reason: string; calls: number; bad: Record<string, unknown> }): Misbehaviour {
  return { ...args, bad: says(goodText, args.bad), twin: says(goodText) };
}

const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: goodText, refusal: null } };

export const misbehaviours: Misbehaviour[] = [
  status({ name: '400', status: 400, reason: 'bad-request', calls: ONCE }),
  status({ name: '401', status: 401, reason: 'unauthorized', calls: ONCE }),
  status({ name: '402', status: 402, reason: 'forbidden', calls: ONCE }),
  status({ name: '403', status: 403, reason: 'forbidden', calls: ONCE }),
  status({ name: '404', status: 404, reason: 'not-found', calls: ONCE }),
  status({ name: '405', status: 405, reason: 'bad-request', calls: ONCE }),
  status({ name: '408', status: 408, reason: 'provider-error', calls: RETRIED }),
  status({ name: '409', status: 409, reason: 'provider-error', calls: RETRIED }),
  status({ name: '413', status: 413, reason: 'too-large', calls: ONCE }),
  status({ name: '422', status: 422, reason: 'bad-request', calls: ONCE }),
  status({ name: '429', status: 429, reason: 'rate-limited', calls: RETRIED }),
  status({ name: '500', status: 500, reason: 'provider-error', calls: RETRIED }),
  status({ name: '502', status: 502, reason: 'provider-error', calls: RETRIED }),
  status({ name: '503', status: 503, reason: 'provider-error', calls: RETRIED }),
  status({
    name: 'a 429 for a used-up quota',
    status: 429,
    reason: 'rate-limited',
    calls: ONCE,
    error: { message: 'You exceeded your current quota.', code: 'insufficient_quota' },
  }),
  status({
    name: 'a context that is too long',
    status: 400,
    reason: 'too-large',
    calls: ONCE,
    error: { message: "This model's maximum context length is 4096 tokens.", code: 'context_length_exceeded' },
  }),
  status({
    name: 'a prompt stopped by the filter',
    status: 400,
    reason: 'content-filter',
    calls: ONCE,
    error: { message: 'The response was filtered.', code: 'content_filter' },
  }),
  status({
    name: 'a prompt flagged by moderation',
    status: 403,
    reason: 'content-filter',
    calls: ONCE,
    error: { message: 'Your input was flagged.' },
  }),
  status({
    name: 'an endpoint that could not make the model write JSON',
    status: 400,
    reason: 'malformed-reply',
    calls: REPAIRED,
    error: { message: 'Failed to generate JSON that fits the schema.', code: 'json_validate_failed' },
  }),

  envelope({
    name: 'an error inside a 200',
    reason: 'provider-error',
    calls: RETRIED,
    bad: { error: { code: 502, message: 'upstream failed' } },
  }),
  envelope({
    name: 'a 401 inside a 200',
    reason: 'unauthorized',
    calls: ONCE,
    bad: { error: { code: 401, message: 'no such user' } },
  }),
  envelope({ name: 'no choices', reason: 'provider-error', calls: RETRIED, bad: { choices: [] } }),
  envelope({ name: 'choices that are no list', reason: 'provider-error', calls: RETRIED, bad: { choices: goodText } }),
  {
    name: 'a web page with status 200',
    bad: () => HttpResponse.html(`<html><body>${goodText}</body></html>`),
    twin: says(goodText),
    reason: 'provider-error',
    calls: RETRIED,
  },
  {
    name: 'a 200 with half a body',
    bad: () =>
      new HttpResponse(JSON.stringify(completion(goodText)).slice(0, -3), {
        headers: { 'content-type': 'application/json' },
      }),
    twin: says(goodText),
    reason: 'unreachable',
    calls: RETRIED,
  },
  {
    name: 'a broken connection',
    bad: () => HttpResponse.error(),
    twin: says(goodText),
    reason: 'unreachable',
    calls: RETRIED,
  },
  envelope({
    name: 'a refusal',
    reason: 'refused',
    calls: ONCE,
    bad: { choices: [{ ...choice, message: { ...choice.message, refusal: 'I can’t help with that.' } }] },
  }),
  envelope({
    name: 'a reply cut by the content filter',
    reason: 'content-filter',
    calls: ONCE,
    bad: { choices: [{ ...choice, finish_reason: 'content_filter' }] },
  }),
  envelope({
    name: 'a reply at the token limit',
    reason: 'truncated',
    calls: REPAIRED,
    bad: { choices: [{ ...choice, finish_reason: 'length' }] },
  }),
  envelope({ name: 'two choices', reason: 'malformed-reply', calls: REPAIRED, bad: { choices: [choice, choice] } }),
  envelope({
    name: 'a null content',
    reason: 'malformed-reply',
    calls: REPAIRED,
    bad: { choices: [{ ...choice, message: { role: 'assistant', content: null, tool_calls: [] } }] },
  }),

  text('an empty reply', () => ''),
  text('white space', () => ' \n\n '),
  text('prose', () => 'The learner met both criteria and holds no misconception.'),
  text('prose before the object', (good) => `Here is my judgment: ${good}`),
  text('prose after the object', (good) => `${good}\nI hope this helps.`),
  text('the object twice', (good) => `${good}\n${good}`),
  text('two different objects', (good) => `${good.replaceAll('"met"', '"missed"')}${good}`),
  text('a fenced object where there is a JSON mode', (good) => `\`\`\`json\n${good}\n\`\`\``),
  text('a cut object', (good) => good.slice(0, -2)),
  text('a trailing comma', (good) => good.replace(/\}$/, ',}')),
  text('single quotation marks', (good) => good.replaceAll('"', "'")),
  text('a comment', (good) => good.replace('{', '{ /* all met */ ')),
  text('an array round the object', (good) => `[${good}]`),
  text('a JSON string of the object', (good) => JSON.stringify(good)),
  text('null', () => 'null'),
  text('NaN as a confidence', (good) => good.replace('0.93', 'NaN')),
  text('an infinite confidence', (good) => good.replace('0.93', '1e999')),
  text('a criterion twice', (good) => {
    const c1 = JSON.stringify(goodReply().criteria.C1);
    return good.replace('"C2"', `"C1":${c1.replace('"met"', '"missed"')},"C2"`);
  }),
  text('a criterion twice in one wording', (good) =>
    good.replace('"C2"', `"C1":${JSON.stringify(goodReply().criteria.C1)},"C2"`),
  ),
  text('a criterion twice, once escaped', (good) =>
    good.replace('"C2"', `"C\\u0031":${JSON.stringify(goodReply().criteria.C1)},"C2"`),
  ),
  text('a verdict twice in one criterion', (good) =>
    good.replace('"verdict":"met"', '"verdict":"missed","verdict":"met"'),
  ),
  text('criteria twice', (good) => good.replace('"next"', `"criteria":${JSON.stringify(goodReply().criteria)},"next"`)),
  text('a misconception twice', (good) =>
    good.replace('"M1"', '"M1" : {"quotes":["x"],"verdict":"held","confidence":1}, "M1"'),
  ),
  text('a duplicate inside an ignored field', (good) => good.replace('"next"', '"extra":[{"a":1,"a":2}],"next"')),

  reply('a missing criterion', ({ criteria: { C1 }, ...rest }) => ({ ...rest, criteria: { C1 } })),
  reply('no criteria', ({ misconceptions, next }) => ({ misconceptions, next })),
  reply('an unknown criterion', (good) => ({ ...good, criteria: { ...good.criteria, C3: good.criteria.C2 } })),
  reply('a criterion named by its text', ({ criteria: { C1, C2 }, ...rest }) => ({
    ...rest,
    criteria: { 'How many numbers does the adapter train, said as "a count"?': C1, C2 },
  })),
  reply('a criterion in lower case', ({ criteria: { C1, C2 }, ...rest }) => ({ ...rest, criteria: { c1: C1, C2 } })),
  text('a prototype among the criteria', (good) => good.replace('"C2"', '"__proto__":{"verdict":"met"},"C2"')),
  reply('criteria as a list', (good) => ({ ...good, criteria: Object.values(good.criteria) })),
  reply('a missing misconception', (good) => ({ ...good, misconceptions: {} })),
  reply('no misconceptions', ({ criteria, next }) => ({ criteria, next })),
  reply('an unknown misconception', (good) => ({
    ...good,
    misconceptions: { ...good.misconceptions, M2: good.misconceptions.M1 },
  })),
  reply('no next step', ({ criteria, misconceptions }) => ({ criteria, misconceptions })),
  reply('a list of next steps', (good) => ({ ...good, next: [good.next] })),

  inC1('no verdict', { verdict: undefined }),
  inC1('no quotes', { quotes: undefined }),
  inC1('no note', { note: undefined }),
  inC1('a verdict of true', { verdict: true }),
  inC1('a verdict of null', { verdict: null }),
  inC1('an unknown verdict', { verdict: 'pass' }),
  inC1('a verdict in capitals', { verdict: 'MET' }),
  inC1('a misconception’s verdict for a criterion', { verdict: 'held' }),
  inC1('two verdicts', { verdict: ['met'] }),
  inC1('a quote instead of a list of quotes', { quotes: 'makes 8,192 numbers in all' }),
  inC1('a quote that is no text', { quotes: [8192] }),
  inC1('a confidence as text', { confidence: '0.93' }),
  inC1('a confidence of null', { confidence: null }),
  inC1('a confidence above 1', { confidence: 1.01 }),
  inC1('a confidence in per cent', { confidence: 93 }),
  inC1('a confidence below 0', { confidence: -0.01 }),
  inC1('reasoning as a list', { reasoning: ['It counts both factors.'] }),
];
