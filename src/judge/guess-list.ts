import { countWords, endOfOffer, gapBetween, type Figure } from './figures.ts';

/** Values further apart than this factor hardly answer the same question. */
const SIMILAR_SCALE = 20;
const GAP_CHARACTERS = 160;
const HEDGED_GAP_WORDS = 10;
const HEDGE_REACH_CHARACTERS = 60;

/** Words that tell no value of a list from the next one. */
const empty = new Set(
  (
    'a about also alternatively an and another answer answers approximately around as attempt be been being can ' +
    'candidate choice comes could either else estimate estimates even first second third fourth fifth guess guesses ' +
    'i is it its last lastly likely may maybe me might next number numbers option or other otherwise parameters ' +
    'perhaps plus possibility possible possibly probably result roughly say says some still that the then there these they ' +
    'think this try us value values was well were would yet'
  ).split(' '),
);
const hedge = /\b(?:could|might|may|maybe|perhaps|possibly|either|or|alternatively|otherwise|guess)\b/iu;
const hedgeBefore = /\b(?:could|might|may|maybe|perhaps|possibly|guess)\b/giu;
const settles =
  /[=≈→]|[-=]>|\b(?:so|therefore|thus|hence|but|because|since|which|actually|instead|rather|not|final|total|altogether|together|that\s+makes|in\s+all|each|apiece|per)\b|n['’]t\b/iu;
const settledAfter =
  /^[\s\p{L}]{0,30}?\b(?:in\s+all|in\s+total|in\s+sum|altogether|together|total|respectively|each|apiece|per|for|(?:is|as|was)\s+(?:my|the)\s+(?:final\s+)?(?:answer|choice|result)|is\s+(?:right|correct))\b/iu;
/** What may tell a value after it has been named: "65,536 each", "65,536 with one factor". */
const explainedAfter = /^\s*(?:in|of|on|with|from|after|when|if|at|more|fewer|times)\b/iu;
const label = /\(\s*(?:\p{L}|[ivx]{1,4}|\d{1,2})\s*\)|\b\p{L}\)|\b[a-z][.:](?=\s)|\b\d{1,2}[.)](?=\s)/gu;

/**
 * Whether a hit is one of several guesses: an unexplained value of similar scale stands beside it, joined by nothing but empty
 * words, labels or hedges, and the answer neither computes the hit (`=`) nor prefers it ("so", "in all").
 * @param rivals the figures that nothing else accounts for: not accepted, not given, no answer to another check.
 * @param unit what the figures count; its words tell no value from another.
 */
export function isOneOfGuesses(args: {
  answer: string;
  hit: Figure;
  hits: readonly Figure[];
  rivals: readonly Figure[];
  unit?: string | undefined;
}): boolean {
  const { answer, hit } = args;
  if (isComputed(answer, hit)) return false;
  const unexplained = args.rivals.filter((rival) => isUnexplained({ answer, hit, rival }));
  if (isWorkedOut({ answer, hit, parts: unexplained })) return false;
  if (unexplained.length === 0) return false;
  if (isHedged(hit) && unexplained.some(isHedged)) return true;
  const members = [...new Set([...args.hits, ...unexplained])].sort((a, b) => a.quantity.start - b.quantity.start);
  const at = members.indexOf(hit);
  const same = new Set(args.hits);
  for (const step of [1, -1]) {
    for (let next = at + step; ; next += step) {
      const [from, to] = [members[next - step], members[next]];
      if (!from || !to) break;
      const [left, right] = step > 0 ? [from, to] : [to, from];
      if (!isListed({ answer, left, right, unit: args.unit })) break;
      if (!same.has(to)) return true;
    }
  }
  return false;
}

/** An equation, a product or "15 by 10:" stands for the value: whoever computes it does not guess. */
function isComputed(answer: string, { quantity, before }: Figure): boolean {
  if (/\d\s*(?:by|over|times)\s*\d[^.;:]{0,20}:\s*$/iu.test(before.slice(-60))) return true;
  const lead = answer.slice(Math.max(0, quantity.start - 12), quantity.start);
  if (/[\p{N})\]}%]\s*[=≈]\s*[^\p{L}\p{N}]{0,3}$/u.test(lead)) return true;
  return quantity.step === 0 && /[*×·⋅∙^÷]|\\times|\\cdot|\d\s*[xX]\s*\d|times/u.test(quoteOf(answer, quantity));
}

