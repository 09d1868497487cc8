import { WHY } from '../bank/refutation.ts';
import { cutAnswer, type Piece } from '../core/answer-pieces.ts';
import type { AnswersPolicy, Course } from '../core/course.ts';
import type { ReturnedReason, UngradedReason } from '../core/grade.ts';
import type { Misconception, Rubric } from '../core/rubric.ts';
import type { Evidence } from '../core/verdict.ts';
import type { TrialRow } from '../store/trials.ts';
import { canBePointedAt, evidenceOf, evidenceOfHeld, type Stimulus } from './drill-stimuli.ts';
import type { JudgeCard } from './learner-view.ts';
import { judgeOf } from './view-attempt.ts';

/** What stands in a trial for "there is no mistake in it". */
export const NO_MISTAKE = 'none';
// No authored id begins with a bracket.
/** A mistake that is not on the list; before a turn is answered: a mistake, not yet said which. */
export const ANOTHER = '(another)';
/** A mistake was called and, the list seen, taken back. The first word counts. */
export const WITHDRAWN = '(withdrawn)';

/** How a call compares with what was there. */
export type DetectionKind = 'hit' | 'miss' | 'false-alarm' | 'correct-rejection';

export type Claim = { claim: string; tempts: string; refutes: string };

/** A claim the answer makes, with the words that make it; null where nobody marked them. */
export type HeldClaim = Claim & { evidence: Evidence | null };

/**
 * What became of the learner's reason. `touched`: it names what counts, and nobody could tell whether it says the same of it;
 * `undecided`: not even that. `aside`: it was about something else, so nobody read it.
 */
export type WhyView = {
  text: string;
  status: 'waiting' | 'met' | 'missed' | 'touched' | 'undecided' | 'aside' | 'returned' | 'ungraded';
  evidence: Evidence[];
  reason: ReturnedReason | UngradedReason | null;
  judge: JudgeCard | null;
};

export type TrialOutcome = {
  kind: DetectionKind;
  /** What the learner took it for; null where they saw no mistake. */
  named: null | { as: 'claim'; claim: Claim; held: boolean } | { as: 'another' } | { as: 'withdrawn' };
  /** In the order of the words; those without come last. */
  held: HeldClaim[];
  /** The words that hold it; empty where nobody marked them. */
  evidence: Evidence[];
  /** The words the learner pointed at, and whether it is there; null where they pointed at none, or nobody can say. */
  marked: Evidence | null;
  markedRightly: boolean | null;
  why: WhyView | null;
  /** Of a right answer: what each part of it gets right; `expects` is null in a course that keeps its answers back. */
  right: { asks: string; expects: string | null }[];
  /** Of a right answer: the wrong turns it names only to reject them. */
  rejects: Claim[];
  source: Stimulus['source'];
};

/**
 * One turn of *spot the mistake*. `pieces` are what can be pointed at; null where its learner is not asked to. Claims are shown only once the
 * learner has said that there is a mistake; what is right, only at the end.
 */
export type TrialView = {
  id: string;
  course: { id: string; title: string; answers: AnswersPolicy; chapters: string[] };
  item: { id: string; title: string; prompt: string };
  answer: string;
  judge: JudgeCard;
} & (
  | { stage: 'detect' }
  | { stage: 'explain'; pieces: Piece[] | null; claims: string[] }
  | { stage: 'done'; outcome: TrialOutcome }
);

/** The turn as its learner may see it now. */
export function composeTrialView(args: {
  trial: TrialRow;
  stimulus: Stimulus;
  course: Course;
  judgeCard: JudgeCard;
}): TrialView {
  const { trial, stimulus, course, judgeCard } = args;
  const { item, rubric } = stimulus.courseItem;
  const shared = {
    id: trial.id,
    course: {
      id: course.id,
      title: course.title,
      answers: course.answers,
      chapters: course.chapters.map(({ id }) => id),
    },
    item: { id: item.id, title: item.title, prompt: item.prompt },
    answer: stimulus.answer,
    judge: judgeCard,
  };
  if (trial.answeredAt !== null) return { ...shared, stage: 'done', outcome: composeOutcome(args) };
  if (trial.picked === null) return { ...shared, stage: 'detect' };
  const claims = rubric.misconceptions.map(({ claim }) => claim);
  const pieces = canBePointedAt(stimulus) ? cutAnswer(stimulus.answer) : null;
  return { ...shared, stage: 'explain', pieces, claims };
}

