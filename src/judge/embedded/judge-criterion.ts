import type { Criterion } from '../../core/rubric.ts';
import type { CriterionVerdict } from '../../core/verdict.ts';
import type { CriterionFinding } from '../judge.ts';
import { matchCues, type CueHit, type GroupMatch } from './match-cues.ts';
import type { Phrase } from './phrase.ts';
import { quoteEvidence } from './quote-evidence.ts';
import type { Sentence } from './read-answer.ts';

/** Confidence is a rough rank, to be calibrated against ratings; these are its steps. */
const SURE = { met: 0.85, partial: 0.6, unsure: 0.4, missed: 0.7, silent: 0.85 } as const;
/** Taken off `met` for each doubt: a typing slip, a lone one-word cue. */
const DOUBT = 0.1;

/** A criterion and what its cues say of an answer; `groups` hold as hits only what the writer states. */
export type CriterionReading = { criterion: Criterion; groups: readonly GroupMatch[]; finding: CriterionFinding };

/** Judges one criterion by its cue groups alone. */
export function judgeCriterion(args: {
  criterion: Criterion;
  answer: string;
  sentences: readonly Sentence[];
  phraseOf: (written: string) => Phrase;
}): CriterionReading {
  const { criterion } = args;
  const groups = matchCues({ ...args, cues: criterion.cues }).map(statedOnly);
  const found = groups.filter(({ hits }) => hits.length > 0);
  const verdict = decide({ criterion, groups, found: found.length });
  const quoted = verdict === 'met' || verdict === 'partial' || verdict === 'unsure';
  const finding: CriterionFinding = {
    criterion: criterion.id,
    verdict,
    quotes: quoted ? quoteEvidence({ ...args, groups: found }) : [],
    reasoning: explain({ criterion, groups }),
    confidence: confidenceOf({ verdict, groups }),
    note: '',
  };
  return { criterion, groups, finding };
}

function decide(args: { criterion: Criterion; groups: readonly GroupMatch[]; found: number }): CriterionVerdict {
  const { criterion, groups, found } = args;
  // An imported rubric without cues: there is nothing to go by.
  if (groups.length === 0) return 'unsure';
  if (found === groups.length) return 'met';
  const denied = groups.some(({ hits, negated }) => hits.length === 0 && negated.length > 0);
  if (2 * found >= groups.length) return criterion.partial === undefined ? 'unsure' : 'partial';
  if (denied && found > 0) return 'unsure';
  // A frame inside an answer that otherwise speaks for itself may be only a way of putting it.
  const maybe = groups.filter(
    ({ hits, negated }) => hits.length > 0 || negated.some(({ disowned }) => disowned === 'somewhat'),
  );
  return 2 * maybe.length >= groups.length ? 'unsure' : 'missed';
}

/** What is rejected, reported or asked counts like what is denied. */
function statedOnly({ hits, negated }: GroupMatch): GroupMatch {
  const isStated = ({ disowned }: CueHit): boolean => disowned === 'no';
  return { hits: hits.filter(isStated), negated: [...negated, ...hits.filter((hit) => !isStated(hit))] };
}

function explain(args: { criterion: Criterion; groups: readonly GroupMatch[] }): string {
  return args.groups
    .map(({ hits, negated }, at) => {
      const name = `group ${at + 1}`;
      const [hit] = hits;
      if (hit) return `${name} found by "${hit.phrase.written}"`;
      const [denied] = negated;
      if (denied) return `${name} only denied, reported or asked, by "${denied.phrase.written}"`;
      return `${name} not found`;
    })
    .join('; ');
}

function confidenceOf(args: { verdict: CriterionVerdict; groups: readonly GroupMatch[] }): number {
  const { verdict, groups } = args;
  if (verdict === 'missed' && groups.every(({ hits }) => hits.length === 0)) return SURE.silent;
  if (verdict !== 'met') return SURE[verdict];
  const direct = groups.map(({ hits }) => hits.filter(({ slip }) => !slip));
  const slipped = direct.some((hits) => hits.length === 0);
  const lone = direct.some((hits) =>
    hits.every(({ spans }) => spans.every(({ from, to }) => to - from <= 1) && spans.length === 1),
  );
  return SURE.met - (slipped ? DOUBT : 0) - (lone ? DOUBT : 0);
}
