import { recallOf, type MemoryCard } from './memory-card.ts';

/** Points of the newest attempt that counts as evidence, in thousandths. */
export type Evidence = { low: number; max: number };

/**
 * What is known of one question. `unknown`: no attempt has counted yet, which is not the same as knowing nothing.
 * `shown` is the share of its points (`low`, 0 to 1) that the newest evidence earned; `recall` how likely that is still there.
 */
export type Mastery = { status: 'unknown' } | { status: 'known'; shown: number; recall: number; now: number };

/** Mastery of one question at `now`. Doubtful points and attempts that did not count are in neither argument. */
export function masteryOf(args: { evidence: Evidence | null; card: MemoryCard | null; now: Date }): Mastery {
  const { evidence, card, now } = args;
  if (evidence === null || card === null) return { status: 'unknown' };
  const shown = evidence.low / evidence.max;
  const recall = recallOf({ card, now });
  return { status: 'known', shown, recall, now: shown * recall };
}

/**
 * Mastery of several questions, each weighing the same. `shown` and `now` are means over the known ones only and are null where
 * there is none: what was never tried is said by `known` beside `all`, and not counted as 0.
 */
export type GroupMastery = { all: number; known: number; shown: number | null; now: number | null };

export function groupMastery(each: readonly Mastery[]): GroupMastery {
  const known = each.filter((mastery) => mastery.status === 'known');
  const mean = (of: (mastery: { shown: number; now: number }) => number): number | null =>
    known.length === 0 ? null : known.reduce((sum, mastery) => sum + of(mastery), 0) / known.length;
  return { all: each.length, known: known.length, shown: mean(({ shown }) => shown), now: mean(({ now }) => now) };
}
