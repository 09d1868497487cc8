import { nearNegators, negators } from './word-forms.ts';

/** What negation reading needs to know of a word. `breakBefore` is the punctuation between it and the word before. */
export type ScopedWord = { lower: string; lemma: string; partOfSpeech: string; breakBefore: string };

/** A negation rarely reaches further than this many words within its clause. */
const LONGEST_REACH = 14;
/** How far ahead an "or" keeps a comma list inside "no A, B, or C". */
const LIST_LOOK_AHEAD = 4;

const clauseOpeners = new Set(
  (
    'but so because since while whereas although though which who whose unless if when then hence therefore thus yet however ' +
    'until instead rather only'
  ).split(' '),
);
const harmlessAfterNo = new Set('doubt matter wonder question surprise'.split(' '));
const harmlessAfterWithout = new Set('doubt replacement question exception fail'.split(' '));
const harmlessAfterNot = new Set('only just merely simply surprisingly mention'.split(' '));

/**
 * Marks the words inside the scope of a negation: from the negator to the end of its clause. "Not only", "no doubt" and a
 * "no" before a comma negate nothing; "rather than", "instead of" and "fail to" do.
 */
export function markNegated(words: readonly ScopedWord[]): { negator: boolean[]; negated: boolean[] } {
  const negator = words.map((_, at) => isNegator(words, at));
  const negated = words.map(() => false);
  negator.forEach((opens, at) => {
    if (!opens) return;
    for (let reach = at + 1; reach < words.length && reach <= at + LONGEST_REACH; reach += 1) {
      if (endsScope({ words, at: reach, from: at })) break;
      negated[reach] = true;
    }
  });
  return { negator, negated };
}

function isNegator(words: readonly ScopedWord[], at: number): boolean {
  const word = words[at];
  if (!word) return false;
  const before = words[at - 1]?.lower ?? '';
  const next = words[at + 1]?.lower ?? '';
  if (word.lower === 'than') return before === 'rather';
  if (word.lower === 'of') return before === 'instead';
  if (word.lower === 'to') return words[at - 1]?.lemma === 'fail';
  if (nearNegators.has(word.lower)) return true;
  if (!negators.has(word.lower) && word.lemma !== 'not') return false;
  if (word.lower === 'no') return !harmlessAfterNo.has(next);
  if (word.lemma === 'not' || word.lower === 'not')
    return !harmlessAfterNot.has(next) && !(before === 'or' || before === 'if');
  if (word.lower === 'without') return !harmlessAfterWithout.has(next === 'a' ? (words[at + 2]?.lower ?? '') : next);
  return true;
}

function endsScope(args: { words: readonly ScopedWord[]; at: number; from: number }): boolean {
  const { words, at, from } = args;
  const word = words[at];
  if (!word) return true;
  // A line break inside a sentence is a wrapped line: paragraphs and list items were parted before.
  if (/[;:()?!\u2014]|\s[-\u2013]\s/u.test(word.breakBefore)) return true;
  if (word.breakBefore.includes(',') && !continuesList(words, at)) return true;
  // "Without" denies what it governs, not what is then said: "without a judge the score is exact".
  if (words[from]?.lower === 'without' && at > from + 1 && ['VERB', 'AUX', 'PRON'].includes(word.partOfSpeech))
    return true;
  if (clauseOpeners.has(word.lower)) {
    // "no only", "rather than" and "instead of" open scopes of their own; a lone "only" right after "not" was no negator.
    return !(at === from + 1 && (word.lower === 'only' || word.lower === 'if'));
  }
  if (word.lower !== 'and') return false;
  const next = words[at + 1];
  return next === undefined || ['VERB', 'AUX', 'PRON', 'ADV', 'SCONJ'].includes(next.partOfSpeech);
}

function continuesList(words: readonly ScopedWord[], at: number): boolean {
  for (let ahead = at; ahead <= at + LIST_LOOK_AHEAD; ahead += 1) {
    const word = words[ahead];
    if (!word || ['VERB', 'AUX', 'PRON'].includes(word.partOfSpeech)) return false;
    if (word.lower === 'or' || word.lower === 'nor') return true;
  }
  return false;
}
