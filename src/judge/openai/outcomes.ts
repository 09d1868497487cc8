import type { UngradedReason } from '../../core/grade.ts';

/**
 * What to do about a fault. `retry`: the same request again, within the bounds of retry.ts. `repair`: once more with the
 * fault named. `give-up`: ungraded at once.
 */
export type FaultAction = 'retry' | 'repair' | 'give-up';

export type FaultRule = {
  reason: UngradedReason;
  action: FaultAction;
  /** What happened, as the middle of a sentence for an operator. */
  means: string;
  /** What to do, as an instruction to that operator. */
  fix: string;
};

const useStrict =
  'Prefer an endpoint or model with strict json_schema output; if this one has it, read the reply in the log.';
const wait = 'Wait and grade the answer again; see the provider’s status page if it lasts.';

/**
 * Every way a call can fail, once. A fault that is retried or repaired ends as `reason` when that did not help.
 * Never a point by default: whatever is not read as a whole, valid reply is here.
 */
export const faultRules = {
  // The endpoint says no.
  'http-400': {
    reason: 'bad-request',
    action: 'give-up',
    means: 'the endpoint rejected the request (400)',
    fix: 'Read the endpoint’s own words, then check the model name and the base URL.',
  },
  'http-401': {
    reason: 'unauthorized',
    action: 'give-up',
    means: 'the endpoint did not accept the key (401)',
    fix: 'Set a valid key for this base URL.',
  },
  'http-402': {
    reason: 'forbidden',
    action: 'give-up',
    means: 'the account has no credit (402)',
    fix: 'Top the account up, or use another key.',
  },
  'http-403': {
    reason: 'forbidden',
    action: 'give-up',
    means: 'the key may not use this model (403)',
    fix: 'Give the key access to the model, or choose another model.',
  },
  'http-404': {
    reason: 'not-found',
    action: 'give-up',
    means: 'no such model or path (404)',
    fix: 'Check the model name, and that the base URL ends where /chat/completions begins (often /v1).',
  },
  'http-408': { reason: 'provider-error', action: 'retry', means: 'the endpoint timed out (408)', fix: wait },
  'http-409': { reason: 'provider-error', action: 'retry', means: 'the endpoint reported a conflict (409)', fix: wait },
  'http-413': {
    reason: 'too-large',
    action: 'give-up',
    means: 'the request is too large for the endpoint (413)',
    fix: 'Use a model or server with a larger context, or shorten the rubric.',
  },
  'http-422': {
    reason: 'bad-request',
    action: 'give-up',
    means: 'the endpoint could not use the request (422)',
    fix: 'Read the endpoint’s own words, then check the model name and the base URL.',
  },
  'http-429': {
    reason: 'rate-limited',
    action: 'retry',
    means: 'the endpoint asks for fewer requests (429)',
    fix: 'Lower the concurrency, or raise the limit with the provider.',
  },
  'http-5xx': { reason: 'provider-error', action: 'retry', means: 'the endpoint failed (5xx)', fix: wait },
  'http-other': {
    reason: 'bad-request',
    action: 'give-up',
    means: 'the endpoint answered with a status this judge does not know',
    fix: 'Check that the base URL is that of an OpenAI-compatible chat-completions API.',
  },
  'quota-exhausted': {
    reason: 'rate-limited',
    action: 'give-up',
    means: 'the account’s quota is used up (429)',
    fix: 'Raise the quota or top the account up; waiting does not help.',
  },
  'context-too-long': {
    reason: 'too-large',
    action: 'give-up',
    means: 'prompt and reply do not fit the model’s context',
    fix: 'Use a model or server with a larger context, or shorten the rubric.',
  },

  // No whole reply arrives.
  unreachable: {
    reason: 'unreachable',
    action: 'retry',
    means: 'no connection, or it was reset',
    fix: 'Check that the base URL is right and the server runs.',
  },
  'cut-reply': {
    reason: 'unreachable',
    action: 'retry',
    means: 'the connection ended before the reply did',
    fix: wait,
  },
  timeout: {
    reason: 'timeout',
    action: 'give-up',
    means: 'no whole reply came in time',
    fix: 'Raise the time limit, or use a faster model.',
  },
  cancelled: {
    reason: 'cancelled',
    action: 'give-up',
    means: 'nobody waits for the reply any more',
    fix: 'Nothing; grade the answer again if it is still wanted.',
  },
  'circuit-open': {
    reason: 'unreachable',
    action: 'give-up',
    means: 'the endpoint failed several times in a row, so it is left alone for a while',
    fix: 'Check that the base URL is right and the server runs; it is tried again by itself.',
  },

  // The endpoint answers, but not with a completion.
  'not-a-completion': {
    reason: 'provider-error',
    action: 'retry',
    means: 'the endpoint answered 200 with something that is no chat completion',
    fix: 'Check that the base URL is that of an OpenAI-compatible API and not of a page or a gateway.',
  },
  refusal: {
    reason: 'refused',
    action: 'give-up',
    means: 'the model refused to grade this answer',
    fix: 'Grade it by hand, or use another model.',
  },
  'content-filter': {
    reason: 'content-filter',
    action: 'give-up',
    means: 'the provider’s content filter cut in',
    fix: 'Grade it by hand, or ask the provider for another filter setting.',
  },
  'length-limit': {
    reason: 'truncated',
    action: 'repair',
    means: 'the reply hit the token limit',
    fix: 'Use a model that reasons less, or a server that allows longer replies.',
  },

  // A completion arrives, but not the reply that was asked for.
  'generation-failed': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'the endpoint could not make the model write the JSON asked for',
    fix: useStrict,
  },
  'empty-reply': { reason: 'malformed-reply', action: 'repair', means: 'the reply is empty', fix: useStrict },
  'prose-reply': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'the reply is not one JSON object alone',
    fix: useStrict,
  },
  'two-objects': { reason: 'malformed-reply', action: 'repair', means: 'there is more than one reply', fix: useStrict },
  'fenced-reply': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'the reply is fenced although the endpoint has a JSON mode',
    fix: useStrict,
  },
  'not-an-object': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'the reply is JSON but not an object',
    fix: useStrict,
  },
  'duplicate-key': { reason: 'malformed-reply', action: 'repair', means: 'a key appears twice', fix: useStrict },
  'missing-key': { reason: 'malformed-reply', action: 'repair', means: 'a key is missing', fix: useStrict },
  'unknown-key': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'there is a key that the rubric does not have',
    fix: useStrict,
  },
  'wrong-type': { reason: 'malformed-reply', action: 'repair', means: 'a value has the wrong type', fix: useStrict },
  'unknown-verdict': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'a verdict is none of those allowed',
    fix: useStrict,
  },
  'confidence-range': {
    reason: 'malformed-reply',
    action: 'repair',
    means: 'a confidence is not between 0 and 1',
    fix: useStrict,
  },

  internal: {
    reason: 'internal',
    action: 'give-up',
    means: 'Viva itself failed while judging',
    fix: 'Report it with this message; the answer is kept and can be graded again.',
  },
} as const satisfies Record<string, FaultRule>;

