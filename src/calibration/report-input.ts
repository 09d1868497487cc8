import type { EvalAnswer, EvalSet, Split } from '../core/eval-set.ts';
import type { Outcome } from '../core/grade.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';
import type { ComparedAnswer } from './comparison.ts';
import type { RunFacts } from './report-schema.ts';

/** What repeated gradings of one answer said. */
export type RepeatedAnswer = { family: string; outcomes: readonly Outcome[] };

/** One rated answer and what became of it when the judge graded it. */
export type RatedOutcome = { answer: EvalAnswer; outcome: Outcome };

/**
 * Everything a calibration report is computed from. Items and rubrics come whole rather than as point values, because only
 * core/points.ts turns verdicts into points: the raters' verdicts are scored by the same function as the judge's.
 */
export type CalibrationInput = {
  set: Pick<EvalSet, 'id' | 'title' | 'gates'> & { raters: EvalSet['provenance']['raters'] };
  judge: { name: string; model: string; promptVersion: string };
  /**
   * The answers the figures are about. Those of another split are left out of them; dev answers among them serve to fit the
   * threshold, to show how much tuning flatters, and to learn from.
   */
  split: Split | 'all';
  /** At least every item that an answer of the split belongs to. */
  items: readonly { item: Item; rubric: Rubric }[];
  answers: readonly RatedOutcome[];
  /** The attacks and rewordings that were run along; null where none were. */
  robustness: { set: Pick<EvalSet, 'id' | 'title'>; answers: readonly RatedOutcome[] } | null;
  /** Answers of the split graded more than once. */
  repeated: readonly RepeatedAnswer[];
  /** Every grading of the run, for its time and money. */
  gradings: readonly Outcome[];
  /** Questions of the whole course, for what a class would cost. */
  courseItems: number;
  run: RunFacts | null;
  /** A run to compare with; null where none was named. */
  earlier: { name: string; answers: readonly ComparedAnswer[] } | null;
  /** Seed of the bootstrap and of the draws the length baseline makes among answers of equal length. */
  seed: number;
  /** How often families are redrawn for each interval; 2,000 is the default of the command line. */
  resamples: number;
};
