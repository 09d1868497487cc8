import { contentWords, stem, words } from '../core/text.ts';

/** Shorter words have too many neighbours one letter away: "rank" and "bank". */
const SHORTEST_MISSPELT = 6;

/** A text as the stems of its content words, each spelt as what is hidden spells it. */
export type Speller = (text: string) => string[];

/**
 * Learns how hidden texts spell their words, so that others' spellings become theirs: "fine tuning" and "fine-tuning" are one
 * word, a word of six letters or more may be one letter off, and a name may repeat letters ("SFTT").
 */
export function createSpeller({ texts, names }: { texts: readonly string[]; names: ReadonlySet<string> }): Speller {
  const spelt = new Set(texts.flatMap((text) => words(joinHyphens(text))));
  const known = new Set([...names, ...[...spelt].map(stem)]);
  const byDeletion = new Map<string, string>();
  for (const word of spelt) {
    if (word.length < SHORTEST_MISSPELT || !/^\p{L}+$/u.test(word)) continue;
    for (const form of [word, ...deletions(word)]) byDeletion.set(form, stem(word));
  }
  const byFold = new Map([...names].map((name) => [fold(name), name]));

  const spell = (word: string): string => {
    const plain = stem(word);
    if (known.has(plain)) return plain;
    const name = byFold.get(fold(word));
    if (name !== undefined) return name;
    if (word.length < SHORTEST_MISSPELT) return plain;
    // Two words one edit apart share a form with at most one letter of each left out.
    const near = [word, ...deletions(word)].find((form) => byDeletion.has(form));
    return near === undefined ? plain : (byDeletion.get(near) ?? plain);
  };
  return (text) => {
    const spelling = new Map<string, string>();
    const stems = words(joinHyphens(text)).flatMap((word) => {
      const spelled = spelling.get(word) ?? (isContentWord(word) ? spell(word) : '');
      spelling.set(word, spelled);
      return spelled === '' ? [] : [spelled];
    });
    const joined: string[] = [];
    for (let at = 0; at < stems.length; at += 1) {
      const both = `${stems[at] ?? ''}${stems[at + 1] ?? ''}`;
      const compound = at + 1 < stems.length && known.has(both);
      joined.push(compound ? both : (stems[at] ?? ''));
      if (compound) at += 1;
    }
    return joined;
  };
}

/** Names that no paraphrase needs by chance: two capitals in one word ("GRPO", "QLoRA") or a capital and a digit ("NF4"), in lower case. */
export function namesIn(text: string): string[] {
  const found = text.match(/(?<![\p{L}\p{N}_])[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*[\p{Lu}\p{N}][\p{L}\p{N}]*/gu) ?? [];
  return found.flatMap((name) => words(name.replace(/s$/u, ''))).map(stem);
}

/** Whether a stem says something of this subject in particular. */
export function isTelling(word: string): boolean {
  return /\p{L}{3}/u.test(word) && !generalStems.has(word);
}

function isContentWord(word: string): boolean {
  return contentWords(word).length > 0;
}

function joinHyphens(text: string): string {
  return text.replace(/(\p{L})[-\u2010\u2011](?=\p{L})/gu, '$1');
}

function deletions(word: string): string[] {
  return Array.from(word, (_letter, at) => word.slice(0, at) + word.slice(at + 1));
}

function fold(word: string): string {
  return word.replace(/(.)\1+/gu, '$1');
}

/** Words of any explanation, stemmed. Kept small, and without words of direction ("less", "rises"): a word here gives nothing away any more. */
const generalStems = new Set(
  (
    'already always another answer ask best better call case cause change clear come concrete different effect example few ' +
    'final find first five four give good happen hold keep know last let like long look many mean model name need never ' +
    'new next often one plain point put question reason real right say second see sentence show side ' +
    'step still take tell thing think three time true two want way whether ' +
    'word work write wrong'
  )
    .split(' ')
    .map(stem),
);
