import { findCourseItem, type Content } from '../bank/content.ts';
import { csvLine } from '../report/csv-line.ts';
import { decimalPoints } from '../core/points.ts';
import { listFullAttempts } from '../store/attempt-history.ts';
import type { AttemptRow } from '../store/attempts.ts';
import { findLearner } from '../store/learners.ts';
import {
  listLearnerRecords,
  type AppealRecord,
  type LearnerRecords,
  type TrialRecord,
} from '../store/learner-records.ts';
import { listSessions } from '../store/sessions.ts';
import { listSettlementsOfAttempts, type SettlementRow } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';
import { asksOf } from './item-memory.ts';
import { viewPoints } from './learner-view.ts';
import { ANOTHER, NO_MISTAKE, WITHDRAWN } from './trial-view.ts';
import { viewFeedback, viewVerdicts } from './view-verdicts.ts';

/*
 * What a learner may take with them. It is theirs, and it keeps the same contract as the pages: parts of a rubric are named by
 * what they ask, never by their ids, and nothing that is hidden before the reveal is in it.
 */

type ExportDeps = Pick<TutorDeps, 'content' | 'database' | 'now'>;

/** Attempts read at once: a few megabytes at the most. */
const PAGE = 200;
const MOST_SESSIONS = 10_000;

/** Everything the learner owns as one JSON document, in pieces, so that no number of attempts fills the memory. */
export async function* exportJson({ learnerId }: { learnerId: string }, deps: ExportDeps): AsyncGenerator<string> {
  const { db } = deps.database;
  const learner = await findLearner(db, learnerId);
  const records = await listLearnerRecords(db, { learnerId });
  const sessions = await listSessions(db, { learnerId, limit: MOST_SESSIONS });
  const head = {
    format: 'viva-learner-1',
    exportedAt: deps.now().toISOString(),
    learner: { name: learner?.name ?? null, since: learner?.createdAt.toISOString() ?? null },
    reveals: records.reveals.map(({ course, itemId: item, createdAt: at }) => ({ course, item, at })),
    answersRead: records.sightings.map(({ course, itemId: item, where, createdAt: at }) => ({
      course,
      item,
      where,
      at,
    })),
    memory: records.cards.map((card) => exportCard({ card, content: deps.content })),
    sessions: sessions.map(({ course, itemIds: items, position, createdAt: at }) => ({ course, items, position, at })),
    drill: records.trials.map((trial) => exportTrial({ trial, content: deps.content })),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "attempts": [`;
  let first = true;
  for await (const page of attemptPages({ learnerId }, deps)) {
    const settled = await listSettlementsOfAttempts(db, { attemptIds: page.map(({ id }) => id) });
    for (const attempt of page) {
      const appeals = records.appeals.filter(({ attemptId }) => attemptId === attempt.id);
      const settlements = settled.filter(({ attemptId }) => attemptId === attempt.id);
      const entry = JSON.stringify(exportAttempt({ attempt, appeals, settlements, content: deps.content }), null, 2);
      yield `${first ? '' : ','}\n${entry.replace(/^/gm, '    ')}`;
      first = false;
    }
  }
  yield `${first ? '' : '\n  '}]\n}\n`;
}

/** The learner's attempts as a table for spreadsheets, in pieces. Points are plain decimals, empty where there is no grade. */
export async function* exportCsv({ learnerId }: { learnerId: string }, deps: ExportDeps): AsyncGenerator<string> {
  // The mark says UTF-8 to spreadsheets that would guess otherwise.
  yield `\uFEFF${csvLine([
    'handed in',
    'course',
    'item',
    'question',
    'try',
    'standing',
    'status',
    'points low',
    'points high',
    'points max',
    'option',
    'predicted parts',
    'predicted sureness',
    'answer',
  ])}`;
  for await (const page of attemptPages({ learnerId }, deps)) {
    yield page.map((attempt) => attemptLine(attempt, deps)).join('');
  }
}

function attemptLine(attempt: AttemptRow, { content }: Pick<ExportDeps, 'content'>): string {
  const { createdAt, course, itemId, tryNumber, standing, status, option, answer } = attempt;
  return csvLine([
    createdAt.toISOString(),
    course,
    itemId,
    findCourseItem(content, itemId)?.item.title ?? '',
    tryNumber,
    standing,
    status,
    ...[attempt.pointsLow, attempt.pointsHigh, attempt.pointsMax].map((points) =>
      points === null ? null : decimalPoints(points),
    ),
    option,
    attempt.prediction?.covered.length ?? null,
    attempt.prediction?.sure ?? null,
    answer,
  ]);
}

/** Every attempt, oldest first, as many at once as fit the memory whatever was written. */
async function* attemptPages({ learnerId }: { learnerId: string }, deps: ExportDeps): AsyncGenerator<AttemptRow[]> {
  let after: { createdAt: Date; id: string } | null = null;
  for (;;) {
    const page: AttemptRow[] = await listFullAttempts(deps.database.db, { learnerId, after, limit: PAGE });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { createdAt: last.createdAt, id: last.id };
  }
}

function exportAttempt(args: {
  attempt: AttemptRow;
  appeals: AppealRecord[];
  settlements: SettlementRow[];
  content: Content;
}): object {
  const { attempt, appeals, settlements, content } = args;
  const courseItem = findCourseItem(content, attempt.itemId);
  const { id, course, itemId, option, answer, status, standing, tryNumber, outcome, prediction } = attempt;
  const { pointsLow: low, pointsHigh: high, pointsMax: max } = attempt;
  const graded = outcome !== null && 'feedback' in outcome ? outcome : null;
  const asks = (ids: readonly string[]): string[] => (courseItem ? asksOf({ courseItem, ids }) : []);
  return {
    id,
    course,
    item: itemId,
    question: courseItem?.item.title ?? null,
    handedIn: attempt.createdAt,
    settled: attempt.settledAt,
    try: tryNumber,
    standing,
    status,
    option,
    answer,
    prediction: prediction === null ? null : { covered: asks(prediction.covered), sure: prediction.sure },
    points: low === null || high === null || max === null ? null : viewPoints({ low, high, max }),
    ...(courseItem ? viewVerdicts({ courseItem, outcome, settlements }) : {}),
    feedback: courseItem ? viewFeedback({ courseItem, outcome, settlements }) : (graded?.feedback ?? null),
    judge: graded && { judge: graded.provenance.judge, model: graded.provenance.model },
    appeals: appeals.map(({ kind, target, reason, status: outcomeOf, createdAt, settledAt }) => ({
      against: kind,
      asks: kind === 'criterion' ? (asks([target])[0] ?? null) : null,
      reason,
      status: outcomeOf,
      at: createdAt,
      settled: settledAt,
    })),
  };
}

function exportCard({ card: row, content }: { card: LearnerRecords['cards'][number]; content: Content }): object {
  const courseItem = findCourseItem(content, row.itemId);
  return {
    course: row.course,
    item: row.itemId,
    due: row.due,
    reviewed: row.card.last_review,
    reviews: row.card.reps,
    stabilityDays: row.card.stability,
    difficulty: row.card.difficulty,
    missed: courseItem ? asksOf({ courseItem, ids: row.missed }) : [],
  };
}

/** What was picked stood among the choices on the screen, so its words are no secret. */
function exportTrial({ trial, content }: { trial: TrialRecord; content: Content }): object {
  const { course, itemId: item, picked, correct, why, createdAt: at, answeredAt: answered } = trial;
  const words =
    trial.spanStart === null || trial.spanEnd === null ? null : { start: trial.spanStart, end: trial.spanEnd };
  return { course, item, at, answered, picked: pickedWords({ item, picked, content }), correct, words, why };
}

/** In the words of the screen; null where nothing was picked, or what was has left the rubric. */
function pickedWords(args: { item: string; picked: string | null; content: Content }): string | null {
  switch (args.picked) {
    case null:
      return null;
    case NO_MISTAKE:
      return 'no mistake';
    case ANOTHER:
      return 'another mistake';
    case WITHDRAWN:
      return 'no mistake, on second thoughts';
    default: {
      const misconceptions = findCourseItem(args.content, args.item)?.rubric.misconceptions ?? [];
      return misconceptions.find(({ id }) => id === args.picked)?.claim ?? null;
    }
  }
}
