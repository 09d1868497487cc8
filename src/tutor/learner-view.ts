import type { AnswersPolicy } from '../core/course.ts';
import type { Feedback, Outcome, ReturnedReason, UngradedReason } from '../core/grade.ts';
import { correctOption, type Item } from '../core/item.ts';
import { decimalPoints, thousandths } from '../core/points.ts';
import type { CriterionVerdict, Evidence, MisconceptionVerdict } from '../core/verdict.ts';
import type { CourseItem } from '../bank/content.ts';

/*
 * What a learner may see, as plain values: pages and the API render these and nothing else, so the pre-reveal contract
 * is kept in this file, and in view-verdicts.ts, which fills in the verdicts. Authored ids, `expects`, `refutes`, cues and misconceptions not held never appear
 * before the reveal; verdicts are numbered in the order of the rubric. Points here are plain decimals.
 */

/** Points as people read them. */
export type PointsView = { low: number; high: number; max: number };

/** Who reads the answers: shown before the first submit and beside every grade. */
export type JudgeCard = {
  judge: string;
  model: string;
  /** Where the answer goes, in words: "this server" or the provider's host name. */
  readBy: string;
};

/** Whether an attempt counts: after the tries or a reveal it is practice; after reading the answer it is kept apart. */
export type Standing = 'counted' | 'practice' | 'after-seeing';

export type ItemState = 'new' | 'under-way' | 'complete' | 'revealed' | 'seen';

export type ItemCard = {
  id: string;
  title: string;
  kind: Item['kind'];
  concept: string;
  difficulty: number;
  state: ItemState;
  best: PointsView | null;
};

export type CourseView = {
  id: string;
  title: string;
  about: string;
  answers: AnswersPolicy;
  chapters: { id: string; title: string; items: ItemCard[] }[];
};

export type ItemView = {
  id: string;
  course: { id: string; title: string; answers: AnswersPolicy };
  title: string;
  kind: Item['kind'];
  chapter: { id: string; title: string };
  concept: string;
  difficulty: number;
  prompt: string;
  options: { number: number; text: string }[];
  asks: string[];
  maxPoints: number;
  optionPoints: number | null;
  tries: { allowed: number; used: number };
  standing: Standing;
  revealed: boolean;
  /** Oldest first. */
  attempts: { id: string; status: AttemptStatus; standing: Standing; points: PointsView | null; createdAt: string }[];
  /** The newest attempt's text and option, to start the next try from. */
  latest: { answer: string; option: number | null } | null;
  /** What the newest judged attempt left open, with the hints due for the next try; null where there is nothing. */
  due: DueView | null;
  next: { id: string; title: string }[];
  judge: JudgeCard;
};

export type AttemptStatus = 'stored' | 'grading' | 'graded' | 'provisional' | 'returned' | 'ungraded';

/** That a person has settled a verdict: what the judge had said, and why the person decided as they did. */
export type SettledView<Verdict> = { judged: Verdict; note: string };

export type VerdictView = {
  ordinal: number;
  asks: string;
  verdict: CriterionVerdict;
  points: number;
  max: number;
  evidence: Evidence[];
  note: string;
  settled: SettledView<CriterionVerdict> | null;
};

/** A common wrong turn the judge or a person saw. `held` is false where a person has cleared the learner of it. */
export type NudgeView = {
  ordinal: number;
  nudge: string;
  evidence: Evidence[];
  held: boolean;
  settled: SettledView<MisconceptionVerdict> | null;
};

export type DueView = { verdicts: VerdictView[]; nudges: NudgeView[] };

/** What the learner expected of the answer before it was graded: ordinals of the parts they ticked, and 0–1. */
export type PredictionView = { covered: number[]; sure: number };

/** What changed since the judged attempt before, and what it earned. */
export type RevisionView = {
  since: { id: string; createdAt: string; points: PointsView };
  /** The words of both answers in reading order; null where so much is new that no comparison helps. */
  words: { change: 'kept' | 'added' | 'removed'; text: string }[] | null;
  verdicts: { ordinal: number; before: CriterionVerdict; after: CriterionVerdict; earned: number }[];
};

/** A verdict this learner contests. `misconception` ordinals are those of the nudges. */
export type AppealView = {
  kind: 'criterion' | 'misconception';
  ordinal: number;
  reason: string;
  status: 'open' | 'upheld' | 'changed';
  createdAt: string;
  settledAt: string | null;
};

export type AttemptView = {
  id: string;
  item: { id: string; title: string; kind: Item['kind']; prompt: string; options: { number: number; text: string }[] };
  status: AttemptStatus;
  standing: Standing;
  tryNumber: number;
  tries: { allowed: number; used: number };
  answer: string;
  option: { picked: number; correct: boolean | null; points: number; max: number } | null;
  createdAt: string;
  /** Why it was returned or left ungraded. */
  reason: ReturnedReason | UngradedReason | null;
  points: PointsView | null;
  verdicts: VerdictView[];
  nudges: NudgeView[];
  prediction: PredictionView | null;
  /** Null where it is not graded, or nothing was judged before it. */
  revision: RevisionView | null;
  appeals: AppealView[];
  feedback: Feedback | null;
  judge: JudgeCard | null;
  revealed: boolean;
  /** Only after the reveal. */
  reveal: RevealView | null;
};

export type RevealView = {
  reference: string;
  criteria: {
    ordinal: number;
    asks: string;
    expects: string;
    partial: string | null;
    points: number;
    verdict: CriterionVerdict | null;
  }[];
  misconceptions: { claim: string; tempts: string; refutes: string; held: boolean }[];
  options: { number: number; text: string; correct: boolean; whyWrong: string | null }[];
};

/** Options as the learner sees them. */
export function viewOptions(item: Item): { number: number; text: string }[] {
  return item.kind === 'choice' ? item.options.map(({ text }, index) => ({ number: index + 1, text })) : [];
}

export function viewPoints(points: { low: number; high: number; max: number }): PointsView {
  return { low: decimalPoints(points.low), high: decimalPoints(points.high), max: decimalPoints(points.max) };
}

/** Everything hidden until now, beside the verdicts of one grade where there is one. Call it only after a reveal or where answers are open. */
export function viewReveal({ courseItem, outcome }: { courseItem: CourseItem; outcome: Outcome | null }): RevealView {
  const { item, rubric } = courseItem;
  const graded = outcome !== null && (outcome.status === 'graded' || outcome.status === 'provisional') ? outcome : null;
  const verdictOf = new Map(graded?.verdicts.map(({ criterion, verdict }) => [criterion, verdict]) ?? []);
  const held = new Set(graded?.misconceptions.filter(({ verdict }) => verdict === 'held').map(({ id }) => id) ?? []);
  return {
    reference: item.reference,
    criteria: rubric.criteria.map(({ id, asks, expects, partial, points }, index) => ({
      ordinal: index + 1,
      asks,
      expects,
      partial: partial ?? null,
      points: decimalPoints(thousandths(points)),
      verdict: verdictOf.get(id) ?? null,
    })),
    misconceptions: rubric.misconceptions.map(({ id, claim, tempts, refutes }) => ({
      claim,
      tempts,
      refutes,
      held: held.has(id),
    })),
    options:
      item.kind === 'choice'
        ? item.options.map((option, index) => ({
            number: index + 1,
            text: option.text,
            correct: index + 1 === correctOption(item),
            whyWrong: 'why-wrong' in option ? option['why-wrong'] : null,
          }))
        : [],
  };
}
