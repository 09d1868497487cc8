import { z } from 'zod';
import type { Criterion, Rubric } from '../../core/rubric.ts';

/** One criterion of a reply. Field order is the order the model writes in: it looks, thinks, then decides. */
type CriterionReply = {
  quotes: string[];
  reasoning: string;
  verdict: 'met' | 'partial' | 'missed' | 'unsure';
  confidence: number;
  note: string;
};

type MisconceptionReply = { quotes: string[]; verdict: 'held' | 'not-held' | 'unsure'; confidence: number };

type ErrorReply = { quote: string; why: string };

/** What the model is asked to write: findings by number, wrong claims that are none of them, and one next step. */
export type Reply = {
  criteria: Record<string, CriterionReply>;
  misconceptions?: Record<string, MisconceptionReply> | undefined;
  errors: ErrorReply[];
  next: string;
};

/** The contract of one rubric's replies: what code accepts, and as strict JSON Schema what the endpoint is asked for. */
export type ReplySchema = { zod: z.ZodType<Reply>; json: Record<string, unknown> };

/** The key of the nth criterion, counted from 0. Numbers, not authored ids or text: those break reply keys and say too much. */
export function criterionKey(index: number): string {
  return `C${index + 1}`;
}

/** The key of the nth misconception, counted from 0. */
export function misconceptionKey(index: number): string {
  return `M${index + 1}`;
}

const confidence = z.number().min(0).max(1);
const quotes = z.array(z.string());

const criterion = z.object({
  quotes,
  reasoning: z.string(),
  verdict: z.enum(['met', 'partial', 'missed', 'unsure']),
  confidence,
  note: z.string(),
});

const withoutPartial = criterion.extend({ verdict: z.enum(['met', 'missed', 'unsure']) });

const errors = z.array(z.object({ quote: z.string(), why: z.string() }));

const misconception = z.object({ quotes, verdict: z.enum(['held', 'not-held', 'unsure']), confidence });

/**
 * Makes the contract for one rubric. Unknown keys among the findings are a fault; unknown fields elsewhere are ignored.
 * The JSON Schema has every property required, nothing additional, and no number bounds: several strict endpoints reject those.
 * It offers `partial` only where the rubric words it, for newer models overuse it; a reply from an endpoint that can't be
 * held to that is accepted, and grounding turns such a `partial` into `unsure`.
 */
export function replySchema(rubric: Rubric): ReplySchema {
  const asked = contract(rubric, {
    finding: (one) => (one.partial === undefined ? withoutPartial : criterion),
    errors,
  });
  // The errors earn and cost nothing, so a reply is not lost over them: what is not as asked counts as none.
  const accepted = contract(rubric, { finding: () => criterion, errors: errors.catch([]) });
  return { zod: accepted, json: strictJsonSchema(asked) };
}

function contract(
  rubric: Rubric,
  parts: { finding: (one: Criterion) => z.ZodType<CriterionReply>; errors: z.ZodType<ErrorReply[]> },
): z.ZodType<Reply> {
  const { finding, errors } = parts;
  const criteria = z.strictObject(
    Object.fromEntries(rubric.criteria.map((one, index) => [criterionKey(index), finding(one)])),
  );
  if (rubric.misconceptions.length === 0) return z.object({ criteria, errors, next: z.string() });
  const misconceptions = z.strictObject(
    Object.fromEntries(rubric.misconceptions.map((_, index) => [misconceptionKey(index), misconception])),
  );
  return z.object({ criteria, misconceptions, errors, next: z.string() });
}

function strictJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const json = z.toJSONSchema(schema, {
    reused: 'inline',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object') {
        jsonSchema.additionalProperties = false;
        jsonSchema.required = Object.keys(jsonSchema.properties ?? {});
      }
      delete jsonSchema.minimum;
      delete jsonSchema.maximum;
    },
  });
  // Names a dialect; the endpoints want none.
  delete json.$schema;
  return { ...json };
}
