import { words } from '../../core/text.ts';
import type { CueHit, GroupMatch } from './match-cues.ts';
import type { Sentence } from './read-answer.ts';

const MOST_QUOTES = 3;
/** A longer sentence is quoted by the clause its match stands in. */
const LONG_SENTENCE = 220;
/** `ground` refuses shorter evidence. */
const SHORTEST_QUOTE_WORDS = 3;

/**
 * The sentences the groups were found in, verbatim and in reading order, at most three. Each group is quoted once, from
 * the sentence that holds most groups.
 */
export function quoteEvidence(args: {
  answer: string;
  sentences: readonly Sentence[];
  groups: readonly GroupMatch[];
}): string[] {
  const chosen = new Map<Sentence, CueHit[]>();
  for (const { hits } of args.groups) {
    const best = hits.toSorted((a, b) => weigh(b, args.groups) - weigh(a, args.groups))[0];
    if (best) chosen.set(best.sentence, [...(chosen.get(best.sentence) ?? []), best]);
  }
  return [...chosen]
    .toSorted(([a], [b]) => a.start - b.start)
    .slice(0, MOST_QUOTES)
    .map(([sentence, hits]) => quoteSentence({ ...args, sentence, hits }));
}

function weigh({ sentence }: CueHit, groups: readonly GroupMatch[]): number {
  return groups.filter(({ hits }) => hits.some((hit) => hit.sentence === sentence)).length;
}

function quoteSentence(args: {
  answer: string;
  sentences: readonly Sentence[];
  sentence: Sentence;
  hits: readonly CueHit[];
}): string {
  const { answer, sentence } = args;
  const whole = answer.slice(sentence.start, sentence.end);
  if (whole.length > LONG_SENTENCE) {
    const clause = clauseOf(args);
    if (words(clause).length >= SHORTEST_QUOTE_WORDS) return clause;
  }
  if (words(whole).length >= SHORTEST_QUOTE_WORDS || /\p{N}/u.test(whole)) return whole;
  // "Both." says something only beside its neighbour.
  const at = args.sentences.indexOf(sentence);
  const next = args.sentences[at + 1];
  const before = args.sentences[at - 1];
  if (next) return answer.slice(sentence.start, next.end);
  return before ? answer.slice(before.start, sentence.end) : whole;
}

function clauseOf(args: { answer: string; sentence: Sentence; hits: readonly CueHit[] }): string {
  const { answer, sentence, hits } = args;
  const spans = hits.flatMap((hit) => hit.spans);
  const from = sentence.words[Math.min(...spans.map((span) => span.from))]?.start ?? sentence.start;
  const to = sentence.words[Math.max(...spans.map((span) => span.to)) - 1]?.end ?? sentence.end;
  const lead =
    /(?:[;:—]\s|,\s+(?:and|but|so|because|while|which)\s)(?!.*(?:[;:—]\s|,\s+(?:and|but|so|because|while|which)\s))/su.exec(
      answer.slice(sentence.start, from),
    );
  const start = lead ? sentence.start + lead.index + lead[0].length : sentence.start;
  const tail = /[;:—]|,\s+(?:and|but|so|because|while|which)\s/u.exec(answer.slice(to, sentence.end));
  return answer.slice(start, tail ? to + tail.index : sentence.end).trim();
}
