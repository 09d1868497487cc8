/** A shorter list may be a whole answer ("policy, reference, reward model, critic"). */
const SHORTEST_SALAD_WORDS = 8;
/** Sentences people write hold well over a third of verbs and function words; bare term lists hardly any. */
const LEAST_GLUE_SHARE = 0.12;

/** Commas, semicolons, slashes and bars between so many of the words make them a list. */
const LISTED_SHARE = 0.3;
/** A list that says something has a preposition, an article or an "and" among ten words. */
const LEAST_FUNCTION_SHARE = 0.1;
/** "=" and "→" claim what a verb would: notes and arithmetic have them instead. A bracket explains what stands before it. */
const SIGN_WORTH = 2;
/** A list of so many figures is a working, not a list of terms. */
const FIGURES_SHARE = 0.25;

const gluing = new Set(['VERB', 'AUX', 'DET', 'PRON', 'ADP', 'SCONJ', 'PART', 'CCONJ', 'ADV']);
const pinned = new Set(
  'the a an is are be to of in at that it this which so because and or not with w for from by on as then if when'.split(
    ' ',
  ),
);

/** Whether words are a list of terms with no sentence in it: nothing is claimed, so nothing can be met. */
export function isKeywordSalad(
  words: readonly { lower: string; partOfSpeech: string; breakBefore: string }[],
): boolean {
  if (words.length < SHORTEST_SALAD_WORDS) return false;
  const count = (matches: (word: (typeof words)[number]) => boolean): number => words.filter(matches).length;
  if (count(({ lower }) => /^\p{N}/u.test(lower)) >= FIGURES_SHARE * words.length) return false;
  const signs =
    SIGN_WORTH * count(({ breakBefore }) => /[=≈→⇒]|->/u.test(breakBefore)) +
    count(({ breakBefore }) => breakBefore.includes('('));
  const functions = signs + count(({ lower }) => pinned.has(lower));
  const glue = signs + count(({ lower, partOfSpeech }) => pinned.has(lower) || gluing.has(partOfSpeech));
  const listed = count(({ breakBefore }) => /[,;/|]/u.test(breakBefore)) >= LISTED_SHARE * words.length;
  return glue < LEAST_GLUE_SHARE * words.length || (listed && functions < LEAST_FUNCTION_SHARE * words.length);
}
