import type { PointsRange } from './grade.ts';

/** How well a question was recalled, in the words of FSRS, worst first. */
export const reviewRatings = ['again', 'hard', 'good', 'easy'] as const;
export type ReviewRating = (typeof reviewRatings)[number];

const HOUR_MS = 60 * 60 * 1000;

/**
 * Attempts at one question less than this far apart are one sitting: what was said in the first is still in mind in the next.
 * Half a day instead of a calendar day, because a server does not know when its learner's day begins.
 */
export const SITTING_MS = 12 * HOUR_MS;

/** What the rule needs to know of one judged attempt. Instants are those of handing in. */
export type JudgedAttempt = {
  standing: 'counted' | 'practice' | 'after-seeing';
  handedIn: Date;
  points: PointsRange;
  /** Whether it held a common wrong answer. */
  misconceptionHeld: boolean;
};

/** What the learner had done with the question before that attempt. */
export type BeforeAttempt = {
  /** When the question was last reviewed and when it comes back; null where it never was. */
  card: { reviewed: Date; due: Date } | null;
  /** Judged attempts at it, each of which showed hints: in all, and in the same sitting. */
  judged: { ever: number; thisSitting: number };
  /** When its answer was first read or revealed; null where it was not. */
  answerSeen: Date | null;
};

/**
 * What an attempt means for the memory of its question. `review`: it moves the date it comes back. `apart`: it does not. Where
 * `evidence` is set its points are what is known of its learner from now on.
 */
export type ReviewDecision =
  { status: 'review'; rating: ReviewRating; evidence: boolean } | { status: 'apart'; evidence: boolean };

/**
 * Decides by rule whether a judged attempt is a review and how it went (docs/decisions/0013-memory.md).
 * A question that is due is reviewed by whatever comes, practice too. One that is not is reviewed by the first counted attempt
 * of a sitting. One that never was is put on the calendar by any attempt; where that does not count it is for tomorrow. A counted
 * try with hints moves no date, yet its points count.
 */
export function decideReview({ attempt, before }: { attempt: JudgedAttempt; before: BeforeAttempt }): ReviewDecision {
  const { card } = before;
  const counted = attempt.standing === 'counted';
  if (card === null) {
    return { status: 'review', rating: counted ? rateRecall({ attempt, before }) : 'again', evidence: counted };
  }
  // Graded late, after a newer one was: what is known since then is not undone.
  if (attempt.handedIn <= card.reviewed) return { status: 'apart', evidence: false };
  const due = attempt.handedIn >= card.due;
  if (due || (counted && before.judged.thisSitting === 0)) {
    return { status: 'review', rating: rateRecall({ attempt, before }), evidence: true };
  }
  return { status: 'apart', evidence: counted };
}

/** The lowest of what the points earned and what the help allows. Only `low` counts, as everywhere. */
export function rateRecall({ attempt, before }: { attempt: JudgedAttempt; before: BeforeAttempt }): ReviewRating {
  return lowest([rateShare(attempt.points), ...capsOf({ attempt, before })]);
}

function rateShare({ low, max }: PointsRange): ReviewRating {
  if (low >= max) return 'easy';
  // Nine tenths is a slip; six tenths is the question with one part of three gone; below that it is to be learnt again.
  if (low * 10 >= max * 9) return 'good';
  return low * 10 >= max * 6 ? 'hard' : 'again';
}

function capsOf({ attempt, before }: { attempt: JudgedAttempt; before: BeforeAttempt }): ReviewRating[] {
  const { judged, answerSeen } = before;
  const caps: ReviewRating[] = [];
  // Effortless is only what was known at the first meeting.
  if (judged.ever > 0 || answerSeen !== null) caps.push('good');
  if (attempt.misconceptionHeld) caps.push('hard');
  if (judged.thisSitting === 1) caps.push('hard');
  if (judged.thisSitting > 1) caps.push('again');
  // Read today, repeated today: nothing was recalled yet.
  if (answerSeen !== null && attempt.handedIn.getTime() - answerSeen.getTime() < SITTING_MS) caps.push('again');
  return caps;
}

function lowest(ratings: readonly ReviewRating[]): ReviewRating {
  return reviewRatings.find((rating) => ratings.includes(rating)) ?? 'again';
}
