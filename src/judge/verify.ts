import { VivaError } from '../core/errors.ts';
import { agreeInRounding, readNumbers, type Quantity } from '../core/numbers.ts';
import type { Check } from '../core/rubric.ts';
import type { Evidence } from '../core/verdict.ts';

/** Whether the answer states the number a criterion asks for. `why` is for the instructor. */
export type CheckFinding = { passed: boolean; matched?: Evidence; why: string };

type Accepted = { value: number; tolerance: number | undefined; step: number; written: string };
type Place = { answer: string; quantity: Quantity };

/** How many words may part two values that are offered as alternatives. */
const RIVAL_GAP_WORDS = 6;
const NEGATION_REACH_WORDS = 6;

const negator =
  /\b(?:not(?!\s+(?:only|just|merely|simply))|never|nor|neither|cannot|no\s+longer|rather\s+than|instead\s+of)\b|n['’]t\b/giu;
const turn = /[;.!?\n]|,(?!\d)|\b(?:but|so|because|since|which|therefore|thus|hence|actually|rather(?!\s+than))\b/iu;
const refused =
  /^[^.;\n]{0,24}?\b(?:(?:is|was|are|would\s+be|looks?|seems)\s+(?:clearly\s+|simply\s+|just\s+)?(?:wrong|incorrect|mistaken|false|a\s+mistake|an\s+error|not\b)|(?:is|was)n['’]t\b)/iu;
const wrongFrame =
  /\b(?:common|usual|typical|classic|frequent|easy)\s+(?:\w+\s+)?(?:mistake|error|slip|misconception|trap)|\bwrong(?:ly)?\b|\bmistaken(?:ly)?\b|\bincorrect(?:ly)?\b|\b(?:some|many|most)\s+(?:people\s+)?(?:would\s+|might\s+|may\s+)?(?:say|think|believe|claim|assume|answer|report)|\btempting\b/iu;

/**
 * Checks by code that an answer states an accepted number. Percent and fraction notations agree (0.78 % = 0.0078).
 * Without a tolerance the rounding decides: half a unit in the last place of the accepted value or of the learner's
 * figure, which needs two significant digits. A value that is negated, called wrong, stated by the prompt or listed
 * beside a rival for the same quantity does not count.
 * @throws VivaError `content-invalid` where an accepted value holds no number.
 */
export function verifyCheck(args: {
  check: Check;
  answer: string;
  prompt: string;
  /** The other checks of the rubric: their values answer other questions and rival nothing. */
  others?: readonly Check[];
}): CheckFinding {
  const { check, answer, others = [] } = args;
  const accepted = check.accept.map((value) => readAccepted(value, check));
  const inPrompt = readNumbers(args.prompt).map(({ value }) => value);
  const stated = readNumbers(answer).filter(({ role }) => role === 'stated');
  const hits = stated.filter((quantity) => accepted.some((value) => agrees(value, quantity)));
  const isGiven = ({ value }: Quantity): boolean => inPrompt.some((given) => isSame(given, value));
  const elsewhere = others.flatMap((other) => other.accept.map((value) => readAccepted(value, other)));
  const rivals = stated.filter(
    (quantity) => !hits.includes(quantity) && !isGiven(quantity) && !elsewhere.some((value) => agrees(value, quantity)),
  );

  let why = `The answer states none of ${accepted.map(({ written }) => written).join(', ')}.`;
  for (const quantity of hits) {
    const quote = answer.slice(quantity.start, quantity.end);
    const place = { answer, quantity };
    if (isGiven(quantity)) why = `"${quote}" stands in the prompt already.`;
    else if (isRefused(place)) why = `"${quote}" is negated or called wrong.`;
    else if (stated.some((other) => isMiscomputed({ answer, quantity, other }))) {
      why = `"${quote}" is right, but the answer works it out to another value.`;
    } else if (rivals.some((rival) => areRivals({ answer, quantity, rival, stated }))) {
      why = `"${quote}" is listed beside another value for the same quantity.`;
    } else
      return { passed: true, matched: { start: quantity.start, end: quantity.end, quote }, why: `States "${quote}".` };
  }
  return { passed: false, why };
}

function readAccepted(written: number | string, check: Check): Accepted {
  const inPercent = check.unit !== undefined && /^(?:%|percent|per cent)/iu.test(check.unit);
  const text = typeof written === 'number' ? String(written) : written;
  const quantity = readNumbers(text).find(({ role }) => role === 'stated');
  if (!quantity) {
    throw new VivaError('content-invalid', {
      message: `The check accepts "${text}", which holds no number.`,
      fix: 'Write a value like 131072, "131k", "0.78%" or "2^17".',
    });
  }
  const percent = quantity.percent || inPercent;
  const factor = inPercent && !quantity.percent ? 0.01 : 1;
  const value = quantity.value * factor;
  return { value, step: quantity.step * factor, written: text, tolerance: readTolerance({ check, value, percent }) };
}

function readTolerance(args: { check: Check; value: number; percent: boolean }): number | undefined {
  const { tolerance } = args.check;
  if (tolerance === undefined) return undefined;
  if (typeof tolerance === 'number') return args.percent ? tolerance / 100 : tolerance;
  const number = Number.parseFloat(tolerance);
  if (tolerance.trim().endsWith('%')) return (Math.abs(args.value) * number) / 100;
  return args.percent ? number / 100 : number;
}

function agrees(accepted: Accepted, quantity: Quantity): boolean {
  if (accepted.tolerance === undefined) return agreeInRounding(accepted, quantity);
  const slack = 1e-9 * Math.max(Math.abs(accepted.value), 1e-6);
  return Math.abs(quantity.value - accepted.value) <= accepted.tolerance + slack;
}

function isSame(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
}

function isRefused({ answer, quantity }: Place): boolean {
  const after = answer.slice(quantity.end, quantity.end + 60);
  if (refused.test(after)) return true;
  const sentence = /(?:[^.!?;\n]|[.](?=\d))*$/u.exec(answer.slice(0, quantity.start))?.[0] ?? '';
  const frame = [...sentence.matchAll(new RegExp(wrongFrame, 'giu'))].at(-1);
  if (
    frame &&
    !/,\s*(?:but|so|because)\b|\b(?:but|actually|instead|the\s+(?:right|correct|true))\b/iu.test(
      sentence.slice(frame.index),
    )
  ) {
    return true;
  }
  const last = [...sentence.matchAll(negator)].at(-1);
  if (!last) return false;
  const between = sentence.slice(last.index + last[0].length);
  return !turn.test(between) && countWords(between) <= NEGATION_REACH_WORDS;
}

/** "2 × 4096 × 16 = 65,536": the product is right and what the learner makes of it is not; their figure is the answer. */
function isMiscomputed(args: { answer: string; quantity: Quantity; other: Quantity }): boolean {
  const { answer, quantity, other } = args;
  const computed = quantity.step === 0;
  if (!computed || other.start < quantity.end || agreeInRounding(quantity, other)) return false;
  return /^\s*[)}\]]*\s*(?:=|≈|~|is|are|gives?|equals?|makes?|comes?\s+to)\s*(?:about|roughly|around|only|~|≈)?\s*$/iu.test(
    answer.slice(quantity.end, other.start),
  );
}

