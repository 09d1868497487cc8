import type { Returned } from '../core/grade.ts';
import type { Item } from '../core/item.ts';
import { sharedShare, words } from '../core/text.ts';

/** Share of an answer that must be verbatim reference (or prompt) for it to be sent back. DESIGN §3.1. */
const VERBATIM_SHARE = 0.9;
/** Words that must match in a row to count as copied; shorter runs are how everybody talks about the subject. */
const COPIED_RUN = 5;
/** Shorter answers cannot be told from a quotation; a terse right answer or a formula must get through. */
const SHORTEST_COPY = 6;

/**
 * Sends back what holds nothing to grade: no words at all, only the question again, or the reference again.
 * Everything else goes on to the judge, off-topic prose and bare formulas included.
 * @returns undefined where the answer goes on.
 */
export function screenAnswer({ item, answer }: { item: Item; answer: string }): Returned | undefined {
  const said = words(answer);
  if (said.length === 0) return { status: 'returned', reason: 'empty' };
  if (copies({ said, source: item.reference })) return { status: 'returned', reason: 'copies-reference' };
  if (copies({ said, source: promptText(item) })) return { status: 'returned', reason: 'repeats-prompt' };
  return undefined;
}

/** Everything the learner was shown with the question: their repeating it proves nothing. */
export function promptText(item: Item): string {
  const options = item.kind === 'choice' ? item.options.map(({ text }) => text) : [];
  return [item.prompt, ...options].join('\n');
}

function copies({ said, source }: { said: readonly string[]; source: string }): boolean {
  if (said.length < SHORTEST_COPY) return false;
  return sharedShare({ sequence: said, source: words(source), runLength: COPIED_RUN }) >= VERBATIM_SHARE;
}
