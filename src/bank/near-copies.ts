import { words, wordRuns } from '../core/text.ts';
import { COPIED_RUN } from './lint-copies.ts';

/**
 * Which texts on one item were not written independently, by the rule of lint: those that share eight words in a row which the prompt does
 * not hold, and those that are the same words throughout. What a shares with b and b with c puts all three together.
 * @returns for each text the place of the first text of its group.
 */
export function nearCopies({ texts, prompt }: { texts: readonly string[]; prompt: string }): number[] {
  const leader = texts.map((_, place) => place);
  const leaderOf = (place: number): number => {
    let at = place;
    for (let next = leader[at]; next !== undefined && next !== at; next = leader[at]) at = next;
    return at;
  };
  const join = (one: number, other: number): void => {
    const [first, second] = [leaderOf(one), leaderOf(other)];
    leader[Math.max(first, second)] = Math.min(first, second);
  };
  const fromPrompt = wordRuns(words(prompt), COPIED_RUN);
  const firstWith = new Map<string, number>();
  for (const [place, text] of texts.entries()) {
    const said = words(text);
    const runs = said.length === 0 ? [] : [`whole: ${said.join(' ')}`, ...wordRuns(said, COPIED_RUN)];
    for (const run of runs) {
      if (fromPrompt.has(run)) continue;
      const first = firstWith.get(run);
      if (first === undefined) firstWith.set(run, place);
      else join(first, place);
    }
  }
  return texts.map((_, place) => leaderOf(place));
}
