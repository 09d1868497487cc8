import { z } from '@hono/zod-openapi';
import { Feedback, ReturnedReason, UngradedReason } from '../../core/grade.ts';
import { CriterionVerdict, Evidence, MisconceptionVerdict } from '../../core/verdict.ts';
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
    state: z.enum(['new', 'under-way', 'complete', 'revealed', 'seen']),
    best: PointsReply.nullable(),
    course: z.string(),
    chapter: z.string(),
    links: z.object({ self: z.string(), page: z.string() }),
  })
  .openapi('ItemCard') satisfies z.ZodType<ItemCard & { course: string; chapter: string }>;

export const ItemListReply = z.object({ items: z.array(ItemCardReply) }).openapi('ItemList');

const VerdictReply = z
  .object({
    ordinal: z.int(),
    asks: z.string(),
    verdict: CriterionVerdict,
    points: z.number(),
    max: z.number(),
    evidence: z.array(Evidence).describe('Quotes with UTF-16 offsets into `answer`, end exclusive.'),
    note: z.string(),
    settled: z
      .object({ judged: CriterionVerdict, note: z.string() })
      .nullable()
      .describe('Where a person has settled this verdict: what the judge had said, and why they decided so.'),
  })
  .openapi('Verdict');

const NudgeReply = z
  .object({
    ordinal: z.int(),
    nudge: z.string(),
    evidence: z.array(Evidence),
    held: z.boolean().describe('False where a person has cleared the learner of it.'),
    settled: z.object({ judged: MisconceptionVerdict, note: z.string() }).nullable(),
  })
  .openapi('Nudge');

const PredictionReply = z
  .object({
    covered: z.array(z.int()).describe('Ordinals, from 1, of the parts the learner thinks the answer covers.'),
    sure: z.number().min(0).max(1).describe('How sure the learner is of those, 0 to 1.'),
  })
  .describe('What the learner expected before the verdict.')
  .openapi('Prediction');

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
    due: z
      .object({ verdicts: z.array(VerdictReply), nudges: z.array(NudgeReply) })
      .nullable()
      .describe('What the newest judged attempt left open, with the hints due for the next.'),
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
    verdicts: z.array(VerdictReply),
    nudges: z.array(NudgeReply),
    prediction: PredictionReply.nullable(),
    revision: z
      .object({
        since: z.object({ id: z.string(), createdAt: z.string(), points: PointsReply }),
        words: z
          .array(z.object({ change: z.enum(['kept', 'added', 'removed']), text: z.string() }))
          .nullable()
          .describe('Both answers in reading order; null where the new one was written anew.'),
        verdicts: z.array(
          z.object({ ordinal: z.int(), before: CriterionVerdict, after: CriterionVerdict, earned: z.number() }),
        ),
      })
      .nullable()
      .describe('What changed since the judged attempt before, and what it earned.'),
    appeals: z.array(
      z.object({
        kind: z.enum(['criterion', 'misconception']),
        ordinal: z.int(),
        reason: z.string(),
        status: z.enum(['open', 'upheld', 'changed']),
        createdAt: z.string(),
        settledAt: z.string().nullable(),
      }),
    ),
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
    prediction: z
      .strictObject({ covered: z.array(z.int().min(1)).max(20), sure: z.number().min(0).max(1) })
      .optional()
      .describe('Which parts (ordinals from 1) the learner thinks the answer covers, and how sure they are, 0 to 1.'),
  })
  .openapi('Submission');

export const AppealBody = z
  .strictObject({
    kind: z.enum(['criterion', 'misconception']).describe('Which list `ordinal` counts in: `verdicts` or `nudges`.'),
    ordinal: z.int().min(1),
    reason: z.string().describe('Why the verdict is wrong; 1 to 2,000 characters, for a person to read.'),
  })
  .openapi('NewAppeal');

export const SubmitReply = z
  .object({
    id: z.string(),
    status: StatusReply,
    links: z.object({ self: z.string(), events: z.string(), reveal: z.string(), page: z.string() }),
  })
  .openapi('Accepted');
