import type { GroupMastery } from '../core/mastery.ts';
import type { AttemptEntry } from '../store/attempt-history.ts';
import { asksOf, type ItemMemory } from './item-memory.ts';
import { viewPoints, type AttemptStatus, type PointsView, type Standing } from './learner-view.ts';

/*
 * What a learner may see of their own memory, as plain values, under the same contract as learner-view.ts: of what authors wrote
 * only titles and `asks` appear here. Shares are 0 to 1; instants are ISO text.
 */

/**
 * Where one question stands. `new`: no answer to it was judged yet. `unknown`: one was, but none counted. The others say what share
 * of the points was earned when it was last asked: under half, more, all.
 */
export type MemoryLevel = 'new' | 'unknown' | 'weak' | 'partly' | 'firm';

export type ItemMemoryView = {
  id: string;
  title: string;
  level: MemoryLevel;
  /** What the mastery rests on; null where nothing has counted. */
  points: PointsView | null;
  /** How likely that is still there now. */
  recall: number | null;
  due: string | null;
  isDue: boolean;
};

/** Several questions together. `shown` and `now` are over the `known` ones alone. */
export type GroupMemoryView = GroupMastery & { due: number };

/** A question that comes back, and the parts to come back for. */
export type ComingBackView = { id: string; title: string; due: string; isDue: boolean; thisTime: string[] };

/** One line of the history. The title is null where the item has left the bank. */
export type HistoryEntryView = {
  id: string;
  itemId: string;
  title: string | null;
  status: AttemptStatus;
  standing: Standing;
  tryNumber: number;
  points: PointsView | null;
  createdAt: string;
};

export function viewItemMemory(memory: ItemMemory): ItemMemoryView {
  const { courseItem, evidence, mastery, due, isDue } = memory;
  const known = evidence !== null && mastery.status === 'known';
  return {
    id: courseItem.item.id,
    title: courseItem.item.title,
    level: levelOf(memory),
    points: known ? viewPoints({ low: evidence.low, high: evidence.low, max: evidence.max }) : null,
    recall: known ? mastery.recall : null,
    due: due?.toISOString() ?? null,
    isDue,
  };
}

function levelOf({ due, mastery }: ItemMemory): MemoryLevel {
  if (mastery.status === 'unknown') return due === null ? 'new' : 'unknown';
  if (mastery.shown >= 1) return 'firm';
  return mastery.shown < 0.5 ? 'weak' : 'partly';
}

/** What is on the calendar, soonest first. */
export function viewComingBack(memories: readonly ItemMemory[]): ComingBackView[] {
  return memories
    .flatMap((memory) => (memory.due === null ? [] : [{ ...memory, due: memory.due }]))
    .sort((a, b) => a.due.getTime() - b.due.getTime())
    .map(({ courseItem, due, isDue, missed }) => ({
      id: courseItem.item.id,
      title: courseItem.item.title,
      due: due.toISOString(),
      isDue,
      thisTime: asksOf({ courseItem, ids: missed }),
    }));
}

export function viewHistoryEntry(entry: AttemptEntry, title: string | null): HistoryEntryView {
  const {
    id,
    itemId,
    status,
    standing,
    tryNumber,
    createdAt,
    pointsLow: low,
    pointsHigh: high,
    pointsMax: max,
  } = entry;
  const graded = low !== null && high !== null && max !== null;
  const points = graded ? viewPoints({ low, high, max }) : null;
  return { id, itemId, title, status, standing, tryNumber, points, createdAt: createdAt.toISOString() };
}
