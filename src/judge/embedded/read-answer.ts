import { readNumbers, type Quantity } from '../../core/numbers.ts';
import { findFrames, type Framed } from './frames.ts';
import type { LanguageModel, TaggedToken } from './language-model.ts';
import { markNegated } from './negation.ts';
import { isKeywordSalad } from './salad.ts';
import { forgedFrom, isToTheGrader } from './to-the-grader.ts';
import { evenSpelling, synonyms, unsupervisedTuning, wordForms } from './word-forms.ts';

/** A word or number of an answer; offsets are those of the untouched answer. */
export type Word = {
  lower: string;
  lemma: string;
  partOfSpeech: string;
  /** As written, lower-case, with British spelling evened out. */
  plain: string;
  forms: Set<string>;
  start: number;
  end: number;
  /** In the model's vocabulary, so that it is no typing slip. */
  known: boolean;
  breakBefore: string;
  negator: boolean;
  negated: boolean;
};

/** Word positions [from, to) of one sentence. */
export type WordSpan = { from: number; to: number };

export type Sentence = {
  /** Verbatim bounds in the answer, bullet marks left out. */
  start: number;
  end: number;
  text: string;
  words: Word[];
  /** Where each form of a word stands. */
  positions: ReadonlyMap<string, number[]>;
  /** Neighbours written together or with a hyphen elsewhere: "pre-training" as "pretraining", and where it begins. */
  pairs: { joined: string; lower: string; at: number }[];
  quantities: (WordSpan & { quantity: Quantity })[];
  /** Names of concepts (sft, rl, …) and where they stand under any of their names. */
  concepts: (WordSpan & { concept: string })[];
  /** Character ranges of the answer that report a view to reject it. */
  framed: Framed[];
  /** A list of terms that states nothing, an order to the grader, or words put into another's mouth. */
  salad: boolean;
};

const bullet = /^\s*(?:[-*•–—]|\(?\d{1,2}[.)]|\(?[a-hA-H][.)])\s+/u;
/** A shorter line that ends without a full stop was ended on purpose; a longer one was wrapped. */
const WRAPPED_LINE = 60;

/** An honest answer of 8,000 characters has about a hundred; what comes after so many is not read. A large rubric takes 1 ms for each. */
const MOST_SENTENCES = 250;

/** A longer sentence is read in pieces: finding phrases in one takes time with the square of its length. */
const MOST_WORDS = 120;
/** No word or formula is longer; wink needs a second for 8,000 characters without a space, so the rest of such a run is not read. */
const LONGEST_RUN = 300;
const longRun = new RegExp(String.raw`\S{${LONGEST_RUN + 1},}`, 'gu');

/** Reads an answer into at most 250 sentences of words; bullets and line breaks part sentences too. */
export function readAnswer(args: { answer: string; language: LanguageModel }): Sentence[] {
  const sentences: Sentence[] = [];
  for (const block of blocksOf(args.answer)) {
    if (sentences.length >= MOST_SENTENCES) break;
    // Same length, so that offsets hold.
    const plain = block.text
      .replace(/\s/gu, ' ')
      .replace(/[‘’]/gu, "'")
      // "16.7M. LoRA": the model takes the letter for somebody's initial, and two sentences for one.
      .replace(/(?<=\d\s?[kKmMbBgGtT])\.(?=\s+\p{Lu})/gu, '!')
      .replace(longRun, (run) => run.slice(0, LONGEST_RUN).padEnd(run.length));
    let cursor = 0;
    for (const tokens of args.language.read(plain)) {
      const placed = placeTokens({ tokens, text: plain, from: cursor, lemmaOf: args.language.lemmaOf });
      cursor = placed.at(-1)?.end ?? cursor;
      for (let at = 0; at < placed.length; at += MOST_WORDS) {
        const piece = placed.slice(at, at + MOST_WORDS);
        const sentence = makeSentence({ answer: args.answer, placed: piece, offset: block.start });
        if (sentence) sentences.push(sentence);
      }
      if (sentences.length >= MOST_SENTENCES) break;
    }
  }
  const frames = findFrames(sentences);
  const forged = forgedFrom(args.answer);
  sentences.forEach((sentence, at) => {
    sentence.framed = frames[at] ?? [];
    sentence.salad ||= sentence.end > forged;
  });
  return withoutRepeats(sentences);
}

