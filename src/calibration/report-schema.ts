import { z } from 'zod';
import { RaterKind, Split } from '../core/eval-set.ts';
import { Estimate, Statistic } from './statistic.ts';

const count = z.int().min(0);

/** Whose word the judge is measured against. The first thing of every report. */
export const WhoseRatings = z.object({
  /** One sentence for people: who rated, and what follows for letting the judge grade alone. */
  sentence: z.string(),
  raters: z.array(z.object({ id: z.string(), kind: RaterKind, who: z.string(), answers: count })),
  /** How many answers rest on people, on the author, on models. People outrank the author, the author outranks models. */
  answersByKind: z.record(RaterKind, count),
  /** Krippendorff's alpha among the raters that count, on single verdicts: what agreement between raters is itself worth. */
  alpha: Statistic,
});
export type WhoseRatings = z.infer<typeof WhoseRatings>;

/** See verdict-agreement.ts. Counts are verdicts; shares and coefficients are from 0 or -1 to 1. */
export const VerdictAgreement = z.object({
  n: count,
  families: count,
  /** How often raters and judge gave each verdict. Raters are never unsure; the place is kept so that both have one shape. */
  raters: z.object({ missed: count, partial: count, met: count, unsure: count }),
  judge: z.object({ missed: count, partial: count, met: count, unsure: count }),
  confusion: z.object({ rows: z.array(z.string()), columns: z.array(z.string()), counts: z.array(z.array(count)) }),
  agreement: Estimate,
  kappa: Estimate,
  ac1: Estimate,
  coverage: Estimate,
  covered: z.object({ n: count, agreement: Estimate, kappa: Estimate }),
});
export type VerdictAgreement = z.infer<typeof VerdictAgreement>;

/** See points-agreement.ts. Errors and bias are shares of the most an answer can earn: 0.1 is a tenth of the points. */
export const PointsAgreement = z.object({
  n: count,
  families: count,
  quadraticKappa: Estimate,
  pearson: Estimate,
  meanAbsoluteError: Estimate,
  bias: Estimate,
  standardizedMeanDifference: Estimate,
});
export type PointsAgreement = z.infer<typeof PointsAgreement>;

/** See misconception-agreement.ts. `held`: cases the raters saw; `reported`: cases the judge reported. */
export const MisconceptionAgreement = z.object({
  n: count,
  families: count,
  held: count,
  reported: count,
  precision: Estimate,
  recall: Estimate,
  trueNegativeRate: Estimate,
  f1: Estimate,
  coverage: Estimate,
});
export type MisconceptionAgreement = z.infer<typeof MisconceptionAgreement>;

/** A part of the answers. `band` is the share of points the raters gave; `length` counts words. */
export const Slice = z.object({
  by: z.enum(['band', 'item', 'chapter', 'concept', 'length', 'tag']),
  value: z.string(),
  answers: count,
  verdicts: count,
  agreement: Estimate,
  kappa: Estimate,
  coverage: Estimate,
  points: PointsAgreement,
});
export type Slice = z.infer<typeof Slice>;

/** Judges that read nothing, for comparison; both are flattered, see baselines.ts. */
export const Baselines = z.object({
  majority: z.object({ agreement: Statistic, kappa: Statistic }),
  lengthOnly: z.object({ agreement: Statistic, kappa: Statistic, quadraticKappa: Statistic }),
});
export type Baselines = z.infer<typeof Baselines>;

/** Whether stated confidence means anything, over the verdicts the judge decided. */
export const ConfidenceReport = z.object({
  n: count,
  expectedCalibrationError: Statistic,
  bins: z.array(
    z.object({ low: z.number(), high: z.number(), n: count, meanConfidence: Statistic, accuracy: Statistic }),
  ),
  riskCoverage: z.array(z.object({ threshold: z.number(), coverage: z.number(), risk: z.number(), n: count })),
});
export type ConfidenceReport = z.infer<typeof ConfidenceReport>;

/** report.json: how far one judge's grades are the grades of one eval set's raters. */
export const CalibrationReport = z.object({
  version: z.literal(1),
  ratings: WhoseRatings,
  set: z.object({ id: z.string(), title: z.string() }),
  split: z.union([Split, z.literal('all')]),
  judge: z.object({ name: z.string(), model: z.string(), promptVersion: z.string() }),
  bootstrap: z.object({ resamples: count, seed: z.int(), level: z.number() }),
  counts: z.object({
    answers: count,
    families: count,
    graded: count,
    provisional: count,
    returned: count,
    /** Sent back unjudged although the raters gave points. */
    returnedWithPoints: count,
    ungraded: count,
    ungradedReasons: z.array(z.object({ reason: z.string(), n: count })),
    verdicts: count,
    /** Left out because as many raters said one thing as another. */
    tiedVerdicts: count,
    unratedVerdicts: count,
    tiedMisconceptions: count,
    answersWithoutPoints: count,
  }),
  overall: VerdictAgreement,
  points: PointsAgreement,
  criteria: z.array(VerdictAgreement.extend({ item: z.string(), criterion: z.string() })),
  misconceptions: z.object({
    overall: MisconceptionAgreement,
    each: z.array(MisconceptionAgreement.extend({ item: z.string(), misconception: z.string() })),
  }),
  slices: z.array(Slice),
  confidence: ConfidenceReport,
  baselines: Baselines,
});
export type CalibrationReport = z.infer<typeof CalibrationReport>;
