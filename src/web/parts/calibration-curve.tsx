import type { JSX } from 'hono/jsx/jsx-runtime';
import type { CalibrationFigure, SelfCalibrationView } from '../../tutor/self-calibration.ts';
import { strings } from '../strings.ts';

// A square plot of 200 units with room for its labels on the left and below.
const SIDE = 200;
const LEFT = 46;
const TOP = 10;
const HEIGHT = SIDE + TOP + 42;
const WIDTH = SIDE + LEFT + 14;
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** How sure a learner was against how often they were right; the table beside it says the same in figures. */
export function CalibrationCurve({ bins }: { bins: SelfCalibrationView['bins'] }): JSX.Element {
  const { calibration } = strings.memory;
  const figures = bins.flatMap(({ figure }) => figure ?? []);
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="curve-title curve-text">
      <title id="curve-title">{calibration.curve}</title>
      <desc id="curve-text">{calibration.curveText}</desc>
      {ticks.map((tick) => (
        <Gridlines tick={tick} />
      ))}
      <line class="curve-honest" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {figures.length > 1 && (
        <polyline class="curve-line" points={figures.map(({ sure, right }) => `${x(sure)},${y(right)}`).join(' ')} />
      )}
      {figures.map((figure) => (
        <Point figure={figure} />
      ))}
      <text class="curve-axis" x={x(0.5)} y={HEIGHT - 4} text-anchor="middle">
        {calibration.sure}
      </text>
      <text class="curve-axis" transform={`translate(11 ${y(0.5)}) rotate(-90)`} text-anchor="middle">
        {calibration.right}
      </text>
    </svg>
  );
}

function Gridlines({ tick }: { tick: number }): JSX.Element {
  return (
    <>
      <line class="curve-grid" x1={x(0)} y1={y(tick)} x2={x(1)} y2={y(tick)} />
      <line class="curve-grid" x1={x(tick)} y1={y(0)} x2={x(tick)} y2={y(1)} />
      <text class="curve-tick" x={LEFT - 6} y={Number(y(tick)) + 4} text-anchor="end">
        {Math.round(tick * 100)}
      </text>
      <text class="curve-tick" x={x(tick)} y={TOP + SIDE + 16} text-anchor="middle">
        {Math.round(tick * 100)}
      </text>
    </>
  );
}

/** The more parts, the larger; few are hollow, because they say little. */
function Point({ figure }: { figure: CalibrationFigure }): JSX.Element {
  const { n, sure, right } = figure;
  const radius = Math.min(9, 3 + Math.sqrt(n) / 2).toFixed(1);
  return <circle class={n < 10 ? 'curve-point is-few' : 'curve-point'} cx={x(sure)} cy={y(right)} r={radius} />;
}

function x(share: number): string {
  return (LEFT + share * SIDE).toFixed(1);
}

function y(share: number): string {
  return (TOP + (1 - share) * SIDE).toFixed(1);
}
