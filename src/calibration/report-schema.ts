import { z } from 'zod';
import { Split } from '../core/eval-set.ts';
import { Comparison } from './comparison.ts';
import {
  Disagreement,
  Gate,
  RepeatRuns,
  ReplyQuality,
  RobustnessReport,
  RunningCost,
  Summary,
  ThresholdReport,
} from './report-findings.ts';
import {
  Baselines,
  ByUnity,
  Ceiling,
  Confusion,
  ConfidenceReport,
  CriterionReport,
  MisconceptionAgreement,
  PointsAgreement,
  PointsCeiling,
  Slice,
  VerdictAgreement,
  WhoseRatings,
} from './report-parts.ts';
import { Estimate } from './statistic.ts';

const count = z.int().min(0);

/** What was asked for and when. Two runs with the same content hash, judge and seed differ in nothing but luck and time. */
export const RunFacts = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  contentHash: z.string(),
  seed: z.int(),
  runs: z.int().min(1),
  limit: z.int().min(1).nullable(),
  /** Null for a whole run. */
  partial: z.object({ done: count, total: count, why: z.enum(['budget', 'stopped']) }).nullable(),
});
export type RunFacts = z.infer<typeof RunFacts>;

/** report.json: how far one judge's grades are the grades of one eval set's raters. */
export const CalibrationReport = z.object({
  version: z.literal(2),
  ratings: WhoseRatings,
  summary: Summary,
  /** The run it comes from; null where nothing of it was kept. */
  run: RunFacts.nullable(),
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
  gates: z.array(Gate),
  overall: VerdictAgreement,
  points: PointsAgreement,
  /** Answers by how many of the points raters and judge gave, in bands. */
  pointBands: Confusion,
  ceiling: z.object({ verdicts: Ceiling, points: PointsCeiling }),
  byUnity: ByUnity,
  /** The same judge on dev, which it may have been tuned on; null where the figures are dev's, or there is no dev. */
  tuned: z.object({ answers: count, agreement: Estimate, kappa: Estimate, quadraticKappa: Estimate }).nullable(),
  criteria: z.array(CriterionReport),
  misconceptions: z.object({
    overall: MisconceptionAgreement,
    each: z.array(MisconceptionAgreement.extend({ item: z.string(), misconception: z.string() })),
  }),
  slices: z.array(Slice),
  confidence: ConfidenceReport,
  threshold: ThresholdReport,
  /** Points the judge gives beyond the raters' for a hundred words more, as a share of the most. */
  lengthBias: Estimate,
  baselines: Baselines,
  replies: ReplyQuality,
  repeats: RepeatRuns.nullable(),
  robustness: RobustnessReport.nullable(),
  cost: RunningCost,
  /** Beside an earlier run, where one was named. */
  comparison: Comparison.nullable(),
  /** Where the answers of `disagreements` come from: dev where there is one, for test answers are not to be learned from. */
  disagreementsFrom: z.union([Split, z.literal('all')]),
  disagreements: z.array(Disagreement),
});
export type CalibrationReport = z.infer<typeof CalibrationReport>;
