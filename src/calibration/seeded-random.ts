/** A stream of numbers that looks random and is the same for the same seed on every machine. Not for secrets. */
export type SeededRandom = {
  /** An integer from 0 to 2^32 - 1. */
  nextUint32: () => number;
  /** An integer from 0 to bound - 1. The unevenness is at most bound / 2^32, about one in 100,000 for 40,000 families. */
  nextBelow: (bound: number) => number;
  /** Fills the array with integers from 0 to bound - 1, about four times cheaper a number than nextBelow. */
  fillBelow: (args: { into: Int32Array; bound: number }) => void;
};

const twoToMinus32 = 2 ** -32;

/**
 * xoshiro128** from its four 32-bit state words, not all of them zero. Period 2^128 - 1.
 * Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).
 */
export function xoshiro128(words: readonly [number, number, number, number]): SeededRandom {
  const state = Int32Array.from(words, (word) => word | 0);
  const single = new Uint32Array(1);

  /** In one loop over local variables, so that V8 keeps the state in registers. */
  function fillUint32(into: Uint32Array): void {
    let first = state[0] ?? 0;
    let second = state[1] ?? 0;
    let third = state[2] ?? 0;
    let fourth = state[3] ?? 0;
    for (let index = 0; index < into.length; index += 1) {
      const product = Math.imul(second, 5);
      into[index] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = second << 9;
      third ^= first;
      fourth ^= second;
      second ^= third;
      first ^= fourth;
      third ^= shifted;
      fourth = (fourth << 11) | (fourth >>> 21);
    }
    state[0] = first;
    state[1] = second;
    state[2] = third;
    state[3] = fourth;
  }

  function nextUint32(): number {
    fillUint32(single);
    return single[0] ?? 0;
  }

  return {
    nextUint32,
    nextBelow: (bound) => Math.floor(nextUint32() * twoToMinus32 * bound),
    fillBelow: ({ into, bound }) => {
      const drawn = new Uint32Array(into.buffer, into.byteOffset, into.length);
      fillUint32(drawn);
      for (let index = 0; index < into.length; index += 1) {
        into[index] = Math.floor((drawn[index] ?? 0) * twoToMinus32 * bound);
      }
    },
  };
}

/**
 * A generator from one integer seed, taken modulo 2^32. SplitMix32 spreads the seed over the state, as the authors of
 * xoshiro advise, so that neighbouring seeds give unrelated streams.
 */
export function seededRandom(seed: number): SeededRandom {
  let counter = seed | 0;
  function nextWord(): number {
    counter = (counter + 0x9e3779b9) | 0;
    let word = counter;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  }
  return xoshiro128([nextWord(), nextWord(), nextWord(), nextWord()]);
}
