import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { sayFigure } from './figures.ts';
import { heatmap } from './heatmap.ts';
import { html } from './html.ts';
import { intervalPlot, shareAxis } from './interval-plot.ts';
import { more, table, type Section } from './section.ts';
import { verdictWords } from './words.ts';

/** Whether the judge sees the common wrong answers the raters saw, and no others. */
export function misconceptionsSection({ misconceptions }: CalibrationReport): Section {
  const { overall, each } = misconceptions;
  const seen = each
    .filter(({ held, reported }) => held + reported > 0)
    .sort((one, other) => valueOr(one.f1, 2) - valueOr(other.f1, 2) || other.held - one.held);
  return {
    id: 'misconceptions',
    title: 'Does it see the common wrong answers?',
    body: html`${intervalPlot({
      axis: shareAxis,
      rows: [
        {
          label: 'Rightly reported',
          says: 'Of those it reports, the share the raters see too (precision). Low: learners are told off for what they did not say.',
          figure: overall.precision,
          unit: 'share',
          aside: `${overall.reported} reported`,
        },
        {
          label: 'Found',
          says: 'Of those the raters see, the share it reports (recall).',
          figure: overall.recall,
          unit: 'share',
          aside: `${overall.held} seen by the raters`,
        },
        { label: 'Both in one figure', says: 'F1: near the lower of the two.', figure: overall.f1, unit: 'share' },
      ],
    })}
    ${heatmap({ confusion: overall.confusion, caption: 'Misconceptions', names: verdictWords })}
    ${
      seen.length > 0 &&
      more(
        `${seen.length} misconceptions that raters or judge saw, the worst first`,
        table({
          caption: 'Misconceptions',
          head: ['misconception', 'raters saw', 'judge reported', 'rightly', 'found'],
          rows: seen.map(({ item, misconception, held, reported, precision, recall }) => [
            `${item}/${misconception}`,
            String(held),
            String(reported),
            sayFigure(precision, 'share'),
            sayFigure(recall, 'share'),
          ]),
        }),
      )
    }`,
  };
}

function valueOr(figure: { status: 'value'; value: number } | { status: 'undefined' }, otherwise: number): number {
  return figure.status === 'value' ? figure.value : otherwise;
}
