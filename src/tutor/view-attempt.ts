import { findCourseItem, type CourseItem } from '../bank/content.ts';
import type { Grade, Outcome } from '../core/grade.ts';
import { decimalPoints, gradeOption, thousandths } from '../core/points.ts';
import { listAppeals } from '../store/appeals.ts';
import { findAttempt, findJudgedBefore, type AttemptRow } from '../store/attempts.ts';
import { listSettlementsOfAttempts, type SettlementRow } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';
import {
  viewOptions,
  viewPoints,
  viewReveal,
  type AttemptView,
  type ItemView,
  type JudgeCard,
} from './learner-view.ts';
import { findStanding } from './standing.ts';
import { viewItem, type AlreadyRead } from './view-item.ts';
import { viewRevision } from './view-revision.ts';
import { gradeOf, viewAppeals, viewFeedback, viewVerdicts } from './view-verdicts.ts';

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

type OwnAttempt = { attemptId: string; learnerId: string | null };

/** One attempt as its learner may see it now; undefined where it is not theirs or its item has left the bank. */
export async function viewAttempt(key: OwnAttempt, deps: ViewDeps): Promise<AttemptView | undefined> {
  return (await readAttempt(key, deps))?.view;
}

/** The same with the question it belongs to, as the attempt's page shows both. */
export async function viewAttemptWithItem(
  key: OwnAttempt,
  deps: ViewDeps,
): Promise<{ view: AttemptView; item: ItemView } | undefined> {
  const found = await readAttempt(key, deps);
  if (!found) return undefined;
  const { view, read } = found;
  const item = await viewItem({ itemId: view.item.id, learnerId: read.attempt.learnerId, read }, deps);
  return item && { view, item };
}

async function readAttempt(
  { attemptId, learnerId }: OwnAttempt,
  deps: ViewDeps,
): Promise<{ view: AttemptView; read: AlreadyRead } | undefined> {
  const attempt = await findOwnAttempt({ attemptId, learnerId }, deps);
  const courseItem = attempt && findCourseItem(deps.content, attempt.itemId);
  if (!attempt || !courseItem) return undefined;
  const { db } = deps.database;
  const { course, item, rubric } = courseItem;
  const standing = await findStanding({ learnerId: attempt.learnerId, course, itemId: item.id }, db);
  const { triesUsed, revealed } = standing;
  const isJudged = attempt.status === 'graded' || attempt.status === 'provisional';
  const before = isJudged ? await findJudgedBefore(db, attempt) : undefined;
  const settled = await listSettlementsOfAttempts(db, { attemptIds: [attempt.id, ...(before ? [before.id] : [])] });
  const { outcome } = attempt;
  const judged = { courseItem, outcome, settlements: settled.filter(({ attemptId: of }) => of === attempt.id) };
  const grade = gradeOf(judged);
  const { covered, sure } = attempt.prediction ?? { covered: [], sure: 0 };
  const ticked = rubric.criteria.flatMap(({ id }, index) => (covered.includes(id) ? [index + 1] : []));
  const view: AttemptView = {
    id: attempt.id,
    item: { id: item.id, title: item.title, kind: item.kind, prompt: item.prompt, options: viewOptions(item) },
    status: attempt.status,
    standing: attempt.standing,
    tryNumber: attempt.tryNumber,
    tries: { allowed: course.tries, used: triesUsed },
    answer: attempt.answer,
    option: viewOption({ attempt, item, graded: grade !== null }),
    createdAt: attempt.createdAt.toISOString(),
    reason: outcome?.status === 'returned' || outcome?.status === 'ungraded' ? outcome.reason : null,
    points: grade === null ? null : viewPoints(grade.points),
    ...viewVerdicts(judged),
    prediction: attempt.prediction === null ? null : { covered: ticked, sure },
    revision: before && grade ? viewChanges({ courseItem, attempt, grade, before, settled }) : null,
    appeals: viewAppeals({ ...judged, appeals: await listAppeals(db, { attemptId: attempt.id }) }),
    feedback: viewFeedback(judged),
    judge: judgeOf({ outcome, serving: deps.judgeCard }),
    revealed,
    reveal: revealed ? viewReveal({ courseItem, outcome: grade }) : null,
  };
  return { view, read: { attempt, settlements: judged.settlements, standing } };
}

function viewChanges(args: {
  courseItem: CourseItem;
  attempt: AttemptRow;
  grade: Grade;
  before: AttemptRow;
  settled: readonly SettlementRow[];
}): AttemptView['revision'] {
  const { courseItem, attempt, grade, before } = args;
  const settlements = args.settled.filter(({ attemptId }) => attemptId === before.id);
  const earlier = gradeOf({ courseItem, outcome: before.outcome, settlements });
  if (earlier === null) return null;
  return viewRevision({ courseItem, before: { ...before, grade: earlier }, after: { ...attempt, grade } });
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

/** Whether a text is an id at all: the database refuses others with an error. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
