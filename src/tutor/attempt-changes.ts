import { EventEmitter } from 'node:events';
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
    // By hand: in Node 20 a signal from AbortSignal.any that nothing else holds may be collected before its time-out, and then never fires.
    next: (attemptId, { timeoutMs, signal }) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          emitter.off(attemptId, done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        emitter.on(attemptId, done);
        signal.addEventListener('abort', done);
        if (signal.aborted) done();
      }),
  };
}
