import type { Outcome } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import { findTask, type AuthoredTask } from './authored-task.ts';
import type { TutorDeps } from './deps.ts';

export type GradeTextOutcome = { status: 'done'; outcome: Outcome } | Exclude<AuthoredTask, { status: 'found' }>;

/** Grades a text without storing anything: what authors use at the terminal. */
export async function gradeText(
  args: { itemId: string; answer: string; option: number | null; signal: AbortSignal },
  deps: Pick<TutorDeps, 'content' | 'judge'>,
): Promise<GradeTextOutcome> {
  const found = findTask(args, deps);
  if (found.status !== 'found') return found;
  const outcome = await gradeAnswer(found.task, { judge: deps.judge, tryNumber: 1, signal: args.signal });
  return { status: 'done', outcome };
}
