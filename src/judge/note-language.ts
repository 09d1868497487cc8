import { words } from '../core/text.ts';

/** The course's own asks, hints and nudges: median 0.53, one in a hundred below 0.23. Fifteen sentences in twelve other languages: 0, and 0.14 in Danish. */
const LEAST_SHARE = 0.2;
/** One sentence of a note says less than the whole: "Suppose the gradient were known exactly." */
const LEAST_SENTENCE_SHARE = 0.12;
/** A shorter sentence may well have none: "Multiply both shapes." */
const SHORTEST_SENTENCE = 4;

/**
 * Whether a note is in English, the one language whose hidden words the leak guard can tell from others. Each sentence needs
 * its share of English function words; words the learner said or was shown count neither way, so an answer may be quoted.
 * An unsaid word with letters outside ASCII is another language or a disguise, but single letters are symbols.
 * A course in another language shows authored hints only, until its words can be told too.
 * @param said `words` of all that the learner wrote or was shown.
 */
export function isEnglish({ note, said: known }: { note: string; said: ReadonlySet<string> }): boolean {
  const unsaid = words(note).filter((word) => !known.has(word));
  if (unsaid.some((word) => /\p{L}.*\p{L}/u.test(word) && !/^[\p{ASCII}]+$/u.test(word))) return false;
  const isLike = (text: string, leastShare: number): boolean => {
    const all = words(text).filter((word) => /\p{L}/u.test(word));
    const functional = all.filter((word) => functionWords.has(word)).length;
    const others = all.filter((word) => !functionWords.has(word) && !known.has(word)).length;
    return all.length < SHORTEST_SENTENCE || functional >= leastShare * (functional + others);
  };
  return isLike(note, LEAST_SHARE) && note.split(/[.?!;:\n]+/u).every((part) => isLike(part, LEAST_SENTENCE_SHARE));
}

/** The commonest English words, without those that are common words elsewhere too ("in", "an", "was", "also", "on", "me"). */
const functionWords = new Set(
  (
    'about after again all and any are at be because been before being both but by can cannot could did does doing each else even every ' +
    "for from get give had has have how if instead into is it it's its itself just let like look make many more most much must name " +
    'need never not nothing now of once one only or other our out own same say says she should some still such suppose take tell than that the ' +
    'their them then there these they think this those through to too two under until up very were what when where whether which while ' +
    "who whose why with without would write yes yet you your yours don't doesn't isn't aren't can't"
  ).split(' '),
);