/** "65,536 + 65,536 is 131,072", "80,000 minus 30,000 is 50,000", or the same half named twice before its double. */
function isWorkedOut({ answer, hit, parts }: { answer: string; hit: Figure; parts: readonly Figure[] }): boolean {
  return parts.some(({ quantity: right }, at) => {
    const left = parts[at - 1]?.quantity;
    if (!left || right.end > hit.quantity.start || left.end > right.start) return false;
    const { value } = hit.quantity;
    const isValue = (result: number): boolean => Math.abs(result - value) <= 1e-6 * Math.abs(value);
    if (left.value === right.value && isValue(left.value + right.value)) return true;
    if (right.start - left.end > GAP_CHARACTERS) return false;
    const between = answer.slice(left.end, right.start);
    // "minus 5" is read as the value −5.
    if (/^\s*(?:\+|plus)\s*$/iu.test(between) || (right.value < 0 && between.trim() === ''))
      return isValue(left.value + right.value);
    return /^\s*(?:[-−–]|minus|less)\s*$/iu.test(between) && isValue(left.value - right.value);
  });
}

function isUnexplained(args: { answer: string; hit: Figure; rival: Figure }): boolean {
  const { answer, hit, rival } = args;
  if (rival.refused || isComputed(answer, rival)) return false;
  if (rival.quantity.start < hit.quantity.end && hit.quantity.start < rival.quantity.end) return false;
  if (rival.quantity.unit !== undefined && rival.quantity.unit !== hit.quantity.unit) return false;
  const scale = Math.abs(rival.quantity.value / hit.quantity.value);
  if (!(scale >= 1 / SIMILAR_SCALE && scale <= SIMILAR_SCALE)) return false;
  return !settledAfter.test(clauseAfter(rival)) && !explainedAfter.test(clauseAfter(rival));
}

function isListed(args: { answer: string; left: Figure; right: Figure; unit?: string | undefined }): boolean {
  const { answer, left, right } = args;
  if (right.quantity.start - left.quantity.end > GAP_CHARACTERS) return false;
  const gap = gapBetween(answer, left.quantity, right.quantity).replace(label, ' ');
  if (settles.test(gap) || settledAfter.test(clauseAfter(right))) return false;
  const vague = wordsOf(gap).filter((word) => !isEmptyWord(word));
  if (vague.length === 0) return true;
  // The "or" of another sentence is about what that sentence says: "It is 1.5. They use it for one or two hours."
  if (hedge.test(gap) && countWords(gap) <= HEDGED_GAP_WORDS && !endOfOffer.test(gap)) return true;
  // "I get 5, I get 7" says nothing new of 7; "rank 8 has 5, rank 16 has 7" does.
  const said = new Set([...wordsOf(left.before), ...wordsOf(args.unit ?? '')].map((word) => word.toLowerCase()));
  return !/\d/u.test(gap) && vague.every((word) => said.has(word.toLowerCase()));
}

/** A capital letter on its own is a name: "A and B". */
function isEmptyWord(word: string): boolean {
  return (word === 'I' || !/^\p{Lu}$/u.test(word)) && empty.has(word.toLowerCase());
}

function isHedged({ before }: Figure): boolean {
  const lead = before.slice(-HEDGE_REACH_CHARACTERS);
  const last = [...lead.matchAll(hedgeBefore)].at(-1);
  return last !== undefined && !settles.test(lead.slice(last.index));
}

/** The sentence after a figure, up to the next stop or figure. */
function clauseAfter({ after }: Figure): string {
  return /^[^,:()|\d]*/u.exec(after)?.[0] ?? '';
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}+(?:['’]\p{L}+)*/gu) ?? [];
}

function quoteOf(answer: string, { start, end }: { start: number; end: number }): string {
  return answer.slice(start, Math.min(end, start + GAP_CHARACTERS));
}
