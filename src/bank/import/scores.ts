import type { ImportedCriterion, ImportedVerdict } from './imported-set.ts';

/**
 * How scores become verdicts. `verdicts`: one criterion, met from `metFrom` on, partial from just above `partialAbove`, else missed.
 * `steps`: a criterion for each step of the scale, met by every score that reaches it, so that the points are the score again.
 */
export type ScoreScale =
  | { kind: 'verdicts'; max: number; metFrom: number; partialAbove: number }
  | { kind: 'steps'; min: number; step: number; steps: number; halves: boolean };

const mostCriteria = 8;
/** Scores are written with few decimals; this much is rounding. */
const slack = 1e-9;

/**
 * The scale of steps that holds all these scores, from `min` to `max`: at most 8 criteria, or up to 16 half ones with a half-way level.
 * Undefined where the scores need finer steps.
 */
export function stepScale(args: { scores: readonly number[]; min: number; max: number }): ScoreScale | undefined {
  const { min, max } = args;
  for (let steps = 1; steps <= 2 * mostCriteria; steps += 1) {
    const step = (max - min) / steps;
    const fits = args.scores.every((score) => Math.abs((score - min) / step - Math.round((score - min) / step)) < 1e-6);
    if (!fits || (steps > mostCriteria && steps % 2 === 1)) continue;
    return steps <= mostCriteria
      ? { kind: 'steps', min, step, steps, halves: false }
      : { kind: 'steps', min, step: 2 * step, steps: steps / 2, halves: true };
  }
  return undefined;
}

/** The criteria that a score is spread over. `expects` says what the whole score is for. */
export function scoreCriteria(args: { scale: ScoreScale; expects: string }): ImportedCriterion[] {
  const { scale, expects } = args;
  switch (scale.kind) {
    case 'verdicts': {
      const halfWay = scale.metFrom - scale.partialAbove > slack && scale.max > 0;
      const partial = 'Right in part: it earns some of the points, and not all.';
      return [{ name: 'score', points: asPoints(scale.max), expects, partial: halfWay ? partial : null }];
    }
    case 'steps':
      return Array.from({ length: scale.steps }, (_, index) => {
        const from = scale.min + (index + 1) * scale.step;
        const top = scale.min + scale.steps * scale.step;
        const partial = scale.halves ? `It is worth ${decimal(from - scale.step / 2)}, half a step less.` : null;
        return {
          name: `at least ${decimal(from)}`,
          points: asPoints(scale.step),
          expects: `Worth at least ${decimal(from)} of ${decimal(top)} as a whole, by this measure:\n\n${expects}`,
          partial,
        };
      });
    default:
      return scale satisfies never;
  }
}

/** The verdicts that stand for a score, by the criterion names of scoreCriteria. */
export function scoreVerdicts({ scale, score }: { scale: ScoreScale; score: number }): Record<string, ImportedVerdict> {
  switch (scale.kind) {
    case 'verdicts':
      if (score >= scale.metFrom - slack) return { score: 'met' };
      return { score: score > scale.partialAbove + slack ? 'partial' : 'missed' };
    case 'steps':
      return Object.fromEntries(
        scoreCriteria({ scale, expects: '' }).map(({ name }, index) => {
          const from = scale.min + (index + 1) * scale.step;
          if (score >= from - slack) return [name, 'met'];
          return [name, scale.halves && score >= from - scale.step / 2 - slack ? 'partial' : 'missed'];
        }),
      );
    default:
      return scale satisfies never;
  }
}

/** A rubric's points: above 0, at most 100, three decimals. */
function asPoints(points: number): number {
  return Math.min(100, Math.max(0.001, Number(points.toFixed(3))));
}

/** Without the tail that binary fractions leave. */
function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}
