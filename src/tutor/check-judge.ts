import type { Content } from '../bank/content.ts';
import type { Outcome } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { Judge } from '../judge/judge.ts';

/** What one real grade showed: the question, the answer that was sent, and what became of it. */
export type JudgeCheck = { item: string; answer: string; expected: 'met' | 'missed'; outcome: Outcome };

/**
 * Grades two tiny answers to the shortest question of the bank whose rubric has such exemplars: one that meets every criterion and one
 * that meets none. Whoever can tell these apart reads answers; nothing finer is claimed. Undefined where the bank has no such question.
 */
export async function checkJudge(
  { signal }: { signal: AbortSignal },
  deps: { content: Content; judge: Judge },
): Promise<JudgeCheck[] | undefined> {
  const candidates = deps.content.courses
    .flatMap(({ items }) => items)
    .flatMap((courseItem) => {
      const { item, rubric } = courseItem;
      if (item.kind !== 'free-response') return [];
      const verdictsAll = (wanted: string) =>
        rubric.exemplars.find(({ verdicts }) => rubric.criteria.every(({ id }) => verdicts[id] === wanted));
      const [full, empty] = [verdictsAll('met'), verdictsAll('missed')];
      return full && empty ? [{ courseItem, full, empty, length: JSON.stringify([item, rubric]).length }] : [];
    })
    .sort((a, b) => a.length - b.length);
  const chosen = candidates[0];
  if (chosen === undefined) return undefined;
  const { item, rubric, rubricHash } = chosen.courseItem;
  const checks: JudgeCheck[] = [];
  for (const [expected, { answer }] of [
    ['met', chosen.full],
    ['missed', chosen.empty],
  ] as const) {
    // The exemplars stand in the prompt; without them the model has to read the answer instead of finding it again.
    const task = { item, rubric: { ...rubric, exemplars: [] }, rubricHash, answer, option: null, replica: 0 };
    const outcome = await gradeAnswer(task, { judge: deps.judge, tryNumber: 1, signal });
    checks.push({ item: item.id, answer, expected, outcome });
    // What stopped the first stops the second too.
    if (outcome.status === 'ungraded') break;
  }
  return checks;
}
