import type { CriterionGrade, MisconceptionGrade, OtherError } from '../core/grade.ts';
import { thousandths, verdictPoints } from '../core/points.ts';
import type { Criterion } from '../core/rubric.ts';
import { findQuote, sharedShare, words } from '../core/text.ts';
import type { Evidence } from '../core/verdict.ts';
import type { CriterionFinding, JudgeTask, Judgment, MisconceptionFinding } from './judge.ts';
import { promptText } from './screen.ts';

/** More quotes than this are a judge quoting everything. */
const MOST_QUOTES = 4;
/** A shorter quote says nothing unless it is a number, a formula, or all that a sentence or clause says (docs/decisions/0012-short-quotes.md). */
const SHORTEST_QUOTE_WORDS = 3;

type Judged = Extract<Judgment, { status: 'judged' }>;

type GroundedVerdict = Omit<CriterionGrade, 'note' | 'noteFrom'>;

export type Grounded = {
  verdicts: GroundedVerdict[];
  misconceptions: MisconceptionGrade[];
  otherErrors: OtherError[];
};

/**
 * Holds every finding against the untouched answer. `met`, `partial` and `held` need evidence that really stands there,
 * else they become `unsure`; a half-way verdict where the rubric words none is `unsure`; a criterion the judge left out is
 * `unsure`. A failed check bars `met`, and `unsure` too, for what cannot be met is not open. Findings for ids the rubric does not have are dropped.
 * @param failedChecks ids of the criteria whose check did not pass.
 */
export function groundJudgment(args: {
  task: JudgeTask;
  judgment: Judged;
  failedChecks: ReadonlySet<string>;
}): Grounded {
  const { task, judgment, failedChecks } = args;
  const prompt = words(promptText(task.item));
  const evidenceOf = (quotes: readonly string[]): Evidence[] => findEvidence({ answer: task.answer, quotes, prompt });

  const findings = new Map(judgment.criteria.map((finding) => [finding.criterion, finding]));
  const verdicts = task.rubric.criteria.map((criterion) =>
    groundCriterion({
      criterion,
      finding: findings.get(criterion.id),
      evidenceOf,
      checkFailed: failedChecks.has(criterion.id),
    }),
  );

  const held = new Map(judgment.misconceptions.map((finding) => [finding.misconception, finding]));
  const misconceptions = task.rubric.misconceptions.map(({ id }) =>
    groundMisconception({ id, finding: held.get(id), evidenceOf }),
  );
  // What cannot be found in the answer is no error of the answer's.
  const otherErrors = (judgment.errors ?? []).flatMap(({ quote, why }) => {
    const [evidence] = evidenceOf([quote]);
    return evidence === undefined ? [] : [{ evidence, why }];
  });
  return { verdicts, misconceptions, otherErrors };
}

function groundCriterion(args: {
  criterion: Criterion;
  finding: CriterionFinding | undefined;
  evidenceOf: (quotes: readonly string[]) => Evidence[];
  checkFailed: boolean;
}): GroundedVerdict {
  const { criterion, finding, checkFailed } = args;
  const base = { criterion: criterion.id, points: 0, max: thousandths(criterion.points) };
  // Without its number an answer cannot meet the criterion, so neither met nor "maybe met" stands. Half-way needs words too.
  const settle = (grade: GroundedVerdict): GroundedVerdict => {
    const halfWay = criterion.partial !== undefined && grade.evidence.length > 0;
    const verdict = checkFailed ? (halfWay ? 'partial' : 'missed') : grade.verdict;
    return {
      ...grade,
      verdict,
      points: verdictPoints(criterion, verdict),
      barred: checkFailed ? 'check' : grade.barred,
    };
  };
  if (finding === undefined) {
    const reasoning = 'The judge said nothing of this criterion.';
    return settle({ ...base, verdict: 'unsure', evidence: [], confidence: 0, reasoning, barred: null });
  }
  const evidence = args.evidenceOf(finding.quotes);
  const { confidence, reasoning, decidedBy } = finding;
  const shared = { ...base, evidence, confidence, reasoning, ...(decidedBy === undefined ? {} : { decidedBy }) };
  switch (finding.verdict) {
    case 'missed':
      return { ...shared, verdict: 'missed', barred: null };
    case 'unsure':
      return settle({ ...shared, verdict: 'unsure', barred: null });
    case 'met':
    case 'partial':
      if (evidence.length === 0) return settle({ ...shared, verdict: 'unsure', barred: 'evidence' });
      if (finding.verdict === 'partial' && criterion.partial === undefined)
        return settle({ ...shared, verdict: 'unsure', barred: null });
      if (finding.verdict === 'met') return settle({ ...shared, verdict: 'met', barred: null });
      return { ...shared, verdict: 'partial', points: verdictPoints(criterion, 'partial'), barred: null };
    default:
      return finding.verdict satisfies never;
  }
}

function groundMisconception(args: {
  id: string;
  finding: MisconceptionFinding | undefined;
  evidenceOf: (quotes: readonly string[]) => Evidence[];
}): MisconceptionGrade {
  const { id, finding } = args;
  if (finding === undefined) return { id, verdict: 'unsure', evidence: [], confidence: 0 };
  const evidence = args.evidenceOf(finding.quotes);
  const verdict = finding.verdict === 'held' && evidence.length === 0 ? 'unsure' : finding.verdict;
  const { confidence, decidedBy } = finding;
  return { id, verdict, evidence, confidence, ...(decidedBy === undefined ? {} : { decidedBy }) };
}

/** Quotes that stand in the answer, say something, and are not wholly the prompt's own words; in the order of the answer, without overlaps. */
function findEvidence(args: { answer: string; quotes: readonly string[]; prompt: readonly string[] }): Evidence[] {
  const found = args.quotes
    .slice(0, MOST_QUOTES)
    .map((quote) => findQuote({ answer: args.answer, quote }))
    .filter((evidence) => evidence !== undefined)
    .filter((evidence) => isSaidWhole(args.answer, evidence) || saysSomethingNew(evidence, args.prompt))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Evidence[] = [];
  for (const evidence of found) {
    const last = kept.at(-1);
    if (last === undefined || evidence.start >= last.end) kept.push(evidence);
  }
  return kept;
}

/** "Ben's." to a question that offers Ana's and Ben's: short, the prompt's own word, and still all that a clause says. */
function isSaidWhole(answer: string, { quote, start, end }: Evidence): boolean {
  const length = words(quote).length;
  if (length === 0 || length >= SHORTEST_QUOTE_WORDS) return false;
  return isWholeClause({ before: answer.slice(0, start), after: answer.slice(end) });
}

function saysSomethingNew({ quote }: Evidence, prompt: readonly string[]): boolean {
  const enough = words(quote).length >= SHORTEST_QUOTE_WORDS || /\p{N}|[=^σβ∇√∑]/u.test(quote);
  return enough && !isPromptAgain(quote, prompt);
}

function isWholeClause({ before, after }: { before: string; after: string }): boolean {
  return (
    /(?:^|[.!?;:,()[\]\n\u2013\u2014\u2022*/>\u2192=-])\s*["'“”]?$/u.test(before) &&
    /^["'“”]?\s*(?:$|[.!?;:,()[\]\n\u2013\u2014\u2022*/>\u2192=-])/u.test(after)
  );
}

function isPromptAgain(quote: string, prompt: readonly string[]): boolean {
  const sequence = words(quote);
  return sharedShare({ sequence, source: prompt, runLength: Math.min(SHORTEST_QUOTE_WORDS, sequence.length) }) === 1;
}
