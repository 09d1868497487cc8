/** How an endpoint is asked for JSON, strictest first. */
const replyFormats = ['json-schema', 'json-object', 'plain'] as const;

/** How an endpoint is told where to stop, newest first. */
const lengthLimits = ['max_completion_tokens', 'max_tokens', 'none'] as const;

/** What one model behind one base URL understands. */
export type Capabilities = {
  replyFormat: (typeof replyFormats)[number];
  /** Reasoning models accept only their default. */
  temperature: 'settable' | 'fixed';
  lengthLimit: (typeof lengthLimits)[number];
  /** `reasoning_effort`, where the configuration sets one. */
  reasoningEffort: 'settable' | 'fixed';
  /** `prompt_cache_key`: keeps requests with one prefix on the machine that has it cached. Only some providers know it. */
  cacheKey: 'offered' | 'none';
};

/** What is asked of an endpoint nothing is known of: everything. Its own errors say what it lacks. */
export const fullCapabilities: Capabilities = {
  replyFormat: 'json-schema',
  temperature: 'settable',
  lengthLimit: 'max_completion_tokens',
  reasoningEffort: 'settable',
  cacheKey: 'offered',
};

/** The words of an error that says a parameter is not understood. */
export type Complaint = { status: number; param: string; message: string };

const complaintStatuses = [400, 404, 422, 501];

/**
 * What to ask instead, after an endpoint complained about something that was asked; null where the complaint is about
 * something else. Each step gives up one thing, so a chain of complaints ends.
 */
export function stepDown(asked: Capabilities, complaint: Complaint): Capabilities | null {
  if (!complaintStatuses.includes(complaint.status)) return null;
  // `param` is exact where there is one; messages often name the parameter to use instead, too.
  const named = complaint.param === '' ? complaint.message : complaint.param;
  if (asked.temperature === 'settable' && /temperature/i.test(named)) return { ...asked, temperature: 'fixed' };
  if (asked.reasoningEffort === 'settable' && /reasoning/i.test(named)) return { ...asked, reasoningEffort: 'fixed' };
  if (asked.cacheKey === 'offered' && /prompt_cache_key/i.test(named)) return { ...asked, cacheKey: 'none' };
  if (asked.lengthLimit !== 'none' && named.includes(asked.lengthLimit)) {
    return { ...asked, lengthLimit: following(lengthLimits, asked.lengthLimit) };
  }
  const aboutFormat =
    /response[_ ]?format|json[_ -]?(?:schema|object|mode)|structured[_ -]?output|guided[_ -]?(?:json|decoding)/i;
  if (asked.replyFormat !== 'plain' && aboutFormat.test(`${complaint.param} ${complaint.message}`)) {
    return { ...asked, replyFormat: following(replyFormats, asked.replyFormat) };
  }
  return null;
}

function following<const Rung>(ladder: readonly Rung[], rung: Rung): Rung {
  return ladder[ladder.indexOf(rung) + 1] ?? rung;
}

/** What came of one call: `confirmed` where the endpoint accepted what was asked in the end. */
export type Learned<Value> = { value: Value; capabilities: Capabilities; confirmed: 'yes' | 'no' };

/** Remembers what one endpoint understands for as long as it lives. */
export type CapabilityMemory = {
  ask: <Value>(call: (known: Capabilities) => Promise<Learned<Value>>, signal: AbortSignal) => Promise<Value>;
  /** Null until a call was accepted. */
  known: () => Capabilities | null;
};

/**
 * Makes the memory of one base URL and model. While nothing is known, one call at a time asks and the others wait for
 * what it learns, so that parallel calls do not all run into the same errors. Only what an accepted call confirmed is
 * kept: an error may repeat a learner's words, and those must not talk an endpoint out of strict replies for good.
 */
export function createCapabilityMemory(first: Capabilities): CapabilityMemory {
  let known: Capabilities | null = null;
  let probe: Promise<unknown> | null = null;

  const run = async <Value>(call: (known: Capabilities) => Promise<Learned<Value>>): Promise<Value> => {
    const learned = await call(known ?? first);
    if (learned.confirmed === 'yes') known = learned.capabilities;
    return learned.value;
  };

  return {
    known: () => known,
    ask: async (call, signal) => {
      while (known === null && probe !== null && !signal.aborted) await settledOrAborted(probe, signal);
      if (known !== null || signal.aborted) return run(call);
      const probing = run(call);
      probe = probing;
      try {
        return await probing;
      } finally {
        probe = null;
      }
    },
  };
}

async function settledOrAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    promise.then(done, done);
  });
}
