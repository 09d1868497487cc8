import type { Comparison } from '../../calibration/comparison.ts';
import { dollars } from '../../calibration/summary.ts';
import { comparisonWords } from '../comparison-words.ts';
import { sayFigure, sayMilliseconds } from './figures.ts';
import { html } from './html.ts';
import { intervalPlot, type Axis } from './interval-plot.ts';
import { more, table, type Section } from './section.ts';
import { verdictWords } from './words.ts';

const gapAxis: Axis = { low: -0.2, high: 0.2, ticks: ['0.2 worse', '0.1', '0', '0.1', '0.2 better'] };
const changes = { mended: '✓ mended', broken: '✗ broken', other: '– still wrong' } as const;
const order = { broken: 0, mended: 1, other: 2 } as const;

/** This run beside an earlier one, on the answers both have. */
export function comparisonSection(comparison: Comparison): Section {
  const { first, agreement, kappa, quadraticKappa, costMicroUsd, latencyMedianMs, flipped } = comparison;
  const money = (figure: typeof costMicroUsd.first): string =>
    figure.status === 'value' ? dollars(figure.value) : 'not known';
  const time = (figure: typeof costMicroUsd.first): string =>
    figure.status === 'value' ? sayMilliseconds(figure.value) : '–';
  const rows = [
    ['Agreement on verdicts', agreement] as const,
    ['Kappa on verdicts', kappa] as const,
    ['Quadratic kappa on points', quadraticKappa] as const,
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
        axis: gapAxis,
        rows: rows.map(([label, three]) => ({
          label,
          figure: three.difference,
          unit: 'number',
          aside: `from ${sayFigure(three.first, 'number')} to ${sayFigure(three.second, 'number')}`,
        })),
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
