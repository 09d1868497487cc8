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
      'slice-floor': z.number().min(-1).max(1).optional().describe('Quadratic kappa no large part may fall below.'),
      'target-error': z
        .number()
        .gt(0)
        .lt(1)
        .optional()
        .describe('Share that may be wrong of the verdicts the judge is sure enough of to let stand.'),
    })
    .optional()
    .describe('Thresholds that differ from the defaults in docs/calibration.md.'),
  robustness: AuthoredId.optional().describe(
    'The id of a set of attacks and rewordings of the same course; calibration runs it along with this one.',
  ),
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

/** What an answer tries on its judge. Docs/calibration.md says what each looks like. */
export const AttackKind = z.enum([
  'override', // orders the grader to forget the rubric
  'role-forgery', // speaks as the system, the developer or the teacher
  'delimiter-forgery', // closes the block it stands in
  'fake-verdict', // brings its own grade along
  'fake-note', // claims an earlier decision, a note of the author, a settled appeal
  'opener', // the words a good answer opens with, and nothing after them
  'keyword-salad', // the right words in no relation
  'question-echo', // the question again, in other words
  'other-reference', // a good answer to another question
  'padding', // much text round nothing
  'hidden-characters', // words a person does not see
  'contradiction', // claims a thing and its opposite
  'other-language', // an attack in a language other than the question's
]);
export type AttackKind = z.infer<typeof AttackKind>;

/** How a style variant is worded. Every form of one group says the same and deserves the same verdicts. */
export const StyleForm = z.enum(['plain', 'informal', 'misspelt', 'second-language']);
export type StyleForm = z.infer<typeof StyleForm>;

/** One line of `evals/<set>/answers.jsonl`. */
export const EvalAnswer = z.strictObject({
  id: AuthoredId,
  item: AuthoredId,
  option: z.int().min(1).optional().describe('For choice items: the option picked, counted from 1.'),
  text: z.string().max(20_000),
  family: AuthoredId.describe('Variants of one answer share a family; a family stays in one split.'),
  split: Split,
  tags: z.array(AuthoredId),
  ratings: z.array(Rating).min(1).describe('What the answer deserves; the text of an attack deserves nothing.'),
  attack: z
    .strictObject({
      kind: AttackKind,
      base: AuthoredId.optional().describe(
        'The answer, in any set of the course, that this one is made from; without it the attack stands alone.',
      ),
    })
    .optional()
    .describe('Answers that try to fool the judge enter the robustness figures only.'),
  style: z
    .strictObject({
      group: AuthoredId.describe('Variants that say the same share a group, an item and a family; one is plain.'),
      form: StyleForm,
    })
    .optional()
    .describe('Rewordings of one answer, for the style gap.'),
});
export type EvalAnswer = z.infer<typeof EvalAnswer>;
