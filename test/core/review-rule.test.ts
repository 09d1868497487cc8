import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideReview,
  rateRecall,
  reviewRatings,
  SITTING_MS,
  type BeforeAttempt,
  type JudgedAttempt,
  type ReviewRating,
} from '../../src/core/review-rule.ts';

const noon = new Date('2026-11-23T12:00:00Z');
const HOUR = 60 * 60 * 1000;
const hoursAgo = (hours: number): Date => new Date(noon.getTime() - hours * HOUR);

function attemptOf(changes: Partial<JudgedAttempt> = {}): JudgedAttempt {
  const points = { low: 6000, high: 6000, max: 6000 };
  return { standing: 'counted', handedIn: noon, points, misconceptionHeld: false, ...changes };
}

const fresh: BeforeAttempt = { card: null, judged: { ever: 0, thisSitting: 0 }, answerSeen: null };
/** Reviewed three days ago. */
const scheduled = (due: Date): BeforeAttempt => ({
  card: { reviewed: hoursAgo(72), due },
  judged: { ever: 1, thisSitting: 0 },
  answerSeen: null,
});
const notDue = scheduled(hoursAgo(-24));
const due = scheduled(hoursAgo(1));

describe('how well it was recalled', () => {
  test.each<[number, ReviewRating]>([
    [6000, 'easy'],
    [5999, 'good'],
    [5400, 'good'],
    [5399, 'hard'],
    [3600, 'hard'],
    [3599, 'again'],
    [0, 'again'],
  ])('%i of 6000 thousandths at the first meeting is %s', (low, rating) => {
    const attempt = attemptOf({ points: { low, high: 6000, max: 6000 } });
    expect(rateRecall({ attempt, before: fresh })).toBe(rating);
  });

  test.each<[string, Partial<JudgedAttempt>, Partial<BeforeAttempt>, ReviewRating]>([
    ['a question met before', {}, { judged: { ever: 1, thisSitting: 0 } }, 'good'],
    ['an answer seen last week', {}, { answerSeen: hoursAgo(7 * 24) }, 'good'],
    ['a common wrong answer held', { misconceptionHeld: true }, {}, 'hard'],
    ['one attempt with hints in the same sitting', {}, { judged: { ever: 1, thisSitting: 1 } }, 'hard'],
    ['two of them', {}, { judged: { ever: 2, thisSitting: 2 } }, 'again'],
    ['an answer seen an hour ago', {}, { answerSeen: hoursAgo(1) }, 'again'],
  ])('full points, but %s: %s', (_name, attempt, before, rating) => {
    expect(rateRecall({ attempt: attemptOf(attempt), before: { ...fresh, ...before } })).toBe(rating);
  });
});

describe('what is a review', () => {
  const full = { status: 'review', evidence: true };

  test('the first counted attempt puts the question on the calendar', () => {
    expect(decideReview({ attempt: attemptOf(), before: fresh })).toEqual({ ...full, rating: 'easy' });
  });

  test.each(['practice', 'after-seeing'] as const)(
    'the first attempt as %s puts it there for tomorrow, and shows nothing of what its learner knows',
    (standing) => {
      const decision = decideReview({ attempt: attemptOf({ standing }), before: fresh });
      expect(decision).toEqual({ status: 'review', rating: 'again', evidence: false });
    },
  );

  test('a counted attempt before its time is a review once a sitting', () => {
    expect(decideReview({ attempt: attemptOf(), before: notDue })).toEqual({ ...full, rating: 'good' });
    const retry = { ...notDue, judged: { ever: 2, thisSitting: 1 } };
    expect(decideReview({ attempt: attemptOf(), before: retry })).toEqual({ status: 'apart', evidence: true });
  });

  test.each(['practice', 'after-seeing'] as const)('%s is one only where the question is due', (standing) => {
    const attempt = attemptOf({ standing });
    expect(decideReview({ attempt, before: notDue })).toEqual({ status: 'apart', evidence: false });
    expect(decideReview({ attempt, before: due })).toEqual({ ...full, rating: 'good' });
  });

  test('an attempt graded after a newer one was changes nothing', () => {
    const before = { ...due, card: { reviewed: noon, due: noon } };
    expect(decideReview({ attempt: attemptOf(), before })).toEqual({ status: 'apart', evidence: false });
  });
});

