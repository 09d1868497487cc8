import type { EvalAnswer, EvalSet, Split } from '../core/eval-set.ts';
import type { Outcome } from '../core/grade.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';

/** One rated answer and what became of it when the judge graded it. */
export type RatedOutcome = { answer: EvalAnswer; outcome: Outcome };

/**
 * Everything a calibration report is computed from. Items and rubrics come whole rather than as point values, because only
 * core/points.ts turns verdicts into points: the raters' verdicts are scored by the same function as the judge's.
 */
export type CalibrationInput = {
  set: Pick<EvalSet, 'id' | 'title'> & { raters: EvalSet['provenance']['raters'] };
  judge: { name: string; model: string; promptVersion: string };
  /** Answers of another split are left out of everything. */
  split: Split | 'all';
  /** At least every item that an answer of the split belongs to. */
  items: readonly { item: Item; rubric: Rubric }[];
  answers: readonly RatedOutcome[];
  /** Seed of the bootstrap and of the draws the length baseline makes among answers of equal length. */
  seed: number;
  /** How often families are redrawn for each interval; 2,000 is the default of the command line. */
  resamples: number;
};
