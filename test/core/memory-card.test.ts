import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupMastery, masteryOf } from '../../src/core/mastery.ts';
import { dueFrom, MemoryCard, recallOf, reviewCard } from '../../src/core/memory-card.ts';
import { reviewRatings, SITTING_MS, type ReviewRating } from '../../src/core/review-rule.ts';

const start = new Date('2026-11-23T20:30:00Z');
const DAY = 24 * 60 * 60 * 1000;
const later = (days: number, from = start): Date => new Date(from.getTime() + days * DAY);
const evidence = randomUUID();

function firstCard(rating: ReviewRating): MemoryCard {
  return reviewCard({ card: null, rating, reviewed: start, evidence });
}
/** Full days until the question comes back. */
function intervalOf(card: MemoryCard): number {
  return (card.due.getTime() - card.last_review.getTime()) / DAY;
}

describe('the card of a question', () => {
  // FSRS-6 with its published default weights: initial stabilities 0.21, 1.29, 2.31 and 8.30 days, as whole days in strict order.
  test.each<[ReviewRating, number]>([
    ['again', 1],
    ['hard', 2],
    ['good', 3],
    ['easy', 8],
  ])('comes back %s: after %i days', (rating, days) => {
    expect(intervalOf(firstCard(rating))).toBe(days);
  });

  test('is due half a day before its interval is over, so that an evening is followed by the next morning', () => {
    const card = firstCard('again');
    expect(dueFrom(card)).toEqual(new Date('2026-11-24T08:30:00Z'));
  });

  test('comes back later each time it is recalled, and soon once it is not', () => {
    let card = firstCard('good');
    const intervals = [intervalOf(card)];
    for (let review = 0; review < 3; review += 1) {
      card = reviewCard({ card, rating: 'good', reviewed: card.due, evidence });
      intervals.push(intervalOf(card));
    }
    expect(intervals).toEqual([3, 14, 57, 196]);
    const lapsed = reviewCard({ card, rating: 'again', reviewed: card.due, evidence });
    expect(intervalOf(lapsed)).toBeLessThan(57);
    expect(lapsed.lapses).toBe(1);
  });

  test('survives the way through the database', () => {
    const card = firstCard('hard');
    const stored: unknown = JSON.parse(JSON.stringify(card));
    expect(MemoryCard.parse(stored)).toEqual(card);
  });

  test('a review that shows nothing of its own keeps the evidence there was', () => {
    const card = firstCard('good');
    expect(reviewCard({ card, rating: 'again', reviewed: later(3), evidence: null }).evidence).toBe(evidence);
  });
});

const anyHistory = fc.array(
  fc.record({ rating: fc.constantFrom(...reviewRatings), afterHours: fc.integer({ min: 0, max: 24 * 400 }) }),
  { minLength: 1, maxLength: 12 },
);

describe('memory, whatever the history', () => {
  function replay(history: { rating: ReviewRating; afterHours: number }[]): MemoryCard {
    let card: MemoryCard | null = null;
    let at = start;
    for (const { rating, afterHours } of history) {
      at = new Date(at.getTime() + afterHours * 60 * 60 * 1000);
      card = reviewCard({ card, rating, reviewed: at, evidence });
    }
    return card ?? firstCard('again');
  }

  test('a question comes back after a day at the soonest and about a year at the latest', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const card = replay(history);
        expect(intervalOf(card)).toBeGreaterThanOrEqual(1);
        expect(intervalOf(card)).toBeLessThanOrEqual(368);
        expect(dueFrom(card).getTime() - card.last_review.getTime()).toBeGreaterThanOrEqual(SITTING_MS);
      }),
    );
  });

  test('recall starts at 1 and only falls, and a clock set back does not raise it', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (history, a, b) => {
        const card = replay(history);
        const recall = (days: number): number => recallOf({ card, now: later(days, card.last_review) });
        expect(recall(0)).toBe(1);
        expect(recall(-a)).toBe(1);
        expect(recall(a + b)).toBeLessThanOrEqual(recall(a));
        expect(recall(a + b)).toBeGreaterThan(0);
      }),
    );
  });

  test('the same history gives the same card: there is no chance in it', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(replay(history)).toEqual(replay(history));
      }),
    );
  });

  test('at the same moment a better rating never brings a question back sooner', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 300 }), (history, days) => {
        const card = replay(history);
        const reviewed = later(days, card.last_review);
        const dues = reviewRatings.map((rating) => reviewCard({ card, rating, reviewed, evidence }).due.getTime());
        expect(dues).toEqual([...dues].sort((a, b) => a - b));
      }),
    );
  });
});

describe('mastery', () => {
  const card = firstCard('good');

  test('is what the newest evidence showed, fading as memory does', () => {
    const mastery = masteryOf({ evidence: { low: 4500, max: 6000 }, card, now: card.due });
    if (mastery.status === 'unknown') throw new Error('unknown');
    expect(mastery.shown).toBe(0.75);
    // Three days at a stability of 2.31 days: a little under the 90 % that FSRS schedules for.
    expect(mastery.recall).toBeCloseTo(0.88, 2);
    expect(mastery.now).toBeCloseTo(0.75 * mastery.recall, 10);
  });

  test('is unknown, not 0, where nothing has counted', () => {
    expect(masteryOf({ evidence: null, card, now: start })).toEqual({ status: 'unknown' });
    expect(masteryOf({ evidence: { low: 1, max: 2 }, card: null, now: start })).toEqual({ status: 'unknown' });
  });

  test('of a group is the mean of what is known, and says how much is not', () => {
    const known = (shown: number, recall: number): ReturnType<typeof masteryOf> => ({
      status: 'known',
      shown,
      recall,
      now: shown * recall,
    });
    expect(groupMastery([known(1, 0.5), known(0.5, 1), { status: 'unknown' }])).toEqual({
      all: 3,
      known: 2,
      shown: 0.75,
      now: 0.5,
    });
    expect(groupMastery([{ status: 'unknown' }])).toEqual({ all: 1, known: 0, shown: null, now: null });
    expect(groupMastery([])).toEqual({ all: 0, known: 0, shown: null, now: null });
  });
});
