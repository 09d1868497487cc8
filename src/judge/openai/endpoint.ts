import OpenAI from 'openai';
import { Agent } from 'undici';
import { VivaError } from '../../core/errors.ts';
import {
  type Capabilities,
  type Complaint,
  createCapabilityMemory,
  fullCapabilities,
  type Learned,
  stepDown,
} from './capabilities.ts';
import { createCircuit } from './circuit.ts';
import { readErrorBody, withReadableErrors } from './error-body.ts';
import { faultOfThrown } from './provider-fault.ts';
import { type Reading, readCompletion } from './read-completion.ts';
import { redact } from './redact.ts';
import { type Attempt, withRetries } from './retry.ts';
import { createThrottle, type Said } from './throttle.ts';

export type EndpointOptions = {
  /** Null for a server that wants none; then `baseUrl` must be set. */
  apiKey: string | null;
  /** Up to where `/chat/completions` begins; null for OpenAI itself. */
  baseUrl: string | null;
  model: string;
  /** For one whole reply, its last byte included. */
  timeoutMs: number;
  /** Requests under way at once, at most; fewer where the endpoint turns some away. */
  concurrency: number;
  /** Sent to models that reason, where set; how much they think before they write. */
  reasoningEffort?: ReasoningEffort | null;
  ports: {
    /** Monotonic, in milliseconds. */
    now: () => number;
    /** 0 ≤ random() < 1 */
    random: () => number;
    sleep: (ms: number, signal: AbortSignal) => Promise<void>;
    fetch?: typeof globalThis.fetch;
  };
};

export type ReasoningEffort = 'minimal' | 'low' | 'medium' | 'high';

export type ChatRequest = {
  system: string;
  user: string;
  schema: Record<string, unknown>;
  temperature: number;
  maxTokens: number;
  /** Names the static prefix, for providers that route by it. */
  cacheKey: string;
};

/** A reply that is not a failure, with the reply format it was asked in. */
export type Answered = { reading: Exclude<Reading, { status: 'failed' }>; replyFormat: Capabilities['replyFormat'] };

export type Endpoint = {
  /** `onSent` is told when the first byte of the first try goes out: what came before was waiting in line. */
  ask: (request: ChatRequest, call: { signal: AbortSignal; onSent: () => void }) => Promise<Attempt<Answered>>;
  /** The most tokens a reply of `maxTokens` can be billed for, what a model thinks included. */
  mostReplyTokens: (maxTokens: number) => number;
  /** Null until a call was accepted. */
  capabilities: () => Capabilities | null;
};

const OPENAI_URL = 'https://api.openai.com/v1';

/** Others may refuse a request over a parameter they do not know. */
const cacheKeyHosts = /(?:^|\.)openai\.(?:com|azure\.com)$/;

/** Reasoning models think inside the same limit that their reply counts against. */
const REASONING_FACTOR = 4;

/** Node's fetch gives up by itself after five minutes without headers, and a local model may think longer: only our own deadline counts. */
const patient = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/** setTimeout fires at once for anything longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One model behind one base URL: asks it, learns what it understands, retries within bounds, leaves it alone when it is down. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const client = createClient(options);
  const circuit = createCircuit(options.ports.now);
  const { random, sleep, now } = options.ports;
  const throttle = createThrottle({ most: options.concurrency, now, sleep });
  const host = new URL(options.baseUrl ?? OPENAI_URL).hostname;
  const remembered = createCapabilityMemory({
    ...fullCapabilities,
    reasoningEffort: (options.reasoningEffort ?? null) === null ? 'fixed' : 'settable',
    cacheKey: cacheKeyHosts.test(host) ? 'offered' : 'none',
  });

  return {
    ask: (request, { signal, onSent }) => {
      const attempt = (): Promise<Attempt<Answered>> =>
        remembered.ask((known) => negotiate({ client, options, request, known, signal }), signal);
      return withRetries(
        () =>
          throttle.run(async () => {
            onSent();
            const value = await attempt();
            return { value, said: whatItSaid(value) };
          }, signal),
        { signal, ports: { random, sleep, circuit } },
      );
    },
    mostReplyTokens: (maxTokens) => maxTokens * (remembered.known()?.temperature === 'settable' ? 1 : REASONING_FACTOR),
    capabilities: () => remembered.known(),
  };
}

function whatItSaid(attempt: Attempt<Answered>): Said {
  if (attempt.status === 'ok') return { status: 'accepted' };
  const { name, retryAfterMs } = attempt.fault;
  return name === 'http-429' ? { status: 'too-many', waitMs: retryAfterMs } : { status: 'unknown' };
}

type Call = {
  client: OpenAI;
  options: EndpointOptions;
  request: ChatRequest;
  known: Capabilities;
  signal: AbortSignal;
};

/** Asks, and gives up one thing at a time for as long as the endpoint complains about what was asked. */
async function negotiate(call: Call): Promise<Learned<Attempt<Answered>>> {
  let capabilities = call.known;
  for (;;) {
    const sent = await send({ ...call, known: capabilities });
    const less = sent.complaint === null ? null : stepDown(capabilities, sent.complaint);
    if (less === null) {
      return { value: sent.attempt, capabilities, confirmed: sent.attempt.status === 'ok' ? 'yes' : 'no' };
    }
    capabilities = less;
  }
}

