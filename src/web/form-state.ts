import type { PredictionView } from '../tutor/learner-view.ts';

export type FormProblem = { field: string; message: string };

/** What stands in the form: what it opens with, or what was just sent and could not be taken. */
export type FormState = {
  answer: string;
  option: number | null;
  /** Ordinals ticked, and how sure the learner is, 0–1; null where they did not say. */
  prediction: { covered: number[]; sure: PredictionView['sure'] | null };
  /** The same key with the same answer makes one attempt. */
  idempotencyKey: string;
  /** Tells browsers without a cookie apart until the first answer brings them one; empty where there is a cookie. */
  visit: string;
  /** Of a choice: the learner has said that it goes without a why. */
  whyLeftOut: boolean;
  problems: FormProblem[];
  /** Whether the reply shows how formulas and code in it read; for browsers without scripts. */
  previewed: boolean;
};
