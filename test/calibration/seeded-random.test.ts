import { describe, expect, it } from 'vitest';
import { seededRandom, xoshiro128 } from '../../src/calibration/seeded-random.ts';

describe('the seeded generator', () => {
  it('gives the reference output of xoshiro128** for the state 1, 2, 3, 4', () => {
    // By hand, the first: rotate(2 x 5, 7) x 9 = 1280 x 9 = 11520. The rest: the authors' C program.
    const random = xoshiro128([1, 2, 3, 4]);
    const drawn = Array.from({ length: 10 }, () => random.nextUint32());
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('repeats itself for the same seed and not for the next one', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random.nextUint32());
    };
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
    expect(new Set([...draw(0), ...draw(1)]).size).toBe(10);
  });

  it('fills an array with what single draws would give', () => {
    const single = seededRandom(7);
    const filled = new Int32Array(100);
    seededRandom(7).fillBelow({ into: filled, bound: 60 });
    expect([...filled]).toEqual(Array.from({ length: 100 }, () => single.nextBelow(60)));
  });

  it('draws every number below the bound about equally often', () => {
    const drawn = new Int32Array(60_000);
    seededRandom(3).fillBelow({ into: drawn, bound: 6 });
    const counts = [0, 0, 0, 0, 0, 0];
    for (const face of drawn) counts[face] = (counts[face] ?? 0) + 1;
    // Expected 10,000 each with standard deviation 91; four of them either way.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(365);
  });
});
