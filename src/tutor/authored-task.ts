import { findCourseItem, type Content } from '../bank/content.ts';
import type { JudgeTask } from '../judge/judge.ts';
import { findOptionProblem } from './check-option.ts';

export type AuthoredTask =
  | { status: 'found'; task: JudgeTask }
  | { status: 'not-found'; known: string[] }
  | { status: 'invalid'; message: string };

/** What a judge would be asked about a text that no learner handed in: for authors at the terminal. `known` lists every item there is. */
export function findTask(
  args: { itemId: string; answer: string; option: number | null },
  { content }: { content: Content },
): AuthoredTask {
  const found = findCourseItem(content, args.itemId);
  if (!found) {
    return { status: 'not-found', known: content.courses.flatMap(({ items }) => items.map(({ item }) => item.id)) };
  }
  const { item, rubric, rubricHash } = found;
  const problem = findOptionProblem({ item, option: args.option });
  if (problem !== undefined) return { status: 'invalid', message: problem };
  const answer = args.answer.toWellFormed();
  return { status: 'found', task: { item, rubric, rubricHash, answer, option: args.option, replica: 0 } };
}
