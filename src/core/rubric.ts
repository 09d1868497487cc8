import { z } from 'zod';
import { AuthoredId, Prose } from './ids.ts';

/** Points as authors write them: plain decimals with at most three places, so that thousandths are exact integers. */
export const Points = z
  .number()
  .positive()
  .max(100)
  .refine((points) => Number.isInteger(Math.round(points * 1e6) / 1e3), 'use at most three decimals');

const NonNegativePoints = z
  .number()
  .min(0)
  .max(100)
  .refine((points) => Number.isInteger(Math.round(points * 1e6) / 1e3), 'use at most three decimals');

const CueGroups = z.array(z.array(z.string().trim().min(1)).min(1));

/**
 * What the embedded judge looks for: every group must be found, any phrase of a group finds it.
 * The phrase language is described in docs/authoring.md.
 */
export const Cues = CueGroups.min(1);
export type Cues = z.infer<typeof Cues>;

/** A number the answer must state for its criterion to be `met`. Code checks it; passing is necessary, not sufficient. */
export const Check = z.strictObject({
  accept: z
    .array(z.union([z.number(), z.string().min(1)]))
    .min(1)
    .describe('Values that pass, in any notation: 131072, "131k", "0.78%".'),
  tolerance: z
    .union([
      z.number().min(0),
      z.string().regex(/^\d+(\.\d+)?\s*%$/, 'write a percentage like "0.5%" or a plain number'),
    ])
    .optional()
    .describe(
      'How far off still passes: "0.5%" of the value, or a plain number in its unit. Without it: the rounding the value is written with.',
    ),
  unit: Prose.optional().describe('What the number counts, for the reader; a learner may leave it out.'),
});
export type Check = z.infer<typeof Check>;

export const Criterion = z.strictObject({
  id: AuthoredId,
  points: Points,
  asks: Prose.describe(
    'The question this criterion answers. The learner may see it before the reveal, so it gives nothing away.',
  ),
  expects: Prose.describe(
    'What a met criterion says, accept-alternatives included. The judge reads it; hidden until the reveal.',
  ),
  partial: Prose.optional().describe('What counts as half-way. Without it the criterion is met or missed.'),
  'partial-points': NonNegativePoints.optional().describe('What `partial` is worth; half of `points` by default.'),
  hints: z.array(Prose).min(1).max(4).describe('A ladder shown one rung a try; no rung tells the answer.'),
  check: Check.optional(),
  cues: CueGroups.describe(
    'Only an imported rubric may have none; the embedded judge then leaves the criterion to a person.',
  ),
});
export type Criterion = z.infer<typeof Criterion>;

export const Misconception = z.strictObject({
  id: AuthoredId,
  claim: Prose.describe('What someone who holds it would say.'),
  nudge: Prose.describe('Shown before the reveal to a learner who holds it; it makes them look again without telling.'),
  tempts: Prose.describe('Why it is tempting. After the reveal.'),
  refutes: Prose.describe('Why it fails. After the reveal.'),
  caps: NonNegativePoints.optional().describe('At most this many points while it is held.'),
  cues: Cues,
});
export type Misconception = z.infer<typeof Misconception>;

/** A short graded answer: few-shot for the LLM, a test for the embedded judge, a stimulus for the drill. */
export const Exemplar = z.strictObject({
  answer: Prose,
  verdicts: z.record(AuthoredId, z.enum(['met', 'partial', 'missed'])).describe('One verdict for every criterion.'),
  misconceptions: z
    .array(z.strictObject({ id: AuthoredId, span: Prose.describe('The words of the answer that hold it, verbatim.') }))
    .default([]),
  rejects: z.array(AuthoredId).optional().describe('Misconceptions this answer mentions only to reject them.'),
  'embedded-miss': Prose.optional().describe(
    'Why the embedded judge is known to grade this one otherwise; without it a different grade is a lint error.',
  ),
});
export type Exemplar = z.infer<typeof Exemplar>;

/** `rubrics/<course>/<item-id>.yaml`: how one item is graded. */
export const Rubric = z.strictObject({
  item: AuthoredId,
  criteria: z.array(Criterion).min(1).max(8),
  misconceptions: z.array(Misconception).max(8).default([]),
  exemplars: z.array(Exemplar).default([]),
  imported: Prose.optional().describe(
    'Where `viva import` found this rubric. It may then lack cues and exemplars, and its raters may have skipped criteria; delete the line once an author has gone over it.',
  ),
});
export type Rubric = z.infer<typeof Rubric>;
