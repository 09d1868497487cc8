import katex from 'katex';
import { mathSpans } from '../core/math-spans.ts';
import type { Report } from './lint-report.ts';

/** Reports every formula KaTeX cannot read. */
export function lintMath({ text, at, report }: { text: string; at: readonly PropertyKey[]; report: Report }): void {
  for (const span of mathSpans(text)) {
    if (span.kind === 'prose') continue;
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
