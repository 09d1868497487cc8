import { readNumbers } from '../core/numbers.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';
import { contentWords, stem, wordRuns, words } from '../core/text.ts';

/** Content words in a row that make a note an answer. Two are a technical term; three carry a statement. */
const LEAKED_RUN = 3;
/** Shorter single-word cues ("both", "SFT") are ordinary words; longer ones give something away only where `expects` says them too. */
const SHORTEST_KEY_WORD = 5;
/** A longer note is not a margin note. */
const LONGEST_NOTE = 400;

/** Decides whether a note may be shown before the reveal. */
export type LeakGuard = (note: string) => { status: 'safe'; note: string } | { status: 'leaks'; what: string };

/**
 * Builds the guard for one answer: before the reveal a note may carry no number, no run of content words and no cue of
 * what is hidden (reference, expects, partial, refutes, cues), unless the learner has already been told it or said it.
 * @param said everything the learner wrote or was shown: prompt, answer, asks, hints so far.
 */
export function createLeakGuard(args: { item: Item; rubric: Rubric; said: readonly string[] }): LeakGuard {
  const hidden = hiddenOf(args);
  const saidText = args.said.join('\n');
  const saidRuns = wordRuns(contentWords(saidText), LEAKED_RUN);
  const saidNumbers = new Set(readNumbers(saidText).map(({ value }) => value));
  const saidWords = words(saidText).map(stem);

  return (note) => {
    const text = note.trim();
    if (text.length > LONGEST_NOTE) return { status: 'leaks', what: 'longer than a note' };
    const number = readNumbers(text).find(({ value }) => hidden.numbers.has(value) && !saidNumbers.has(value));
    if (number) return { status: 'leaks', what: `the number ${number.value}` };
    const run = [...wordRuns(contentWords(text), LEAKED_RUN)].find(
      (candidate) => hidden.runs.has(candidate) && !saidRuns.has(candidate),
    );
    if (run !== undefined) return { status: 'leaks', what: `the words "${run}"` };
    const noteWords = words(text).map(stem);
    const told = hidden.keys.some((key) => standsIn(key, noteWords) && !standsIn(key, saidWords));
    return told ? { status: 'leaks', what: 'a cue' } : { status: 'safe', note: text };
  };
}

/** What one item hides before its reveal, in the shapes a note is held against. */
type Hidden = { numbers: ReadonlySet<number>; runs: ReadonlySet<string>; keys: readonly Key[] };

/** Reading a whole rubric costs more than the rest of a grade, and it never changes while the server runs. */
const hiddenByRubric = new WeakMap<Rubric, Hidden>();

function hiddenOf({ item, rubric }: { item: Item; rubric: Rubric }): Hidden {
  const known = hiddenByRubric.get(rubric);
  if (known) return known;
  const options = item.kind === 'choice' ? item.options : [];
  const texts = [
    item.reference,
    ...options.flatMap((option) => ('correct' in option ? [] : [option['why-wrong']])),
    ...rubric.criteria.flatMap(({ expects, partial }) => (partial === undefined ? [expects] : [expects, partial])),
    ...rubric.misconceptions.flatMap(({ tempts, refutes }) => [tempts, refutes]),
  ];
  const checked = rubric.criteria.flatMap(({ check }) => check?.accept.map(String) ?? []);
  const expected = words(rubric.criteria.map(({ expects }) => expects).join(' ')).map(stem);
  const hidden = {
    numbers: new Set([...texts, ...checked].flatMap((text) => readNumbers(text).map(({ value }) => value))),
    runs: new Set(texts.flatMap((text) => [...wordRuns(contentWords(text), LEAKED_RUN)])),
    keys: [...rubric.criteria, ...rubric.misconceptions]
      .flatMap(({ cues }) => cues.flat())
      .flatMap(keysOfCue)
      .filter((key) => key.length > 1 || standsIn(key, expected)),
  };
  hiddenByRubric.set(rubric, hidden);
  return hidden;
}

/** A cue as neighbouring places, each a list of stems or prefixes that fit there. */
type Key = { prefix: boolean; stem: string }[][];

/** The wordings of a cue that would give the answer away: each side of `&` and `...` that holds a telling word. */
function keysOfCue(cue: string): Key[] {
  return cue
    .split(/&|\.\.\./)
    .map((side) =>
      side
        .trim()
        .split(/\s+/)
        .filter((token) => token !== '')
        .map((token) =>
          token
            .toLowerCase()
            .split('|')
            .map((word) => ({ prefix: word.endsWith('*'), stem: word.endsWith('*') ? word.slice(0, -1) : stem(word) })),
        ),
    )
    .filter(
      (key) =>
        key.length > 1 ||
        (key[0] ?? []).some((word) => word.stem.length >= SHORTEST_KEY_WORD && /^\p{L}+$/u.test(word.stem)),
    );
}

function standsIn(key: Key, sequence: readonly string[]): boolean {
  return sequence.some((_word, at) =>
    key.every((place, step) =>
      place.some((word) =>
        word.prefix ? sequence[at + step]?.startsWith(word.stem) : sequence[at + step] === word.stem,
      ),
    ),
  );
}
