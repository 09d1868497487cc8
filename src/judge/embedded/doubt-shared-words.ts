import type { CriterionFinding, MisconceptionFinding } from '../judge.ts';
import type { CueHit, GroupMatch } from './match-cues.ts';
import type { TaskReading } from './read-task.ts';

/** From this share of its words on, a hit is the wrong answer's. */
const SHARED_FROM = 1 / 3;

type Findings = { criteria: CriterionFinding[]; misconceptions: MisconceptionFinding[] };

/**
 * Leaves a point open that would not stand without the words of a common wrong answer: a sentence cannot be right and wrong in the same words, and
 * only a reader can tell which the writer means.
 */
export function doubtSharedWords({ findings, reading }: { findings: Findings; reading: TaskReading }): Findings {
  const wrong = new Set(
    findings.misconceptions
      .filter(({ verdict }) => verdict === 'held')
      .flatMap((held) => wordsOfHeld({ held, reading })),
  );
  const isOwn = (hit: CueHit): boolean => {
    const words = wordsOfHit(hit);
    return words.filter((word) => wrong.has(word)).length < SHARED_FROM * words.length;
  };
  const isShared = (criterion: string): boolean => {
    const { groups = [] } = reading.criteria.find((at) => at.criterion.id === criterion) ?? {};
    return groups.some(({ hits }) => hits.length > 0 && !hits.some(isOwn));
  };
  return {
    ...findings,
    criteria: findings.criteria.map((finding) => {
      const given = finding.verdict === 'met' || finding.verdict === 'partial';
      if (!given || !isShared(finding.criterion)) return finding;
      const reasoning = `${finding.reasoning}; but in the words of a common wrong answer`;
      return { ...finding, verdict: 'unsure', reasoning };
    }),
  };
}

/** Where the words stand that show a wrong answer: those its cues name, or, where none does, all that is quoted. */
function wordsOfHeld({ held, reading }: { held: MisconceptionFinding; reading: TaskReading }): number[] {
  const { groups = [] } = reading.misconceptions.find((at) => at.misconception.id === held.misconception) ?? {};
  const named = wordsOf(groups);
  if (named.length > 0) return named;
  const quoted = reading.sentences.filter(({ text }) => held.quotes.includes(text));
  return quoted.flatMap(({ words }) => words.map(({ start }) => start));
}

function wordsOf(groups: readonly GroupMatch[]): number[] {
  return groups.flatMap(({ hits }) => hits.flatMap(wordsOfHit));
}

/** Where each of its words begins in the answer. */
function wordsOfHit({ sentence, spans }: CueHit): number[] {
  return spans.flatMap(({ from, to }) => sentence.words.slice(from, to).map(({ start }) => start));
}
