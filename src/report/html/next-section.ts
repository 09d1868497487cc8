import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { nextSteps } from '../next-steps.ts';
import { html, type Html } from './html.ts';
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
            ${command !== null && html`<pre><code>${wordByWord(command)}</code></pre>`}
          </li>`,
      )}
    </ol>`,
  };
}

/** Names hold hyphens, at which a line must not break: who copies a command by hand could not tell them from ours. */
function wordByWord(command: string): Html {
  return html`${command.split(' ').map((word, index) => html`${index > 0 && ' '}<span class="word">${word}</span>`)}`;
}
