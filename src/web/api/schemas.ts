import { z } from '@hono/zod-openapi';
import { Feedback, ReturnedReason, UngradedReason } from '../../core/grade.ts';
import { CriterionVerdict, Evidence } from '../../core/verdict.ts';
import type { AttemptView, ItemCard, ItemView, RevealView } from '../../tutor/learner-view.ts';

/*
 * The shapes of the API. They describe the views of src/tutor/learner-view.ts; `satisfies` breaks the build where a
 * schema and its view part ways.
 */

export const ErrorReply = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string().describe('What failed and why.'),
      fix: z.string().describe('What to do about it.'),
    }),
  })
  .openapi('Error');

const PointsReply = z
  .object({ low: z.number(), high: z.number(), max: z.number() })
  .describe('Plain decimals. `low` counts doubtful parts as 0, `high` counts them full.')
  .openapi('Points');

const OptionsReply = z.array(z.object({ number: z.int(), text: z.string() }));
const Kind = z.enum(['free-response', 'choice']);
const StandingReply = z
  .enum(['counted', 'practice', 'after-seeing'])
  .describe('Whether the attempt counts: practice after the tries or a reveal, after-seeing once the answer was read.');
const StatusReply = z.enum(['stored', 'grading', 'graded', 'provisional', 'returned', 'ungraded']);
const JudgeReply = z
  .object({ judge: z.string(), model: z.string(), readBy: z.string() })
  .describe('Who reads or read the answer, and where.')
  .openapi('Judge');
const TriesReply = z.object({ allowed: z.int(), used: z.int() });

export const ItemCardReply = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: Kind,
    concept: z.string(),
    difficulty: z.int(),
    state: z.enum(['new', 'under-way', 'complete', 'revealed']),
    best: PointsReply.nullable(),
    course: z.string(),
    chapter: z.string(),
    links: z.object({ self: z.string(), page: z.string() }),
  })
  .openapi('ItemCard') satisfies z.ZodType<ItemCard & { course: string; chapter: string }>;

export const ItemListReply = z.object({ items: z.array(ItemCardReply) }).openapi('ItemList');

export const ItemReply = z
  .object({
    id: z.string(),
    course: z.object({ id: z.string(), title: z.string(), answers: z.enum(['open', 'after-reveal', 'closed']) }),
    title: z.string(),
    kind: Kind,
    chapter: z.object({ id: z.string(), title: z.string() }),
    concept: z.string(),
    difficulty: z.int(),
    prompt: z.string().describe('Markdown with $math$.'),
    options: OptionsReply,
    asks: z.array(z.string()).describe('What a full answer covers.'),
    maxPoints: z.number(),
    optionPoints: z.number().nullable(),
    tries: TriesReply,
    standing: StandingReply,
    revealed: z.boolean(),
    attempts: z.array(
      z.object({
        id: z.string(),
        status: StatusReply,
        standing: StandingReply,
        points: PointsReply.nullable(),
        createdAt: z.string(),
      }),
    ),
    latest: z.object({ answer: z.string(), option: z.int().nullable() }).nullable(),
    next: z.array(z.object({ id: z.string(), title: z.string() })),
    judge: JudgeReply,
  })
  .openapi('Item') satisfies z.ZodType<ItemView>;

const RevealReply = z
  .object({
    reference: z.string(),
    criteria: z.array(
      z.object({
        ordinal: z.int(),
        asks: z.string(),
        expects: z.string(),
        partial: z.string().nullable(),
        points: z.number(),
        verdict: CriterionVerdict.nullable(),
      }),
    ),
    misconceptions: z.array(
      z.object({ claim: z.string(), tempts: z.string(), refutes: z.string(), held: z.boolean() }),
    ),
    options: z.array(
      z.object({ number: z.int(), text: z.string(), correct: z.boolean(), whyWrong: z.string().nullable() }),
    ),
  })
  .openapi('Reveal') satisfies z.ZodType<RevealView>;

export const AttemptReply = z
  .object({
    id: z.string(),
    item: z.object({ id: z.string(), title: z.string(), kind: Kind, prompt: z.string(), options: OptionsReply }),
    status: StatusReply,
    standing: StandingReply,
    tryNumber: z.int(),
    tries: TriesReply,
    answer: z.string(),
    option: z
      .object({ picked: z.int(), correct: z.boolean().nullable(), points: z.number(), max: z.number() })
      .nullable(),
    createdAt: z.string(),
    reason: z.union([ReturnedReason, UngradedReason]).nullable().describe('Why it was returned or left ungraded.'),
    points: PointsReply.nullable(),
    verdicts: z.array(
      z.object({
        ordinal: z.int(),
        asks: z.string(),
        verdict: CriterionVerdict,
        points: z.number(),
        max: z.number(),
        evidence: z.array(Evidence).describe('Quotes with UTF-16 offsets into `answer`, end exclusive.'),
        note: z.string(),
      }),
    ),
    nudges: z.array(z.object({ ordinal: z.int(), nudge: z.string(), evidence: z.array(Evidence) })),
    feedback: Feedback.nullable(),
    judge: JudgeReply.nullable(),
    revealed: z.boolean(),
    reveal: RevealReply.nullable().describe('Reference and rubric; only after the reveal.'),
  })
  .openapi('Attempt') satisfies z.ZodType<AttemptView>;

export const SubmitBody = z
  .strictObject({
    item: z.string().describe('The id of an item.'),
    answer: z.string().describe('At most 8,000 characters of plain text.'),
    option: z.int().optional().describe('Choice items only: the number of the option picked.'),
  })
  .openapi('Submission');

export const SubmitReply = z
  .object({
    id: z.string(),
    status: StatusReply,
    links: z.object({ self: z.string(), events: z.string(), reveal: z.string(), page: z.string() }),
  })
  .openapi('Accepted');
