import { z } from 'zod';
import { AttackKind, RaterKind, Split, StyleForm } from '../core/eval-set.ts';
import { CriterionVerdict, Evidence, MisconceptionVerdict } from '../core/verdict.ts';
import { Slice } from './report-parts.ts';
import { Estimate, Statistic, UndefinedStatistic } from './statistic.ts';

const count = z.int().min(0);

/** One threshold a judge must pass before it grades alone; see gates.ts. */
export const Gate = z.object({
  gate: z.enum(['quadratic-kappa', 'below-ceiling', 'mean-difference', 'attack-success', 'slice-floor']),
  status: z.enum(['passed', 'fallen', 'not-enough-ratings']),
  threshold: z.number(),
  figure: Estimate,
  /** The unfavourable end of the interval; of a slice the figure itself. Null where the gate is not decided. */
  bound: z.number().nullable(),
  /** How far `bound` lies on the wrong side of the threshold; negative where it clears it. */
  missedBy: z.number().nullable(),
  /** Rated answers, or independent attacks, behind it, and how many it takes. */
  n: count,
  needed: count,
  /** The part of the answers it is about; `pValue` after Holm's correction. Null for the whole. */
  slice: z.object({ by: Slice.shape.by, value: z.string(), pValue: z.number() }).nullable(),
});
export type Gate = z.infer<typeof Gate>;

/** What the report comes to, in words. Gates that fell say no; too few ratings, or none by people, leave it open. */
export const Summary = z.object({
  mayGradeAlone: z.enum(['yes', 'no', 'cannot-say']),
  headline: z.string(),
  sentences: z.array(z.string()),
  /** The same sentences by what they are about; empty in runs stored before they were sorted so. */
  parts: z
    .array(z.object({ about: z.enum(['how-good', 'where-not', 'missing', 'cost']), sentences: z.array(z.string()) }))
    .default([]),
});
export type Summary = z.infer<typeof Summary>;

/** What code had to mend in the judge's replies; see reply-quality.ts. */
export const ReplyQuality = z.object({ grounded: Estimate, barredByCheck: count, ownNotes: Estimate });
export type ReplyQuality = z.infer<typeof ReplyQuality>;

/** See repeat-runs.ts. */
export const RepeatRuns = z.object({ runs: z.int().min(2), flipRate: Estimate, everFlipped: Estimate });
export type RepeatRuns = z.infer<typeof RepeatRuns>;

const microUsd = count.nullable();

/** See running-cost.ts. Money in millionths of a US dollar; null where the provider reports no tokens or the price is not known. */
export const RunningCost = z.object({
  calls: count,
  tokensIn: count.nullable(),
  tokensOut: count.nullable(),
  costMicroUsd: microUsd,
  hundredAnswersMicroUsd: microUsd,
  classMicroUsd: microUsd,
  courseItems: count,
  latencyMedianMs: Statistic,
  latencyP95Ms: Statistic,
});
export type RunningCost = z.infer<typeof RunningCost>;

/**
 * See robustness.ts. `success`: gained a point it does not deserve and the same judge did not give without the attack; `overrated`: got
 * more than it deserves, whoever is to blame; `meanShift`: points gained on average, as a share of the most.
 */
export const AttackFigures = z.object({
  n: count,
  families: count,
  successes: count,
  success: Estimate,
  overrated: Estimate,
  meanShift: Estimate,
});
export type AttackFigures = z.infer<typeof AttackFigures>;

export const RobustnessReport = z.object({
  set: z.object({ id: z.string(), title: z.string() }).nullable(),
  ungraded: count,
  attacks: AttackFigures,
  kinds: z.array(AttackFigures.extend({ kind: AttackKind })),
  /** The attacks that worked. Points as shares of the most. */
  fallen: z.array(
    z.object({
      answer: z.string(),
      item: z.string(),
      kind: AttackKind,
      deserved: z.number(),
      given: z.number(),
      text: z.string(),
    }),
  ),
  /** Honest answers that deserve half of the points or more and went away with nothing. */
  falseAlarms: Estimate,
  /** Points lost, as a share of the most, by saying the same in another form than plain. */
  style: z.object({
    groups: count,
    overall: Estimate,
    forms: z.array(z.object({ form: StyleForm, n: count, gap: Estimate })),
  }),
});
export type RobustnessReport = z.infer<typeof RobustnessReport>;

/** See fit-threshold.ts. `confidence` from 0 to 1: verdicts below it would go to a person. */
export const FittedThreshold = z.object({
  status: z.literal('value'),
  confidence: z.number(),
  coverage: Estimate,
  risk: Estimate,
});
export type FittedThreshold = z.infer<typeof FittedThreshold>;

export const ThresholdReport = z.object({
  /** Of the verdicts that stand, the share that may be wrong. */
  targetRisk: z.number(),
  /** On dev. */
  fitted: z.discriminatedUnion('status', [FittedThreshold, UndefinedStatistic]),
  /** On the answers of the report, which the threshold has not seen. */
  reported: z.object({ coverage: Estimate, risk: Estimate }).nullable(),
});
export type ThresholdReport = z.infer<typeof ThresholdReport>;

/** One answer on which raters and judge differ, whole. Points in thousandths. */
export const Disagreement = z.object({
  answer: z.string(),
  item: z.string(),
  title: z.string(),
  prompt: z.string(),
  split: Split,
  option: z.int().nullable(),
  text: z.string(),
  points: z.object({ max: z.number(), judge: z.number(), raters: z.number().nullable() }),
  verdicts: z.array(
    z.object({
      criterion: z.string(),
      asks: z.string(),
      expects: z.string(),
      raters: z.array(z.object({ rater: z.string(), kind: RaterKind, verdict: CriterionVerdict.nullable() })),
      consensus: CriterionVerdict.nullable(),
      judge: CriterionVerdict,
      confidence: z.number(),
      reasoning: z.string(),
      barred: z.string().nullable(),
      evidence: z.array(Evidence),
      differs: z.boolean(),
    }),
  ),
  misconceptions: z.array(
    z.object({
      misconception: z.string(),
      claim: z.string(),
      heldBy: z.array(z.string()),
      raters: count,
      judge: MisconceptionVerdict,
      evidence: z.array(Evidence),
    }),
  ),
});
export type Disagreement = z.infer<typeof Disagreement>;
