import { findCourseItem, type Content } from '../bank/content.ts';
import { decimalPoints, maxPoints, thousandths } from '../core/points.ts';
import { listAttempts, type AttemptRow } from '../store/attempts.ts';
import type { TutorDeps } from './deps.ts';
import { viewOptions, viewPoints, type ItemView } from './learner-view.ts';
import { findStanding } from './standing.ts';

/** One question as a learner may see it before the reveal, with their attempts so far. */
export async function viewItem(
  { itemId, learnerId }: { itemId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'judgeCard'>,
): Promise<ItemView | undefined> {
  const found = findCourseItem(deps.content, itemId);
  if (!found) return undefined;
  const { course, item, rubric } = found;
  const key = { course: course.id, itemId: item.id };
  const attempts = learnerId === null ? [] : (await listAttempts(deps.database.db, { learnerId, ...key })).reverse();
  const standing =
    learnerId === null
      ? { triesUsed: 0, standing: 'counted' as const, revealed: false }
      : await findStanding({ learnerId, course, itemId: item.id }, deps.database.db);
  const latest = attempts.at(-1);
  const chapter = course.chapters.find(({ id }) => id === item.chapter) ?? { id: item.chapter, title: item.chapter };
  return {
    id: item.id,
    course: { id: course.id, title: course.title, answers: course.answers },
    title: item.title,
    kind: item.kind,
    chapter,
    concept: course.concepts.find(({ id }) => id === item.concept)?.title ?? item.concept,
    difficulty: item.difficulty,
    prompt: item.prompt,
    options: viewOptions(item),
    asks: rubric.criteria.map(({ asks }) => asks),
    maxPoints: decimalPoints(maxPoints({ item, rubric })),
    optionPoints: item.kind === 'choice' ? decimalPoints(thousandths(item['option-points'])) : null,
    tries: { allowed: course.tries, used: standing.triesUsed },
    standing: standing.standing,
    revealed: standing.revealed,
    attempts: attempts.map(viewEntry),
    latest: latest === undefined ? null : { answer: latest.answer, option: latest.option },
    next: nextItems({ content: deps.content, ids: item.next }),
    judge: deps.judgeCard,
  };
}

function viewEntry(attempt: AttemptRow): ItemView['attempts'][number] {
  const { id, status, standing, outcome, createdAt } = attempt;
  const points = outcome !== null && 'points' in outcome ? viewPoints(outcome.points) : null;
  return {
    id,
    status,
    standing,
    points,
    createdAt: createdAt.toISOString(),
  };
}

function nextItems({ content, ids }: { content: Content; ids: readonly string[] }): { id: string; title: string }[] {
  return ids.flatMap((id) => {
    const found = findCourseItem(content, id);
    return found ? [{ id, title: found.item.title }] : [];
  });
}
