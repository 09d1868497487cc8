import type { Estimate, Statistic } from '../calibration/statistic.ts';

/** Writes figures into cells and remembers why a cell is empty. */
export type FigureCells = {
  /** "0.82", or a dash with the letter of its note. */
  figure: (statistic: Statistic | Estimate) => string;
  /** "[0.71, 0.90]", or a dash with the letter of its note; nothing where the figure itself is missing. */
  interval: (estimate: Estimate) => string;
  /** The notes in the order of their letters: "a" and why. */
  notes: () => { letter: string; reason: string }[];
};

/** One set of notes for a whole report: equal reasons share a letter. */
export function createFigureCells(): FigureCells {
  const letters = new Map<string, string>();

  function dash(reason: string): string {
    const letter = letters.get(reason) ?? letterFor(letters.size);
    letters.set(reason, letter);
    return `–${letter}`;
  }

  return {
    figure: (statistic) => (statistic.status === 'value' ? decimal(statistic.value) : dash(statistic.reason)),
    interval: (estimate) => {
      if (estimate.status === 'undefined') return '';
      const { interval } = estimate;
      return interval.status === 'value'
        ? `[${decimal(interval.low)}, ${decimal(interval.high)}]`
        : dash(interval.reason);
    },
    notes: () => [...letters].map(([reason, letter]) => ({ letter, reason })),
  };
}

/** Two decimals, and never "-0.00". */
function decimal(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

function letterFor(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letterFor(Math.floor(index / 26) - 1) + last;
}
