import { z } from 'zod';

/**
 * What a learner expected of an answer before its grade: the criteria they thought it covers, by id, and how sure they were
 * of those, 0–1. Ticked and later met is a hit; over many attempts `sure` can be held against the rate of hits.
 */
export const Prediction = z.object({ covered: z.array(z.string()), sure: z.number().min(0).max(1) });
export type Prediction = z.infer<typeof Prediction>;
