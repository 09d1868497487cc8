import {
  boolean,
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

const instant = { withTimezone: true, mode: 'date' } as const;

/** Values the deployment makes once and keeps, such as its HMAC secret. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const learners = pgTable('learners', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
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

/** One exemplar shown in the spot-the-mistake drill. `picked` is a misconception's id or 'none'. */
export const trials = pgTable(
  'trials',
  {
    id: uuid('id').primaryKey(),
    learnerId: learnerId(),
    course: text('course').notNull(),
    itemId: text('item_id').notNull(),
    exemplar: integer('exemplar').notNull(),
    picked: text('picked'),
    correct: boolean('correct'),
    createdAt: timestamp('created_at', instant).notNull(),
    answeredAt: timestamp('answered_at', instant),
  },
  (table) => [index('trials_learner_id_created_at').on(table.learnerId, table.createdAt)],
);

/** Room for a judge's replies by request key, for a cache or a replay of recorded ones. No judge reads or writes it yet. */
export const judgeReplies = pgTable('judge_replies', {
  requestKey: text('request_key').primaryKey(),
  judgment: jsonb('judgment').notNull(),
  createdAt: timestamp('created_at', instant).notNull(),
});
