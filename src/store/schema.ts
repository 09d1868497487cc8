import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';

/** Where an attempt stands on its way to a grade. The last four are the statuses of core's Outcome. */
export const attemptStatuses = ['stored', 'grading', 'graded', 'provisional', 'returned', 'ungraded'] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

/** Whether an attempt counts toward tries and mastery. Practice comes after the reveal or the last try. */
export const attemptStandings = ['counted', 'practice', 'after-seeing'] as const;
export type AttemptStanding = (typeof attemptStandings)[number];

/** Where a learner read an answer without a reveal. */
export const sightingPlaces = ['answers', 'drill'] as const;
export type SightingPlace = (typeof sightingPlaces)[number];

/** What a person can be asked to settle: the verdict on one criterion, or on one misconception. */
export const verdictKinds = ['criterion', 'misconception'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** What became of a contested verdict. */
export const appealStatuses = ['open', 'upheld', 'changed'] as const;
export type AppealStatus = (typeof appealStatuses)[number];

const instant = { withTimezone: true, mode: 'date' } as const;

/** Values the deployment makes once and keeps, such as its HMAC secret. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const learners = pgTable('learners', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
  name: text('name'),
  createdAt: timestamp('created_at', instant).notNull(),
});

// A learner who is deleted takes along everything they wrote.
function learnerId() {
  return uuid('learner_id')
    .notNull()
    .references(() => learners.id, { onDelete: 'cascade' });
}

export const attempts = pgTable(
  'attempts',
  {
    id: uuid('id').primaryKey(),
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemId: text('item_id').notNull(),
    option: integer('option'),
    answer: text('answer').notNull(),
    idempotencyKey: text('idempotency_key'),
    // What the learner expected before the verdict: { covered: criterion ids, sure: 0-1 }. Null where they did not say.
    prediction: jsonb('prediction'),
    status: text('status', { enum: attemptStatuses }).notNull(),
    standing: text('standing', { enum: attemptStandings }).notNull(),
    tryNumber: integer('try_number').notNull(),
    rubricHash: text('rubric_hash').notNull(),
    pointsLow: integer('points_low'),
    pointsHigh: integer('points_high'),
    pointsMax: integer('points_max'),
    outcome: jsonb('outcome'),
    createdAt: timestamp('created_at', instant).notNull(),
    startedAt: timestamp('started_at', instant),
    settledAt: timestamp('settled_at', instant),
  },
  (table) => [
    unique('attempts_learner_id_idempotency_key').on(table.learnerId, table.idempotencyKey),
    index('attempts_learner_id_item_id_created_at').on(table.learnerId, table.itemId, table.createdAt),
    // The history, a page at a time, and the newest of all.
    index('attempts_learner_id_created_at').on(table.learnerId, table.createdAt),
  ],
);

export const reveals = pgTable(
  'reveals',
  {
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemId: text('item_id').notNull(),
    createdAt: timestamp('created_at', instant).notNull(),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.course, table.itemId] })],
);

export const sightings = pgTable(
  'sightings',
  {
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemId: text('item_id').notNull(),
    where: text('where', { enum: sightingPlaces }).notNull(),
    createdAt: timestamp('created_at', instant).notNull(),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.course, table.itemId] })],
);

/** One plausible answer shown in the spot-the-mistake drill, and what its learner said of it. */
export const trials = pgTable(
  'trials',
  {
    id: uuid('id').primaryKey(),
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemId: text('item_id').notNull(),
    // Its place in the rubric; null where `stimulus` names a rated answer instead.
    exemplar: integer('exemplar'),
    // `<set>/<answer id>` of a rated answer of the `dev` split.
    stimulus: text('stimulus'),
    // Whether a mistake was there to be found, fixed when the turn starts, so that later edits of the rubric do not change old turns.
    holds: boolean('holds'),
    // A misconception's id, or 'none'.
    picked: text('picked'),
    correct: boolean('correct'),
    // Where the learner saw the mistake: UTF-16 offsets of the shown answer, end exclusive.
    spanStart: integer('span_start'),
    spanEnd: integer('span_end'),
    spanHit: boolean('span_hit'),
    // Why it is wrong, in the learner's words, and core's Outcome of having that judged.
    why: text('why'),
    whyOutcome: jsonb('why_outcome'),
    createdAt: timestamp('created_at', instant).notNull(),
    answeredAt: timestamp('answered_at', instant),
  },
  (table) => [index('trials_learner_id_created_at').on(table.learnerId, table.createdAt)],
);

/** When one question comes back to one learner. `card` is ts-fsrs's; `missed` are the criteria to come back for. */
export const cards = pgTable(
  'cards',
  {
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemId: text('item_id').notNull(),
    card: jsonb('card').notNull(),
    missed: jsonb('missed').notNull(),
    due: timestamp('due', instant).notNull(),
    updatedAt: timestamp('updated_at', instant).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.course, table.itemId] }),
    index('cards_learner_id_due').on(table.learnerId, table.due),
  ],
);

