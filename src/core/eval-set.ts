import { z } from 'zod';
import { AuthoredId, Prose } from './ids.ts';

/** Who made a rating. Only `human` ratings make a human ceiling or let a judge grade alone. */
export const RaterKind = z.enum(['human', 'model', 'author']);
export type RaterKind = z.infer<typeof RaterKind>;

/** `dev` is for tuning; `test` is for reporting and never appears in the drill. */
export const Split = z.enum(['dev', 'test']);
export type Split = z.infer<typeof Split>;

/** `evals/<set>/set.yaml` */
export const EvalSet = z.strictObject({
  id: AuthoredId.describe('The name of the folder this file is in.'),
  title: Prose,
  course: AuthoredId,
  purpose: Prose.describe('What the set is for, and what it must not be used for.'),
  provenance: z.strictObject({
    raters: z
      .array(
        z.strictObject({
          id: AuthoredId,
          kind: RaterKind,
          who: Prose.describe('Who this is, in words a stranger understands.'),
        }),
      )
      .min(1),
    how: Prose.describe('How the answers were written and rated: what the raters saw, and what they did not.'),
    when: Prose,
    licence: Prose,
  }),
  gates: z
    .strictObject({
      'quadratic-kappa': z.number().min(-1).max(1).optional(),
      'below-ceiling': z.number().min(0).max(1).optional(),
      'mean-difference': z.number().min(0).max(4).optional(),
      'attack-success': z.number().min(0).max(1).optional(),
    })
    .optional()
    .describe('Thresholds that differ from the defaults in docs/calibration.md.'),
});
export type EvalSet = z.infer<typeof EvalSet>;

/** One rater's verdicts on one answer. */
export const Rating = z.strictObject({
  rater: AuthoredId,
  raterKind: RaterKind,
  verdicts: z.record(AuthoredId, z.enum(['met', 'partial', 'missed'])),
  misconceptions: z.array(AuthoredId).describe('Ids of the misconceptions this answer holds.'),
  rejects: z.array(AuthoredId).optional().describe('Misconceptions it mentions only to say that they are wrong.'),
  reasons: z
    .record(AuthoredId, Prose)
    .optional()
    .describe('Why, by criterion or misconception, where raters before this one differed.'),
});
export type Rating = z.infer<typeof Rating>;

/** One line of `evals/<set>/answers.jsonl`. */
export const EvalAnswer = z.strictObject({
  id: AuthoredId,
  item: AuthoredId,
  option: z.int().min(1).optional().describe('For choice items: the option picked, counted from 1.'),
  text: z.string().max(20_000),
  family: AuthoredId.describe('Variants of one answer share a family; a family stays in one split.'),
  split: Split,
  tags: z.array(AuthoredId),
  ratings: z.array(Rating).min(1),
});
export type EvalAnswer = z.infer<typeof EvalAnswer>;