function areRivals(args: {
  answer: string;
  quantity: Quantity;
  rival: Quantity;
  stated: readonly Quantity[];
}): boolean {
  const { answer, quantity, rival } = args;
  if (rival.start < quantity.end && quantity.start < rival.end) return false;
  const [left, right] = rival.start < quantity.start ? [rival, quantity] : [quantity, rival];
  if (isRefused({ answer, quantity: rival })) return false;
  return (
    isChain({ answer, left, right, stated: args.stated }) ||
    frameOf({ answer, quantity }) === frameOf({ answer, quantity: rival })
  );
}

/** "65,536 or 131,072", "1, 2 or 3", "between 1 and 2", "1–2", "1/2/3 …": alternatives, whatever stands between them in the list. */
function isChain(args: { answer: string; left: Quantity; right: Quantity; stated: readonly Quantity[] }): boolean {
  const { answer, left, right } = args;
  const links = [...args.stated.filter(({ start, end }) => start >= left.end && end <= right.start), right];
  let offered = false;
  let from = left;
  for (const link of links) {
    const gap = answer.slice(from.end, link.start);
    const alternative = /\b(?:or|maybe|perhaps|possibly|otherwise)\b/iu.test(gap);
    const bare = /^\s*[,;–?-]\s*$/u.test(gap) || isSlashList({ answer, link });
    const range = /^\s*and\s*$/iu.test(gap) && /\bbetween\s*\S{0,3}\s*$/iu.test(answer.slice(0, from.start));
    if (countWords(gap) > RIVAL_GAP_WORDS || !(alternative || bare || range)) return false;
    if (/\b(?:so|therefore|thus|hence|because|in\s+total|in\s+all|altogether)\b|=/iu.test(gap)) return false;
    if (bare && /[\p{L}]\s*=\s*$/u.test(answer.slice(0, from.start))) return false;
    offered = true;
    from = link;
  }
  return offered;
}

/** "1/2/3" lists values; "1/2" is a quotient. */
function isSlashList(args: { answer: string; link: Quantity }): boolean {
  const before = /[^\s]*$/u.exec(args.answer.slice(0, args.link.start))?.[0] ?? '';
  const after = /^[^\s]*/u.exec(args.answer.slice(args.link.start))?.[0] ?? '';
  return before.endsWith('/') && /[\d.]\/.*[\d.]\//u.test(before + after);
}

/** The sentence with its numbers blanked: two sentences that differ in the number alone are two guesses. */
function frameOf({ answer, quantity }: Place): string {
  const before = /(?:[^.!?;\n]|[.](?=\d))*$/u.exec(answer.slice(0, quantity.start))?.[0] ?? '';
  const after = /^(?:[^.!?;\n]|[.](?=\d))*/u.exec(answer.slice(quantity.end))?.[0] ?? '';
  return `${before.trim()} # ${after.trim()}`.toLowerCase();
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu)?.length ?? 0;
}
