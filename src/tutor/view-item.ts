import { findCourseItem, type CourseItem } from '../bank/content.ts';
import { decimalPoints, maxPoints, thousandths } from '../core/points.ts';
import { listEntriesAtItem, type AttemptEntry } from '../store/attempt-history.ts';
import { findAttempt, findJudgedBefore, isComplete, listBestPoints, type AttemptRow } from '../store/attempts.ts';
import { listReveals } from '../store/reveals.ts';
import type { Executor } from '../store/executor.ts';
import { listSettlements, type SettlementRow } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';
import { viewOptions, viewPoints, type DueView, type ItemView } from './learner-view.ts';
import { findStanding, type ItemStanding } from './standing.ts';
import { viewVerdicts } from './view-verdicts.ts';

/** What a page has read already of the learner and the item: one of the attempts with its settlements, and where they stand. */
export type AlreadyRead = { attempt: AttemptRow; settlements: readonly SettlementRow[]; standing: ItemStanding };

/** One question as a learner may see it before the reveal, with their attempts so far. What was `read` is not read again. */
export async function viewItem(
  { itemId, learnerId, read = null }: { itemId: string; learnerId: string | null; read?: AlreadyRead | null },
  deps: Pick<TutorDeps, 'content' | 'database' | 'judgeCard'>,
): Promise<ItemView | undefined> {
  const found = findCourseItem(deps.content, itemId);
  if (!found) return undefined;
  const { course, item, rubric } = found;
  const { db } = deps.database;
  const key = { course: course.id, itemId: item.id };
  const attempts = learnerId === null ? [] : (await listEntriesAtItem(db, { learnerId, ...key })).reverse();
  const standing =
    learnerId === null
      ? { triesUsed: 0, standing: 'counted' as const, revealed: false }
      : (read?.standing ?? (await findStanding({ learnerId, course, itemId: item.id }, db)));
  const newest = attempts.at(-1);
  const latest = newest && (newest.id === read?.attempt.id ? read.attempt : await findAttempt(db, newest.id));
  const judged = latest === undefined ? undefined : await findJudged({ latest }, db);
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
    due: judged === undefined ? null : await findDue({ courseItem: found, judged, read }, deps),
    next: await listNextItems({ courseId: course.id, ids: item.next, learnerId }, deps),
    judge: deps.judgeCard,
  };
}

/** The newest attempt with a grade, which is most often the newest of all. */
async function findJudged({ latest }: { latest: AttemptRow }, db: Executor): Promise<AttemptRow | undefined> {
  if (latest.status === 'graded' || latest.status === 'provisional') return latest;
  return findJudgedBefore(db, latest);
}

function viewEntry(attempt: AttemptEntry): ItemView['attempts'][number] {
  const { id, status, standing, pointsLow: low, pointsHigh: high, pointsMax: max, createdAt } = attempt;
  // From the row, not the judge's outcome: a person may have settled it otherwise.
  const points = low === null || high === null || max === null ? null : viewPoints({ low, high, max });
  return {
    id,
    status,
    standing,
    points,
    createdAt: createdAt.toISOString(),
  };
}

async function findDue(
  { courseItem, judged, read }: { courseItem: CourseItem; judged: AttemptRow; read: AlreadyRead | null },
  deps: Pick<TutorDeps, 'database'>,
): Promise<DueView | null> {
  const settlements =
    judged.id === read?.attempt.id
      ? read.settlements
      : await listSettlements(deps.database.db, { attemptId: judged.id });
  const seen = viewVerdicts({ courseItem, outcome: judged.outcome, settlements });
  const verdicts = seen.verdicts.filter(({ verdict }) => verdict !== 'met');
  const nudges = seen.nudges.filter(({ held }) => held);
  return verdicts.length + nudges.length === 0 ? null : { verdicts, nudges };
}

/** What the author would do next, without what this learner has completed or revealed. */
async function listNextItems(
  { courseId, ids, learnerId }: { courseId: string; ids: readonly string[]; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<ItemView['next']> {
  const items = ids.flatMap((id) => {
    const found = findCourseItem(deps.content, id);
    return found ? [{ id, title: found.item.title }] : [];
  });
  if (learnerId === null || items.length === 0) return items;
  const { db } = deps.database;
  const key = { learnerId, course: courseId };
  const best = await listBestPoints(db, { ...key, itemIds: ids });
  const revealed = await listReveals(db, key);
  const done = new Set([
    ...best.filter(isComplete).map(({ itemId }) => itemId),
    ...revealed.map(({ itemId }) => itemId),
  ]);
  return items.filter(({ id }) => !done.has(id));
}
