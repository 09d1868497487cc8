import type { AnswersPolicy } from '../core/course.ts';
import type { Feedback, Outcome, ReturnedReason, UngradedReason } from '../core/grade.ts';
import { correctOption, type Item } from '../core/item.ts';
import { decimalPoints, thousandths } from '../core/points.ts';
import type { CriterionVerdict, Evidence } from '../core/verdict.ts';
import type { CourseItem } from '../bank/content.ts';

/*
 * What a learner may see, as plain values: pages and the API render these and nothing else, so the pre-reveal contract
 * (DESIGN §2) is kept in this one file. Authored ids, `expects`, `refutes`, cues and misconceptions not held never appear
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

export type ItemState = 'new' | 'under-way' | 'complete' | 'revealed';

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
  next: { id: string; title: string }[];
  judge: JudgeCard;
};

export type AttemptStatus = 'stored' | 'grading' | 'graded' | 'provisional' | 'returned' | 'ungraded';

export type VerdictView = {
  ordinal: number;
  asks: string;
  verdict: CriterionVerdict;
  points: number;
  max: number;
  evidence: Evidence[];
  note: string;
};

export type NudgeView = { ordinal: number; nudge: string; evidence: Evidence[] };

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

/** The part of a graded outcome a learner may see before the reveal: ordinals, own quotes, notes, nudges of what is held. */
export function viewVerdicts({ courseItem, outcome }: { courseItem: CourseItem; outcome: Outcome | null }): {
  verdicts: VerdictView[];
  nudges: NudgeView[];
} {
  if (outcome === null || outcome.status === 'returned' || outcome.status === 'ungraded')
    return { verdicts: [], nudges: [] };
  const gradeOf = new Map(outcome.verdicts.map((verdict) => [verdict.criterion, verdict]));
  const verdicts = courseItem.rubric.criteria.flatMap((criterion, index) => {
    const grade = gradeOf.get(criterion.id);
    if (grade === undefined) return [];
    const { verdict, evidence, note } = grade;
    const points = decimalPoints(grade.points);
    return [
      { ordinal: index + 1, asks: criterion.asks, verdict, points, max: decimalPoints(grade.max), evidence, note },
    ];
  });
  const held = new Map(
    outcome.misconceptions.filter(({ verdict }) => verdict === 'held').map((entry) => [entry.id, entry]),
  );
  const nudges = courseItem.rubric.misconceptions
    .flatMap(({ id, nudge }) => {
      const entry = held.get(id);
      return entry === undefined ? [] : [{ nudge, evidence: entry.evidence }];
    })
    // Numbered among those held: the position in the rubric would tell how many others there are.
    .map((entry, index) => ({ ordinal: index + 1, ...entry }));
  return { verdicts, nudges };
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
