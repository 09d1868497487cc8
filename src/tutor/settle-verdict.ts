import { findCourseItem } from '../bank/content.ts';
import type { PointsRange } from '../core/grade.ts';
import { settleGrade, type SettledVerdict } from '../core/settled-grade.ts';
import { settleAppeal } from '../store/appeals.ts';
import { lockLearnerOfAttempt } from '../store/learner-lives.ts';
import { lockAttempt, rescoreAttempt } from '../store/reviews.ts';
import { listSettlements, putSettlement } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';
import { correctMissed } from './record-review.ts';
import { isUuid } from './view-attempt.ts';

export type SettleOutcome =
  | {
      status: 'settled';
      attempt: { status: 'graded' | 'provisional'; points: PointsRange };
      /** A person's earlier verdict on the same, which this one has replaced. */
      replaced: { verdict: string; settledBy: string } | null;
    }
  /** No such attempt, it has no grade, or its item has left the bank. */
  | { status: 'not-found' }
  | { status: 'invalid'; message: string };

/** What is settled, by whom and why. `target` is the criterion's or misconception's id; the learner reads `note`. */
export type Settlement = SettledVerdict & { attemptId: string; settledBy: string; note: string };

/**
 * A person's verdict wins: the points are worked out anew with it in the judge's place, and the attempt is graded once nothing its
 * points hang on is unsure. The judge's outcome stays stored as it was. An appeal against the verdict is closed as `upheld` where the
 * judge's verdict stays, as `changed` otherwise. A later verdict on the same replaces the earlier. Where the question is to come back
 * for what this attempt missed, it comes back for what is missing now.
 */
export async function settleVerdict(
  settlement: Settlement,
  deps: Pick<TutorDeps, 'content' | 'database' | 'now' | 'attemptChanges'>,
): Promise<SettleOutcome> {
  const { attemptId, kind, target, verdict } = settlement;
  if (!isUuid(attemptId)) return { status: 'not-found' };
  if (settlement.settledBy.trim() === '') return { status: 'invalid', message: 'Say who settles it.' };

  const outcome = await deps.database.transaction(async (tx): Promise<SettleOutcome> => {
    // The learner first, as everywhere: their card changes too, and whoever deletes or grades waits instead of in a circle.
    await lockLearnerOfAttempt(tx, attemptId);
    const attempt = await lockAttempt(tx, attemptId);
    const found = attempt && findCourseItem(deps.content, attempt.itemId);
    const judged = attempt?.outcome ?? null;
    if (!found || judged === null || judged.status === 'returned' || judged.status === 'ungraded')
      return { status: 'not-found' };
    const { item, rubric } = found;
    const problem = findProblem(settlement, { rubric, grade: judged });
    if (problem !== undefined) return { status: 'invalid', message: problem };

    const earlier = await listSettlements(tx, { attemptId });
    const same = (entry: SettledVerdict): boolean => entry.kind === kind && entry.target === target;
    const replaced = earlier.find(same) ?? null;
    const settled = [...earlier.filter((entry) => !same(entry)), settlement];
    const grade = settleGrade({ item, rubric, grade: judged, settled });
    const { status, points } = grade;
    const now = deps.now();
    await putSettlement(tx, { ...settlement, note: settlement.note.trim(), createdAt: now });
    await rescoreAttempt(tx, { id: attemptId, status, points });
    await correctMissed({ attempt, grade }, tx);
    const judgesOwn =
      kind === 'criterion'
        ? judged.verdicts.find(({ criterion }) => criterion === target)?.verdict
        : judged.misconceptions.find(({ id }) => id === target)?.verdict;
    await settleAppeal(tx, { attemptId, kind, target, status: judgesOwn === verdict ? 'upheld' : 'changed', now });
    return {
      status: 'settled',
      attempt: { status, points },
      replaced: replaced && { verdict: replaced.verdict, settledBy: replaced.settledBy },
    };
  });
  if (outcome.status === 'settled') deps.attemptChanges.announce(attemptId);
  return outcome;
}

function findProblem(
  { kind, target, verdict }: SettledVerdict,
  judged: {
    rubric: {
      criteria: readonly { id: string; partial?: string | undefined }[];
      misconceptions: readonly { id: string }[];
    };
    grade: { verdicts: readonly { criterion: string }[]; misconceptions: readonly { id: string }[] };
  },
): string | undefined {
  const { rubric, grade } = judged;
  if (kind === 'misconception') {
    const known = rubric.misconceptions.some(({ id }) => id === target);
    if (known && grade.misconceptions.some(({ id }) => id === target)) return undefined;
    return `This grade has no misconception "${target}". It has ${listOf(grade.misconceptions.map(({ id }) => id))}.`;
  }
  const criterion = rubric.criteria.find(({ id }) => id === target);
  if (criterion === undefined || !grade.verdicts.some((entry) => entry.criterion === target))
    return `This grade has no criterion "${target}". It has ${listOf(grade.verdicts.map((entry) => entry.criterion))}.`;
  if (verdict === 'partial' && criterion.partial === undefined)
    return `The rubric words no half-way for "${target}": settle it as met or missed, or write its "partial" first.`;
  return undefined;
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.map((id) => `"${id}"`).join(', ');
}
