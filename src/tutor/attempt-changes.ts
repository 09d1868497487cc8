import { EventEmitter, once } from 'node:events';
import type { AttemptChanges } from './deps.ts';

/** Signals between the worker and the watchers of one process. */
export function createAttemptChanges(): AttemptChanges {
  const emitter = new EventEmitter();
  // One listener a watcher; hundreds of open pages are not a leak.
  emitter.setMaxListeners(0);
  return {
    announce: (attemptId) => {
      emitter.emit(attemptId);
    },
    next: async (attemptId, { timeoutMs, signal }) => {
      const giveUp = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      await once(emitter, attemptId, { signal: giveUp }).catch(() => undefined);
    },
  };
}
