import { dueFrom, reviewCard, type MemoryCard } from '../core/memory-card.ts';
import { decideReview, SITTING_MS } from '../core/review-rule.ts';
import type { Grade, Outcome } from '../core/grade.ts';
import { countJudged, findAnswerSeen } from '../store/attempt-history.ts';
import { findAttempt, type AttemptRow } from '../store/attempts.ts';
import { findCard, putCard } from '../store/cards.ts';
import type { Transaction } from '../store/executor.ts';

/**
 * Writes into the learner's card what an attempt showed, where the rule says it is a review: when the question comes back, and
 * with which criteria. Call it in the transaction that settles the attempt, under lockLearnerOfAttempt, after the settling.
 */
export async function recordReview(
  { attemptId, outcome, now }: { attemptId: string; outcome: Outcome; now: Date },
  tx: Transaction,
): Promise<void> {
  if (outcome.status !== 'graded' && outcome.status !== 'provisional') return;
  const attempt = await findAttempt(tx, attemptId);
  if (!attempt) return;
  const { learnerId, course, itemId, standing, createdAt: handedIn } = attempt;
  const key = { learnerId, course, itemId };
  const kept = await findCard(tx, key);
  const judged = await countJudged(tx, {
    ...key,
    before: handedIn,
    since: new Date(handedIn.getTime() - SITTING_MS),
  });
  const answerSeen = await findAnswerSeen(tx, key);
  const decision = decideReview({
    attempt: {
      standing,
      handedIn,
      points: outcome.points,
      misconceptionHeld: outcome.misconceptions.some(({ verdict }) => verdict === 'held'),
    },
    before: {
      card: kept ? { reviewed: kept.card.last_review, due: kept.due } : null,
      judged: { ever: judged.ever, thisSitting: judged.since },
      // What was revealed while the answer was on its way to the judge did not help to write it.
      answerSeen: answerSeen !== undefined && answerSeen <= handedIn ? answerSeen : null,
    },
  });
  if (decision.status === 'apart') {
    const newer = decision.evidence && kept && (await isNewest({ card: kept.card, handedIn }, tx));
    if (newer) await putCard(tx, { ...kept, card: { ...kept.card, evidence: attemptId }, updatedAt: now });
    return;
  }
  const card = reviewCard({
    card: kept?.card ?? null,
    rating: decision.rating,
    reviewed: handedIn,
    evidence: decision.evidence ? attemptId : null,
  });
  await putCard(tx, { ...key, card, missed: missedIn(outcome), due: dueFrom(card), updatedAt: now });
}

/**
 * Puts what a person has settled into the card, where this attempt is the review the card rests on: what comes back are the parts
 * missed by the grade as it now stands. When it comes back stays; the memory before that review is not kept. Call it in the
 * transaction that settles the verdict, under lockLearnerOfAttempt.
 */
export async function correctMissed(
  { attempt, grade }: { attempt: AttemptRow; grade: Pick<Grade, 'verdicts'> },
  tx: Transaction,
): Promise<void> {
  const kept = await findCard(tx, attempt);
  if (kept?.card.last_review.getTime() !== attempt.createdAt.getTime()) return;
  await putCard(tx, { ...kept, missed: missedIn(grade) });
}

function missedIn({ verdicts }: Pick<Grade, 'verdicts'>): string[] {
  return verdicts.filter(({ verdict }) => verdict !== 'met').map(({ criterion }) => criterion);
}

/** Whether no later attempt is evidence already: grades do not always come in the order of the answers. */
async function isNewest({ card, handedIn }: { card: MemoryCard; handedIn: Date }, tx: Transaction): Promise<boolean> {
  const evidence = card.evidence === null ? undefined : await findAttempt(tx, card.evidence);
  return evidence === undefined || evidence.createdAt < handedIn;
}
