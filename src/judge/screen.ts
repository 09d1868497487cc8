import type { Returned } from '../core/grade.ts';
import type { Item } from '../core/item.ts';
import { sharedStretches, words } from '../core/text.ts';

/** Share of an answer that must be verbatim reference or prompt for it to be sent back. docs/grading.md, step 1. */
const VERBATIM_SHARE = 0.9;
/** Words that must match in a row to count as copied; shorter runs are how everybody talks about the subject. */
const COPIED_RUN = 5;
/** Shorter answers cannot be told from a quotation; a terse right answer or a formula must get through. */
const SHORTEST_COPY = 6;
/** Fewer words of one's own beside a paste are no answer ("I think."). */
const FEWEST_OWN = 3;
/** From so many copied words on it is a paste: "it limits how far the policy moves" is two words of one's own round a common turn. */
const SHORTEST_PASTE = 12;

/**
 * Sends back what holds nothing to grade: no words at all, or next to nothing beside the question again, the reference again,
 * or both together. Everything else goes on to the judge, off-topic prose and bare formulas included.
 * @returns undefined where the answer goes on.
 */
export function screenAnswer({ item, answer }: { item: Item; answer: string }): Returned | undefined {
  const said = words(answer);
  if (said.length === 0) return { status: 'returned', reason: 'empty' };
  if (said.length < SHORTEST_COPY) return undefined;
  const prompt = copiedPlaces({ said, source: promptText(item) });
  const reference = copiedPlaces({ said, source: item.reference });
  const own = said.filter((_word, at) => !prompt.has(at) && !reference.has(at));
  const copied = said.length - own.length;
  const nothingOwn = copied / said.length >= VERBATIM_SHARE || (copied >= SHORTEST_PASTE && own.length < FEWEST_OWN);
  if (!nothingOwn) return undefined;
  if (reference.size > prompt.size) return { status: 'returned', reason: 'copies-reference' };
  // Under the question written out once more, one number may be the whole answer.
  if (reference.size === 0 && own.some((word) => /\p{N}/u.test(word))) return undefined;
  return { status: 'returned', reason: 'repeats-prompt' };
}

/** Everything the learner was shown with the question: their repeating it proves nothing. */
export function promptText(item: Item): string {
  const options = item.kind === 'choice' ? item.options.map(({ text }) => text) : [];
  return [item.prompt, ...options].join('\n');
}

/** The places of an answer's words that stand in runs of the source. */
function copiedPlaces({ said, source }: { said: readonly string[]; source: string }): Set<number> {
  const stretches = sharedStretches({ sequence: said, source: words(source), runLength: COPIED_RUN });
  return new Set(stretches.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, step) => from + step)));
}
