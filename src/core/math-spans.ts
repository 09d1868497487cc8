/** A stretch of authored Markdown: prose, or TeX between dollar signs. */
export type MathSpan = { kind: 'prose' | 'inline' | 'display'; text: string; start: number };

/**
 * Splits authored Markdown into prose and `$inline$` or `$$display$$` TeX. A dollar before a digit that no closing dollar
 * follows on the same line ("$18M a year") is money; `\$` is always a plain dollar. Offsets are UTF-16 into the text.
 */
export function mathSpans(markdown: string): MathSpan[] {
  const spans: MathSpan[] = [];
  let from = 0;
  // An inline formula neither starts nor ends with a space, stays on its paragraph, and no digit follows its closing dollar.
  const pattern = /(?<!\\)\$\$([\s\S]+?)(?<!\\)\$\$|(?<![\\$])\$(?![\s$])((?:[^$\\\n]|\\.|\n(?!\n))+?)(?<!\s)\$(?!\d)/g;
  for (const match of markdown.matchAll(pattern)) {
    if (match.index > from) spans.push({ kind: 'prose', text: markdown.slice(from, match.index), start: from });
    const [display, inline] = [match[1], match[2]];
    if (display !== undefined) spans.push({ kind: 'display', text: display, start: match.index + 2 });
    else if (inline !== undefined) spans.push({ kind: 'inline', text: inline, start: match.index + 1 });
    from = match.index + match[0].length;
  }
  if (from < markdown.length) spans.push({ kind: 'prose', text: markdown.slice(from), start: from });
  return spans;
}
