import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { dollars } from '../../calibration/summary.ts';
import { sayFigure } from './figures.ts';
import { summaryList } from './head-summary.ts';
import { html, type Html } from './html.ts';

const answers = { yes: '✓ Yes', no: '✗ No', 'cannot-say': '? Not known' } as const;

/** The top of the page: what was measured, whose word it is measured against, and what it comes to in plain words. */
export function headSection(report: CalibrationReport): Html {
  const { judge, set, split, summary, run } = report;
  const name = judge.name === judge.model ? judge.name : `${judge.name}, ${judge.model}`;
  return html`<header>
    <p class="eyebrow">
      Calibration report${run && html` · <time datetime="${run.finishedAt}">${run.finishedAt.slice(0, 10)}</time>`}
    </p>
    <h1>How far to trust this judge</h1>
    <p class="lead">
      The judge <b>${name}</b> (prompt ${judge.promptVersion}) graded <b>${set.title}</b>, ${splitWords(split)}.
    </p>
    ${whose(report)}
    <div class="answer answer-${summary.mayGradeAlone}">
      <p class="answer-word">May it grade alone? <b>${answers[summary.mayGradeAlone]}</b></p>
      <p class="answer-headline">${summary.headline}</p>
      ${summaryList(report)}
    </div>
    ${keyFigures(report)}
  </header>`;
}

function splitWords(split: CalibrationReport['split']): string {
  switch (split) {
    case 'test':
      return 'answers kept aside for testing';
    case 'dev':
      return 'answers it may have been tuned on';
    case 'all':
      return 'all of its answers';
    default:
      return split satisfies never;
  }
}

function whose({ ratings }: CalibrationReport): Html {
  return html`<aside class="whose" aria-label="Whose ratings">
    <p><b>Whose ratings these are.</b> ${ratings.sentence}</p>
  </aside>`;
}

function keyFigures({ overall, points, robustness, cost }: CalibrationReport): Html {
  const figures: [string, string][] = [
    [sayFigure(overall.agreement, 'share'), 'verdicts are the raters’ own'],
    [sayFigure(points.meanAbsoluteError, 'points'), 'of an item’s points off, on average'],
    ...(robustness === null || robustness.attacks.n === 0
      ? []
      : [
          [`${robustness.attacks.successes} of ${robustness.attacks.n}`, 'attempts to fool it worked'] satisfies [
            string,
            string,
          ],
        ]),
    [
      cost.classMicroUsd === null ? 'unknown' : cost.classMicroUsd === 0 ? 'free' : dollars(cost.classMicroUsd),
      `in fees for a class of 100 and ${cost.courseItems} questions`,
    ],
  ];
  return html`<ul class="key-figures">
    ${figures.map(([figure, what]) => html`<li><b>${figure}</b> <span>${what}</span></li>`)}
  </ul>`;
}
