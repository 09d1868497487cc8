// Attributes must look like some: "a <b and c> d" is no tag.
const attributes = String.raw`(?:\s+[a-z-]+\s*=\s*[^<>]*)?\s*`;
const blockTag = new RegExp(
  `</?(?:p|br|div|ul|ol|li|tr|table|tbody|thead|h[1-6]|pre|blockquote|hr)${attributes}/?>`,
  'gi',
);
const inlineTag = new RegExp(`</?(?:b|i|u|s|em|strong|span|font|sup|sub|td|th|small|code|tt)${attributes}/?>`, 'gi');
const control = /[\p{Cc}\p{Cs}]/gu;

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
]);

/**
 * Text from outside as plain text: HTML's layout becomes line breaks, its entities characters; control characters and halves of
 * characters go. A `<` that opens no tag of a short list stays (`a < b`, `vector<int>`).
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(blockTag, '\n')
    .replace(inlineTag, '')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return entities.get(name.toLowerCase()) ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    )
    .replace(control, (character) => (character === '\n' ? '\n' : character === '\t' ? ' ' : ''))
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Plain text for a Markdown field: a dollar is a dollar and opens no formula. */
export function plainMarkdown(text: string): string {
  return plainText(text).replace(/(?<!\\)\$/g, '\\$');
}

/** The beginning of a text on one line, at most `longest` UTF-16 units, for lists. */
export function shortTitle(text: string, longest = 80): string {
  const line = plainText(text).replace(/\s+/g, ' ');
  if (line.length <= longest) return line;
  return `${line
    .slice(0, longest - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}
