import { createEmptyCard, fsrs, Rating, type Grade } from 'ts-fsrs';
import { z } from 'zod';
import { SITTING_MS, type ReviewRating } from './review-rule.ts';

/**
 * What is remembered of one question for one learner: ts-fsrs's card, and the attempt that last showed what they know.
 * Stability is in days; `last_review` is when that attempt was handed in.
 */
export const MemoryCard = z.object({
  due: z.coerce.date(),
  stability: z.number(),
  difficulty: z.number(),
  elapsed_days: z.number(),
  scheduled_days: z.number(),
  learning_steps: z.number(),
  reps: z.int(),
  lapses: z.int(),
  state: z.int().min(0).max(3),
  last_review: z.coerce.date(),
  /** The newest attempt whose points say what is known; null where none has counted. */
  evidence: z.uuid().nullable(),
});
export type MemoryCard = z.infer<typeof MemoryCard>;

const MAXIMUM_DAYS = 365;

// Whole days only: minutes apart, an explanation is repeated and not recalled. No fuzz: the same answers give the same dates.
// A question comes back when recalling it has become 90 % likely, and once a year at the least.
const scheduler = fsrs({
  request_retention: 0.9,
  maximum_interval: MAXIMUM_DAYS,
  enable_fuzz: false,
  enable_short_term: false,
});

const gradeOf: Record<ReviewRating, Grade> = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
};

/** The card after one review; `card` null makes the first. `evidence` null keeps what earlier attempts showed. */
export function reviewCard(args: {
  card: MemoryCard | null;
  rating: ReviewRating;
  reviewed: Date;
  evidence: string | null;
}): MemoryCard {
  const { card, rating, reviewed, evidence } = args;
  const { card: next } = scheduler.next(card ?? createEmptyCard(reviewed), reviewed, gradeOf[rating]);
  return MemoryCard.parse({ ...next, last_review: reviewed, evidence: evidence ?? card?.evidence ?? null });
}

/**
 * From when on the question counts as due: half a day before the full interval is over, so that whoever practised in the
 * evening finds it due the next morning.
 */
export function dueFrom(card: MemoryCard): Date {
  return new Date(card.due.getTime() - SITTING_MS);
}

/** How likely it is to be recalled now, 0 to 1, as FSRS estimates it. 1 at the moment of the review, then falling. */
export function recallOf({ card, now }: { card: MemoryCard; now: Date }): number {
  // A clock set back since the review must not make memory better than fresh.
  const at = now < card.last_review ? card.last_review : now;
  return scheduler.get_retrievability(card, at, false);
}
