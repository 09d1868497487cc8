import type { Evidence } from './verdict.ts';

/** A text made comparable, with the way back to the untouched one. */
export type NormalisedText = {
  text: string;
  /** Offsets of `text` (UTF-16, end exclusive) to the offsets of the untouched text they came from. */
  toOriginal: (start: number, end: number) => { start: number; end: number };
};

// Zero-width, bidirectional and soft-hyphen characters: invisible, so a quote may or may not carry them.
const invisible =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]/gu;
const singleQuotes = /[\u2018-\u201B\u2032\u02BC\u0060\u00B4]/gu;
const doubleQuotes = /[\u201C-\u201F\u2033\u00AB\u00BB]/gu;
const dashes = /[\u2010-\u2015\u2212\u2043]/gu;
const cluster = /\P{M}\p{M}*|\p{M}+/gsu;

/**
 * Makes texts comparable: NFKC, runs of white space folded to one space, quotation marks and dashes straightened,
 * zero-width and bidirectional characters dropped. Case stays. Superscripts become plain digits, so read numbers from
 * the untouched text.
 */
export function normaliseWithMap(text: string): NormalisedText {
  const units: string[] = [];
  let afterSpace = false;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(cluster)) {
    const start = match.index;
    const end = start + match[0].length;
    const clean = plainCluster(match[0]);
    for (const unit of clean.split('')) {
      const space = /\s/u.test(unit);
      if (space && afterSpace) {
        ends[ends.length - 1] = end;
        continue;
      }
      afterSpace = space;
      units.push(space ? ' ' : unit);
      starts.push(start);
      ends.push(end);
    }
  }
  return {
    text: units.join(''),
    toOriginal: (from, to) => {
      const start = starts[from] ?? text.length;
      return { start, end: to > from ? (ends[Math.min(to, ends.length) - 1] ?? start) : start };
    },
  };
}

function plainCluster(raw: string): string {
  // Nearly every character of nearly every answer; the way below costs thirty times as much.
  if (raw.length === 1 && raw < '\u0080') return raw === '`' ? "'" : raw;
  return raw
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(singleQuotes, "'")
    .replace(doubleQuotes, '"')
    .replace(dashes, '-');
}

/**
 * Finds a quote in the untouched answer: white space, quotation marks, dashes and invisible characters may differ, and so
 * may case where no place matches exactly. Quotation marks or an ellipsis wrapped round the quote are ignored.
 * @returns the place, with `quote` verbatim from the answer; undefined where the words do not stand there in this order.
 */
export function findQuote(args: { answer: string; quote: string }): Evidence | undefined {
  const haystack = normaliseWithMap(args.answer);
  const whole = normaliseWithMap(args.quote).text.trim();
  const unwrapped = unwrap(whole);
  for (const needle of [whole, unwrapped]) {
    if (needle === '') continue;
    let at = haystack.text.indexOf(needle);
    if (at < 0) at = lowerCaseUnits(haystack.text).indexOf(lowerCaseUnits(needle));
    if (at < 0) continue;
    const { start, end } = haystack.toOriginal(at, at + needle.length);
    return { start, end, quote: args.answer.slice(start, end) };
  }
  return undefined;
}

