import type { JSX } from 'hono/jsx/jsx-runtime';
import type { GroupMemoryView } from '../../tutor/memory-view.ts';

/**
 * Several questions as one bar: how much of all of them was shown, and of that the darker part likely still there. What is empty is
 * unknown or missing. It stands beside words that say the same, so screen readers skip it.
 */
export function MasteryBar({ mastery }: { mastery: GroupMemoryView }): JSX.Element {
  const { all, known, shown, now } = mastery;
  const share = all === 0 ? 0 : known / all;
  return (
    <svg class="mastery-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ground" width="100" height="6" />
      <rect class="bar-shown" width={width((shown ?? 0) * share)} height="6" />
      <rect class="bar-now" width={width((now ?? 0) * share)} height="6" />
    </svg>
  );
}

function width(share: number): string {
  return (share * 100).toFixed(1);
}
