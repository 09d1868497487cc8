import { findCourseItem } from '../bank/content.ts';
import type { Outcome } from '../core/grade.ts';
import { decimalPoints, gradeOption, thousandths } from '../core/points.ts';
import { findAttempt, type AttemptRow } from '../store/attempts.ts';
import type { TutorDeps } from './deps.ts';
import { viewOptions, viewPoints, viewReveal, viewVerdicts, type AttemptView, type JudgeCard } from './learner-view.ts';
import { findStanding } from './standing.ts';

type ViewDeps = Pick<TutorDeps, 'content' | 'database' | 'judgeCard'>;

/** The attempt, if it is this learner's; undefined for another's, so that nobody learns that it exists. */
export async function findOwnAttempt(
  { attemptId, learnerId }: { attemptId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'database'>,
): Promise<AttemptRow | undefined> {
  if (learnerId === null || !isUuid(attemptId)) return undefined;
  const attempt = await findAttempt(deps.database.db, attemptId);
  return attempt?.learnerId === learnerId ? attempt : undefined;
}

/** One attempt as its learner may see it now; undefined where it is not theirs or its item has left the bank. */
export async function viewAttempt(
  { attemptId, learnerId }: { attemptId: string; learnerId: string | null },
  deps: ViewDeps,
): Promise<AttemptView | undefined> {
  const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
  const courseItem = attempt && findCourseItem(deps.content, attempt.itemId);
  if (!attempt || !courseItem) return undefined;
  const { course, item } = courseItem;
  const { triesUsed, revealed } = await findStanding(
    { learnerId: attempt.learnerId, course, itemId: item.id },
    deps.database.db,
  );
  const { outcome } = attempt;
  const graded = outcome !== null && (outcome.status === 'graded' || outcome.status === 'provisional') ? outcome : null;
  return {
    id: attempt.id,
    item: { id: item.id, title: item.title, kind: item.kind, prompt: item.prompt, options: viewOptions(item) },
    status: attempt.status,
    standing: attempt.standing,
    tryNumber: attempt.tryNumber,
    tries: { allowed: course.tries, used: triesUsed },
    answer: attempt.answer,
    option: viewOption({ attempt, item, graded: graded !== null }),
    createdAt: attempt.createdAt.toISOString(),
    reason: outcome?.status === 'returned' || outcome?.status === 'ungraded' ? outcome.reason : null,
    points: graded === null ? null : viewPoints(graded.points),
    ...viewVerdicts({ courseItem, outcome }),
    feedback: graded?.feedback ?? null,
    judge: judgeOf({ outcome, serving: deps.judgeCard }),
    revealed,
    reveal: revealed ? viewReveal({ courseItem, outcome }) : null,
  };
}

function viewOption(args: {
  attempt: AttemptRow;
  item: Parameters<typeof gradeOption>[0]['item'];
  graded: boolean;
}): AttemptView['option'] {
  const { attempt, item, graded } = args;
  if (item.kind !== 'choice' || attempt.option === null) return null;
  const grade = graded ? gradeOption({ item, option: attempt.option }) : null;
  return {
    picked: attempt.option,
    correct: grade?.correct ?? null,
    points: decimalPoints(grade?.points ?? 0),
    max: decimalPoints(thousandths(item['option-points'])),
  };
}

/** Who judged this attempt, from its provenance; the server may have changed its judge since. */
export function judgeOf({ outcome, serving }: { outcome: Outcome | null; serving: JudgeCard }): JudgeCard | null {
  if (outcome === null || outcome.status === 'returned' || outcome.provenance === null) return null;
  const { judge, model } = outcome.provenance;
  const same = judge === serving.judge && model === serving.model;
  return { judge, model, readBy: same ? serving.readBy : judge === 'openai' ? 'a model provider' : 'this server' };
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
