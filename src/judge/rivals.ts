import type { Quantity } from '../core/numbers.ts';
import { countWords, endOfOffer, gapBetween, type Figure } from './figures.ts';

/** How many words may part two values that are offered as alternatives. */
const RIVAL_GAP_WORDS = 6;
/** Longer than any gap of so few words; what is longer is not read. */
const RIVAL_GAP_CHARACTERS = 200;
/** How far before a figure "between" or "p =" is looked for. */
const LEAD_CHARACTERS = 40;

/** Whether two figures of one answer are offered as alternatives, or in two sentences that differ in the number alone. */
export type RivalTest = (hit: Figure, rival: Figure) => boolean;

/** Prepares the test for one answer: every gap between two figures is read once, however many chains lead over it. */
export function createRivalTest(answer: string, figures: readonly Figure[]): RivalTest {
  const places = new Map(figures.map(({ quantity }, at) => [quantity, at]));
  const gaps = new Map<number, boolean>();
  const isLinked = (from: Quantity, link: Quantity): boolean => {
    const key = (places.get(from) ?? 0) * figures.length + (places.get(link) ?? 0);
    const known = gaps.get(key);
    if (known !== undefined) return known;
    const linked = isAlternative({ answer, from, link });
    gaps.set(key, linked);
    return linked;
  };

  /** "65,536 or 131,072", "1, 2 or 3", "between 1 and 2", "1–2", "1/2/3 …": alternatives, whatever stands between them in the list. */
  const isChain = (left: Quantity, right: Quantity): boolean => {
    let from = left;
    for (let at = 0; at < figures.length; at += 1) {
      const link = figures[at]?.quantity;
      if (!link || link.start < left.end || link.end > right.start) continue;
      if (!isLinked(from, link)) return false;
      from = link;
    }
    return isLinked(from, right);
  };

  return (hit, rival) => {
    if (rival.quantity.start < hit.quantity.end && hit.quantity.start < rival.quantity.end) return false;
    if (rival.refused) return false;
    if (hit.frame === rival.frame) return true;
    return rival.quantity.start < hit.quantity.start
      ? isChain(rival.quantity, hit.quantity)
      : isChain(hit.quantity, rival.quantity);
  };
}

function isAlternative({ answer, from, link }: { answer: string; from: Quantity; link: Quantity }): boolean {
  if (link.start - from.end > RIVAL_GAP_CHARACTERS) return false;
  const gap = gapBetween(answer, from, link);
  if (endOfOffer.test(gap)) return false;
  const lead = answer.slice(Math.max(0, from.start - LEAD_CHARACTERS), from.start);
  const alternative = /\b(?:or|maybe|perhaps|possibly|otherwise)\b/iu.test(gap);
  const bare = /^\s*[,;–?-]\s*$/u.test(gap) || isSlashList(answer, link.start);
  const range = /^\s*and\s*$/iu.test(gap) && /\bbetween\s*\S{0,3}\s*$/iu.test(lead);
  if (countWords(gap) > RIVAL_GAP_WORDS || !(alternative || bare || range)) return false;
  if (/\b(?:so|therefore|thus|hence|because|in\s+total|in\s+all|altogether)\b|=/iu.test(gap)) return false;
  return !(bare && /[\p{L}]\s*=\s*$/u.test(lead));
}

/** "1/2/3" lists values; "1/2" is a quotient. */
function isSlashList(answer: string, start: number): boolean {
  if (answer.charAt(start - 1) !== '/') return false;
  // Backwards and forwards to white space, no further than a list of figures is long.
  let from = start;
  while (from > 0 && start - from < RIVAL_GAP_CHARACTERS && !/\s/u.test(answer.charAt(from - 1))) from -= 1;
  const word = /^\S*/u.exec(answer.slice(from, start + RIVAL_GAP_CHARACTERS))?.[0] ?? '';
  const first = /[\d.]\//u.exec(word);
  return first !== null && /[\d.]\//u.test(word.slice(first.index + 2));
}
