import type { Sentence, Word } from '../read-answer.ts';

/** A shorter list may be a whole answer: the terse notes nearest to a list end at 25 words, the lists made to fool begin at 29. */
const SHORTEST_LIST_WORDS = 27;
/** Prose holds 32 % of these words, the tersest notes that earn something 8 %; keyword lists 0 to 16 % (dev, 2026-11). */
const MOST_FUNCTION_SHARE = 0.17;
/** Whoever says something says "is", "it" or "they" now and then; a list of terms never. */
const MOST_CLAIMING_SHARE = 0.05;
/** Notes join their words by signs: "mean = 0.5", "KL → drift", "policy (learns)". */
const MOST_SIGN_SHARE = 0.06;
/** Besides, a list has its terms parted by commas, slashes or dashes, or else hardly a verb among them. */
const LISTED = { leastSeparators: 0.24, mostVerbs: 0.15 } as const;
/** No answer of dev parts so many of its words by commas or slashes; from here on it is a list whatever else stands in it. */
const BARE_LIST = { words: 14, separators: 0.3, claiming: 0.06 } as const;
/** A list made to fool takes nearly all its words from what is written about the question. */
const LEAST_FIT = 0.68;

const functionWords = new Set(
  (
    'the a an is are be to of in at that it this which so because and or not w with for from by on as then if when i you we they its there ' +
    'was were has have can would will but do does'
  ).split(' '),
);

/**
 * Whether a whole answer is the question's own vocabulary without a sentence in it. `isKeywordSalad` looks at one sentence; lists broken up by
 * full stops ("Sparse, delayed, credit assignment. Sub-tasks, short episodes.") have none long enough to be sure of.
 * @param fit the share (0 to 1) of the answer's telling words that are written about the question.
 */
export function isGlossary({ sentences, fit }: { sentences: readonly Sentence[]; fit: number }): boolean {
  const words = sentences.flatMap((sentence) => sentence.words);
  if (words.length < BARE_LIST.words) return false;
  const share = (matches: (word: Word) => boolean): number => words.filter(matches).length / words.length;
  const separators = share(({ breakBefore }) => /[,;|/]/u.test(breakBefore));
  const claiming = share(({ partOfSpeech }) => partOfSpeech === 'AUX' || partOfSpeech === 'PRON');
  if (separators >= BARE_LIST.separators && claiming < BARE_LIST.claiming) return true;
  if (words.length < SHORTEST_LIST_WORDS || fit < LEAST_FIT) return false;
  const listed =
    separators >= LISTED.leastSeparators || share(({ partOfSpeech }) => partOfSpeech === 'VERB') < LISTED.mostVerbs;
  return (
    listed &&
    share(({ lower }) => functionWords.has(lower)) < MOST_FUNCTION_SHARE &&
    claiming < MOST_CLAIMING_SHARE &&
    share(({ breakBefore }) => /[=≈→⇒<>+(:]|->/u.test(breakBefore)) < MOST_SIGN_SHARE
  );
}
