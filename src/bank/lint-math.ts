import katex from 'katex';
import { mathSpans } from '../core/math-spans.ts';
import type { Report } from './lint-report.ts';

/** Reports every formula KaTeX cannot read, and every dollar sign with TeX beside it that opens or closes none. */
export function lintMath({ text, at, report }: { text: string; at: readonly PropertyKey[]; report: Report }): void {
  for (const span of mathSpans(text)) {
    if (span.kind === 'prose') {
      for (const shown of loneDollars(span.text))
        report(at, `a "$" without its partner in "${shown}"`, 'add the other "$", or write \\$ for a plain dollar');
      continue;
    }
    try {
      katex.renderToString(span.text, {
        throwOnError: true,
        output: 'mathml',
        displayMode: span.kind === 'display',
        strict: 'ignore',
      });
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : String(error);
      report(at, `the formula $${span.text}$ does not parse (${why})`, 'mend the TeX, or write \\$ for a plain dollar');
    }
  }
}

/** How much of a line is shown beside a lone dollar sign. */
const SHOWN_CHARACTERS = 30;
const code = /`[^`]*`/g;
const command = /\\[a-zA-Z]{2,}/;
/** After a dollar sign: "d^2", "x_1", "r = 0.45", "2 \cdot 3"; not "5 each", "HOME_DIR", "{name}". */
const plainlyTex = /^(?![A-Z]{2,}|\{)(?:[^\s$]*[\^\\{]|[^\s$]*[a-zA-Z]_|[a-zA-Z]\s*[=<>≤≥]\s*\S|[\d.]+\s*\\[a-z])/;

/** The words round each dollar sign that has no partner but TeX in its paragraph, where money and shell variables have none. */
function loneDollars(prose: string): string[] {
  return prose.split(/\n\s*\n/).flatMap((paragraph) => {
    const text = paragraph.replace(code, '');
    const hasCommand = command.test(text);
    return [...text.matchAll(/(?<!\\)\$/g)].flatMap(({ index }) => {
      const after = text.slice(index + 1);
      if (!plainlyTex.test(after) && !(hasCommand && !/^\d/.test(after))) return [];
      const from = after.trim() === '' ? Math.max(0, index - SHOWN_CHARACTERS) : index;
      return [
        text
          .slice(from, index + 1 + SHOWN_CHARACTERS)
          .replace(/\s+/g, ' ')
          .trim(),
      ];
    });
  });
}
