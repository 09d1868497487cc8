import { describe, expect, test } from 'vitest';
import { createAttemptChanges } from '../../src/tutor/attempt-changes.ts';

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

  test('ends when its time is up and nothing changed, no sooner', async () => {
    const changes = createAttemptChanges();
    const begun = performance.now();
    await changes.next('a', { timeoutMs: 60, signal: new AbortController().signal });
    // Timers may come a millisecond early by the other clock.
    expect(performance.now() - begun).toBeGreaterThan(55);
  });

  test('ends at once where nobody wants it any more', async () => {
    const changes = createAttemptChanges();
    const begun = performance.now();
    await changes.next('a', { timeoutMs: 60_000, signal: AbortSignal.abort() });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
