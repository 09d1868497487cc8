import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { nameCriterion, namedCriteria } from '../../calibration/weak-spots.ts';
import { summaryTitles } from '../summary-titles.ts';
import { criterionId } from './criteria-section.ts';
import { html, type Html } from './html.ts';

/** What the figures come to, by what it is about; criteria it names lead to their cards. A run stored unsorted shows its sentences in a row. */
export function summaryList({ summary, criteria }: CalibrationReport): Html {
  if (summary.parts.length === 0) return html`<p>${summary.sentences.map((sentence) => html`${sentence} `)}</p>`;
  const links = namedCriteria(criteria).map((criterion) => ({
    text: nameCriterion(criterion),
    href: `#${criterionId(criterion)}`,
  }));
  return html`<dl class="answer-parts">
    ${summary.parts.map(
      ({ about, sentences }) =>
        html`<div>
          <dt>${summaryTitles[about]}</dt>
          <dd>
            ${
              sentences.length === 1
                ? linked(sentences[0] ?? '', links)
                : html`<ul>
                    ${sentences.map((sentence) => html`<li>${linked(sentence, links)}</li>`)}
                  </ul>`
            }
          </dd>
        </div>`,
    )}
  </dl>`;
}

function linked(sentence: string, links: readonly { text: string; href: string }[]): Html {
  const first = links.find(({ text }) => sentence.includes(text));
  if (first === undefined) return html`${sentence}`;
  const at = sentence.indexOf(first.text);
  const rest = sentence.slice(at + first.text.length);
  return html`${linked(sentence.slice(0, at), links)}<a href="${first.href}">${first.text}</a>${linked(rest, links)}`;
}
