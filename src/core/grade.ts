import { z } from 'zod';
import { CriterionVerdict, Evidence, MisconceptionVerdict } from './verdict.ts';

/** Points in integer thousandths. `low` counts doubtful criteria as 0, `high` as full. */
export const PointsRange = z.object({ low: z.int().min(0), high: z.int().min(0), max: z.int().min(1) });
export type PointsRange = z.infer<typeof PointsRange>;

/** Where a judgment came from. A figure the provider did not report is null, never 0. */
export const Provenance = z.object({
  judge: z.string(),
  model: z.string(),
  promptVersion: z.string(),
  rubricHash: z.string(),
  requestKey: z.string(),
  tokensIn: z.int().min(0).nullable(),
  tokensOut: z.int().min(0).nullable(),
  costMicroUsd: z.int().min(0).nullable(),
  latencyMs: z.number().min(0),
  /** The judgment was made before and came back from the cache or a recording: its tokens and cost were not spent again. */
  replayed: z.boolean().optional(),
});
export type Provenance = z.infer<typeof Provenance>;

/** One criterion of a grade. `note` is for the learner; `reasoning` and `barred` are for the instructor. */
export const CriterionGrade = z.object({
  criterion: z.string(),
  verdict: CriterionVerdict,
  points: z.int().min(0),
  max: z.int().min(1),
  evidence: z.array(Evidence),
  confidence: z.number().min(0).max(1),
  note: z.string(),
  noteFrom: z.enum(['judge', 'author']),
  reasoning: z.string(),
  /** Why code overruled the judge: its number is not stated, no quote stands, or the judge is less sure than was published. */
  barred: z.enum(['check', 'evidence', 'confidence']).nullable(),
  /** Who gave this verdict where it was not the judge that `provenance` names alone: `second:<model>`, or `panel:3/3`. */
  decidedBy: z.string().optional(),
});
export type CriterionGrade = z.infer<typeof CriterionGrade>;

/** One misconception of a grade, held or not. */
export const MisconceptionGrade = z.object({
  id: z.string(),
  verdict: MisconceptionVerdict,
  evidence: z.array(Evidence),
  confidence: z.number().min(0).max(1),
  decidedBy: z.string().optional(),
});
export type MisconceptionGrade = z.infer<typeof MisconceptionGrade>;

/** A wrong claim that is none of the rubric's misconceptions, for the instructor: it costs nothing and is never shown to the learner. */
export const OtherError = z.object({ evidence: Evidence, why: z.string() });
export type OtherError = z.infer<typeof OtherError>;

/** What the learner is told in prose. No scores in it. `next` is one question. */
export const Feedback = z.object({ summary: z.string(), next: z.string() });
export type Feedback = z.infer<typeof Feedback>;

/** The option tier of a choice item, graded by code. */
export const OptionGrade = z.object({
  picked: z.int().min(1),
  correct: z.boolean(),
  points: z.int().min(0),
  max: z.int().min(1),
});
export type OptionGrade = z.infer<typeof OptionGrade>;

/** All verdicts, points and provenance. `provisional` where `low` and `high` differ. */
export const Grade = z.object({
  status: z.enum(['graded', 'provisional']),
  points: PointsRange,
  option: OptionGrade.nullable(),
  verdicts: z.array(CriterionGrade),
  misconceptions: z.array(MisconceptionGrade),
  otherErrors: z.array(OtherError).optional(),
  feedback: Feedback,
  provenance: Provenance,
});
export type Grade = z.infer<typeof Grade>;

/** Why an answer went back unjudged: nothing to grade, the question again, or the reference again. */
export const ReturnedReason = z.enum(['empty', 'repeats-prompt', 'copies-reference']);
export type ReturnedReason = z.infer<typeof ReturnedReason>;

/** Sent back by code before any judge call: no points, no try used. */
export const Returned = z.object({ status: z.literal('returned'), reason: ReturnedReason });
export type Returned = z.infer<typeof Returned>;

/** Why a judge gave no usable judgment. The answer is kept and can be graded again. */
export const UngradedReason = z.enum([
  'unauthorized', // 401: the key is missing or wrong
  'forbidden', // 403: the key may not use this model
  'not-found', // 404: no such model or path
  'too-large', // 413, or the context is too long
  'bad-request', // 400 or 422 that no fallback mends
  'refused', // the model refused
  'content-filter', // the provider's filter cut in
  'truncated', // the reply hit the token limit twice
  'malformed-reply', // the reply broke the contract, and again after one repair
  'rate-limited', // 429 past the retry bound
  'provider-error', // 5xx, 408 or 409 past the retry bound
  'unreachable', // no connection, reset or cut stream past the retry bound
  'timeout', // no whole reply in time
  'over-budget', // the money set aside for grading today is spent
  'cancelled', // nobody waits for it any more
  'internal', // a fault of ours
]);
export type UngradedReason = z.infer<typeof UngradedReason>;

/** No judgment could be had. Never a point by default. `detail` is for the operator. */
export const Ungraded = z.object({
  status: z.literal('ungraded'),
  reason: UngradedReason,
  detail: z.string(),
  provenance: Provenance.nullable(),
});
export type Ungraded = z.infer<typeof Ungraded>;

/** What becomes of one submitted answer. */
export const Outcome = z.discriminatedUnion('status', [Grade, Returned, Ungraded]);
export type Outcome = z.infer<typeof Outcome>;
