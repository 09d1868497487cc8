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

/** A misconception and what its cues say of an answer; `groups` hold as hits only what is asserted. */
export type MisconceptionReading = {
  misconception: Misconception;
  groups: readonly GroupMatch[];
  finding: MisconceptionFinding;
};

/** Judges one misconception: held where all its groups are asserted, neither denied nor reported as somebody's mistake. */
export function judgeMisconception(args: {
  misconception: Misconception;
  answer: string;
  sentences: readonly Sentence[];
  phraseOf: (written: string) => Phrase;
}): MisconceptionReading {
  const { misconception } = args;
  const matched = matchCues({ ...args, cues: misconception.cues });
  const groups = matched.map(({ hits, negated }) => ({ hits: hits.filter(({ framed }) => !framed), negated }));
  return { misconception, groups, finding: decide({ ...args, groups, matched }) };
}

function decide(args: {
  misconception: Misconception;
  answer: string;
  sentences: readonly Sentence[];
  groups: readonly GroupMatch[];
  matched: readonly GroupMatch[];
}): MisconceptionFinding {
  const { misconception, groups, matched } = args;
  const base = { misconception: misconception.id };
  if (groups.every(({ hits }) => hits.length > 0)) {
    return { ...base, verdict: 'held', quotes: quoteEvidence(args), confidence: HELD };
  }
  if (isAlmostHeld(groups)) {
    const quotes = quoteEvidence(args);
    return { ...base, verdict: 'unsure', quotes, confidence: ALMOST };
  }
  const reported = matched.every(({ hits, negated }) => hits.length + negated.length > 0);
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
