import { z } from 'zod';
import { AuthoredId, Prose } from './ids.ts';

/** When the *Answers & rationales* pages show an item: always, after its reveal, or never. */
export const AnswersPolicy = z.enum(['open', 'after-reveal', 'closed']);
export type AnswersPolicy = z.infer<typeof AnswersPolicy>;

/**
 * How much lint asks of a course's rubrics. `basic`: that they can be graded by, as an imported single-criterion rubric can.
 * `full`: all that docs/authoring.md says a rubric worth learning from has.
 */
export const RubricStandard = z.enum(['basic', 'full']);
export type RubricStandard = z.infer<typeof RubricStandard>;

/** `bank/<course>/course.yaml` */
export const Course = z.strictObject({
  id: AuthoredId.describe('The name of the folder this file is in.'),
  title: Prose,
  about: Prose.describe('One or two sentences shown on the course page.'),
  chapters: z
    .array(z.strictObject({ id: AuthoredId, title: Prose }))
    .min(1)
    .describe('In the order learners meet them.'),
  concepts: z.array(z.strictObject({ id: AuthoredId, title: Prose })).min(1),
  tries: z.int().min(1).max(10).default(3).describe('Graded tries an item gives before further attempts are practice.'),
  answers: AnswersPolicy.default('open'),
  standard: RubricStandard.default('basic').describe(
    '`full` holds every rubric to the house rules in docs/authoring.md.',
  ),
});
export type Course = z.infer<typeof Course>;
