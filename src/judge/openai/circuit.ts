/** Attempts in a row that must fail before an endpoint is left alone: more than one call's own retries. */
const FAILURES_TO_OPEN = 8;

/** How long it is left alone; about what a restart or a failover takes. */
const COOL_DOWN_MS = 30_000;

/** `probe` is a single try that decides for everyone whether the endpoint is back. */
export type Entry = { status: 'go' } | { status: 'probe' } | { status: 'stop'; retryInMs: number };

/** `alive`: the endpoint answered, whatever it said. `down`: it failed or could not be reached. `unknown`: the try was called off. */
export type Observation = 'alive' | 'down' | 'unknown';

export type Circuit = { enter: () => Entry; observe: (observation: Observation, entry: Entry) => void };

type State = { status: 'closed'; failures: number } | { status: 'open'; until: number } | { status: 'half-open' };

/** Makes the circuit of one endpoint. `now` is monotonic, in milliseconds. */
export function createCircuit(now: () => number): Circuit {
  let state: State = { status: 'closed', failures: 0 };

  return {
    enter() {
      switch (state.status) {
        case 'closed':
          return { status: 'go' };
        case 'half-open':
          return { status: 'stop', retryInMs: COOL_DOWN_MS };
        case 'open': {
          const left = state.until - now();
          if (left > 0) return { status: 'stop', retryInMs: left };
          state = { status: 'half-open' };
          return { status: 'probe' };
        }
        default:
          return state satisfies never;
      }
    },
    observe(observation, entry) {
      if (observation === 'alive') {
        state = { status: 'closed', failures: 0 };
      } else if (entry.status === 'probe') {
        state = { status: 'open', until: observation === 'down' ? now() + COOL_DOWN_MS : now() };
      } else if (observation === 'down' && state.status === 'closed') {
        const failures = state.failures + 1;
        state =
          failures < FAILURES_TO_OPEN
            ? { status: 'closed', failures }
            : { status: 'open', until: now() + COOL_DOWN_MS };
      }
    },
  };
}
