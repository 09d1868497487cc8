import type { Comparison } from '../../calibration/comparison.ts';
import { dollars } from '../../calibration/summary.ts';
import { comparisonWords } from '../comparison-words.ts';
import { sayFigure, sayMilliseconds } from './figures.ts';
import { html } from './html.ts';
import { centredAxis, intervalPlot, type IntervalRow } from './interval-plot.ts';
import { more, table, type Section } from './section.ts';
import { verdictWords } from './words.ts';

const changes = { mended: '✓ mended', broken: '✗ broken', other: '– still wrong' } as const;
const order = { broken: 0, mended: 1, other: 2 } as const;

/** This run beside an earlier one, on the answers both have. */
export function comparisonSection(comparison: Comparison): Section {
  const { first, agreement, kappa, quadraticKappa, costMicroUsd, latencyMedianMs, flipped } = comparison;
  const money = (figure: typeof costMicroUsd.first): string =>
    figure.status === 'value' ? dollars(figure.value) : 'not known';
  const time = (figure: typeof costMicroUsd.first): string =>
    figure.status === 'value' ? sayMilliseconds(figure.value) : '–';
  const row = (label: string, three: typeof agreement): IntervalRow => ({
    label,
    figure: three.difference,
    unit: 'number',
    aside: `from ${sayFigure(three.first, 'number')} to ${sayFigure(three.second, 'number')}`,
  });
  const rows = [
    row('Agreement on verdicts', agreement),
    row('Kappa on verdicts', kappa),
    row('Quadratic kappa on points', quadraticKappa),
  ];
  return {
    id: 'comparison',
    title: 'Beside the earlier run',
    body: html`<p>The earlier run is <span class="path">${first}</span>. ${comparisonWords(comparison).join(' ')}</p>
      <p class="says">
        The dot is how much more this run agrees; both are redrawn together, so what makes an answer hard for both
        cancels out.
      </p>
      ${intervalPlot({
        axis: centredAxis({ rows, unit: 'number', low: 'worse', high: 'better' }),
        rows,
      })}
      <p>
        An answer cost ${money(costMicroUsd.first)} and now costs ${money(costMicroUsd.second)}; half of them were
        graded within ${time(latencyMedianMs.first)}, now within ${time(latencyMedianMs.second)}.
      </p>
      ${
        flipped.length > 0 &&
        more(
          `The ${flipped.length} verdicts that flipped`,
          table({
            caption: 'Flipped verdicts',
            head: ['verdict', 'raters', 'before', 'now', ''],
            rows: [...flipped]
              .sort((one, other) => order[one.change] - order[other.change])
              .map(({ answer, criterion, raters, first: before, second: now, change }) => [
                `${answer}/${criterion}`,
                verdictWords[raters] ?? raters,
                verdictWords[before] ?? before,
                verdictWords[now] ?? now,
                changes[change],
              ]),
          }),
        )
      }`,
  };
}
