import type { CriterionFinding, MisconceptionFinding } from '../judge.ts';
import type { GroupMatch } from './match-cues.ts';
import type { TaskReading } from './read-task.ts';

/** From this share on, the words that earn are in good part those of the wrong answer. */
const SHARED_FROM = 1 / 3;

type Findings = { criteria: CriterionFinding[]; misconceptions: MisconceptionFinding[] };

/**
 * Leaves a point open that rests on the words of a common wrong answer: a sentence cannot be right and wrong in the same words, and only a reader
 * can tell which the writer means. On dev every second such point is right, of all others five in six.
 */
export function doubtSharedWords({ findings, reading }: { findings: Findings; reading: TaskReading }): Findings {
  const wrong = new Set(
    findings.misconceptions
      .filter(({ verdict }) => verdict === 'held')
      .flatMap((held) => wordsOfHeld({ held, reading })),
  );
  const isShared = (criterion: string): boolean => {
    const { groups = [] } = reading.criteria.find((at) => at.criterion.id === criterion) ?? {};
    const earning = wordsOf(groups);
    return earning.length > 0 && earning.filter((word) => wrong.has(word)).length >= SHARED_FROM * earning.length;
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

/** Where each word of the groups' hits begins in the answer, each once. */
function wordsOf(groups: readonly GroupMatch[]): number[] {
  const starts = groups.flatMap(({ hits }) =>
    hits.flatMap(({ sentence, spans }) =>
      spans.flatMap(({ from, to }) => sentence.words.slice(from, to).map(({ start }) => start)),
    ),
  );
  return [...new Set(starts)];
}
