import { html, type Html } from './html.ts';

/** A point of a curve, both from 0 to 1; `weight` from 0 to 1 sets how large its dot is. */
export type CurvePoint = { x: number; y: number; weight?: number };

const SIZE = { width: 340, height: 260, left: 46, right: 12, top: 12, bottom: 42 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A square diagram of shares against shares, in plain SVG; `told` says in words what it shows, for those who do not see it. */
export function curvePlot(args: {
  points: readonly CurvePoint[];
  joined: 'line' | 'steps';
  xName: string;
  yName: string;
  yMax: number;
  /** The line on which an honest judge would lie. */
  diagonal: boolean;
  /** A level not to be crossed, and a place on the curve that was chosen. */
  level?: number;
  chosen?: CurvePoint;
  told: string;
}): Html {
  const { points, yMax } = args;
  const x = (share: number): string => (SIZE.left + share * (SIZE.width - SIZE.left - SIZE.right)).toFixed(1);
  const y = (share: number): string =>
    (SIZE.height - SIZE.bottom - Math.min(1, share / yMax) * (SIZE.height - SIZE.top - SIZE.bottom)).toFixed(1);
  const path = points
    .map((point, index) => {
      if (index === 0) return `M${x(point.x)} ${y(point.y)}`;
      return args.joined === 'line' ? `L${x(point.x)} ${y(point.y)}` : `H${x(point.x)}V${y(point.y)}`;
    })
    .join('');
  return html`<svg class="curve" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${args.told}">
    ${TICKS.map(
      (tick) => html`
        <path class="grid" d="M${x(tick)} ${y(0)}V${y(yMax)}" />
        <path class="grid" d="M${x(0)} ${y(tick * yMax)}H${x(1)}" />
        <text class="tick" x="${x(tick)}" y="${SIZE.height - SIZE.bottom + 16}" text-anchor="middle"
          >${100 * tick}</text
        >
        <text class="tick" x="${SIZE.left - 6}" y="${y(tick * yMax)}" dy="4" text-anchor="end"
          >${Math.round(100 * tick * yMax)}</text
        >
      `,
    )}
    ${args.diagonal && html`<path class="diagonal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" />`}
    ${args.level !== undefined && html`<path class="level" d="M${x(0)} ${y(args.level)}H${x(1)}" />`}
    <path class="curve-line" d="${path}" />
    ${points.map(
      ({ x: px, y: py, weight }) =>
        weight !== undefined &&
        html`<circle class="curve-dot" cx="${x(px)}" cy="${y(py)}" r="${(2.5 + 5 * Math.sqrt(weight)).toFixed(1)}" />`,
    )}
    ${args.chosen && html`<circle class="chosen" cx="${x(args.chosen.x)}" cy="${y(args.chosen.y)}" r="6" />`}
    <text
      class="axis-name"
      x="${(SIZE.left + SIZE.width - SIZE.right) / 2}"
      y="${SIZE.height - 6}"
      text-anchor="middle"
    >
      ${args.xName}
    </text>
    <text
      class="axis-name"
      x="12"
      y="${(SIZE.top + SIZE.height - SIZE.bottom) / 2}"
      text-anchor="middle"
      transform="rotate(-90 12 ${(SIZE.top + SIZE.height - SIZE.bottom) / 2})"
    >
      ${args.yName}
    </text>
  </svg>`;
}
