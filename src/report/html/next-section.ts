import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { nextSteps } from '../next-steps.ts';
import { html } from './html.ts';
import type { Section } from './section.ts';

/** What to do about it, before the figures say why. */
export function nextSection(report: CalibrationReport): Section {
  return {
    id: 'next',
    title: 'What to do next',
    body: html`<ol class="next">
      ${nextSteps(report).map(
        ({ text, command }) =>
          html`<li>
            <p>${text}</p>
            ${command !== null && html`<pre><code>${command}</code></pre>`}
          </li>`,
      )}
    </ol>`,
  };
}
