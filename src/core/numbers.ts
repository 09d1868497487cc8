import { readSpelledNumbers, scale } from './spelled-numbers.ts';

/** A quantity read from prose. */
export type Quantity = {
  /** Percentages are given as fractions: `0.78 %` is 0.0078. */
  value: number;
  /** Offsets in the text as given (UTF-16, end exclusive), sign, currency and percent sign included. */
  start: number;
  end: number;
  percent: boolean;
  /** A unit written with the number: `$`, `GB`, `x`, `bit`, … */
  unit?: string;
  /** Digits after the decimal point as written: 2 for `16.78M`. */
  decimals: number;
  /** What one unit in the last written place is worth: 1000 for `131k`, 0.0001 for `0.78 %`, 0 where computed (`2^17`). */
  step: number;
  /** `stated` on its own, a `factor` of a product or power that is listed as well, or the `label` of a step or option. */
  role: 'stated' | 'factor' | 'label';
};

/** A value and what one unit in its last written place is worth. */
export type WrittenValue = Pick<Quantity, 'value' | 'step'>;

type Atom = Omit<Quantity, 'role'> & { word: boolean };

const literal = /(?:\d{1,3}(?:(?:[ ,'_\u00A0\u202F\u2009]|\{,\})\d{3})+(?!\d)|\d+)(?:\.\d+)?(?!\.\d)|\.\d+/gu;
const exponent = /^[eE]([-+\u2212]?\d+)(?![\p{L}\p{N}])/u;
const superscript = /^[\u207B]?[\u2070\u00B9\u00B2\u00B3\u2074-\u2079]+/u;
const magnitude = /^(?:(k|K|m|M|B|bn|T)(?![\p{L}\p{N}])|[\s-]*(thousand|million|billion|trillion)\b)/u;
const percentSign = /^(?:\s*\\?%|\s+(?:of\s+(?:a|one)\s+)?(?:percent|per\s+cent|pct)\b)/iu;
const attachedUnit =
  /^(?:[\s-]?([KMGT]i?B|bytes?|bits?|nats?|tokens?|ms|epochs?|gpus?|hours?|days?|weeks?)\b|([xX×])(?![\p{L}\p{N}])(?!\s*[\p{L}\p{N}]\s*[*×]))/iu;
const operator =
  /^\s*(\*\*|\^|\*|×|·|⋅|∙|\/|÷|\\times|\\cdot|[xX]|times|multiplied\s+by|divided\s+by|out\s+of)\s*[({]?$/u;
const labelBefore =
  /\b(?:step|phase|stage|option|chapter|section|figure|table|part|question|item|version|method|model)\s*#?$/iu;
const listMarker = /^(?:\s*\(?\d{1,2}[.)]\s)/u;

const vulgar: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅕': 1 / 5,
  '⅛': 1 / 8,
};

/**
 * Reads the quantities of a text in reading order: digits with separators, magnitudes, signs, percentages and exponents,
 * spelled numbers from two up, fractions, and products, quotients and powers of literals, which come computed beside the
 * numbers they are made of. Digits inside names (`R1`, `fp16`, `GPT-4`, `pass@10`) and list markers are not quantities.
 */
export function readNumbers(text: string): Quantity[] {
  let reached = 0;
  const atoms = [...readDigits(text), ...readSpelled(text), ...readVulgar(text)]
    .sort((a, b) => a.start - b.start)
    // "18.25 million" was read as digits already.
    .filter((atom) => {
      const fresh = atom.start >= reached;
      reached = Math.max(reached, atom.end);
      return fresh;
    });
  shareRangeSigns(text, atoms);
  const quantities: Quantity[] = [];
  for (let at = 0; at < atoms.length;) {
    const run = readRun({ text, atoms, at });
    quantities.push(...runQuantities(text, run));
    at += run.atoms.length;
  }
  return quantities.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Whether two figures are one number written differently: they differ by no more than half a unit in the last place of
 * either. A figure needs two significant digits for its rounding to count, so "4" is not 4.3 and "0.8 %" is not 0.78 %.
 */
export function agreeInRounding(left: WrittenValue, right: WrittenValue): boolean {
  const slack = 1e-9 * Math.max(Math.abs(left.value), 1e-6);
  return Math.abs(left.value - right.value) <= Math.max(halfPlace(left), halfPlace(right)) + slack;
}

/** Fewer written digits than this say too little to be a rounding of another figure. */
const LEAST_SIGNIFICANT_DIGITS = 2;

function halfPlace({ value, step }: WrittenValue): number {
  if (value === 0 || step === 0) return 0;
  const leastPlace = 10 ** (Math.floor(Math.log10(Math.abs(value))) - (LEAST_SIGNIFICANT_DIGITS - 1));
  return Math.min(step, leastPlace) / 2;
}

function readDigits(text: string): Atom[] {
  const atoms: Atom[] = [];
  for (const match of text.matchAll(literal)) {
    const digits = match[0];
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    if (isInsideName(before) || isListMarker({ text, at: match.index })) continue;
    const atom = finishDigits({ text, digits, start: match.index, before });
    if (atom) atoms.push(atom);
  }
  return atoms;
}

function finishDigits(args: { text: string; digits: string; start: number; before: string }): Atom | undefined {
  const { text, digits, before } = args;
  let end = args.start + digits.length;
  const decimals = /\.(\d+)$/u.exec(digits)?.[1]?.length ?? 0;
  let value = Number(digits.replace(/[^\d.]/gu, ''));
  let step = tidy(10 ** -decimals);
  const rest = (): string => text.slice(end, end + 40);
  const power = exponent.exec(rest());
  if (power) {
    const factor = 10 ** Number(power[1]?.replace('\u2212', '-'));
    value *= factor;
    step *= factor;
    end += power[0].length;
  }
  const raised = superscript.exec(rest());
  if (raised) {
    value **= Number(raised[0].normalize('NFKC').replace('\u2212', '-'));
    step = 0;
    end += raised[0].length;
  }
  const times = magnitude.exec(rest());
  if (times) {
    const factor = scale[times[1] ?? (times[2] ?? '').toLowerCase()] ?? 1;
    value *= factor;
    step *= factor;
    end += times[0].length;
  }
  let unit: string | undefined;
  const percent = percentSign.exec(rest());
  if (percent) {
    value /= 100;
    step = tidy(step / 100);
    end += percent[0].length;
  } else {
    const attached = attachedUnit.exec(rest());
    unit = attached?.[2] === undefined ? attached?.[1] : 'x';
    if (attached) end += attached[0].length;
  }
  // "4o", "2nd", "2dr": letters that are no unit make it a name or a formula. An "x" before a digit is a multiplication.
  if (/^(?![xX]\s*\d)[\p{L}_]/u.test(rest())) return undefined;
  const sign =
    /(?:^|[^\p{L}\p{N})\]}.%])([-\u2212\u2013])$|[=≈:(,]\s*([-\u2212])\s*$|(?<!\bplus(?:\s+or\s+|\s*\/\s*))\b(?:minus|negative)\s+$/u.exec(
      before,
    );
  const currency = /[$€£]$/u.exec(before);
  if (currency) unit = currency[0];
  // After a number or a bracket it subtracts ("3 -5"); after a word it belongs to the number ("get -0.5"), unless it joins or is a dash.
  const negative =
    sign !== null &&
    !/[\p{N})\]]\s*[-\u2013]$|\p{L}[-\u2013]$|\p{L}\s+\u2013$/u.test(before.slice(0, -1) + (sign[1] ?? ''));
  const lead = negative
    ? (/[-\u2212\u2013]\s*$|(?:minus|negative)\s+$/u.exec(before)?.[0].length ?? 0)
    : currency
      ? 1
      : 0;
  return {
    value: negative ? -value : tidy(value),
    start: args.start - lead,
    end,
    percent: percent !== null,
    ...(unit === undefined ? {} : { unit }),
    decimals,
    step,
    word: false,
  };
}

function isInsideName(before: string): boolean {
  return /[\p{L}\p{N}_@]$|[\p{N}]\.$|\p{L}-$/u.test(before);
}

function isListMarker(args: { text: string; at: number }): boolean {
  const lineStart = args.text.lastIndexOf('\n', args.at - 1) + 1;
  const lead = args.text.slice(lineStart, args.at);
  if (/^\s*\(?$/u.test(lead) && listMarker.test(args.text.slice(lineStart))) return true;
  return (
    lead.endsWith('(') &&
    /^\d\)\s+\p{L}/u.test(args.text.slice(args.at, args.at + 8)) &&
    !/[=*/^]\s*$/u.test(lead.slice(-12, -1))
  );
}

function readSpelled(text: string): Atom[] {
  return readSpelledNumbers(text).map(({ value, start, end }) => {
    const percent = percentSign.exec(text.slice(end, end + 24));
    const atom = { start, end: end + (percent?.[0].length ?? 0), percent: percent !== null, decimals: 0, word: true };
    return { ...atom, value: percent ? tidy(value / 100) : value, step: percent ? 0.01 : 1 };
  });
}

function readVulgar(text: string): Atom[] {
  return [...text.matchAll(/[½¼¾⅓⅔⅕⅛]/gu)].map((match) => ({
    value: vulgar[match[0]] ?? 0,
    start: match.index,
    end: match.index + 1,
    percent: false,
    decimals: 0,
    step: 0,
    word: false,
  }));
}

/** "10–20 %" and "10 to 20%" are two percentages; "10-20k" are two thousands. */
function shareRangeSigns(text: string, atoms: Atom[]): void {
  atoms.forEach((right, at) => {
    const left = atoms[at - 1];
    if (!left || left.unit !== undefined || left.percent) return;
    const between = text.slice(left.end, right.start);
    if (right.percent && /^\s*(?:[-\u2013]|to|or)\s*$/iu.test(between)) {
      Object.assign(left, { value: tidy(left.value / 100), step: left.step / 100, percent: true });
    }
    if (/^[-\u2013]$/u.test(between) && right.step >= 1000 && left.value < right.value && left.value < 1000) {
      const factor = right.step * 10 ** right.decimals;
      Object.assign(left, { value: left.value * factor, step: left.step * factor });
    }
  });
}

type Run = { atoms: Atom[]; operators: ('^' | '*' | '/')[] };

function readRun(args: { text: string; atoms: readonly Atom[]; at: number }): Run {
  const first = args.atoms[args.at];
  const run: Run = { atoms: first ? [first] : [], operators: [] };
  for (let next = args.at + 1; next < args.atoms.length; next += 1) {
    const left = args.atoms[next - 1];
    const right = args.atoms[next];
    if (!left || !right || right.start < left.end) break;
    const between = args.text.slice(left.end, right.start);
    const sign = operator.exec(between)?.[1]?.toLowerCase();
    // "* 5\n* 7" is a list with bullets, "**5** (7" a figure in bold.
    const bold = sign === '**' && args.text.slice(0, left.start).endsWith('**');
    if (sign === undefined || bold || /\n\s*[*·] /u.test(between)) break;
    run.atoms.push(right);
    run.operators.push(sign === '^' || sign === '**' ? '^' : /^(?:\/|÷|divided|out)/u.test(sign) ? '/' : '*');
  }
  return run;
}

function runQuantities(text: string, run: Run): Quantity[] {
  const single = run.atoms.length === 1;
  const products = run.operators.includes('*') || run.operators.includes('^');
  const pieces = run.atoms.map(({ word: _word, ...atom }): Quantity => {
    const label = single && labelBefore.test(text.slice(Math.max(0, atom.start - 12), atom.start));
    return { ...atom, role: label ? 'label' : products ? 'factor' : 'stated' };
  });
  const first = run.atoms[0];
  const last = run.atoms.at(-1);
  if (single || !first || !last) return pieces;
  const closing = /^[)}]/u.test(text.slice(last.end)) && /[({]$/u.test(text.slice(first.start, last.start)) ? 1 : 0;
  const whole: Quantity = {
    value: evaluate(run),
    start: first.start,
    end: last.end + closing,
    percent: false,
    decimals: 0,
    step: 0,
    role: 'stated',
  };
  return Number.isFinite(whole.value) ? [whole, ...pieces] : pieces;
}

function evaluate(run: Run): number {
  const values = run.atoms.map(({ value }) => value);
  const operators = [...run.operators];
  for (let at = operators.lastIndexOf('^'); at >= 0; at = operators.lastIndexOf('^')) {
    values.splice(at, 2, (values[at] ?? NaN) ** (values[at + 1] ?? NaN));
    operators.splice(at, 1);
  }
  return tidy(
    operators.reduce(
      (total, sign, at) => (sign === '*' ? total * (values[at + 1] ?? NaN) : total / (values[at + 1] ?? NaN)),
      values[0] ?? NaN,
    ),
  );
}

/** Drops the last binary digits, so that 0.78 / 100 equals 0.0078. */
function tidy(value: number): number {
  return Number(value.toPrecision(14));
}
