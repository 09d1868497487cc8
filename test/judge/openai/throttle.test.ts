import { describe, expect, test } from 'vitest';
import { createThrottle, type Said } from '../../../src/judge/openai/throttle.ts';

const accepted: Said = { status: 'accepted' };
const tooMany: Said = { status: 'too-many', waitMs: null };
const live = new AbortController().signal;

/** A throttle whose requests end when the test says so. */
function rig(most: number) {
  const clock = { ms: 0, slept: [] as number[] };
  const throttle = createThrottle({
    most,
    now: () => clock.ms,
    sleep: (ms) => {
      clock.slept.push(ms);
      clock.ms += ms;
      return Promise.resolve();
    },
  });
  const underWay: ((said: Said) => void)[] = [];
  let ended = 0;
  const ask = (): void => {
    const request = () =>
      new Promise<{ value: null; said: Said }>((resolve) => underWay.push((said) => resolve({ value: null, said })));
    void throttle.run(request, live).then(() => (ended += 1));
  };
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    clock,
    throttle,
    ask: async (times: number) => {
      for (let time = 0; time < times; time += 1) ask();
      await settled();
    },
    underWay,
    /** Ends the oldest requests under way, one after the other. */
    end: async (...said: Said[]) => {
      for (const one of said) {
        underWay.shift()?.(one);
        await settled();
      }
    },
    ended: () => ended,
  };
}

describe('how many requests are under way at once', () => {
  test('as many as allowed, until the endpoint turns some away: then as many as it was working on', async () => {
    const { ask, underWay, end, throttle } = rig(8);
    await ask(20);
    expect(underWay).toHaveLength(8);
    // It takes five: the other three come back at once.
    const kept = underWay.splice(0, 5);
    await end(tooMany, tooMany, tooMany);
    expect(throttle.width()).toBe(5);
    expect(underWay).toHaveLength(0);
    kept[0]?.(accepted);
    await end();
    await Promise.resolve();
    expect(throttle.width()).toBe(5);
  });

  test('one more after a whole width of them was accepted, never more than allowed', async () => {
    const { ask, end, throttle } = rig(3);
    await ask(12);
    await end(tooMany);
    expect(throttle.width()).toBe(2);
    await end(accepted);
    expect(throttle.width()).toBe(2);
    await end(accepted);
    expect(throttle.width()).toBe(3);
    await end(accepted, accepted, accepted, accepted);
    expect(throttle.width()).toBe(3);
  });

  test('at least one, however often it is turned away', async () => {
    const { ask, end, throttle } = rig(1);
    await ask(3);
    await end(tooMany, tooMany);
    expect(throttle.width()).toBe(1);
    await end(accepted);
    expect(throttle.width()).toBe(1);
  });

  test('none while the endpoint asked for a pause', async () => {
    const { ask, end, clock, ended } = rig(1);
    await ask(2);
    await end({ status: 'too-many', waitMs: 400 });
    expect(clock.slept).toEqual([400]);
    await end(accepted);
    expect(ended()).toBe(2);
  });
});
