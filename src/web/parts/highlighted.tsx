import { raw } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';

type Html = ReturnType<typeof raw>;

/** Formulas, tags and entities are passed over; what stands between them is text. */
const markup = /(<math[\s\S]*?<\/math>|<[^>]*>|&[#\w]+;)/;

/** Plain text with every place of the terms (lower-case) marked. */
export function HighlightedText({ text, terms }: { text: string; terms: readonly string[] }): JSX.Element {
  const pattern = patternOf(terms);
  if (pattern === undefined) return <>{text}</>;
  return <>{text.split(pattern).map((part, index) => (index % 2 === 1 ? <mark class="found">{part}</mark> : part))}</>;
}

/** Rendered HTML with every place of the terms marked, in its text only. What is marked was escaped when it was rendered. */
export function highlightHtml(html: Html, terms: readonly string[]): Html {
  const pattern = patternOf(terms);
  if (pattern === undefined) return html;
  const parts = String(html).split(markup);
  const mark = (text: string): string => text.replaceAll(pattern, '<mark class="found">$1</mark>');
  return raw(parts.map((part, index) => (index % 2 === 1 ? part : mark(part))).join(''));
}

function patternOf(terms: readonly string[]): RegExp | undefined {
  if (terms.length === 0) return undefined;
  // The longest first, so that "loss" does not cut "losses" short.
  const wanted = terms
    .toSorted((a, b) => b.length - a.length)
    .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(${wanted.join('|')})`, 'giu');
}
