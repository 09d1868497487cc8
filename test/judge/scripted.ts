import type { CriterionFinding, AskedJudge, JudgeTask, Judgment, MisconceptionFinding } from '../../src/judge/judge.ts';
import { taskOf } from './openai/support.ts';

export type Said = Partial<Pick<CriterionFinding, 'verdict' | 'confidence' | 'quotes'>>;

/** A whole judgment of the task of `support.ts`: every criterion `met` and every misconception `not-held`, but for what is said otherwise. */
export function judgmentOf(
  said: { criteria?: Record<string, Said>; misconceptions?: Record<string, Partial<MisconceptionFinding>> } = {},
  task: JudgeTask = taskOf(),
): Extract<Judgment, { status: 'judged' }> {
  return {
    status: 'judged',
    criteria: task.rubric.criteria.map(({ id }) => ({
      criterion: id,
      verdict: 'met',
      quotes: ['makes 8,192 numbers in all'],
      reasoning: `about ${id}`,
      confidence: 0.9,
      note: '',
      ...said.criteria?.[id],
    })),
    misconceptions: task.rubric.misconceptions.map(({ id }) => ({
      misconception: id,
      verdict: 'not-held',
      quotes: [],
      confidence: 0.9,
      ...said.misconceptions?.[id],
    })),
    errors: [],
    next: 'And then?',
    provenance: {
      judge: 'scripted',
      model: 'scripted',
      promptVersion: 'p',
      rubricHash: task.rubricHash,
      requestKey: 'k',
      tokensIn: 100,
      tokensOut: 10,
      costMicroUsd: 7,
      latencyMs: 5,
    },
  };
}

export const refusal: Judgment = { status: 'ungraded', reason: 'refused', detail: 'no', provenance: null };

/** A judge that answers its nth task with the nth reply, and keeps the tasks. The key of a request is what stands in the task. */
export function scripted(
  reply: (task: JudgeTask, asked: number) => Judgment | Promise<Judgment>,
): AskedJudge & { tasks: JudgeTask[] } {
  const tasks: JudgeTask[] = [];
  return {
    tasks,
    judge: async (task) => {
      tasks.push(task);
      return reply(task, tasks.length);
    },
    requestKeyOf: (task) => JSON.stringify([task.answer, task.replica, task.rubric.criteria.map(({ id }) => id)]),
    mostMicroUsd: () => 10,
  };
}

export const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
