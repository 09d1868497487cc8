import { z } from 'zod';
import { Split } from '../core/eval-set.ts';
import { Evidence } from '../core/verdict.ts';

/*
 * What a person who settles verdicts sees and says, as plain values: the pages, the API and the terminal all work with these,
 * so that the terminal can read them off a server as well as out of the database. Nothing here says whose answer it is.
 * Points are plain decimals.
 */

/** What a person may say of a criterion, or of a misconception. A person decides: there is no `unsure`. */
export const PersonVerdict = z.enum(['met', 'partial', 'missed', 'held', 'not-held']);
export type PersonVerdict = z.infer<typeof PersonVerdict>;

export const VerdictKind = z.enum(['criterion', 'misconception']);
export type VerdictKind = z.infer<typeof VerdictKind>;

/** One verdict of an answer: what it is about, what the judge said, and what has become of that. */
export const VerdictReview = z.object({
  kind: VerdictKind,
  target: z.string().describe('The id of the criterion or misconception.'),
  text: z.string().describe("The criterion's question, or what somebody who holds the misconception claims."),
  expects: z.string().describe('What `met` takes; for a misconception, why it is wrong.'),
  partial: z.string().nullable().describe('What counts as half-way; null where nothing does.'),
  points: z.number().nullable().describe('What a criterion is worth; null for a misconception.'),
  caps: z
    .number()
    .nullable()
    .describe('The most points an answer that holds the misconception gets, where it caps them.'),
  choices: z.array(PersonVerdict).describe('What a person may say of it.'),
  judged: z.object({
    verdict: z.enum([...PersonVerdict.options, 'unsure']),
    confidence: z.number(),
    evidence: z.array(Evidence).describe('Quotes with UTF-16 offsets into `answer`, end exclusive.'),
    reasoning: z.string(),
    barred: z
      .enum(['check', 'evidence', 'confidence'])
      .nullable()
      .describe('Why code overruled the judge; null where it did not.'),
  }),
  settled: z
    .object({ verdict: PersonVerdict, by: z.string(), note: z.string(), at: z.string() })
    .nullable()
    .describe("A person's verdict on it, which stands in the place of the judge's."),
  appeal: z
    .object({ reason: z.string(), status: z.enum(['open', 'upheld', 'changed']), createdAt: z.string() })
    .nullable()
    .describe('What the learner says against it.'),
});
export type VerdictReview = z.infer<typeof VerdictReview>;

/** A graded answer with all its verdicts. */
export const AnswerReview = z.object({
  attempt: z.string(),
  course: z.object({ id: z.string(), title: z.string() }),
  item: z.object({
    id: z.string(),
    title: z.string(),
    prompt: z.string(),
    reference: z.string(),
    options: z.array(z.object({ number: z.int(), text: z.string(), correct: z.boolean() })),
  }),
  answer: z.string(),
  option: z.int().nullable().describe('The option picked, counted from 1.'),
  points: z.object({ low: z.number(), high: z.number(), max: z.number() }),
  judgedBy: z.object({ judge: z.string(), model: z.string() }),
  rubricChanged: z.boolean().describe('The question or its rubric was edited after this was judged.'),
  verdicts: z.array(VerdictReview).describe('In the order of the rubric, misconceptions last.'),
  evalSets: z
    .array(z.string())
    .describe('Eval sets the answer can be added to; none where the content is not at hand.'),
});
export type AnswerReview = z.infer<typeof AnswerReview>;

/** One verdict that waits for a person, with the whole answer it is part of. */
export const OpenReviewView = AnswerReview.extend({
  kind: VerdictKind,
  target: z.string(),
  why: z.enum(['appeal', 'abstention']).describe('A learner contests it, or the judge left it open.'),
  since: z.string(),
});
export type OpenReviewView = z.infer<typeof OpenReviewView>;

/** How an answer is to enter an eval set: a rating by one person on everything in the rubric. */
export const JoinRequest = z.strictObject({
  set: z.string().describe('One of `evalSets`.'),
  split: Split,
  verdicts: z
    .record(z.string(), z.enum(['met', 'partial', 'missed']))
    .describe("The person's own verdict on every criterion but the one settled here."),
  misconceptions: z.record(z.string(), z.enum(['held', 'not-held'])).describe('The same for every misconception.'),
});
export type JoinRequest = z.infer<typeof JoinRequest>;

/** One verdict of a person, as it is sent in. */
export const SettleRequest = z.strictObject({
  attempt: z.string(),
  kind: VerdictKind,
  target: z.string(),
  verdict: PersonVerdict,
  settledBy: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('The name of the person who decides; never shown to the learner.'),
  note: z.string().max(2_000).describe('Why, for the learner to read; may be empty.'),
  join: JoinRequest.nullable().describe('Add the answer to an eval set with this person as its rater; null not to.'),
});
export type SettleRequest = z.infer<typeof SettleRequest>;

/** What became of adding an answer to an eval set. */
export const JoinReply = z.discriminatedUnion('status', [
  z.object({ status: z.literal('joined'), set: z.string(), id: z.string(), split: Split }),
  z.object({ status: z.literal('there-already'), set: z.string(), id: z.string() }),
  z.object({ status: z.literal('refused'), message: z.string() }),
]);
export type JoinReply = z.infer<typeof JoinReply>;

export const SettledReply = z.object({
  status: z.literal('settled'),
  points: z.object({ low: z.number(), high: z.number(), max: z.number() }),
  replaced: z
    .object({ verdict: z.string(), settledBy: z.string() })
    .nullable()
    .describe("A person's earlier verdict on the same, which this one has replaced."),
  joined: JoinReply.nullable(),
});
export type SettledReply = z.infer<typeof SettledReply>;

export type SettleReviewOutcome = SettledReply | { status: 'not-found' } | { status: 'invalid'; message: string };
