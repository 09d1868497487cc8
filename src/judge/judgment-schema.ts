import { z } from 'zod';
import { Provenance } from '../core/grade.ts';
import { CriterionVerdict, MisconceptionVerdict } from '../core/verdict.ts';

const confidence = z.number().min(0).max(1);

/** A judgment as it is kept: the shape of judge.ts, checked when it comes back from a file or a database. */
export const Judged = z.object({
  status: z.literal('judged'),
  criteria: z.array(
    z.object({
      criterion: z.string(),
      verdict: CriterionVerdict,
      quotes: z.array(z.string()),
      reasoning: z.string(),
      confidence,
      note: z.string(),
    }),
  ),
  misconceptions: z.array(
    z.object({ misconception: z.string(), verdict: MisconceptionVerdict, quotes: z.array(z.string()), confidence }),
  ),
  errors: z.array(z.object({ quote: z.string(), why: z.string() })).default([]),
  next: z.string(),
  provenance: Provenance,
});
