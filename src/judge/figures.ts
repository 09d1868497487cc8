import type { Quantity } from '../core/numbers.ts';

/** A stated quantity and what is said round it. */
export type Figure = {
  quantity: Quantity;
  /** Its sentence up to the figure, and from the figure on; at most `SENTENCE_REACH` characters each. */
  before: string;
  after: string;
  /** The sentence with the figure blanked: two sentences that differ in the number alone are two guesses. */
  frame: string;
  /** Negated, or called wrong. */
  refused: boolean;
};

/** What stands further off says nothing about a figure any more; the bound keeps every check linear in the answer. */
const SENTENCE_REACH = 600;
const NEGATION_REACH_WORDS = 6;

const negator =
  /\b(?:not(?!\s+(?:only|just|merely|simply))|never|nor|neither|cannot|no\s+longer|rather\s+than|instead\s+of)\b|n['’]t\b/giu;
const turn = /[;.!?\n]|,(?!\d)|\b(?:but|so|because|since|which|therefore|thus|hence|actually|rather(?!\s+than))\b/iu;
const refused =
  /^[^.;\n]{0,24}?\b(?:(?:is|was|are|would\s+be|looks?|seems)\s+(?:clearly\s+|simply\s+|just\s+)?(?:wrong|incorrect|mistaken|false|a\s+mistake|an\s+error|not\b)|(?:is|was)n['’]t\b)/iu;
const wrongFrame =
  /\b(?:common|usual|typical|classic|frequent|easy)\s+(?:\w+\s+)?(?:mistake|error|slip|misconception|trap)|\bwrong(?:ly)?\b|\bmistaken(?:ly)?\b|\bincorrect(?:ly)?\b|\b(?:some|many|most)\s+(?:people\s+)?(?:would\s+|might\s+|may\s+)?(?:say|think|believe|claim|assume|answer|report)|\btempting\b/giu;

/** Reads what is said round each quantity, in one pass of bounded length for each. */
export function readFigures(answer: string, quantities: readonly Quantity[]): Figure[] {
  return quantities.map((quantity) => {
    const before = answer.slice(sentenceStart(answer, quantity.start), quantity.start);
    const after = answer.slice(quantity.end, sentenceEnd(answer, quantity.end));
    return {
      quantity,
      before,
      after,
      frame: `${before.trim()} # ${after.trim()}`.toLowerCase(),
      refused: isRefused({ before, next: answer.slice(quantity.end, quantity.end + 60) }),
    };
  });
}

/** What stands between two figures; "plus or minus" is written ±, for it offers nothing to choose from. */
export function gapBetween(answer: string, left: Quantity, right: Quantity): string {
  return answer.slice(left.end, right.start).replaceAll(/\bplus\s+or\s+minus\b/giu, '±');
}

/** The end of a sentence, unless the next one goes on offering: "It is 1.5. Or you get 3." */
export const endOfOffer =
  /[.!?]\s+(?!(?:Or|Maybe|Perhaps|Possibly|Probably|Otherwise|Alternatively|Either|Could|Might|May)\b)\p{Lu}/u;

/** Words and numbers of a text. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu)?.length ?? 0;
}

function sentenceStart(answer: string, from: number): number {
  const least = Math.max(0, from - SENTENCE_REACH);
  let at = from;
  // The point right before the figure ends a sentence, even though a digit follows.
  while (at > least && !endsSentence({ answer, at: at - 1, follower: at < from ? answer.charAt(at) : '' })) at -= 1;
  return at;
}

function sentenceEnd(answer: string, from: number): number {
  const most = Math.min(answer.length, from + SENTENCE_REACH);
  let at = from;
  while (at < most && !endsSentence({ answer, at, follower: answer.charAt(at + 1) })) at += 1;
  return at;
}

/** Whether the character at `at` closes a sentence; the point of "0.5" does not. */
function endsSentence(args: { answer: string; at: number; follower: string }): boolean {
  const character = args.answer.charAt(args.at);
  if (character === '.') return !/^\d/u.test(args.follower);
  return character === '!' || character === '?' || character === ';' || character === '\n';
}

function isRefused({ before, next }: { before: string; next: string }): boolean {
  if (refused.test(next)) return true;
  const frame = [...before.matchAll(wrongFrame)].at(-1);
  if (
    frame &&
    !/,\s*(?:but|so|because)\b|\b(?:but|actually|instead|the\s+(?:right|correct|true))\b/iu.test(
      before.slice(frame.index),
    )
  ) {
    return true;
  }
  const last = [...before.matchAll(negator)].at(-1);
  if (!last) return false;
  const between = before.slice(last.index + last[0].length);
  return !turn.test(between) && countWords(between) <= NEGATION_REACH_WORDS;
}
