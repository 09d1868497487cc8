/** A shorter list may be a whole answer ("policy, reference, reward model, critic"). */
const SHORTEST_SALAD_WORDS = 8;
/** Sentences people write hold well over a third of verbs and function words; bare term lists hardly any. */
const LEAST_GLUE_SHARE = 0.12;

const gluing = new Set(['VERB', 'AUX', 'DET', 'PRON', 'ADP', 'SCONJ', 'PART', 'CCONJ', 'ADV']);
const pinned = new Set(
  'the a an is are be to of in that it this which so because and or not with for from by on as then'.split(' '),
);

/** Whether words are a list of terms with no sentence in it: nothing is claimed, so nothing can be met. */
export function isKeywordSalad(
  words: readonly { lower: string; partOfSpeech: string; breakBefore: string }[],
): boolean {
  if (words.length < SHORTEST_SALAD_WORDS) return false;
  const commas = words.filter(({ breakBefore }) => /[,;/|]/u.test(breakBefore)).length;
  const function_ = words.filter(({ lower }) => pinned.has(lower)).length;
  const glue = words.filter(({ lower, partOfSpeech }) => pinned.has(lower) || gluing.has(partOfSpeech)).length;
  const listed = commas / words.length >= 0.3;
  return (
    glue / words.length < LEAST_GLUE_SHARE || (listed && function_ <= 1 && glue / words.length < 2 * LEAST_GLUE_SHARE)
  );
}
