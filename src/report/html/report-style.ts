import { createHash } from 'node:crypto';

/** The report's only style sheet. Colours are those of the tutor's own pages. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: #f8f4eb; --sheet: #fffdf8; --ink: #2a2520; --soft: #5f564b; --rule: #ddd3c1; --rule-strong: #8c8170;
  --accent: #234a75; --met: #23603a; --partial: #7a5000; --unsure: #55508a; --wrong: #9b2335; --people: #7a5000;
  --heat: #234a75; --tint: 14%;
  --text: Literata, 'Iowan Old Style', Palatino, 'Palatino Linotype', Georgia, serif;
  --label: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1d1a17; --sheet: #26221e; --ink: #ece4d6; --soft: #b9ae9d; --rule: #3d372f; --rule-strong: #8f8473;
    --accent: #a5c5ea; --met: #93d0a4; --partial: #e5bd6d; --unsure: #bfb8ee; --wrong: #f4a0a4; --people: #e5bd6d;
    --heat: #7fa6d6; --tint: 18%;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; font-family: var(--text); font-size: 1.0625rem; line-height: 1.55; overflow-wrap: break-word; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
h1, h2, h3 { font-weight: 560; line-height: 1.22; text-wrap: balance; margin: 0; }
h1 { font-size: 2.25rem; letter-spacing: -0.012em; }
h2 { font-size: 1.5rem; margin: 3.5rem 0 0.6rem; padding-top: 1.1rem; border-top: 1px solid var(--rule-strong); }
h3 { font-size: 1.0938rem; font-weight: 640; margin: 2rem 0 0.4rem; }
p { margin: 0 0 0.9em; text-wrap: pretty; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 0.86em; }
.skip { position: absolute; left: -100vw; background: var(--sheet); padding: 0.5rem 1rem; }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 1; }
.home { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 0; font-family: var(--label); font-size: 0.9rem; }
.eyebrow, .says, .path, .facts dt, th, td, caption, summary, .plot, .key-figures, .contents, figcaption, .gate, .advice, .attacks > li > p {
  font-family: var(--label);
}
.eyebrow { font-size: 0.84rem; color: var(--soft); margin: 0 0 0.4rem; letter-spacing: 0.02em; }
.lead { font-size: 1.1875rem; color: var(--soft); margin-top: 0.6rem; }
.lead b { color: var(--ink); font-weight: 560; }
.says { font-size: 0.875rem; line-height: 1.45; color: var(--soft); }
.path { font-size: 0.84rem; font-weight: 400; color: var(--soft); }
.absent { color: var(--soft); }

.whose { margin: 1.5rem 0; padding: 0.9rem 1.1rem 0.2rem; border-left: 4px solid var(--people); background: var(--sheet); max-width: 50rem; }
.answer { margin: 1.5rem 0; padding: 1.2rem 1.4rem 0.5rem; background: var(--sheet); border: 1px solid var(--rule); border-top: 5px solid var(--unsure); border-radius: 3px; max-width: 50rem; }
.answer-yes { border-top-color: var(--met); }
.answer-no { border-top-color: var(--wrong); }
.answer-word { font-family: var(--label); font-size: 0.9375rem; margin-bottom: 0.3rem; }
.answer-word b { color: var(--unsure); }
.answer-yes .answer-word b { color: var(--met); }
.answer-no .answer-word b { color: var(--wrong); }
.answer-headline { font-size: 1.25rem; line-height: 1.35; font-weight: 560; }
.answer-parts { margin: 1rem 0 0.9rem; font-size: 0.9688rem; line-height: 1.5; }
.answer-parts > div { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem; padding: 0.6rem 0; border-top: 1px solid var(--rule); }
.answer-parts dt { font-family: var(--label); font-size: 0.875rem; font-weight: 640; padding-top: 0.1rem; }
.answer-parts dd { margin: 0; }
.answer-parts ul { margin: 0; padding-left: 1.1rem; }
.answer-parts li { margin: 0 0 0.35rem; }
.key-figures { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem 1.5rem; }
.key-figures li { border-top: 1px solid var(--rule-strong); padding-top: 0.5rem; }
.key-figures b { display: block; font-family: var(--text); font-size: 1.75rem; font-weight: 520; line-height: 1.2; }
.key-figures span { font-size: 0.84rem; color: var(--soft); }
.contents { margin-top: 2.5rem; font-size: 0.9rem; }
.contents ol { columns: 2; column-gap: 2.5rem; margin: 0; padding-left: 1.4rem; }
.contents li { margin: 0.2rem 0; break-inside: avoid; }

.scroll { overflow-x: auto; max-width: 100%; margin: 1rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; font-variant-numeric: lining-nums tabular-nums; }
caption { text-align: left; font-size: 0.84rem; color: var(--soft); padding-bottom: 0.3rem; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 1.1rem 0.45rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; }
thead th { color: var(--soft); font-size: 0.84rem; border-bottom-color: var(--rule-strong); }
.gates { list-style: none; margin: 1rem 0; padding: 0; }
.gates > li { display: grid; grid-template-columns: 11.5rem 1fr; gap: 0 1rem; padding: 0.6rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
.gates p { margin: 0; }
.gate { font-weight: 640; font-size: 0.9375rem; }
.gate-passed { color: var(--met); }
.gate-fallen { color: var(--wrong); }
.gate-not-enough-ratings { color: var(--unsure); }

.plot { margin: 1rem 0 1.5rem; font-variant-numeric: lining-nums tabular-nums; }
.plot-row { display: grid; grid-template-columns: minmax(9rem, 17rem) minmax(8rem, 1fr) minmax(8rem, 15rem); gap: 0 1.25rem; align-items: start; break-inside: avoid; }
.plot-row > * { padding: 0.45rem 0; }
.plot-row + .plot-row > *:not(.plot-track) { border-top: 1px solid var(--rule); }
.plot-name { font-size: 0.9375rem; line-height: 1.35; overflow-wrap: anywhere; }
.plot-value { font-size: 0.9375rem; line-height: 1.35; }
.plot-value b { font-weight: 640; }
.plot .says { display: block; font-size: 0.8125rem; line-height: 1.4; }
.plot .range { color: var(--soft); }
.plot-track { align-self: stretch; border-right: 1px solid var(--rule); background: repeating-linear-gradient(to right, var(--rule) 0 1px, transparent 1px 25%); }
.plot-track svg { display: block; width: 100%; height: 1.5rem; overflow: visible; }
.plot-row.plot-axis > * { border-top: 1px solid var(--rule-strong); padding: 0.15rem 0 0; }
.ticks { display: flex; justify-content: space-between; font-size: 0.75rem; color: var(--soft); }
.ticks span { width: 0; min-width: 0; white-space: nowrap; display: flex; justify-content: center; }
.ticks span:first-child { justify-content: flex-start; }
.ticks span:last-child { justify-content: flex-end; }
svg path, svg circle { vector-effect: non-scaling-stroke; fill: none; }
.grid { stroke: var(--rule); stroke-width: 1; }
.interval { stroke: var(--accent); stroke-width: 3; opacity: 0.55; }
.beyond { stroke: var(--accent); stroke-width: 2.5; }
.dot { stroke: var(--accent); stroke-width: 11; stroke-linecap: round; }
svg .mark-people { stroke: var(--people); stroke-width: 4; }
svg .mark-blind { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 2 3; }
span.mark-people { color: var(--people); }

.next { padding-left: 1.4rem; max-width: 46rem; }
.next p { margin-bottom: 0.3rem; }
.next pre { margin: 0 0 0.9rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--sheet); border: 1px solid var(--rule); border-radius: 3px; padding: 0.45rem 0.7rem; line-height: 1.45; }
.next .word { white-space: nowrap; }
.glossary { font-size: 0.9375rem; max-width: 50rem; }
.glossary > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: 0.35rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
.glossary dt { font-weight: 620; }
.glossary dd { margin: 0; }

.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem 3rem; align-items: start; }
.heat td { text-align: center; padding: 0.5rem 0.6rem; min-width: 4.2rem; border: 2px solid var(--paper); }
.heat td .says { display: block; font-size: 0.75rem; color: inherit; opacity: 0.85; }
.heat tbody th { white-space: nowrap; border: 0; }
.heat tbody th .says { display: block; font-size: 0.75rem; }
.heat thead th, .heat thead td { border: 0; text-align: center; min-width: 0; }
.heat thead th:first-child { text-align: left; }
.heat .same { outline: 2px solid var(--ink); outline-offset: -3px; }
.heat-0 { background: color-mix(in srgb, var(--heat) 3%, var(--sheet)); color: var(--soft); }
.heat-1 { background: color-mix(in srgb, var(--heat) 8%, var(--sheet)); }
.heat-2 { background: color-mix(in srgb, var(--heat) 14%, var(--sheet)); }
.heat-3 { background: color-mix(in srgb, var(--heat) 20%, var(--sheet)); }
.heat-4 { background: color-mix(in srgb, var(--heat) 26%, var(--sheet)); }
.heat-5 { background: color-mix(in srgb, var(--heat) 32%, var(--sheet)); }
.heat-6 { background: color-mix(in srgb, var(--heat) 38%, var(--sheet)); }
.heat-7 { background: color-mix(in srgb, var(--heat) 44%, var(--sheet)); }
.heat-8 { background: color-mix(in srgb, var(--heat) 50%, var(--sheet)); }

figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 0.9rem; line-height: 1.45; margin-bottom: 0.6rem; }
.curve { display: block; width: 100%; max-width: 30rem; height: auto; }
.curve text { font-family: var(--label); font-size: 11px; fill: var(--soft); }
.curve .axis-name { font-size: 11.5px; fill: var(--ink); }
.diagonal { stroke: var(--rule-strong); stroke-width: 1.5; stroke-dasharray: 5 4; }
.level { stroke: var(--wrong); stroke-width: 1.5; stroke-dasharray: 5 4; }
.curve-line { stroke: var(--accent); stroke-width: 2; }
svg .curve-dot { fill: var(--accent); opacity: 0.75; }
.chosen { stroke: var(--wrong); stroke-width: 2.5; }

.worst { list-style: none; margin: 1.5rem 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(27rem, 100%), 1fr)); gap: 1.25rem; }
.worst > li:target { border-color: var(--accent); }
.worst > li { background: var(--sheet); border: 1px solid var(--rule); border-radius: 3px; padding: 0.9rem 1.1rem; break-inside: avoid; }
.worst h3 { margin: 0 0 0.2rem; font-size: 1rem; }
.worst h3 .path { display: block; }
.worst .plot { margin: 0.6rem 0; }
.worst .plot-row { grid-template-columns: 5.5rem minmax(6rem, 1fr) 8.4rem; }
.asks { font-size: 0.9688rem; margin-bottom: 0.4rem; }
.advice { margin: 0.4rem 0 0; padding-left: 1.1rem; font-size: 0.875rem; line-height: 1.45; }
.advice li { margin: 0.3rem 0; }

details { margin: 1rem 0; }
summary { cursor: pointer; font-size: 0.9rem; color: var(--accent); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.8rem 1.5rem; margin: 1rem 0 1.5rem; }
.facts dt { font-size: 0.84rem; color: var(--soft); }
.facts dd { margin: 0; font-size: 1.125rem; }

.disagreement { background: var(--sheet); border: 1px solid var(--rule); border-radius: 3px; padding: 1.1rem 1.3rem; margin: 1.5rem 0; }
.disagreement h3 { margin-top: 0; }
.verbatim { white-space: pre-wrap; unicode-bidi: isolate; }
.answer-text { font-size: 1.0625rem; line-height: 1.75; margin: 0.8rem 0 1rem; max-width: 46rem; }
mark { color: inherit; background: color-mix(in srgb, var(--c) var(--tint), transparent); border-bottom: 2px solid var(--c); padding: 0.05em 0; }
.mark-met { --c: var(--met); }
.mark-partial { --c: var(--partial); }
.mark-unsure, .mark-missed { --c: var(--unsure); }
.mark-wrong-turn { --c: var(--wrong); }
mark.mark-partial { border-bottom-style: dashed; }
mark.mark-wrong-turn { border-bottom-style: double; border-bottom-width: 4px; }
sup { font-family: var(--label); font-size: 0.7em; font-weight: 650; padding: 0 0.15em; }
.verdicts { width: 100%; }
.verdicts th[scope='row'] { width: 46%; min-width: 15rem; }
.verdicts th .says { display: block; }
.verdicts td { min-width: 7rem; }
.verdicts td:last-child { width: 28%; min-width: 12rem; color: var(--soft); overflow-wrap: anywhere; }
.verdicts td details { margin: 0; }
.verdicts td .says { display: block; font-size: 0.8125rem; }
.verdicts .differs > * { background: color-mix(in srgb, var(--wrong) 7%, transparent); }
.verdicts tr > *:first-child { padding-left: 0.6rem; }
.differs-word { display: inline-block; font-weight: 640; color: var(--wrong); }
.part-name { font-weight: 650; }
.raters { list-style: none; margin: 0; padding: 0; }
.hidden-character { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.7em; color: var(--wrong); border: 1px solid currentcolor; border-radius: 2px; padding: 0 0.2em; }
.attacks blockquote { margin: 0 0 1rem; padding-left: 1rem; border-left: 3px solid var(--rule-strong); white-space: pre-wrap; unicode-bidi: isolate; font-size: 0.9375rem; }
.attacks > li > p { font-size: 0.9rem; margin-bottom: 0.4rem; }

@media (max-width: 44rem) {
  body { font-size: 1rem; }
  main { padding-top: 1.25rem; }
  h1 { font-size: 1.75rem; }
  .contents ol { columns: 1; }
  .plot-row, .worst .plot-row { grid-template-columns: 1fr; }
  .plot-row > *, .plot-row + .plot-row > *:not(.plot-track) { padding: 0.3rem 0; border-top: 0; }
  .plot-row:not(:first-child):not(.plot-axis) { border-top: 1px solid var(--rule); }
  .plot-axis > div:empty { display: none; }
  .gates > li, .answer-parts > div, .glossary > div { grid-template-columns: 1fr; }
  .disagreement { padding: 0.9rem; }
  .verdicts thead { display: none; }
  .verdicts tr { display: grid; grid-template-columns: 1fr 1fr; border-bottom: 1px solid var(--rule); }
  .verdicts tr > *, .verdicts td:last-child { border-bottom: 0; padding: 0.35rem 0.6rem; width: auto; min-width: 0; }
  .verdicts th[scope='row'], .verdicts td:last-child { grid-column: 1 / -1; width: auto; min-width: 0; }
  .verdicts td:empty { display: none; }
  .verdicts td::before { display: block; font-size: 0.75rem; color: var(--soft); }
  .verdicts td:nth-of-type(1)::before { content: 'raters'; }
  .verdicts td:nth-of-type(2)::before { content: 'judge'; }
  .verdicts td:nth-of-type(3)::before { content: 'the judge’s reasoning'; }
  .heat td { min-width: 3rem; padding: 0.4rem 0.2rem; }
  .heat tbody th { white-space: normal; min-width: 4.5rem; padding-right: 0.5rem; }
  .heat thead th { padding-right: 0.3rem; overflow-wrap: normal; hyphens: auto; }
}
@media print {
  :root { --paper: #fff; --sheet: #fff; --ink: #000; --soft: #444; --rule: #ccc; --rule-strong: #777; --accent: #1d3f66; --met: #1d5030; --partial: #6a4500; --unsure: #45407a; --wrong: #8a1e2e; --people: #6a4500; --heat: #234a75; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { margin: 16mm 14mm; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 1.6rem; break-after: avoid; }
  h3, caption, figcaption, summary { break-after: avoid; }
  .skip, .home, .contents { display: none; }
  .scroll { overflow: visible; }
  tr, .disagreement h3, .key-figures, .answer { break-inside: avoid; }
  details.printed::details-content { content-visibility: visible; display: block; height: auto; }
  summary { color: var(--soft); list-style: none; }
  details:not(.printed) > summary::after { content: ' (not printed: open it in the page)'; }
  a { color: inherit; text-decoration: none; }
}
`;

/** What the page may do: show itself. The hash covers exactly the text of the style element. */
export const reportPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The same where the style sheet is linked from the server's own origin. */
export const linkedPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
