import { z } from 'zod';
import { RaterKind } from '../core/eval-set.ts';
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
  alpha: Estimate,
});
export type WhoseRatings = z.infer<typeof WhoseRatings>;

/** How often each pair of words fell together: a row is what the raters said, a column what the judge said. */
export const Confusion = z.object({
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  counts: z.array(z.array(count)),
});
export type Confusion = z.infer<typeof Confusion>;

/** See verdict-agreement.ts. Counts are verdicts; shares and coefficients are from 0 or -1 to 1. */
export const VerdictAgreement = z.object({
  n: count,
  families: count,
  /** How often raters and judge gave each verdict. Raters are never unsure; the place is kept so that both have one shape. */
  raters: z.object({ missed: count, partial: count, met: count, unsure: count }),
  judge: z.object({ missed: count, partial: count, met: count, unsure: count }),
  confusion: Confusion,
  agreement: Estimate,
  kappa: Estimate,
  ac1: Estimate,
  /** Of the parts that stand by the raters' word, the share the judge called met; and of the others, the share it did not. */
  truePositiveRate: Estimate,
  trueNegativeRate: Estimate,
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
  confusion: Confusion,
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

const compared = z.object({ people: Estimate, judge: Estimate, gap: Estimate });

/** See human-ceiling.ts. `people`: each person against the others; `judge`: the judge against those same others; `gap`: people minus judge. */
export const Ceiling = z.object({ n: count, agreement: compared, kappa: compared });
export type Ceiling = z.infer<typeof Ceiling>;

export const PointsCeiling = z.object({ n: count, quadraticKappa: compared });
export type PointsCeiling = z.infer<typeof PointsCeiling>;

/** The judge's agreement where the raters were of one mind, and where they split and left a majority. */
export const ByUnity = z.object({ unanimous: Estimate, split: Estimate });
export type ByUnity = z.infer<typeof ByUnity>;

/** What to try on a criterion, and the pattern that suggests it; see advice.ts. */
export const Advice = z.object({
  kind: z.enum([
    'ambiguous-wording',
    'narrow-check',
    'missing-alternative',
    'too-wide',
    'vague-half-way',
    'missing-half-way',
    'hard-to-quote',
  ]),
  /** How many verdicts it would touch, for sorting. */
  weight: z.number(),
  because: z.union([z.object({ verdicts: count }), z.object({ alpha: z.number() })]),
});
export type Advice = z.infer<typeof Advice>;

export const CriterionReport = VerdictAgreement.extend({
  item: z.string(),
  criterion: z.string(),
  asks: z.string(),
  alpha: Estimate,
  /** Null where no answer was rated by two people. */
  ceiling: Ceiling.nullable(),
  /** Verdicts that code lowered because the answer does not state the number the criterion checks. */
  barredByCheck: count,
  advice: z.array(Advice),
});
export type CriterionReport = z.infer<typeof CriterionReport>;
