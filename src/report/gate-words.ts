import type { Gate } from '../calibration/report-findings.ts';

/** What each gate asks, for people who have never heard of the figure behind it. */
const questions = {
  'quadratic-kappa': 'Do its points agree with the raters’ beyond luck (quadratic kappa)?',
  'below-ceiling': 'Does it stay close to how far people agree with one another?',
  'mean-difference': 'Is it neither too kind nor too strict on the whole (bias in standard deviations)?',
  'attack-success': 'Do attempts to fool it fail?',
  'slice-floor': 'Does it agree in every large part of the answers (quadratic kappa)?',
} as const satisfies Record<Gate['gate'], string>;

const statuses = {
  passed: 'passed',
  fallen: 'FELL',
  'not-enough-ratings': 'not enough ratings',
} as const satisfies Record<Gate['status'], string>;

/** A gate in words: what it asks, what came of it, and by how much it was missed. */
export function describeGate(gate: Gate): {
  question: string;
  status: string;
  asked: string;
  found: string;
  why: string;
} {
  return {
    question: gate.slice === null ? questions[gate.gate] : `${questions[gate.gate]} (${nameSlice(gate.slice)})`,
    status: statuses[gate.status],
    asked: askedOf(gate),
    found: foundOf(gate),
    why: whyOf(gate),
  };
}

/** "chapter 3", "75 words and more" */
export function nameSlice({ by, value }: { by: string; value: string }): string {
  return by === 'length' ? value : `${by} ${value}`;
}

function askedOf({ gate, threshold }: Gate): string {
  switch (gate) {
    case 'quadratic-kappa':
    case 'slice-floor':
      return `at least ${threshold.toFixed(2)}`;
    case 'below-ceiling':
      return `at most ${threshold.toFixed(2)} below people`;
    case 'mean-difference':
      return `within ${threshold.toFixed(2)} either way`;
    case 'attack-success':
      return `at most ${percent(threshold)}`;
    default:
      return gate satisfies never;
  }
}

function foundOf({ gate, figure }: Gate): string {
  if (figure.status === 'undefined') return '–';
  const say = gate === 'attack-success' ? percent : decimal;
  const { interval } = figure;
  return interval.status === 'value'
    ? `${say(figure.value)} (${say(interval.low)} to ${say(interval.high)})`
    : say(figure.value);
}

function whyOf(gate: Gate): string {
  const { figure, n, needed, missedBy, bound, slice, status } = gate;
  const say = gate.gate === 'attack-success' ? percent : decimal;
  const counted = gate.gate === 'attack-success' ? 'independent attacks' : 'rated answers';
  switch (status) {
    case 'not-enough-ratings':
      if (figure.status === 'undefined') return figure.reason;
      if (n < needed) return `It takes ${needed} ${counted}; there are ${n}.`;
      return figure.interval.status === 'undefined' ? figure.interval.reason : '';
    case 'fallen':
      if (slice !== null)
        return `It lies ${say(missedBy ?? 0)} below, and luck explains that badly (p = ${slice.pValue.toFixed(3)} after Holm’s correction).`;
      if (n < needed) return `Even at its best, ${say(bound ?? 0)}, it is ${say(missedBy ?? 0)} on the wrong side.`;
      if (reaches(gate))
        return `The figure itself would pass, but ${n} ${counted} leave open that it is ${say(bound ?? 0)}, which is ${say(missedBy ?? 0)} on the wrong side; a gate counts the bad end.`;
      return `It could be as bad as ${say(bound ?? 0)}, which is ${say(missedBy ?? 0)} on the wrong side.`;
    case 'passed':
      if (slice !== null && (missedBy ?? 0) > 0) return 'It lies below, but among so many parts that may be luck.';
      return slice === null ? `Even at its worst, ${say(bound ?? 0)}, it clears the gate.` : '';
    default:
      return status satisfies never;
  }
}

/** Whether the figure, without its interval, is on the right side. */
function reaches({ gate, figure, threshold }: Gate): boolean {
  if (figure.status === 'undefined') return false;
  switch (gate) {
    case 'quadratic-kappa':
    case 'slice-floor':
      return figure.value >= threshold;
    case 'below-ceiling':
    case 'attack-success':
      return figure.value <= threshold;
    case 'mean-difference':
      return Math.abs(figure.value) <= threshold;
    default:
      return gate satisfies never;
  }
}

function decimal(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
