import type { Comparison } from '../calibration/comparison.ts';
import { dollars } from '../calibration/summary.ts';
import { comparisonWords } from './comparison-words.ts';
import { createFigureCells } from './figure-cells.ts';
import { layOutTable, plainText, wrapProse } from './text-table.ts';

/** Two runs side by side for the terminal; `flips` at most so many flipped verdicts are listed. */
export function renderComparisonTable(comparison: Comparison, look: { width: number; flips: number }): string {
  const { first, second, agreement, kappa, quadraticKappa, costMicroUsd, latencyMedianMs, flipped } = comparison;
  const cells = createFigureCells();
  const money = (figure: typeof costMicroUsd.first): string =>
    figure.status === 'value' ? dollars(figure.value) : cells.figure(figure);
  const time = (figure: typeof costMicroUsd.first): string =>
    figure.status === 'value' ? `${Math.round(figure.value)} ms` : cells.figure(figure);
  const figures = [
    ['Verdicts: agree', agreement] as const,
    ['  kappa', kappa] as const,
    ['Points: quadratic kappa', quadraticKappa] as const,
  ].map(([label, three]) => [
    label,
    cells.figure(three.first),
    cells.figure(three.second),
    cells.figure(three.difference),
    cells.interval(three.difference),
  ]);
  const side = layOutTable({
    width: look.width,
    columns: [
      { title: '', align: 'left' },
      { title: 'first', align: 'right' },
      { title: 'second', align: 'right' },
      { title: 'second - first', align: 'right' },
      { title: '[low, high]', align: 'right' },
    ],
    rows: [
      ...figures,
      ['Cost of an answer', money(costMicroUsd.first), money(costMicroUsd.second), '', ''],
      ['Median wait', time(latencyMedianMs.first), time(latencyMedianMs.second), '', ''],
    ],
  });
  const order = { broken: 0, mended: 1, other: 2 } as const;
  const listed = [...flipped].sort((one, other) => order[one.change] - order[other.change]).slice(0, look.flips);
  const flips = layOutTable({
    width: look.width,
    columns: [
      { title: 'flipped verdict', align: 'left' },
      { title: 'raters', align: 'left' },
      { title: 'first', align: 'left' },
      { title: 'second', align: 'left' },
      { title: '', align: 'left' },
    ],
    rows: listed.map(({ answer, criterion, raters, first: before, second: after, change }) => [
      `${answer}/${criterion}`,
      raters,
      before,
      after,
      change === 'other' ? 'still wrong' : change,
    ]),
  });
  const lines = [
    ...wrapProse({ text: `first: ${first}`, width: look.width, indent: 2 }),
    ...wrapProse({ text: `second: ${second}`, width: look.width, indent: 2 }),
    ...comparisonWords(comparison).flatMap((text) => wrapProse({ text, width: look.width, indent: 0 })),
    '',
    side.header,
    ...side.lines.map(plainText),
    ...(listed.length === 0 ? [] : ['', flips.header, ...flips.lines.map(plainText)]),
    ...(flipped.length > listed.length ? [`… and ${flipped.length - listed.length} more (--json lists all)`] : []),
    ...cells.notes().map(({ letter, reason }) => `–${letter}: ${reason}`),
  ];
  return lines.join('\n');
}
