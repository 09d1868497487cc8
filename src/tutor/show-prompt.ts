import type { Content } from '../bank/content.ts';
import { messagesOf } from '../judge/openai/openai-judge.ts';
import { PROMPT_VERSION } from '../judge/openai/prompt.ts';
import { replySchema } from '../judge/openai/reply-schema.ts';
import { findTask, type AuthoredTask } from './authored-task.ts';

/** Exactly what a model would be sent for one answer, or why nothing would be. */
export type ShownPrompt =
  | { status: 'shown'; promptVersion: string; system: string; user: string; schema: Record<string, unknown> }
  | Exclude<AuthoredTask, { status: 'found' }>;

/** Puts the request together and asks nobody. `secret` keys the tag round the answer, as it does when grading. */
export function showPrompt(
  args: { itemId: string; answer: string; option: number | null; secret: string },
  deps: { content: Content },
): ShownPrompt {
  const found = findTask(args, deps);
  if (found.status !== 'found') return found;
  const { system, user } = messagesOf({ task: found.task, secret: args.secret, repair: null });
  return { status: 'shown', promptVersion: PROMPT_VERSION, system, user, schema: replySchema(found.task.rubric).json };
}