/** A sentence that stands there fifty times says what it says once; only a change of frame makes it another. */
function withoutRepeats(sentences: readonly Sentence[]): Sentence[] {
  const seen = new Set<string>();
  return sentences.filter(({ text, start, framed }) => {
    const frames = framed.map((frame) => `${frame.kind} ${frame.start - start} ${frame.end - start}`);
    const key = [text, ...frames].join('\n');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function blocksOf(answer: string): { text: string; start: number }[] {
  const blocks: { text: string; start: number }[] = [];
  let at = 0;
  let open = false;
  for (const line of answer.split('\n')) {
    const marker = bullet.exec(line)?.[0].length ?? 0;
    const last = blocks.at(-1);
    if (open && marker === 0 && line.trim() !== '' && last) last.text = answer.slice(last.start, at + line.length);
    else if (line.trim() !== '') blocks.push({ text: line.slice(marker), start: at + marker });
    open = line.trim().length >= WRAPPED_LINE && !/[.!?:;]\s*$/u.test(line);
    at += line.length + 1;
  }
  return blocks;
}

type PlacedToken = TaggedToken & { start: number; end: number };

function placeTokens(args: {
  tokens: readonly TaggedToken[];
  text: string;
  from: number;
  lemmaOf: LanguageModel['lemmaOf'];
}): PlacedToken[] {
  let cursor = args.from;
  return args.tokens.flatMap((token) => {
    const start = args.text.indexOf(token.text, cursor);
    if (start < 0) return [];
    cursor = start + token.text.length;
    return splitCompound({ token, start, lemmaOf: args.lemmaOf });
  });
}

/** The model keeps some compounds whole ("cross-entropy") and parts others; here all are parted. */
function splitCompound(args: { token: TaggedToken; start: number; lemmaOf: LanguageModel['lemmaOf'] }): PlacedToken[] {
  const { token, start } = args;
  const parts = [...token.text.matchAll(/[^-\u2010\u2011]+/gu)];
  if (parts.length < 2) return [{ ...token, start, end: start + token.text.length }];
  return parts.map((part) => ({
    text: part[0],
    lemma: args.lemmaOf(part[0].toLowerCase()),
    partOfSpeech: token.partOfSpeech,
    known: token.known,
    start: start + part.index,
    end: start + part.index + part[0].length,
  }));
}

function makeSentence(args: { answer: string; placed: readonly PlacedToken[]; offset: number }): Sentence | undefined {
  const { answer, offset } = args;
  const visible = args.placed.filter(({ text }) => text.trim() !== '');
  const first = visible[0];
  const last = visible.at(-1);
  if (!first || !last) return undefined;
  const start = first.start + offset;
  const end = last.end + offset;
  const tokens = visible.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (tokens.length === 0) return undefined;
  const bare = tokens.map((token, at) => {
    const before = tokens[at - 1];
    const lower = token.text.toLowerCase();
    return {
      lower,
      lemma: token.lemma,
      partOfSpeech: token.partOfSpeech,
      known: token.known,
      plain: evenSpelling(lower),
      forms: wordForms({ lower, lemma: token.lemma }),
      start: token.start + offset,
      end: token.end + offset,
      breakBefore: before ? answer.slice(before.end + offset, token.start + offset) : '',
    };
  });
  const { negator, negated } = markNegated(bare);
  const words = bare.map((word, at) => ({ ...word, negator: negator[at] === true, negated: negated[at] === true }));
  const text = answer.slice(start, end);
  return {
    start,
    end,
    text,
    words,
    positions: indexForms(words),
    pairs: pairUp(words),
    quantities: readNumbers(text).flatMap((quantity) => {
      const span = wordsWithin({ words, start: quantity.start + start, end: quantity.end + start });
      return span ? [{ quantity, ...span }] : [];
    }),
    concepts: findConcepts(words),
    framed: [],
    salad: isKeywordSalad(words) || isToTheGrader(text),
  };
}

function indexForms(words: readonly Word[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  words.forEach(({ forms }, at) => {
    for (const form of forms) positions.set(form, [...(positions.get(form) ?? []), at]);
  });
  return positions;
}

function pairUp(words: readonly Word[]): Sentence['pairs'] {
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (!next || !/^[-\u2010\u2011 ]$/u.test(next.breakBefore)) return [];
    return [...next.forms].map((form) => ({ joined: word.lower + form, lower: word.lower, at }));
  });
}

/** The words that touch a character range of the answer; undefined where none does. */
export function wordsWithin(args: { words: readonly Word[]; start: number; end: number }): WordSpan | undefined {
  const from = args.words.findIndex(({ end }) => end > args.start);
  if (from < 0) return undefined;
  let to = from;
  while ((args.words[to]?.start ?? Infinity) < args.end) to += 1;
  return to > from ? { from, to } : undefined;
}

function findConcepts(words: readonly Word[]): Sentence['concepts'] {
  const found: Sentence['concepts'] = [];
  const said = words.map(({ lower }) => lower);
  for (const [concept = '', ...names] of synonyms) {
    for (const name of [concept, ...names]) {
      const parts = name.split(' ');
      for (let at = 0; at + parts.length <= said.length; at += 1) {
        if (!parts.every((part, offset) => said[at + offset] === part)) continue;
        const other = concept === 'sft' && unsupervisedTuning.has(said[at - 1] ?? '');
        if (!other) found.push({ concept, from: at, to: at + parts.length });
      }
    }
  }
  return found;
}