const anyAttempt = fc.record({
  standing: fc.constantFrom('counted' as const, 'practice' as const, 'after-seeing' as const),
  handedIn: fc.constant(noon),
  points: fc
    .tuple(fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([max, share]) => ({ low: Math.floor(share * max), high: max, max })),
  misconceptionHeld: fc.boolean(),
});
const anyBefore = fc.record({
  card: fc.option(
    fc.record({
      reviewed: fc.integer({ min: 1, max: 1000 }).map(hoursAgo),
      due: fc.integer({ min: -500, max: 500 }).map(hoursAgo),
    }),
  ),
  judged: fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
    .map(([earlier, thisSitting]) => ({ ever: earlier + thisSitting, thisSitting })),
  answerSeen: fc.option(fc.integer({ min: 0, max: 1000 }).map(hoursAgo)),
});
const rank = (rating: ReviewRating): number => reviewRatings.indexOf(rating);

describe('the rule, whatever happens', () => {
  test('more points never rate worse, and doubtful points count for nothing', () => {
    fc.assert(
      fc.property(anyAttempt, anyBefore, fc.nat(20_000), (attempt, before, more) => {
        const { low, max } = attempt.points;
        const better = { low: Math.min(max, low + more), high: max, max };
        const rated = rateRecall({ attempt, before });
        expect(rank(rateRecall({ attempt: { ...attempt, points: better }, before }))).toBeGreaterThanOrEqual(
          rank(rated),
        );
        const doubtless = { ...attempt, points: { low, high: low, max } };
        expect(rateRecall({ attempt: doubtless, before })).toBe(rated);
      }),
    );
  });

  test('more help never rates better', () => {
    fc.assert(
      fc.property(anyAttempt, anyBefore, (attempt, before) => {
        const rated = rank(rateRecall({ attempt, before }));
        const { ever, thisSitting } = before.judged;
        const helped: BeforeAttempt[] = [
          { ...before, judged: { ever: ever + 1, thisSitting: thisSitting + 1 } },
          { ...before, judged: { ever: ever + 1, thisSitting } },
          { ...before, answerSeen: noon },
        ];
        for (const more of helped) expect(rank(rateRecall({ attempt, before: more }))).toBeLessThanOrEqual(rated);
        const wrong = { ...attempt, misconceptionHeld: true };
        expect(rank(rateRecall({ attempt: wrong, before }))).toBeLessThanOrEqual(rated);
      }),
    );
  });

  test('what does not count moves a card only where it is due, and never shows more than a due review does', () => {
    fc.assert(
      fc.property(anyAttempt, anyBefore, (attempt, before) => {
        const decision = decideReview({ attempt, before });
        if (attempt.standing === 'counted') return;
        if (decision.status === 'apart') return expect(decision.evidence).toBe(false);
        if (before.card === null) expect(decision).toMatchObject({ rating: 'again', evidence: false });
        else expect(attempt.handedIn >= before.card.due).toBe(true);
      }),
    );
  });

  test('a sitting has one review of a question that is not due', () => {
    fc.assert(
      fc.property(anyAttempt, anyBefore, (attempt, before) => {
        const card = { reviewed: hoursAgo(1), due: new Date(noon.getTime() + SITTING_MS) };
        const judged = { ever: before.judged.ever + 1, thisSitting: before.judged.thisSitting + 1 };
        const decision = decideReview({ attempt, before: { ...before, card, judged } });
        expect(decision).toEqual({ status: 'apart', evidence: attempt.standing === 'counted' });
      }),
    );
  });
});
