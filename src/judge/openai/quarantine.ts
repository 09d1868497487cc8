import { createHmac } from 'node:crypto';
import { disguise, toAscii, undisguise } from './look-alikes.ts';

/** An answer made safe to stand in a prompt, and the way back to the learner's own characters. */
export type Quarantined = {
  /** Opening tag, numbered sentences, closing tag: the only place in a prompt where the answer's characters appear. */
  block: string;
  /** The name of the tag: an HMAC, so a learner can't know it and the same request gets the same one. */
  tag: string;
  /** The neutralised answer without sentence numbers. */
  shown: string;
  /** Maps a range of `shown` to the untouched answer. Offsets in UTF-16 units; null for a range outside `shown`. */
  toOriginal: (start: number, end: number) => { start: number; end: number } | null;
  /** The untouched words behind a quote the judge made from the block, or null where the block does not say them. */
  findQuote: (quote: string) => string | null;
};

/** 80 bits: out of reach of guessing, and few tokens. */
const TAG_HEX_DIGITS = 20;

/** Puts a learner's answer into a block it cannot leave and from which it cannot pose as anything trusted. */
export function quarantine(args: { secret: string; itemId: string; rubricHash: string; answer: string }): Quarantined {
  const { shown, starts, ends } = neutralise(args.answer);
  const tag = `answer-${createHmac('sha256', args.secret)
    .update(JSON.stringify([args.itemId, args.rubricHash, args.answer]))
    .digest('hex')
    .slice(0, TAG_HEX_DIGITS)}`;

  const toOriginal = (start: number, end: number): { start: number; end: number } | null => {
    const from = starts[start];
    const to = ends[end - 1];
    return start < end && from !== undefined && to !== undefined ? { start: from, end: to } : null;
  };

  const haystack = searchForm(shown);
  const findQuote = (quote: string): string | null => {
    for (const needle of [quote, withoutSentenceNumbers(quote)]) {
      const text = searchForm(neutralise(needle).shown.trim()).text;
      const found = text === '' ? -1 : haystack.text.indexOf(text);
      if (found < 0) continue;
      const first = haystack.at[found];
      const last = haystack.at[found + text.length - 1];
      if (first === undefined || last === undefined) continue;
      const range = toOriginal(first, last + 1);
      if (range !== null) return args.answer.slice(range.start, range.end);
    }
    return null;
  };

  const lines = sentences(shown).map((sentence, index) => `S${index + 1}: ${sentence}`);
  return { block: [`<${tag}>`, ...lines, `</${tag}>`].join('\n'), tag, shown, toOriginal, findQuote };
}

/**
 * Characters that show nothing but steer reading: C0 and C1 controls, soft hyphen, combining grapheme joiner, bidi marks, overrides and
 * isolates, zero-width characters, invisible operators, blank fillers, variation selectors, interlinear marks, tag characters.
 */
const hidden =
  /[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/u;

const lineBreak = /[\n\v\f\r\u0085\u2028\u2029]/;

/** Applied to the answer with full-width forms read as ASCII; every matched character that has a look-alike is shown as it. */
const forgeries = [
  // Any tag at all: our own, chat templates' <|im_start|> and </s>, HTML.
  /[<>]/g,
  // Code fences.
  /`{3,}|~{3,}/g,
  // Headings, at the start of anything.
  /(?<=^|\s)#+|#{2,}/g,
  // Rules and underlined headings.
  /={3,}|-{3,}|_{3,}|\*{3,}/g,
  // Role lines, and labels like those this prompt uses itself.
  /(?=:)(?<=\b(?:system|assistant|user|developer|tool|function|human|ai|grader|judge|instructions?|question|rubric|reference|reply|[scm]\d+)[\s*_"'’”)\]}]{0,6}):/gi,
  // [INST], [/INST], [SYSTEM], [end of answer] and the like.
  /\[(?=[\s/#|]{0,4}(?:inst|sys|system|user|assistant|developer|end|begin|start|answer|rubric)\b)/gi,
];

function neutralise(answer: string): { shown: string; starts: number[]; ends: number[] } {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = 0;
  for (const character of answer) {
    const start = offset;
    offset += character.length;
    const visible = visibleForm(character);
    for (let unit = 0; unit < visible.length; unit += 1) {
      units.push(visible.charAt(unit));
      starts.push(start);
      ends.push(offset);
    }
  }
  const ascii = toAscii(units.join(''));
  for (const forgery of forgeries) {
    for (const match of ascii.matchAll(forgery)) {
      for (let at = match.index; at < match.index + match[0].length; at += 1) units[at] = disguise(ascii.charAt(at));
    }
  }
  return { shown: units.join(''), starts, ends };
}

function visibleForm(character: string): string {
  if (lineBreak.test(character)) return '\n';
  if (character === '\t') return ' ';
  if (hidden.test(character)) return '';
  // Half a surrogate pair is not text; some endpoints reject a whole request for it.
  if (character.length === 1 && /[\ud800-\udfff]/.test(character)) return '\ufffd';
  return character;
}

/**
 * A line break ends a sentence; so does closing punctuation before white space (looked for first: a run of brackets is then
 * read once). Every line of the block then begins with a number of ours. */
function sentences(shown: string): string[] {
  return shown
    .split(/\n|(?=\s)(?<=[.!?…。！？]["'’”)\]]*)\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function withoutSentenceNumbers(quote: string): string {
  return quote.replace(/(^|\s)S\d+:\s*/g, '$1');
}

/** White space runs as one space and look-alikes as what they stand for, with the index each unit came from. */
function searchForm(shown: string): { text: string; at: number[] } {
  const plain = undisguise(shown);
  const units: string[] = [];
  const at: number[] = [];
  for (let index = 0; index < plain.length; index += 1) {
    const unit = /\s/u.test(plain.charAt(index)) ? ' ' : plain.charAt(index);
    if (unit === ' ' && units.at(-1) === ' ') continue;
    units.push(unit);
    at.push(index);
  }
  return { text: units.join(''), at };
}
