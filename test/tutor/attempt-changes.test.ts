import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createAttemptChanges } from '../../src/tutor/attempt-changes.ts';

/** Signals that nothing but their own time-out holds did not outlive this. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

describe('waiting for a change', () => {
  test('ends with the change, for everybody who waits for it and nobody else', async () => {
    const changes = createAttemptChanges();
    const ended: string[] = [];
    const wait = (id: string): Promise<void> =>
      changes.next(id, { timeoutMs: 60_000, signal: stop.signal }).then(() => void ended.push(id));
    const stop = new AbortController();
    const waits = [wait('a'), wait('a'), wait('b')];
    changes.announce('a');
    await Promise.all(waits.slice(0, 2));
    expect(ended).toEqual(['a', 'a']);
    stop.abort();
    await waits[2];
  });

  test('ends when its time is up, a collection of garbage or not, and when nobody wants it any more', async () => {
    const changes = createAttemptChanges();
    const waits = Array.from({ length: 2_000 }, (_, id) =>
      changes.next(String(id), { timeoutMs: 50, signal: new AbortController().signal }),
    );
    collectGarbage();
    await Promise.all(waits);
    await changes.next('late', { timeoutMs: 60_000, signal: AbortSignal.abort() });
    expect(waits).toHaveLength(2_000);
  });
});
