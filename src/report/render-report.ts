import type { CalibrationReport } from '../calibration/report-schema.ts';
import { agreementSection } from './html/agreement-section.ts';
import { biasSection } from './html/bias-section.ts';
import { confidenceSection } from './html/confidence-section.ts';
import { comparisonSection } from './html/comparison-section.ts';
import { criteriaSection } from './html/criteria-section.ts';
import { disagreementsSection } from './html/disagreements-section.ts';
import { gatesSection } from './html/gates-section.ts';
import { headSection } from './html/head-section.ts';
import { html, type Html } from './html/html.ts';
import { methodSection, workingsSection } from './html/method-section.ts';
import { misconceptionsSection } from './html/misconceptions-section.ts';
import { nextSection } from './html/next-section.ts';
import { linkedPolicy, reportPolicy, reportStyle } from './html/report-style.ts';
import { robustnessSection } from './html/robustness-section.ts';
import { renderSection } from './html/section.ts';

/** Our own constant goes in as it is, to the letter: the policy holds its hash. */
const styleElement: Html = { html: `<style>${reportStyle}</style>` };

/**
 * A calibration report as one page that needs nothing else: styles inline, plots as SVG, no script and no request, so that it can be mailed, printed and
 * kept. Its own policy forbids the browser everything but that one style sheet, so text that slips through as markup can do no harm. The same on the command
 * line and on the web.
 * @param look `home`: where a link at the top leads; `styleHref`: a style sheet to link instead of the one inside, for a server whose policy allows
 * none inside. Null for the page that needs nothing else.
 */
export function renderReport(
  report: CalibrationReport,
  look: { home: { href: string; text: string } | null; styleHref: string | null },
): string {
  const sections = [
    nextSection(report),
    gatesSection(report),
    agreementSection(report),
    criteriaSection(report),
    biasSection(report),
    confidenceSection(report),
    misconceptionsSection(report),
    robustnessSection(report),
    ...(report.comparison === null ? [] : [comparisonSection(report.comparison)]),
    disagreementsSection(report),
    workingsSection(report),
    methodSection(report),
  ];
  const { home, styleHref } = look;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${styleHref === null ? reportPolicy : linkedPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>How far to trust ${report.judge.model} on ${report.set.title}</title>
        ${styleHref === null ? styleElement : html`<link rel="stylesheet" href="${styleHref}" />`}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the report</a>
        ${home && html`<nav class="home" aria-label="Back"><a href="${home.href}">${home.text}</a></nav>`}
        <main id="content">
          ${headSection(report)}
          <nav class="contents" aria-label="Contents">
            <ol>
              ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ol>
          </nav>
          ${sections.map(renderSection)}
        </main>
      </body>
    </html>`;
  return `${page.html}\n`;
}
