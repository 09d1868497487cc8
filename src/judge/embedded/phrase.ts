import { VivaError } from '../../core/errors.ts';
import { readNumbers } from '../../core/numbers.ts';
import { formulaPattern, isFormula } from './formula.ts';
import { evenSpelling, negators, synonyms, wordForms } from './word-forms.ts';

/** One alternative at one place of a phrase. `written` is its identity: equal terms of a rubric share their look-ups. */
export type Term = { written: string } & (
  | { kind: 'words'; words: Set<string>[]; joined: string; concept: string | undefined; value: number | undefined }
  | { kind: 'prefix'; lead: Set<string>[]; prefix: string }
  | { kind: 'negator' }
  | { kind: 'number'; value: number; step: number }
  | { kind: 'formula'; pattern: RegExp }
);

/** A place takes one of its terms; `near`: at most two other words after the place before it, `far`: any gap. */
export type Place = { terms: Term[]; gap: 'near' | 'far' };
/** One side of an `&`, in each of its readings: as written, and with the names of a concept taken as one term. */
export type Side = { readings: Place[][] };
export type Phrase = { written: string; sides: Side[] };

const token = /(?:\d\s+(?:%|percent\b|million\b|billion\b|thousand\b)|\S)+/gu;
const bareOperator = /^[-+=*/^·×<>≤≥≈−]$/u;

/**
 * Parses one authored cue phrase (the language is described in docs/authoring.md).
 * @param lemmaOf the lemma of a lone word.
 * @throws VivaError `content-invalid` with the phrase and what is wrong with it.
 */
export function parsePhrase(args: { written: string; lemmaOf: (word: string) => string }): Phrase {
  const { written, lemmaOf } = args;
  const fail = (what: string): never => {
    throw new VivaError('content-invalid', {
      message: `The cue phrase "${written}" ${what}.`,
      fix: 'See the phrase language in docs/authoring.md: words, a|b, verif*, ..., &, numbers, formulas.',
    });
  };
  const plain = written
    .replace(/[‘’]/gu, "'")
    .replace(/[“”"]/gu, ' ')
    .replace(/…|\.{3,}/gu, ' ... ');
  const sides: Side[] = [];
  for (const half of plain.split(/(?<=^|\s)&(?=\s|$)/u)) {
    const places: Place[] = [];
    let gap: Place['gap'] = 'near';
    for (const cell of joinOperators(half.match(token) ?? [])) {
      if (cell === '...') {
        if (places.length === 0) fail('begins a side with a gap');
        if (gap === 'far') fail('has two gaps in a row');
        gap = 'far';
        continue;
      }
      const alternatives = cell.split('|').map((term) => term.trim());
      if (alternatives.includes('')) fail(`has an empty alternative in "${cell}"`);
      const terms = alternatives.map(
        (term) => parseTerm({ term, lemmaOf }) ?? fail(`has nothing to look for in "${term}"`),
      );
      places.push({ terms, gap });
      gap = 'near';
    }
    if (gap === 'far') fail('ends a side with a gap');
    if (places.length === 0) fail('has an empty side');
    const folded = foldSynonyms(places);
    sides.push({ readings: folded.length < places.length ? [places, folded] : [places] });
  }
  return { written, sides };
}

/** What is wrong with an authored cue phrase, in words that follow its name ("begins a side with a gap"); undefined where it can be read. */
export function findPhraseFault(written: string): string | undefined {
  try {
    // Lemmas decide what a phrase finds, never whether it can be read.
    parsePhrase({ written, lemmaOf: (word) => word });
    return undefined;
  } catch (error) {
    if (!(error instanceof VivaError)) return 'cannot be read';
    return error.message.replace(`The cue phrase "${written}" `, '').replace(/\.$/u, '');
  }
}

/** `r_w - r_l` is one formula, though it is written with spaces. */
function joinOperators(cells: readonly string[]): string[] {
  const out: string[] = [];
  let open = false;
  for (const cell of cells) {
    const operator = bareOperator.test(cell);
    if ((operator || open) && out.length > 0) out.push(`${out.pop() ?? ''} ${cell}`);
    else out.push(cell);
    open = operator;
  }
  return out;
}

function parseTerm(args: { term: string; lemmaOf: (word: string) => string }): Term | undefined {
  const written = args.term.replace(/^[,;:'(]+(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}%*])[,;:'.!?]+$/gu, '');
  const lower = written.toLowerCase();
  if (negators.has(lower) || lower.endsWith("n't")) return { kind: 'negator', written: lower };
  if (lower.endsWith('*')) return parsePrefix(lower);
  const number = readWholeNumber(written);
  if (number && !/\p{L}{2}/u.test(written.replace(/percent|million|billion|thousand/iu, ''))) {
    return { kind: 'number', written: lower, ...number };
  }
  if (isFormula(written)) return { kind: 'formula', written: lower, pattern: formulaPattern(written) };
  const words = lower.match(/[\p{L}\p{N}]+(?:'\p{L}+)?/gu);
  if (!words) return undefined;
  const forms = words.map((word) => wordForms({ lower: word, lemma: args.lemmaOf(word) }));
  const joined = words.join('');
  return { kind: 'words', written: lower, words: forms, joined, concept: conceptOf(words), value: number?.value };
}

function parsePrefix(lower: string): Term | undefined {
  const words = lower.slice(0, -1).match(/[\p{L}\p{N}]+/gu);
  const prefix = words?.pop();
  if (!words || prefix === undefined || prefix.length < 2) return undefined;
  return {
    kind: 'prefix',
    written: lower,
    lead: words.map((word) => wordForms({ lower: word, lemma: undefined })),
    prefix: evenSpelling(prefix),
  };
}

function readWholeNumber(written: string): { value: number; step: number } | undefined {
  if (/\d\s*\/\s*\d/u.test(written)) return undefined;
  const found = readNumbers(written).find(({ role }) => role === 'stated');
  if (!found || written.slice(0, found.start).replace(/[~≈$+]/gu, '') !== '' || found.end !== written.length)
    return undefined;
  return { value: found.value, step: found.step };
}

function conceptOf(words: readonly string[]): string | undefined {
  const said = words.join(' ');
  return synonyms.find((names) => names.includes(said))?.[0];
}

const longNames: ReadonlySet<string> = new Set(synonyms.flat().filter((name) => name.includes(' ')));

/** `reinforcement learning` in a phrase finds "RL" in an answer. */
function foldSynonyms(places: readonly Place[]): Place[] {
  const folded: Place[] = [];
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at];
    if (!place) continue;
    const lone = places.slice(at).map(({ terms, gap }, offset) => {
      const term = terms.length === 1 && (offset === 0 || gap === 'near') ? terms[0] : undefined;
      return term?.kind === 'words' ? term.written.replaceAll('-', ' ') : undefined;
    });
    const length = [4, 3, 2].find(
      (count) => longNames.has(lone.slice(0, count).join(' ')) && !lone.slice(0, count).includes(undefined),
    );
    const run = length === undefined ? [] : places.slice(at, at + length).flatMap(({ terms }) => terms);
    if (length === undefined || run.length < 2) folded.push(place);
    else {
      const words = run.flatMap((term) => (term.kind === 'words' ? term.words : []));
      const said = lone.slice(0, length).join(' ');
      const term: Term = {
        kind: 'words',
        written: said,
        words,
        joined: said.replaceAll(' ', ''),
        concept: conceptOf(said.split(' ')),
        value: undefined,
      };
      folded.push({ terms: [term], gap: place.gap });
      at += length - 1;
    }
  }
  return folded;
}
