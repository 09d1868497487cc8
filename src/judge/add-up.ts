import type { Provenance } from '../core/grade.ts';

/** Tokens and cost of several judgments together; a sum with an unknown part is unknown. */
export function addUp(all: readonly Provenance[]): Pick<Provenance, 'tokensIn' | 'tokensOut' | 'costMicroUsd'> {
  const total = (pick: (one: Provenance) => number | null): number | null =>
    all.reduce<number | null>((sum, one) => {
      const figure = pick(one);
      return sum === null || figure === null ? null : sum + figure;
    }, 0);
  return {
    tokensIn: total(({ tokensIn }) => tokensIn),
    tokensOut: total(({ tokensOut }) => tokensOut),
    costMicroUsd: total(({ costMicroUsd }) => costMicroUsd),
  };
}