/** A practice session: the questions in the order they are met, and how far it got. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemIds: jsonb('item_ids').notNull(),
    position: integer('position').notNull(),
    createdAt: timestamp('created_at', instant).notNull(),
  },
  (table) => [index('sessions_learner_id_created_at').on(table.learnerId, table.createdAt)],
);

/** A short code that carries a learner's cookie to another device, once and not for long. */
export const transferCodes = pgTable('transfer_codes', {
  codeHash: text('code_hash').primaryKey(),
  learnerId: learnerId(),
  expiresAt: timestamp('expires_at', instant).notNull(),
});

/** A learner contests one verdict of one attempt. `target` is the criterion's or misconception's id. */
export const appeals = pgTable(
  'appeals',
  {
    id: uuid('id').primaryKey(),
    learnerId: learnerId(),
    attemptId: uuid('attempt_id')
      .notNull()
      .references(() => attempts.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: verdictKinds }).notNull(),
    target: text('target').notNull(),
    reason: text('reason').notNull(),
    status: text('status', { enum: appealStatuses }).notNull(),
    createdAt: timestamp('created_at', instant).notNull(),
    settledAt: timestamp('settled_at', instant),
  },
  (table) => [
    unique('appeals_attempt_id_kind_target').on(table.attemptId, table.kind, table.target),
    index('appeals_status_created_at').on(table.status, table.createdAt),
  ],
);

/** A person's verdict on one criterion or misconception of one attempt. It wins over the judge's, which is kept in the attempt. */
export const settlements = pgTable(
  'settlements',
  {
    attemptId: uuid('attempt_id')
      .notNull()
      .references(() => attempts.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: verdictKinds }).notNull(),
    target: text('target').notNull(),
    verdict: text('verdict').notNull(),
    settledBy: text('settled_by').notNull(),
    // For the learner: why.
    note: text('note').notNull(),
    createdAt: timestamp('created_at', instant).notNull(),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.kind, table.target] })],
);

/**
 * Money set aside and spent, in micro-dollars, per scope ('all', 'learner:<id>', 'address:<hash>') and UTC day. A call is paid for
 * in advance with the most it can cost, in one statement that checks the limit, so that parallel calls cannot overrun it.
 */
export const budgets = pgTable(
  'budgets',
  {
    scope: text('scope').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    reservedMicroUsd: bigint('reserved_micro_usd', { mode: 'number' }).notNull(),
    spentMicroUsd: bigint('spent_micro_usd', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.day] })],
);

/** A judge's judgments by request key: the cache, and what a recorded judge replays. */
export const judgeReplies = pgTable('judge_replies', {
  requestKey: text('request_key').primaryKey(),
  judgment: jsonb('judgment').notNull(),
  createdAt: timestamp('created_at', instant).notNull(),
});
