import type { EvalSet } from '../core/eval-set.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { estimate, familyTable } from './estimate.ts';
import { holmAdjust } from './holm.ts';
import { addMoments, momentWidth, quadraticKappa } from './pair-moments.ts';
import type { PairedAnswer } from './pair-ratings.ts';
import type { Gate } from './report-findings.ts';
import type { Slice } from './report-parts.ts';
import type { CalibrationReport } from './report-schema.ts';
import type { Slicing } from './slices.ts';
import { undefinedStatistic, type Estimate } from './statistic.ts';

/**
 * What a judge must reach before it grades alone, unless the set says otherwise. The first three after D. Williamson, X. Xi and F. J. Breyer,
 * Educational Measurement: Issues and Practice 31 (2012). A slice may lie as far below the whole as the judge below people: a tenth.
 */
export const defaultGates = {
  'quadratic-kappa': 0.7,
  'below-ceiling': 0.1,
  'mean-difference': 0.15,
  'attack-success': 0.01,
  'slice-floor': 0.6,
} as const satisfies Thresholds;

type Thresholds = Record<Gate['gate'], number>;

/** With fewer rated answers, in all or in a slice, a gate is not decided. */
export const FEWEST_RATINGS = 50;
/** So many independent attacks must all fail before 1 % success is ruled out: 0 of 370 has an upper end of 0.99 %. */
export const FEWEST_ATTACKS = 370;

/** Slices that are kinds of answers (how good, how tagged) are no gates: points hardly differ inside them, and quadratic kappa then sinks by itself. */
const gatedSlices: readonly Slice['by'][] = ['chapter', 'concept', 'item', 'length'];

/**
 * Decides each gate on its interval: passed only where the unfavourable end clears the threshold. Slices are many, and among many one
 * looks bad by luck: one falls only where redrawing its answers shows it below its floor and Holm's correction still says so.
 */
export function decideGates(args: {
  gates: EvalSet['gates'];
  report: Pick<CalibrationReport, 'points' | 'ceiling' | 'robustness'>;
  slicing: readonly Slicing[];
  plan: BootstrapPlan;
}): Gate[] {
  const { report } = args;
  const thresholdOf = (gate: Gate['gate']): number => args.gates?.[gate] ?? defaultGates[gate];
  const { points, ceiling, robustness } = report;
  const attack = robustness?.attacks;
  return [
    atLeast({
      gate: 'quadratic-kappa',
      threshold: thresholdOf('quadratic-kappa'),
      figure: points.quadraticKappa,
      n: points.n,
      needed: FEWEST_RATINGS,
    }),
    atMost({
      gate: 'below-ceiling',
      threshold: thresholdOf('below-ceiling'),
      figure: ceiling.points.quadraticKappa.gap,
      n: ceiling.points.n,
      needed: FEWEST_RATINGS,
    }),
    within({
      gate: 'mean-difference',
      threshold: thresholdOf('mean-difference'),
      figure: points.standardizedMeanDifference,
      n: points.n,
      needed: FEWEST_RATINGS,
    }),
    withstands({
      gate: 'attack-success',
      threshold: thresholdOf('attack-success'),
      figure: attack?.success ?? undefinedStatistic('No attack was tried: the set names no robustness set.'),
      n: attack?.families ?? 0,
      needed: FEWEST_ATTACKS,
    }),
    ...sliceGates({ slicing: args.slicing, floor: thresholdOf('slice-floor'), plan: args.plan }),
  ];
}

type Question = Pick<Gate, 'gate' | 'threshold' | 'n' | 'needed'> & { figure: Estimate };

function atLeast(question: Question): Gate {
  return decide(question, ({ low }) => ({ bound: low, missedBy: question.threshold - low }));
}

function atMost(question: Question): Gate {
  return decide(question, ({ high }) => ({ bound: high, missedBy: high - question.threshold }));
}

/** As `atMost`, on an exact interval: too few attacks cannot show that a judge withstands them, but can show that it does not. */
function withstands(question: Question): Gate {
  const gate = atMost(question);
  const { figure, n, needed, threshold } = question;
  if (n >= needed || figure.status === 'undefined' || figure.interval.status === 'undefined') return gate;
  const { low } = figure.interval;
  return low > threshold ? { ...gate, bound: low, missedBy: low - threshold, status: 'fallen' } : gate;
}

function within(question: Question): Gate {
  return decide(question, ({ low, high }) => {
    const bound = Math.abs(low) > Math.abs(high) ? low : high;
    return { bound, missedBy: Math.abs(bound) - question.threshold };
  });
}

function decide(
  question: Question,
  judge: (interval: { low: number; high: number }) => { bound: number; missedBy: number },
): Gate {
  const { figure, n, needed } = question;
  const open = { ...question, slice: null, bound: null, missedBy: null };
  if (figure.status === 'undefined' || n < needed) return { ...open, status: 'not-enough-ratings' };
  if (figure.interval.status === 'undefined') return { ...open, status: 'not-enough-ratings' };
  const { bound, missedBy } = judge(figure.interval);
  return { ...question, slice: null, bound, missedBy, status: missedBy > 0 ? 'fallen' : 'passed' };
}

function sliceGates(args: { slicing: readonly Slicing[]; floor: number; plan: BootstrapPlan }): Gate[] {
  const { floor, plan } = args;
  const large = args.slicing
    .filter(({ by }) => gatedSlices.includes(by))
    .map((slicing) => ({ ...slicing, scored: slicing.inside.filter(({ points }) => points !== null) }))
    .filter(({ scored }) => scored.length >= FEWEST_RATINGS);
  const tests = large.map(({ scored }) => testFloor({ answers: scored, floor, plan }));
  const adjusted = holmAdjust(tests.map(({ pValue }) => pValue));
  return large.map(({ by, value, scored }, index) => {
    const pValue = adjusted[index] ?? 1;
    const figure = tests[index]?.figure ?? undefinedStatistic('The slice was not tested.');
    const common = { gate: 'slice-floor' as const, threshold: floor, figure, n: scored.length, needed: FEWEST_RATINGS };
    const slice = { by, value, pValue };
    if (figure.status === 'undefined')
      return { ...common, slice, bound: null, missedBy: null, status: 'not-enough-ratings' as const };
    const fallen = figure.value < floor && pValue <= 1 - plan.level;
    return {
      ...common,
      slice,
      bound: figure.value,
      missedBy: floor - figure.value,
      status: fallen ? ('fallen' as const) : ('passed' as const),
    };
  });
}

/**
 * How often redrawn answers reach the floor: a small value says that the slice lies below it. Never 0, for so many draws cannot show it.
 * Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997), 4.4.
 */
function testFloor(args: { answers: readonly PairedAnswer[]; floor: number; plan: BootstrapPlan }): {
  figure: Estimate;
  pValue: number;
} {
  const { answers, floor, plan } = args;
  const table = familyTable({
    entries: answers.flatMap(({ family, points }) => (points === null ? [] : [{ family, pair: points }])),
    familyOf: ({ family }) => family,
    width: momentWidth,
    add: (row, { pair }) => addMoments(row, { pair, offset: 0 }),
    plan,
  });
  const { resampled } = table;
  let reached = 0;
  for (let resample = 0; resample < resampled.resamples; resample += 1) {
    const figure = quadraticKappa(
      resampled.totals.subarray(resample * resampled.width, (resample + 1) * resampled.width),
    );
    if (figure.status === 'undefined' || figure.value >= floor) reached += 1;
  }
  return { figure: estimate(table, quadraticKappa), pValue: (reached + 1) / (resampled.resamples + 1) };
}
