import type { Item } from '../core/item.ts';
import { readNumbers } from '../core/numbers.ts';
import type { Rubric } from '../core/rubric.ts';
import { wordRuns, words } from '../core/text.ts';
import { createSpeller, isTelling, namesIn, type Speller } from './guard-words.ts';
import { isEnglish } from './note-language.ts';
import { storableText } from './storable-text.ts';

/** Content words in a row that make a note an answer. Two are a technical term; three carry a statement. */
const LEAKED_RUN = 3;
/** Unsaid words of one criterion's `expects` that make a note an answer. One is how everybody talks; two are the point it asks for. */
const LEAKED_TERMS = 2;
/** With so many words of one `expects`, said ones included, a single unsaid one completes the point. */
const LEAKED_COVER = 4;
/** A longer note is not a margin note. */
const LONGEST_NOTE = 400;

/** Decides whether a note may be shown before the reveal. */
export type LeakGuard = (note: string) => { status: 'safe'; note: string } | { status: 'leaks'; what: string };

/**
 * Builds the guard for one answer. Before the reveal a note is in the course's language and carries, unless the learner has
 * said it or been told it: no number of what is hidden (reference, expects, partial, why an option or misconception fails),
 * no run of its content words, no name ("GRPO", "NF4") of `expects` or the reference, and not two telling words of any one
 * `expects` (one, where most of its other words stand there too). Words one letter off count as the hidden ones. Rates over the whole bank: test/bench/guard-rates.ts.
 * @param said everything the learner wrote or was shown: prompt, answer, asks, hints so far.
 */
export function createLeakGuard(args: { item: Item; rubric: Rubric; said: readonly string[] }): LeakGuard {
  const hidden = hiddenOf(args);
  let known: Said | undefined;
  const leak = (what: string): ReturnType<LeakGuard> => ({ status: 'leaks', what });

  return (note) => {
    // What is shown is what is held against the answer: a NUL inside a word would hide it here and vanish later.
    const text = storableText(note).trim();
    // Only where there is a note to hold against it: most judgments of the embedded judge carry none.
    known ??= readSaid({ text: args.said.join('\n'), speller: hidden.speller });
    const said = known;
    if (text.length > LONGEST_NOTE) return leak('longer than a note');
    if (!isEnglish({ note: text, said: said.words })) return leak('another language');
    const number = numbersOf(text).find((value) => hidden.numbers.has(value) && !said.numbers.has(value));
    if (number !== undefined) return leak(`the number ${number}`);
    const stems = hidden.speller(text);
    const run = [...wordRuns(stems, LEAKED_RUN)].find(
      (candidate) => hidden.runs.has(candidate) && !said.runs.has(candidate),
    );
    if (run !== undefined) return leak(`the words "${run}"`);
    const unsaid = [...new Set(stems)].filter((word) => !said.stems.has(word));
    const name = unsaid.find((word) => hidden.names.has(word));
    if (name !== undefined) return leak(`the name "${name}"`);
    for (const { all, telling } of hidden.claims) {
      const told = unsaid.filter((word) => telling.has(word));
      const covered = new Set(stems.filter((word) => all.has(word))).size;
      if (told.length >= LEAKED_TERMS || (told.length > 0 && covered >= LEAKED_COVER))
        return leak(`the words "${told.join('", "')}"`);
    }
    return { status: 'safe', note: text };
  };
}

/** What the learner has said or been told, in the same shapes. */
type Said = {
  words: ReadonlySet<string>;
  stems: ReadonlySet<string>;
  runs: ReadonlySet<string>;
  numbers: ReadonlySet<number>;
};

function readSaid({ text, speller }: { text: string; speller: Speller }): Said {
  const stems = speller(text);
  return {
    words: new Set(words(text)),
    stems: new Set(stems),
    runs: wordRuns(stems, LEAKED_RUN),
    numbers: new Set(readNumbers(text).map(({ value }) => value)),
  };
}

/** The values a note states. "The two", "those three" point back at what both sides know and state none. */
function numbersOf(note: string): number[] {
  return readNumbers(note)
    .filter(({ start, end }) => !(/^\p{L}+$/u.test(note.slice(start, end)) && pointsBack.test(note.slice(0, start))))
    .map(({ value }) => value);
}

const pointsBack = /\b(?:the|these|those|your|their|its|all|other|last|first)\s+$/iu;

/** What one item hides before its reveal, in the shapes a note is held against. */
type Hidden = {
  numbers: ReadonlySet<number>;
  runs: ReadonlySet<string>;
  names: ReadonlySet<string>;
  /** Each criterion's `expects`: its content words, and those that tell. */
  claims: readonly { all: ReadonlySet<string>; telling: ReadonlySet<string> }[];
  speller: Speller;
};

/** Reading a whole rubric costs more than the rest of a grade, and it never changes while the server runs. */
const hiddenByRubric = new WeakMap<Rubric, Hidden>();

function hiddenOf({ item, rubric }: { item: Item; rubric: Rubric }): Hidden {
  const known = hiddenByRubric.get(rubric);
  if (known) return known;
  const options = item.kind === 'choice' ? item.options : [];
  const expects = rubric.criteria.map((criterion) => criterion.expects);
  const texts = [
    item.reference,
    ...expects,
    ...options.flatMap((option) => ('correct' in option ? [] : [option['why-wrong']])),
    ...rubric.criteria.flatMap(({ partial }) => (partial === undefined ? [] : [partial])),
    ...rubric.misconceptions.flatMap(({ tempts, refutes }) => [tempts, refutes]),
  ];
  const checked = rubric.criteria.flatMap(({ check }) => check?.accept.map(String) ?? []);
  const names = new Set(namesIn([item.reference, ...expects].join('\n')));
  const speller = createSpeller({ texts, names });
  const hidden = {
    numbers: new Set([...texts, ...checked].flatMap((text) => readNumbers(text).map(({ value }) => value))),
    runs: new Set(texts.flatMap((text) => [...wordRuns(speller(text), LEAKED_RUN)])),
    names,
    claims: expects.map(speller).map((all) => ({ all: new Set(all), telling: new Set(all.filter(isTelling)) })),
    speller,
  };
  hiddenByRubric.set(rubric, hidden);
  return hidden;
}
