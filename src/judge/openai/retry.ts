import type { Circuit, Observation } from './circuit.ts';
import { type Fault, type FaultName, plainFault, ruleOf } from './outcomes.ts';

/** Tries of one request in all, the first included. */
export const MAX_ATTEMPTS = 5;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;

/** A provider that asks for longer than this is better asked again by the queue than by a learner's open request. */
const LONGEST_RETRY_AFTER_MS = 60_000;

export type Attempt<Value> = { status: 'ok'; value: Value } | { status: 'failed'; fault: Fault };

export type RetryPorts = {
  /** 0 ≤ random() < 1 */
  random: () => number;
  /** Resolves after `ms`; rejects or resolves early when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  circuit: Circuit;
};

/**
 * The one retry policy: runs `attempt` until it works, fails for good, runs out of tries, is called off, or the circuit opens.
 * Waits grow exponentially with jitter; what the provider asks for in Retry-After is honoured up to a minute.
 */
export async function withRetries<Value>(
  attempt: () => Promise<Attempt<Value>>,
  args: { signal: AbortSignal; ports: RetryPorts },
): Promise<Attempt<Value>> {
  const { signal, ports } = args;
  let last: Fault | null = null;
  for (let tries = 1; ; tries += 1) {
    if (signal.aborted) return { status: 'failed', fault: plainFault('cancelled') };
    const entry = ports.circuit.enter();
    if (entry.status === 'stop') {
      const said = last === null ? '' : last.said;
      const where = `next try in ${Math.ceil(entry.retryInMs / 1000)} s`;
      return { status: 'failed', fault: plainFault('circuit-open', { where, said }) };
    }
    const outcome = await attempt();
    ports.circuit.observe(observationOf(outcome), entry);
    if (outcome.status === 'ok') return outcome;
    if (ruleOf(outcome.fault).action !== 'retry' || tries >= MAX_ATTEMPTS || entry.status === 'probe') {
      return tries === 1 ? outcome : { status: 'failed', fault: { ...outcome.fault, where: `after ${tries} tries` } };
    }
    last = outcome.fault;
    const wait = delayMs({ tries, retryAfterMs: last.retryAfterMs, random: ports.random });
    try {
      await ports.sleep(wait, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/** How long to wait after the nth try: half to all of an exponential step, or what the provider asked for and up to a tenth more. */
export function delayMs(args: { tries: number; retryAfterMs: number | null; random: () => number }): number {
  const { tries, retryAfterMs, random } = args;
  // The spread keeps a crowd that was turned away together from coming back together.
  if (retryAfterMs !== null) return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) * (1 + random() / 10);
  const step = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
  return step * (0.5 + random() / 2);
}

/**
 * Milliseconds a provider asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date, which is read against
 * the reply's own `date` so that clocks need not agree. Null where it asks nothing that can be read.
 */
export function readRetryAfter(headers: Headers): number | null {
  const milliseconds = number(headers.get('retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const text = headers.get('retry-after');
  const seconds = number(text);
  if (seconds !== null) return seconds * 1000;
  const wait = Date.parse(text ?? '') - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function number(text: string | null): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}

/** Silence and server faults; being told to slow down, or no, is a sign of life. */
const signsOfFailure: readonly FaultName[] = [
  'unreachable',
  'cut-reply',
  'timeout',
  'http-408',
  'http-5xx',
  'not-a-completion',
];

function observationOf(outcome: Attempt<unknown>): Observation {
  if (outcome.status === 'ok') return 'alive';
  const { name } = outcome.fault;
  if (name === 'cancelled' || name === 'internal') return 'unknown';
  return signsOfFailure.includes(name) ? 'down' : 'alive';
}