export type FaultName = keyof typeof faultRules;

/** The faults that are about what the model wrote, not about the way there. */
export type ReplyFaultName = {
  [Name in FaultName]: (typeof faultRules)[Name]['reason'] extends 'malformed-reply' ? Name : never;
}[FaultName];

/** One thing that went wrong. */
export type Fault = {
  name: FaultName;
  /** Where, in words of ours; never text of a reply, for a repair request repeats it to the model. */
  where: string;
  /** What the endpoint said, redacted and cut short, for the operator only. */
  said: string;
  retryAfterMs: number | null;
};

/** A fault with nothing more to say than its name. */
export function plainFault(name: FaultName, details: Partial<Omit<Fault, 'name'>> = {}): Fault {
  return { name, where: '', said: '', retryAfterMs: null, ...details };
}

/** The rule for a fault. */
export function ruleOf(fault: Fault): FaultRule {
  return faultRules[fault.name];
}

/** What the operator reads: what happened, where, the endpoint's own words, what to do. */
export function describeFault(fault: Fault): string {
  const rule = ruleOf(fault);
  const where = fault.where === '' ? '' : ` (${fault.where})`;
  const said = fault.said === '' ? '' : ` The endpoint said: “${fault.said}”.`;
  return `${rule.means.charAt(0).toUpperCase()}${rule.means.slice(1)}${where}.${said} ${rule.fix}`;
}