/** Hit, miss, false alarm or correct rejection: the first word counts, whatever was made of it later. */
export function kindOf({ holds, picked }: { holds: boolean; picked: string }): DetectionKind {
  if (picked === NO_MISTAKE) return holds ? 'miss' : 'correct-rejection';
  return holds ? 'hit' : 'false-alarm';
}

/**
 * The misconception a learner's reason is to be held against; undefined where it is not to be judged: none was written, the answer
 * holds no mistake, or the reason is about another one. Whoever calls it "another" may still be describing the one that is there.
 */
export function judgedAgainst(args: {
  trial: Pick<TrialRow, 'picked' | 'why'>;
  stimulus: Stimulus;
}): Misconception | undefined {
  const { picked, why } = args.trial;
  const { courseItem, held } = args.stimulus;
  if (why === null || why.trim() === '') return undefined;
  const id = picked === ANOTHER ? held[0]?.id : held.find((one) => one.id === picked)?.id;
  return courseItem.rubric.misconceptions.find((misconception) => misconception.id === id);
}

function composeOutcome(args: {
  trial: TrialRow;
  stimulus: Stimulus;
  course: Course;
  judgeCard: JudgeCard;
}): TrialOutcome {
  const { trial, stimulus } = args;
  const { rubric } = stimulus.courseItem;
  const picked = trial.picked ?? NO_MISTAKE;
  const holds = stimulus.held.length > 0;
  const { spanStart: start, spanEnd: end } = trial;
  const marked = start === null || end === null ? null : { start, end, quote: stimulus.answer.slice(start, end) };
  return {
    kind: kindOf({ holds, picked }),
    named: namedOf({ picked, stimulus }),
    held: heldClaims(stimulus),
    evidence: evidenceOf(stimulus),
    marked,
    markedRightly: trial.spanHit,
    why: viewWhy(args),
    right: holds
      ? []
      : rubric.criteria.map(({ asks, expects }) => ({
          asks,
          expects: args.course.answers === 'open' ? expects : null,
        })),
    rejects: holds ? [] : claimsOf(rubric, stimulus.rejects),
    source: stimulus.source,
  };
}

function namedOf({ picked, stimulus }: { picked: string; stimulus: Stimulus }): TrialOutcome['named'] {
  if (picked === NO_MISTAKE) return null;
  if (picked === WITHDRAWN) return { as: 'withdrawn' };
  const [claim] = claimsOf(stimulus.courseItem.rubric, [picked]);
  return claim ? { as: 'claim', claim, held: stimulus.held.some(({ id }) => id === picked) } : { as: 'another' };
}

function heldClaims(stimulus: Stimulus): HeldClaim[] {
  const first = ({ evidence }: HeldClaim): number => evidence?.start ?? stimulus.answer.length;
  return stimulus.held
    .flatMap((held) => {
      const evidence = evidenceOfHeld({ stimulus, held }) ?? null;
      return claimsOf(stimulus.courseItem.rubric, [held.id]).map((claim) => ({ ...claim, evidence }));
    })
    .sort((a, b) => first(a) - first(b));
}

function claimsOf(rubric: Rubric, ids: readonly string[]): Claim[] {
  return rubric.misconceptions
    .filter(({ id }) => ids.includes(id))
    .map(({ claim, tempts, refutes }) => ({ claim, tempts, refutes }));
}

function viewWhy(args: { trial: TrialRow; stimulus: Stimulus; judgeCard: JudgeCard }): WhyView | null {
  const { trial, stimulus, judgeCard } = args;
  const { why, whyOutcome: outcome } = trial;
  if (why === null || why.trim() === '') return null;
  const blank = { text: why, evidence: [], reason: null, judge: judgeOf({ outcome, serving: judgeCard }) };
  if (judgedAgainst({ trial, stimulus }) === undefined) return { ...blank, status: 'aside' };
  if (outcome === null) return { ...blank, status: 'waiting' };
  if (outcome.status === 'returned' || outcome.status === 'ungraded')
    return { ...blank, status: outcome.status, reason: outcome.reason };
  const { verdict = 'unsure', evidence = [] } = outcome.verdicts.find(({ criterion }) => criterion === WHY) ?? {};
  if (outcome.provenance.judge === 'embedded') {
    // Its cues are derived, not authored: they find words, and cannot tell what is said with them.
    return verdict === 'met' ? { ...blank, status: 'touched', evidence } : { ...blank, status: 'undecided' };
  }
  if (verdict === 'met') return { ...blank, status: 'met', evidence };
  return { ...blank, status: verdict === 'missed' ? 'missed' : 'undecided' };
}
