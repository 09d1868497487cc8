import type { JSX } from 'hono/jsx/jsx-runtime';
import { assetHref } from '../assets.ts';

export type IconName =
  | 'met'
  | 'partial'
  | 'missed'
  | 'unsure'
  | 'wrong-turn'
  | 'cleared'
  | 'not-it'
  | 'new'
  | 'under-way'
  | 'complete'
  | 'revealed'
  | 'seen'
  | 'next'
  | 'back'
  | 'up'
  | 'alert'
  | 'pen'
  | 'due';

/** A small picture beside words that say the same; never alone, so screen readers skip it. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} aria-hidden="true" width="16" height="16" focusable="false">
      <use href={`${assetHref('icons.svg')}#${name}`} />
    </svg>
  );
}
