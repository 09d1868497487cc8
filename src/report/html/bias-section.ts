import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { html } from './html.ts';
import { centredAxis, intervalPlot, shareAxis, type IntervalRow } from './interval-plot.ts';
import { more, table, type Section } from './section.ts';
import { sayFigure, sayInterval } from './figures.ts';
import { sliceWords } from './words.ts';

/** Parts with fewer answers than this are left to the table. */
const FEWEST_SHOWN = 5;

/** Whom the judge favours: by how good the answer is, its chapter, its length. */
export function biasSection(report: CalibrationReport): Section {
  const { points, slices, lengthBias } = report;
  const bands = slices.filter(({ by }) => by === 'band');
  const rows: IntervalRow[] = [
    {
      label: 'All answers',
      says: 'The judge’s points less the raters’, as a share of an item’s points.',
      figure: points.bias,
      unit: 'points',
    },
    ...bands.map(({ value, answers, points: inside }) => ({
      label: `Raters gave ${value}`,
      figure: inside.bias,
      unit: 'points' as const,
      aside: `${answers} answers`,
    })),
    {
      label: 'For 100 words more',
      says: 'Points it adds beyond the raters’ as answers get longer. About 0: length does not sway it.',
      figure: lengthBias,
      unit: 'points',
    },
  ];
  const parts = slices.filter(({ by, answers }) => (by === 'chapter' || by === 'length') && answers >= FEWEST_SHOWN);
  return {
    id: 'bias',
    title: 'Is it too kind or too strict, and to whom?',
    body: html`<p class="says">
        Right of the middle it is kinder than the raters, left of it stricter. Poor answers can only be graded too
        kindly and perfect ones too strictly, so look at the middle bands: that is where judges fail.
      </p>
      ${intervalPlot({ axis: centredAxis({ rows, unit: 'points', low: 'stricter', high: 'kinder' }), rows })}
      <h3>By chapter and length</h3>
      <p class="says">Verdicts that are the raters’ own, part by part.</p>
      ${intervalPlot({
        axis: shareAxis,
        rows: parts.map(({ by, value, answers, agreement }) => ({
          label: by === 'chapter' ? `Chapter ${value}` : value,
          figure: agreement,
          unit: 'share',
          aside: `${answers} answers`,
        })),
      })}
      ${more(
        `All parts: ${slices.length} of them, by question, concept and tag too`,
        table({
          caption: 'All parts of the answers',
          head: ['part', 'answers', 'agreement', '95 %', 'decided', 'quadratic kappa', 'bias'],
          rows: slices.map((slice) => [
            `${sliceWords[slice.by] ?? slice.by}: ${slice.value}`,
            String(slice.answers),
            sayFigure(slice.agreement, 'share'),
            slice.agreement.status === 'value' ? sayInterval(slice.agreement.interval, 'share') : '',
            sayFigure(slice.coverage, 'share'),
            sayFigure(slice.points.quadraticKappa, 'number'),
            sayFigure(slice.points.bias, 'points'),
          ]),
        }),
      )}`,
  };
}
