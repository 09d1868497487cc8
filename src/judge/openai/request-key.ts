import { createHash } from 'node:crypto';
import type { JudgeTask } from '../judge.ts';

/** What a request asks of the model besides its text. */
export type RequestParameters = { temperature: number; reasoningEffort: string | null };

/**
 * Names one request for the cache, the recorded judge and resume: SHA-256 in hex over everything that could change the reply.
 * Criterion order is the order of `task.rubric`, so a panel that shuffles it asks a request of its own. What an endpoint
 * turns out not to support is left out, or the same request would have two names.
 */
export function requestKey(args: {
  promptVersion: string;
  model: string;
  parameters: RequestParameters;
  task: JudgeTask;
}): string {
  const { task } = args;
  const parts = [
    args.promptVersion,
    args.model,
    ['temperature', args.parameters.temperature],
    ...(args.parameters.reasoningEffort === null ? [] : [['reasoning', args.parameters.reasoningEffort]]),
    task.rubricHash,
    task.rubric.criteria.map((criterion) => criterion.id),
    task.rubric.misconceptions.map((misconception) => misconception.id),
    task.answer,
    task.option,
    task.replica,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
