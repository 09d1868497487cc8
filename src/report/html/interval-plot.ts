import type { Estimate, Statistic } from '../../calibration/statistic.ts';
import { sayInterval, sayValue, type Unit } from './figures.ts';
import { html, type Html } from './html.ts';

/** The scale of a plot; a value beyond it stands at its end, with an arrow that says so. Five ticks, evenly spaced: the style sheet draws their lines. */
type Axis = { low: number; high: number; ticks: readonly [string, string, string, string, string] };

export const shareAxis: Axis = { low: 0, high: 1, ticks: ['0', '25', '50', '75', '100'] };

/** For figures that are 1 at best and mostly above 0; from -1 where one of them, or an end of its interval, is worse than luck. */
export function numberAxis(rows: readonly IntervalRow[]): Axis {
  return reachOf(rows).some((value) => value < 0)
    ? { low: -1, high: 1, ticks: ['-1', '-0.5', '0', '0.5', '1'] }
    : { low: 0, high: 1, ticks: ['0', '0.25', '0.5', '0.75', '1'] };
}

/** For differences: 0 in the middle, and as far to both sides as the rows reach, in steps of a fifth. `low` and `high` say what lies there. */
export function centredAxis(args: {
  rows: readonly IntervalRow[];
  unit: 'points' | 'number';
  low: string;
  high: string;
}): Axis {
  const furthest = Math.max(0, ...reachOf(args.rows).map(Math.abs));
  const fifths = Math.min(5, Math.max(1, Math.ceil(5 * furthest - 1e-9)));
  const end = args.unit === 'points' ? `${20 * fifths} %` : (fifths / 5).toFixed(1);
  return { low: -fifths / 5, high: fifths / 5, ticks: [`${end} ${args.low}`, '', '0', '', `${end} ${args.high}`] };
}

/** Every value that a plot of these rows shows: figures, ends of intervals and marks. */
function reachOf(rows: readonly IntervalRow[]): number[] {
  return rows.flatMap(({ figure, marks }) =>
    [figure, ...(marks ?? []).map((mark) => mark.figure)].flatMap((one: Statistic | Estimate) => {
      if (one.status === 'undefined') return [];
      return 'interval' in one && one.interval.status === 'value'
        ? [one.value, one.interval.low, one.interval.high]
        : [one.value];
    }),
  );
}

/** A second value on the same scale: what people reach (a bar), or what a judge that reads nothing reaches (a dotted bar). */
export type Mark = { kind: 'people' | 'blind'; figure: Statistic | Estimate; what: string };

export type IntervalRow = {
  label: Html | string;
  /** One line for somebody who has never heard of the figure. */
  says?: Html | string;
  figure: Estimate | Statistic;
  unit: Unit;
  marks?: readonly Mark[];
  /** What stands after the figure: how many it rests on, say. */
  aside?: string;
};

const WIDTH = 1000;
const HEIGHT = 24;
/** How long an arrow is, in the same unit. */
const ARROW = 25;

/**
 * Figures as dots with their intervals as lines, one row each on one scale, with the figures in words beside them. The lines stretch
 * with the page and the text does not, so that a phone shows the same.
 */
export function intervalPlot(args: { rows: readonly IntervalRow[]; axis: Axis }): Html {
  const { rows, axis } = args;
  return html`<div class="plot">
    ${rows.map((row) => plotRow(row, axis))}
    <div class="plot-row plot-axis" aria-hidden="true">
      <div></div>
      <div class="ticks">${axis.ticks.map((tick) => html`<span>${tick}</span>`)}</div>
      <div></div>
    </div>
  </div>`;
}

function plotRow(row: IntervalRow, axis: Axis): Html {
  const marks = (row.marks ?? []).filter(({ figure }) => figure.status === 'value');
  return html`<div class="plot-row">
    <div class="plot-name">${row.label}${row.says && html`<span class="says">${row.says}</span>`}</div>
    <div class="plot-track">${track({ row, marks, axis })}</div>
    <div class="plot-value">
      ${words(row)}${marks.map(
        ({ figure, what, kind }) =>
          html`<span class="says mark-${kind}"
            >${what}: ${figure.status === 'value' && sayValue(figure.value, row.unit)}</span
          >`,
      )}
    </div>
  </div>`;
}

function words({ figure, unit, aside }: IntervalRow): Html {
  const tail = aside && html`<span class="says">${aside}</span>`;
  if (figure.status === 'undefined')
    return html`<span class="absent">–</span> <span class="says">${figure.reason}</span>${tail}`;
  const range =
    'interval' in figure &&
    figure.interval.status === 'value' &&
    html` <span class="range">(${sayInterval(figure.interval, unit)})</span>`;
  return html`<b>${sayValue(figure.value, unit)}</b>${range}${tail}`;
}

/** Zero-length strokes with round ends are dots that stay round however the plot is stretched. */
function track(args: { row: IntervalRow; marks: readonly Mark[]; axis: Axis }): Html {
  const { row, marks, axis } = args;
  const { figure } = row;
  const at = (value: number): string =>
    (WIDTH * Math.min(1, Math.max(0, (value - axis.low) / (axis.high - axis.low)))).toFixed(1);
  const middle = HEIGHT / 2;
  const interval = figure.status === 'value' && 'interval' in figure ? figure.interval : undefined;
  const reach = reachOf([row]);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${marks.map(
      ({ kind, figure: mark }) =>
        mark.status === 'value' && html`<path class="mark-${kind}" d="M${at(mark.value)} 2V${HEIGHT - 2}" />`,
    )}${interval?.status === 'value' && html`<path class="interval" d="M${at(interval.low)} ${middle}H${at(interval.high)}" />`}${
      figure.status === 'value' && html`<path class="dot" d="M${at(figure.value)} ${middle}h0.01" />`
    }${reach.some((value) => value < axis.low) && html`<path class="beyond" d="M${ARROW} 3L0 ${middle}L${ARROW} ${HEIGHT - 3}" />`}${reach.some((value) => value > axis.high) && html`<path class="beyond" d="M${WIDTH - ARROW} 3L${WIDTH} ${middle}L${WIDTH - ARROW} ${HEIGHT - 3}" />`}
  </svg>`;
}
