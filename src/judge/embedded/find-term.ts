import { agreeInRounding } from '../../core/numbers.ts';
import type { Term } from './phrase.ts';
import { wordsWithin, type Sentence, type WordSpan } from './read-answer.ts';
import { isOneSlipApart } from './word-forms.ts';

/** Where one term stands in a sentence; `slip`: found through a typing slip. */
export type TermSpan = WordSpan & { slip: boolean };

/** Shorter words have too many neighbours one letter away. */
const SHORTEST_SLIP_WORD = 6;

const kept = new WeakMap<Sentence, Map<string, TermSpan[]>>();

/** Every place of a term in a sentence, in order. Looked up once a sentence, whichever phrase asks. */
export function findTerm(sentence: Sentence, term: Term): TermSpan[] {
  const known = kept.get(sentence) ?? new Map<string, TermSpan[]>();
  kept.set(sentence, known);
  const key = `${term.kind} ${term.written}`;
  const before = known.get(key);
  if (before) return before;
  const spans = search(sentence, term);
  spans.sort((a, b) => a.from - b.from || a.to - b.to);
  known.set(key, spans);
  return spans;
}

function search(sentence: Sentence, term: Term): TermSpan[] {
  switch (term.kind) {
    case 'negator':
      return sentence.words.flatMap(({ negator }, at) => (negator ? [span(at, at + 1)] : []));
    case 'number':
      return findNumber(sentence, term);
    case 'formula':
      return [...sentence.text.matchAll(term.pattern)].flatMap((match) => {
        const start = sentence.start + match.index;
        const found = wordsWithin({ words: sentence.words, start, end: start + match[0].length });
        return found ? [span(found.from, found.to)] : [];
      });
    case 'prefix':
      return findPrefix(sentence, term);
    case 'words': {
      const exact = findWords(sentence, term);
      return exact.length > 0 ? exact : findSlips(sentence, term);
    }
    default:
      return term satisfies never;
  }
}

function findNumber(sentence: Sentence, wanted: { value: number; step: number }): TermSpan[] {
  return sentence.quantities
    .filter(({ quantity }) => quantity.role !== 'factor' && agreeInRounding(wanted, quantity))
    .map(({ from, to }) => span(from, to));
}

function findPrefix(sentence: Sentence, term: Extract<Term, { kind: 'prefix' }>): TermSpan[] {
  const { words } = sentence;
  const lead = term.lead.length;
  const spans: TermSpan[] = [];
  words.forEach((word, at) => {
    // Evened spelling takes letters away ("smaller" -> "smaler"), so the word as written may fit where the evened one does not.
    const whole = word.plain.startsWith(term.prefix) || word.lower.startsWith(term.prefix);
    if (!whole && !slipsInto({ prefix: term.prefix, lower: word.plain, known: word.known })) return;
    const led = at >= lead && term.lead.every((forms, offset) => meets(forms, words[at - lead + offset]?.forms));
    if (led) spans.push(span(at - lead, at + 1, { slip: !whole }));
  });
  if (lead > 0) return spans;
  // "pre-training" and "pre training" begin with `pretrain*`.
  for (const { joined, lower, at } of sentence.pairs) {
    if (lower.length < term.prefix.length && joined.startsWith(term.prefix)) spans.push(span(at, at + 2));
  }
  return spans;
}

function findWords(sentence: Sentence, term: Extract<Term, { kind: 'words' }>): TermSpan[] {
  const { words, positions } = sentence;
  const count = term.words.length;
  const spans: TermSpan[] = [];
  for (const form of term.words[0] ?? []) {
    for (const at of positions.get(form) ?? []) {
      const goesOn = term.words.every((forms, offset) => offset === 0 || meets(forms, words[at + offset]?.forms));
      if (goesOn) spans.push(span(at, at + count));
    }
  }
  if (count > 1) for (const at of positions.get(term.joined) ?? []) spans.push(span(at, at + 1));
  else if (term.joined.length >= SHORTEST_SLIP_WORD) {
    for (const { joined, at } of sentence.pairs) if (term.words[0]?.has(joined) === true) spans.push(span(at, at + 2));
  }
  if (term.concept !== undefined) {
    for (const { concept, from, to } of sentence.concepts) if (concept === term.concept) spans.push(span(from, to));
  }
  if (term.value !== undefined) spans.push(...findNumber(sentence, { value: term.value, step: 1 }));
  return spans;
}

function findSlips(sentence: Sentence, term: Extract<Term, { kind: 'words' }>): TermSpan[] {
  const [forms] = term.words;
  if (!forms || term.words.length > 1 || term.joined.length < SHORTEST_SLIP_WORD) return [];
  return sentence.words.flatMap((word, at) => {
    if (word.known) return [];
    // A stem may be short where its word is long ("softly" -> "soft"), and short words are all one slip apart.
    const long = [...forms].filter((form) => form.length >= SHORTEST_SLIP_WORD);
    const slipped = long.some((form) => [...word.forms].some((said) => isOneSlipApart(form, said)));
    return slipped ? [span(at, at + 1, { slip: true })] : [];
  });
}

function slipsInto(args: { prefix: string; lower: string; known: boolean }): boolean {
  const { prefix, lower } = args;
  if (args.known || prefix.length < SHORTEST_SLIP_WORD) return false;
  return [-1, 0, 1].some((extra) => isOneSlipApart(prefix, lower.slice(0, prefix.length + extra)));
}

function meets(left: ReadonlySet<string>, right: ReadonlySet<string> | undefined): boolean {
  if (!right) return false;
  for (const form of left) if (right.has(form)) return true;
  return false;
}

function span(from: number, to: number, how: { slip: boolean } = { slip: false }): TermSpan {
  return { from, to, ...how };
}
