import { z } from 'zod';

/** What a judge or a rater says of one criterion. `unsure` is an abstention: a person decides. */
export const CriterionVerdict = z.enum(['met', 'partial', 'missed', 'unsure']);
export type CriterionVerdict = z.infer<typeof CriterionVerdict>;

/** What a judge says of one misconception. */
export const MisconceptionVerdict = z.enum(['held', 'not-held', 'unsure']);
export type MisconceptionVerdict = z.infer<typeof MisconceptionVerdict>;

/** A verbatim quote from the answer: `answer.slice(start, end) === quote`, offsets in UTF-16 code units of the untouched text. */
export const Evidence = z.object({
  quote: z.string().min(1),
  start: z.int().min(0),
  end: z.int().min(1),
});
export type Evidence = z.infer<typeof Evidence>;
