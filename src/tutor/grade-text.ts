import { findCourseItem } from '../bank/content.ts';
import type { Outcome } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import { findOptionProblem } from './check-option.ts';
import type { TutorDeps } from './deps.ts';

export type GradeTextOutcome =
  | { status: 'done'; outcome: Outcome }
  | { status: 'invalid'; message: string }
  | { status: 'not-found'; known: string[] };

/** Grades a text without storing anything: what authors use at the terminal. */
export async function gradeText(
  args: { itemId: string; answer: string; option: number | null; signal: AbortSignal },
  deps: Pick<TutorDeps, 'content' | 'judge'>,
): Promise<GradeTextOutcome> {
  const found = findCourseItem(deps.content, args.itemId);
  if (!found)
    return {
      status: 'not-found',
      known: deps.content.courses.flatMap(({ items }) => items.map(({ item }) => item.id)),
    };
  const { item, rubric, rubricHash } = found;
  const problem = findOptionProblem({ item, option: args.option });
  if (problem !== undefined) return { status: 'invalid', message: problem };
  const answer = args.answer.toWellFormed();
  const task = { item, rubric, rubricHash, answer, option: args.option, replica: 0 };
  return { status: 'done', outcome: await gradeAnswer(task, { judge: deps.judge, tryNumber: 1, signal: args.signal }) };
}
