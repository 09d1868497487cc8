import type { PointsView } from '../tutor/learner-view.ts';

/** A date as people say it: 27 Nov 2026. */
export function dayOf(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

/** A share as people say it. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00A0%`;
}

/** Points as people say them; a range where a part is open. */
export function describePoints({ low, high, max }: PointsView): string {
  return low === high ? `${low} of ${max}` : `${low} to ${high} of ${max}`;
}

export function countQuestions(count: number): string {
  return count === 1 ? '1 question' : `${count} questions`;
}

export function countAttempts(count: number): string {
  return count === 1 ? '1 attempt' : `${count} attempts`;
}
