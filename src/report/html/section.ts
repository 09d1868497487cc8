import { html, type Html } from './html.ts';

/** One section of the report, with the address that the list of contents leads to. */
export type Section = { id: string; title: string; body: Html };

export function renderSection({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body}
  </section>`;
}

/** More than most readers want. On paper it stays shut, since nobody mails seventy pages; `printed` is open there. */
export function more(summary: string, body: Html, onPaper: 'shut' | 'printed' = 'shut'): Html {
  return html`<details${onPaper === 'printed' && html` class="printed"`}>
    <summary>${summary}</summary>
    ${body}
  </details>`;
}

/** A table that scrolls sideways by itself where the page is narrow. */
export function table(args: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly (Html | string)[])[];
}): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${args.caption}">
    <table>
      <caption>
        ${args.caption}
      </caption>
      <thead>
        <tr>
          ${args.head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${args.rows.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
