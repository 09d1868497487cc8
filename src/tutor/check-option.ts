import type { Item } from '../core/item.ts';

/** What is wrong with the picked option of an answer to this item, as an instruction; undefined where nothing is. */
export function findOptionProblem({ item, option }: { item: Item; option: number | null }): string | undefined {
  if (item.kind === 'free-response') {
    return option === null ? undefined : 'This question has no options: send the answer alone.';
  }
  const { length } = item.options;
  const known = option !== null && Number.isInteger(option) && option >= 1 && option <= length;
  return known ? undefined : `Pick one of the options 1 to ${length}.`;
}