async function send(call: Call): Promise<{ attempt: Attempt<Answered>; complaint: Complaint | null }> {
  const { client, options, signal } = call;
  const clean = (text: string): string => redact(text, options.apiKey);
  const deadline = startDeadline(options.timeoutMs, signal);
  try {
    const body: unknown = await client.chat.completions.create(requestBody(call), { signal: deadline.signal });
    const reading = readCompletion(body, clean);
    const attempt: Attempt<Answered> =
      reading.status === 'failed'
        ? { status: 'failed', fault: reading.fault }
        : { status: 'ok', value: { reading, replyFormat: call.known.replyFormat } };
    return { attempt, complaint: null };
  } catch (error) {
    const fault = faultOfThrown(error, { ended: deadline.ended(), redact: clean });
    return { attempt: { status: 'failed', fault }, complaint: complaintOf(error) };
  } finally {
    deadline.stop();
  }
}

function requestBody(call: Call): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const { request, known } = call;
  const maxTokens = request.maxTokens * (known.temperature === 'fixed' ? REASONING_FACTOR : 1);
  return {
    model: call.options.model,
    messages: [
      { role: 'system', content: request.system },
      { role: 'user', content: request.user },
    ],
    ...(known.temperature === 'settable' ? { temperature: request.temperature } : {}),
    ...(known.lengthLimit === 'none' ? {} : { [known.lengthLimit]: maxTokens }),
    ...(known.reasoningEffort === 'settable' ? { reasoning_effort: call.options.reasoningEffort ?? null } : {}),
    ...(known.cacheKey === 'offered' ? { prompt_cache_key: request.cacheKey } : {}),
    ...responseFormat(known.replyFormat, request.schema),
  };
}

function responseFormat(
  format: Capabilities['replyFormat'],
  schema: Record<string, unknown>,
): Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  switch (format) {
    case 'json-schema':
      return { response_format: { type: 'json_schema', json_schema: { name: 'findings', strict: true, schema } } };
    case 'json-object':
      return { response_format: { type: 'json_object' } };
    case 'plain':
      return {};
    default:
      return format satisfies never;
  }
}

function complaintOf(error: unknown): Complaint | null {
  if (!(error instanceof OpenAI.APIError) || typeof error.status !== 'number') return null;
  const { message, param } = readErrorBody(error.error);
  return { status: error.status, param, message };
}

function createClient(options: EndpointOptions): OpenAI {
  const { apiKey, baseUrl } = options;
  if (apiKey === null && baseUrl === null) {
    throw new VivaError('config-invalid', {
      message: 'The LLM judge has neither a key nor a base URL.',
      fix: 'Set a key, or the base URL of a server that needs none.',
    });
  }
  if (baseUrl !== null && !URL.canParse(baseUrl)) {
    throw new VivaError('config-invalid', {
      message: 'The base URL of the LLM judge is not a URL.',
      fix: 'Write it in full, like http://localhost:11434/v1.',
    });
  }
  return new OpenAI({
    // The SDK insists on a key; the header is then taken out again.
    apiKey: apiKey ?? 'none',
    ...(apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    baseURL: baseUrl ?? OPENAI_URL,
    // Set, so that nothing is read from the environment behind the configuration's back.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // One retry policy, ours; and our deadline ends first, for the SDK's ends with the headers.
    maxRetries: 0,
    timeout: Math.min(options.timeoutMs + 5_000, LONGEST_TIMER_MS),
    fetch: withReadableErrors(
      options.ports.fetch ?? ((input, init) => fetch(input, Object.assign({}, init, { dispatcher: patient }))),
    ),
  });
}

type Deadline = { signal: AbortSignal; ended: () => 'by-deadline' | 'by-caller' | 'not-by-us'; stop: () => void };

/** Ends a call after `ms` or with the caller's signal, whichever is first. */
function startDeadline(ms: number, caller: AbortSignal): Deadline {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(
    () => {
      late = true;
      controller.abort();
    },
    Math.min(ms, LONGEST_TIMER_MS),
  );
  const callOff = (): void => controller.abort();
  caller.addEventListener('abort', callOff);
  if (caller.aborted) callOff();
  return {
    signal: controller.signal,
    ended: () => (caller.aborted ? 'by-caller' : late ? 'by-deadline' : 'not-by-us'),
    stop: () => {
      clearTimeout(timer);
      caller.removeEventListener('abort', callOff);
    },
  };
}
