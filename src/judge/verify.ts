import { VivaError } from '../core/errors.ts';
import { agreeInRounding, readNumbers, type Quantity } from '../core/numbers.ts';
import type { Check } from '../core/rubric.ts';
import type { Evidence } from '../core/verdict.ts';
import { readFigures, type Figure } from './figures.ts';
import { isOneOfGuesses } from './guess-list.ts';
import { createRivalTest } from './rivals.ts';

/** Whether the answer states the number a criterion asks for. `why` is for the instructor. */
export type CheckFinding = { passed: boolean; matched?: Evidence; why: string };

type Accepted = { value: number; tolerance: number | undefined; step: number; written: string };
/** No honest answer states so many figures; a page of them would find every number and take its time. */
const MOST_FIGURES = 200;
/** Longer than what stands between a product and the value it is said to have. */
const RESULT_GAP_CHARACTERS = 40;

/**
 * Checks by code that an answer states an accepted number. Percent and fraction notations agree (0.78 % = 0.0078).
 * Without a tolerance the rounding decides: half a unit in the last place of the accepted value or of the learner's
 * figure, which needs two significant digits. A value that is negated, called wrong, stated by the prompt or listed
 * beside a rival for the same quantity does not count, and nothing does in an answer of more than 200 figures.
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
  const quantities = readNumbers(answer).filter(({ role }) => role === 'stated');
  if (quantities.length > MOST_FIGURES) {
    return { passed: false, why: `The answer states more than ${MOST_FIGURES} figures.` };
  }
  const stated = readFigures(answer, quantities);
  const inPrompt = readNumbers(args.prompt).map(({ value }) => value);
  const elsewhere = others.flatMap((other) => other.accept.map((value) => readAccepted(value, other)));
  const isGiven = ({ quantity }: Figure): boolean => inPrompt.some((given) => isSame(given, quantity.value));
  const isAccepted = ({ quantity }: Figure): boolean => accepted.some((value) => agrees(value, quantity));
  const hits = stated.filter(isAccepted);
  const rivals = stated.filter(
    (figure) =>
      !isAccepted(figure) &&
      !isGiven(figure) &&
      !isOfComplement({ answer, quantity: figure.quantity }) &&
      !elsewhere.some((value) => agrees(value, figure.quantity)),
  );
  const areRivals = createRivalTest(answer, stated);

  let why = `The answer states none of ${accepted.map(({ written }) => written).join(', ')}.`;
  for (const hit of hits) {
    const { start, end } = hit.quantity;
    const quote = answer.slice(start, end);
    if (isGiven(hit)) why = `"${quote}" stands in the prompt already.`;
    else if (hit.refused) why = `"${quote}" is negated or called wrong.`;
    else if (stated.some((other) => isMiscomputed({ answer, quantity: hit.quantity, other: other.quantity }))) {
      why = `"${quote}" is right, but the answer works it out to another value.`;
    } else if (
      rivals.some((rival) => areRivals(hit, rival)) ||
      isOneOfGuesses({ answer, hit, hits, rivals, unit: check.unit })
    ) {
      why = `"${quote}" is listed beside another value for the same quantity.`;
    } else return { passed: true, matched: { start, end, quote }, why: `States "${quote}".` };
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

/** "1 - 0.7**10, around 0.97": both terms of a complement are steps on the way to the value, not other values. */
function isOfComplement({ answer, quantity }: { answer: string; quantity: Quantity }): boolean {
  const [before, after] = [answer.slice(0, quantity.start), answer.slice(quantity.end)];
  if (quantity.value === 1) return /^[^\S\n]*[-−–][^\S\n]*\(?[\d.]+[^\S\n]*(?:\*|\^|×|\/)/u.test(after);
  const computed = quantity.step === 0;
  return computed && /(?<![\d.])1[^\S\n]*[-−–][^\S\n]*\(?$/u.test(before);
}

/** "2 × 4096 × 16 = 65,536": the product is right and what the learner makes of it is not; their figure is the answer. */
function isMiscomputed(args: { answer: string; quantity: Quantity; other: Quantity }): boolean {
  const { answer, quantity, other } = args;
  const computed = quantity.step === 0;
  if (!computed || other.start < quantity.end || other.start - quantity.end > RESULT_GAP_CHARACTERS) return false;
  if (agreeInRounding(quantity, other)) return false;
  return /^\s*[)}\]]*\s*(?:=|≈|~|is|are|gives?|equals?|makes?|comes?\s+to)\s*(?:about|roughly|around|only|~|≈)?\s*$/iu.test(
    answer.slice(quantity.end, other.start),
  );
}
