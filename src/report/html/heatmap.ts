import type { Confusion } from '../../calibration/report-parts.ts';
import { html, type Html } from './html.ts';

/** So many shades a cell can have; the style sheet has a class for each. */
const SHADES = 8;

/**
 * A table of what the raters said against what the judge said, shaded by share of the row. Cells where both said the same are framed. `names`
 * turns labels into words; a label without a name is its own.
 */
export function heatmap(args: {
  confusion: Confusion;
  caption: Html | string;
  names: Readonly<Record<string, string>>;
}): Html {
  const { rows, columns, counts } = args.confusion;
  const name = (label: string): string => args.names[label] ?? label;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table">
    <table class="heat">
      <caption>
        ${args.caption}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th colspan="${columns.length}" scope="colgroup">the judge said</th>
        </tr>
        <tr>
          <th scope="col">the raters said</th>
          ${columns.map((column) => html`<th scope="col">${name(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row, index) => {
          const cells = counts[index] ?? [];
          const total = cells.reduce((sum, cell) => sum + cell, 0);
          return html`<tr>
            <th scope="row">${name(row)} <span class="says">${total} in all</span></th>
            ${columns.map((column, at) => {
              const cell = cells[at] ?? 0;
              const share = total === 0 ? 0 : cell / total;
              const shade = cell === 0 ? 0 : Math.max(1, Math.ceil(share * SHADES));
              return html`<td class="heat-${shade}${row === column ? ' same' : ''}">
                <b>${cell}</b>${total > 0 && cell > 0 && html`<span class="says">${Math.round(100 * share)} %</span>`}
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
