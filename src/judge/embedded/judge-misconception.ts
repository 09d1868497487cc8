import type { Misconception } from '../../core/rubric.ts';
import type { MisconceptionFinding } from '../judge.ts';
import { matchCues, type GroupMatch } from './match-cues.ts';
import type { Phrase } from './phrase.ts';
import { quoteEvidence } from './quote-evidence.ts';
import type { Sentence } from './read-answer.ts';

const HELD = 0.75;
const REPORTED = 0.7;
const ALMOST = 0.4;
const ABSENT = 0.85;
/** With fewer groups, "all but one" is next to nothing. */
const FEWEST_GROUPS_FOR_ALMOST = 3;

/** Judges one misconception: held where all its groups are asserted, neither denied nor reported as somebody's mistake. */
export function judgeMisconception(args: {
  misconception: Misconception;
  answer: string;
  sentences: readonly Sentence[];
  phraseOf: (written: string) => Phrase;
}): MisconceptionFinding {
  const { misconception } = args;
  const groups = matchCues({ ...args, cues: misconception.cues });
  const asserted = groups.map(({ hits, negated }) => ({ hits: hits.filter(({ framed }) => !framed), negated }));
  const base = { misconception: misconception.id };
  if (asserted.every(({ hits }) => hits.length > 0)) {
    return { ...base, verdict: 'held', quotes: quoteEvidence({ ...args, groups: asserted }), confidence: HELD };
  }
  if (isAlmostHeld(asserted)) {
    const quotes = quoteEvidence({ ...args, groups: asserted });
    return { ...base, verdict: 'unsure', quotes, confidence: ALMOST };
  }
  const reported = groups.every(({ hits, negated }) => hits.length + negated.length > 0);
  return { ...base, verdict: 'not-held', quotes: [], confidence: reported ? REPORTED : ABSENT };
}

/** All groups but one stand in one sentence, and the last is nowhere, not even denied. */
function isAlmostHeld(groups: readonly GroupMatch[]): boolean {
  if (groups.length < FEWEST_GROUPS_FOR_ALMOST) return false;
  const missing = groups.filter(({ hits }) => hits.length === 0);
  const [last] = missing;
  if (missing.length !== 1 || !last || last.negated.length > 0) return false;
  const present = groups.filter(({ hits }) => hits.length > 0);
  return (present[0]?.hits ?? []).some(({ sentence }) =>
    present.every(({ hits }) => hits.some((hit) => hit.sentence === sentence)),
  );
}
