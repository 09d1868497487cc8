import { z } from 'zod';
import { Split } from '../core/eval-set.ts';
import { CriterionVerdict } from '../core/verdict.ts';
import { Estimate, Statistic } from './statistic.ts';

/** One answer of a run as a comparison needs it; a line of paired.jsonl. Points as shares of the most. */
export const ComparedAnswer = z.object({
  answer: z.string(),
  item: z.string(),
  family: z.string(),
  split: Split,
  verdicts: z.array(
    z.object({ criterion: z.string(), reference: z.enum(['met', 'partial', 'missed']), judge: CriterionVerdict }),
  ),
  points: z.object({ reference: z.number(), judge: z.number() }).nullable(),
  costMicroUsd: z.number().nullable(),
  latencyMs: z.number(),
});
export type ComparedAnswer = z.infer<typeof ComparedAnswer>;

const both = z.object({ first: Estimate, second: Estimate, difference: Estimate });
const bothPlain = z.object({ first: Statistic, second: Statistic });

/** Two runs on the same answers. Every `difference` is second minus first. */
export const Comparison = z.object({
  first: z.string(),
  second: z.string(),
  /** `test` where both have test answers: figures on dev flatter whoever was tuned on it. */
  split: z.enum(['test', 'dev', 'all']),
  answers: z.int(),
  verdicts: z.int(),
  /** Verdicts left out because the ratings have changed between the runs, and answers only one of them has. */
  rerated: z.int(),
  onlyInOne: z.int(),
  agreement: both,
  kappa: both,
  quadraticKappa: both,
  /** Verdicts that only the first, or only the second, got right, and how well luck explains it. */
  mcnemar: z.object({ onlyFirst: z.int(), onlySecond: z.int(), pValue: Statistic }),
  flipped: z.array(
    z.object({
      answer: z.string(),
      item: z.string(),
      criterion: z.string(),
      raters: CriterionVerdict,
      first: CriterionVerdict,
      second: CriterionVerdict,
      change: z.enum(['mended', 'broken', 'other']),
    }),
  ),
  costMicroUsd: bothPlain,
  latencyMedianMs: bothPlain,
});
export type Comparison = z.infer<typeof Comparison>;
