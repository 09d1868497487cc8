import { z } from 'zod';
import { AuthoredId } from './ids.ts';

/** How sure a judge must be (0 to 1) for a verdict to stand; below it a person decides. */
export const Thresholds = z.strictObject({ verdict: z.number().min(0).max(1) });
export type Thresholds = z.infer<typeof Thresholds>;

/** Somebody decided, on the strength of one calibration run, how far one judge's verdicts stand in one course. */
export const PublishDecision = z.strictObject({
  judge: z.string(),
  model: z.string(),
  promptVersion: z.string(),
  /** Over the rubrics of the course at that time: where it differs now, the run no longer speaks of what is graded. */
  rubricSetHash: z.string(),
  thresholds: Thresholds,
  /** What the run said: whether the judge may grade alone, and which gates it met. */
  mayGradeAlone: z.enum(['yes', 'no', 'cannot-say']),
  gates: z.array(
    z.strictObject({
      gate: z.string(),
      status: z.enum(['passed', 'fallen', 'not-enough-ratings']),
      slice: z.string().nullable(),
    }),
  ),
  /** Answers whose ratings were made by people, by authors and by models. */
  ratedBy: z.strictObject({ human: z.int().min(0), author: z.int().min(0), model: z.int().min(0) }),
  run: z.string(),
  publishedAt: z.iso.datetime(),
});
export type PublishDecision = z.infer<typeof PublishDecision>;

/** `evals/<set>/published.json`: at most one decision for each judge and model. */
export const PublishedFile = z.strictObject({
  version: z.literal(1),
  set: AuthoredId,
  decisions: z.array(PublishDecision),
});
export type PublishedFile = z.infer<typeof PublishedFile>;
