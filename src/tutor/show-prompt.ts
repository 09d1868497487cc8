import { type Content, findCourseItem } from '../bank/content.ts';
import { messagesOf } from '../judge/openai/openai-judge.ts';
import { PROMPT_VERSION } from '../judge/openai/prompt.ts';
import { replySchema } from '../judge/openai/reply-schema.ts';
import { findOptionProblem } from './check-option.ts';

/** Exactly what a model would be sent for one answer, or why nothing would be. */
export type ShownPrompt =
  | { status: 'shown'; promptVersion: string; system: string; user: string; schema: Record<string, unknown> }
  | { status: 'not-found'; known: string[] }
  | { status: 'invalid'; message: string };

/** Puts the request together and asks nobody. `secret` keys the tag round the answer, as it does when grading. */
export function showPrompt(
  args: { itemId: string; answer: string; option: number | null; secret: string },
  deps: { content: Content },
): ShownPrompt {
  const found = findCourseItem(deps.content, args.itemId);
  if (!found)
    return {
      status: 'not-found',
      known: deps.content.courses.flatMap(({ items }) => items.map(({ item }) => item.id)),
    };
  const { item, rubric, rubricHash } = found;
  const problem = findOptionProblem({ item, option: args.option });
  if (problem !== undefined) return { status: 'invalid', message: problem };
  const task = { item, rubric, rubricHash, answer: args.answer, option: args.option, replica: 0 };
  const { system, user } = messagesOf({ task, secret: args.secret, repair: null });
  return { status: 'shown', promptVersion: PROMPT_VERSION, system, user, schema: replySchema(rubric).json };
}
