import { createHash } from 'node:crypto';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { z } from 'zod';
import { ChoiceItem, FreeResponseItem } from '../../../src/core/item.ts';
import { Rubric } from '../../../src/core/rubric.ts';
import type { JudgeTask, Judgment } from '../../../src/judge/judge.ts';
import { createOpenAiJudge, type OpenAiJudgeOptions } from '../../../src/judge/openai/openai-judge.ts';

export const item = FreeResponseItem.parse({
  kind: 'free-response',
  id: 'zq-adapter-count',
  title: 'Counting an adapter',
  chapter: 'zq-adapters',
  concept: 'zq-low-rank',
  difficulty: 2,
  next: ['zq-merging'],
  prompt: 'A weight matrix is $1024 \\times 1024$ and gets a rank-4 adapter. How many numbers train, and why so few?',
  reference:
    'Both thin factors train, 4 rows and 4 columns of 1024 each, so 8,192 numbers; the big matrix stays frozen.',
});

export const rubric = Rubric.parse({
  item: 'zq-adapter-count',
  criteria: [
    {
      id: 'zq-both-factors',
      points: 2,
      asks: 'How many numbers does the adapter train, said as "a count"?',
      expects: 'Counts both thin factors: 2 × 1024 × 4 = 8,192.',
      partial: 'Sees two factors but gets the product wrong.',
      hints: ['How many matrices does the adapter add?', 'Write down the shape of each.'],
      cues: [['8,192']],
    },
    {
      id: 'zq-frozen',
      points: 1,
      asks: 'What happens to the {original} weights?',
      expects: 'They are not updated (frozen, fixed, no gradient).',
      hints: ['Which numbers does the optimiser touch?'],
      cues: [['frozen']],
    },
  ],
  misconceptions: [
    {
      id: 'zq-one-factor',
      claim: 'Only one thin matrix trains, so 4,096 numbers.',
      nudge: 'Count the matrices again.',
      tempts: 'The update is written as one product.',
      refutes: 'A product of two factors trains both of them.',
      cues: [['4,096']],
    },
  ],
  exemplars: [
    {
      answer: 'Two skinny matrices of 4096 each, so about eight thousand; the big one never moves.',
      verdicts: { 'zq-both-factors': 'met', 'zq-frozen': 'met' },
      rejects: ['zq-one-factor'],
    },
    {
      answer: 'Just the one small matrix trains, 4096 values.',
      verdicts: { 'zq-both-factors': 'missed', 'zq-frozen': 'missed' },
      misconceptions: [{ id: 'zq-one-factor', span: 'Just the one small matrix trains' }],
    },
  ],
});

export const choiceItem = ChoiceItem.parse({
  ...item,
  kind: 'choice',
  options: [
    { text: '4,096', 'why-wrong': 'It counts one factor.', misconception: 'zq-one-factor' },
    { text: '8,192', correct: true },
  ],
  'option-points': 1,
});

export const answer =
  'Two thin matrices train, 1024 by 4 each. That makes 8,192 numbers in all. The original weights stay as they are.';

export function taskOf(changes: Partial<JudgeTask> = {}): JudgeTask {
  return { item, rubric, rubricHash: hash('rubric'), answer, option: null, replica: 0, ...changes };
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A reply that earns every point. */
export function goodReply(): GoodReply {
  return {
    criteria: {
      C1: {
        quotes: ['makes 8,192 numbers in all'],
        reasoning: 'It counts both factors.',
        verdict: 'met',
        confidence: 0.93,
        note: 'You counted both matrices.',
      },
      C2: {
        quotes: ['The original weights stay as they are'],
        reasoning: 'It says they stay.',
        verdict: 'met',
        confidence: 0.9,
        note: '',
      },
    },
    misconceptions: { M1: { quotes: [], verdict: 'not-held', confidence: 0.97 } },
    next: 'What would rank 8 cost?',
  };
}

export type GoodReply = {
  criteria: Record<string, Record<string, unknown>>;
  misconceptions: Record<string, Record<string, unknown>>;
  next: unknown;
};

export const goodText = JSON.stringify(goodReply());

/** A chat completion that says `content`. */
export function completion(
  content: string | null,
  changes: Record<string, unknown> = {},
): Record<string, JsonBodyType> {
  return {
    id: 'c-1',
    object: 'chat.completion',
    created: 0,
    model: 'gpt-4o-mini',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
    usage: { prompt_tokens: 1000, completion_tokens: 200, prompt_tokens_details: { cached_tokens: 800 } },
    ...z.record(z.string(), z.json()).parse(changes),
  };
}

export const BASE_URL = 'http://provider.test/v1';
export const COMPLETIONS = `${BASE_URL}/chat/completions`;
export const KEY = 'sk-test-0123456789abcdef';

/** What a test reads of a request body. */
const Body = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  temperature: z.number().optional(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
});
export type Body = z.infer<typeof Body>;

export async function bodyOf(request: Request): Promise<Body> {
  return Body.parse(await request.json());
}

export type Step = () => Response | Promise<Response>;

/** A handler that answers with the steps in turn, the last one for ever, and keeps the bodies it was sent. */
export function inTurn(...steps: [Step, ...Step[]]): { handler: ReturnType<typeof http.post>; bodies: Body[] } {
  const bodies: Body[] = [];
  const handler = http.post(COMPLETIONS, async ({ request }) => {
    bodies.push(await bodyOf(request));
    const step = steps[Math.min(bodies.length, steps.length) - 1] ?? steps[0];
    return step();
  });
  return { handler, bodies };
}

export const says =
  (content: string | null, changes: Record<string, unknown> = {}): Step =>
  () =>
    HttpResponse.json(completion(content, changes));

export const fails =
  (
    status: number,
    body: JsonBodyType = { error: { message: `status ${status}` } },
    headers: Record<string, string> = {},
  ): Step =>
  () =>
    HttpResponse.json(body, { status, headers });

export type Rig = {
  judge: (task?: JudgeTask, signal?: AbortSignal) => Promise<Judgment>;
  slept: number[];
  clock: { ms: number };
};

/** A judge whose waits are counted instead of waited; each moves the clock. */
export function rig(changes: Partial<OpenAiJudgeOptions> = {}): Rig {
  const slept: number[] = [];
  const clock = { ms: 0 };
  const { judge } = createOpenAiJudge({
    apiKey: KEY,
    baseUrl: BASE_URL,
    model: 'gpt-4o-mini',
    timeoutMs: 5_000,
    concurrency: 4,
    secret: 'a test secret',
    ports: {
      now: () => clock.ms,
      random: () => 0,
      sleep: (ms, signal) => {
        slept.push(ms);
        clock.ms += ms;
        return signal.aborted ? Promise.reject(new Error('called off')) : Promise.resolve();
      },
    },
    ...changes,
  });
  return {
    judge: (task = taskOf(), signal = new AbortController().signal) => judge(task, { signal }),
    slept,
    clock,
  };
}

/** The verdicts of a judgment in rubric order, or why there is none. */
export function verdictsOf(judgment: Judgment): string[] | string {
  return judgment.status === 'judged'
    ? [...judgment.criteria, ...judgment.misconceptions].map((finding) => finding.verdict)
    : judgment.reason;
}

export const allGood = ['met', 'met', 'not-held'];