/** Cuts quotation marks, white space and ellipses off both ends, with a step for each: a pattern would try every run within. */
function unwrap(text: string): string {
  let from = 0;
  let to = text.length;
  const width = (at: number): number => (/["'\s]/u.test(text.charAt(at)) ? 1 : 0);
  for (let cut = 1; cut > 0 && from < to; from += cut) cut = text.startsWith('...', from) ? 3 : width(from);
  for (let cut = 1; cut > 0 && from < to; to -= cut) cut = text.endsWith('...', to) ? 3 : width(to - 1);
  return text.slice(from, Math.max(from, to));
}

/** Lower-case words and numbers in order. Hyphens part words; `131,072` is the one word `131072`. */
export function words(text: string): string[] {
  const plain = normaliseWithMap(text).text.toLowerCase();
  const found = plain.match(/\p{N}+(?:,\p{N}{3})*(?:\.\p{N}+)?%?|[\p{L}\p{N}_]+(?:'[\p{L}]+)*/gu) ?? [];
  return found.map((word) => (/^\p{N}/u.test(word) ? word.replaceAll(',', '') : word));
}

/** `words` without the stop words, each lightly stemmed: what a text is about, for overlap measures. */
export function contentWords(text: string): string[] {
  return words(text)
    .filter((word) => !stopWords.has(word))
    .map(stem);
}

/** All runs of `length` neighbouring words, each joined by single spaces. Empty where there are fewer words. */
export function wordRuns(sequence: readonly string[], length: number): Set<string> {
  const runs = new Set<string>();
  for (let at = 0; at + length <= sequence.length; at += 1) runs.add(sequence.slice(at, at + length).join(' '));
  return runs;
}

/**
 * The longest stretches of `sequence` that are runs of at least `runLength` neighbouring words also standing in `source`,
 * as [from, to) word positions in order. Two runs that overlap are one stretch.
 */
export function sharedStretches(args: {
  sequence: readonly string[];
  source: readonly string[];
  runLength: number;
}): { from: number; to: number }[] {
  const { sequence, source, runLength } = args;
  const known = wordRuns(source, runLength);
  const stretches: { from: number; to: number }[] = [];
  for (let at = 0; at + runLength <= sequence.length; at += 1) {
    if (!known.has(sequence.slice(at, at + runLength).join(' '))) continue;
    const last = stretches.at(-1);
    if (last !== undefined && at <= last.to) last.to = at + runLength;
    else stretches.push({ from: at, to: at + runLength });
  }
  return stretches;
}

/** The share (0–1) of `sequence` that stands in shared stretches with `source`; 0 for an empty sequence. */
export function sharedShare(args: {
  sequence: readonly string[];
  source: readonly string[];
  runLength: number;
}): number {
  if (args.sequence.length === 0) return 0;
  const shared = sharedStretches(args).reduce((sum, { from, to }) => sum + to - from, 0);
  return shared / args.sequence.length;
}

/** A light stem of one lower-case word: plural, -ing, -ed and -ly endings cut, doubled consonants and final e evened out. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word.replace(/'s$/u, '');
  let cut = word;
  if (/(?:ss|x|ch|sh|z)es$/u.test(cut)) cut = cut.slice(0, -2);
  else if (/ies$/u.test(cut) && cut.length > 4) cut = `${cut.slice(0, -3)}y`;
  else if (/[^su]s$/u.test(cut)) cut = cut.slice(0, -1);
  if (/ly$/u.test(cut) && cut.length > 5) cut = cut.slice(0, -2);
  if (/ied$/u.test(cut) && cut.length > 4) cut = `${cut.slice(0, -3)}y`;
  const verb = cut.replace(/(?:ing|ed)$/u, '');
  if (verb !== cut && verb.length >= 3 && /[aeiouy]/u.test(verb)) cut = verb.replace(/([bdfgmnprt])\1$/u, '$1');
  return cut.length > 3 ? cut.replace(/e$/u, '') : cut;
}

function lowerCaseUnits(text: string): string {
  // Unit by unit, so that offsets hold: "İ".toLowerCase() is two units long.
  return text.replace(/\p{Lu}/gu, (upper) => {
    const lower = upper.toLowerCase();
    return lower.length === upper.length ? lower : upper;
  });
}

const stopWords = new Set(
  (
    'a about after again all also am an and any are as at be because been before being both but by can could did do does ' +
    'doing down each even every for from further get gets had has have having he her here hers him his how i if in into is ' +
    "it it's its itself just like made make makes may me might more most much must my no nor not now of off on once only or " +
    'other our out over own same she should so some such than that the their them then there these they this those through ' +
    "thus to too under until up us very was we were what when where which while who whom why will with would you your don't " +
    "doesn't isn't aren't won't can't cannot"
  ).split(' '),
);
