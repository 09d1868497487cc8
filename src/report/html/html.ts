/** Markup that is safe to send as it is: made by `html`, never from a string of somebody else's. */
export type Html = { readonly html: string };

type Value = string | number | Html | readonly Value[] | null | undefined | false;

/**
 * Markup from a template: whatever is put in is escaped, save markup that `html` made itself. Lists are joined; null, undefined and false are
 * nothing. Values stand in text or between double quotes, nowhere else.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: strings.reduce((text, part, index) => text + render(values[index - 1]) + part) };
}

/**
 * Somebody's text with what a reader cannot see made visible: zero-width, direction and control characters by their number, so that an attack that
 * hides in them is seen, and none can turn the page round.
 */
export function visible(text: string): Html {
  const pieces = text.split(/([\p{Cf}\p{Cc}])/u).map((piece, index) => {
    if (index % 2 === 0 || piece === '\n' || piece === '\t') return html`${piece}`;
    const number = (piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return html`<span class="hidden-character" title="an invisible character">U+${number}</span>`;
  });
  return html`${pieces}`;
}

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  if ('html' in value) return value.html;
  return value.map(render).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that turn the direction of what follows have no business in any text here; `visible` shows those of an answer. */
function escape(text: string): string {
  return text
    .replace(/[&<>"']/gu, (character) => entities[character] ?? '')
    .replace(/[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
