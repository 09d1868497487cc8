import type { Rubric } from '../../../core/rubric.ts';
import type { CriterionVerdict } from '../../../core/verdict.ts';
import type { CriterionFinding, JudgeTask, MisconceptionFinding } from '../../judge.ts';
import { isApart } from '../frames.ts';
import type { CriterionReading } from '../judge-criterion.ts';
import type { MisconceptionReading } from '../judge-misconception.ts';
import type { Phrase } from '../phrase.ts';
import { quoteEvidence } from '../quote-evidence.ts';
import type { TaskReading } from '../read-task.ts';
import { compareAnswer, nearest, type Comparison } from './compare-answer.ts';
import { criterionFeatures } from './criterion-features.ts';
import { probabilities } from './logistic.ts';
import { misconceptionFeatures } from './misconception-features.ts';
import weights from './weights.json' with { type: 'json' };

/** What the model was fitted on; beside fewer exemplars any answer looks unlike those that earned, and the rules stand alone. */
const FEWEST_EXEMPLARS = 6;

/**
 * How much each verdict is favoured when the likeliest is picked. `partial` is the rarest, and a model that only wants to be
 * right most often hardly ever says it: with these, kappa in cross-validation is that of the rules (.61; .59 without).
 */
const FAVOUR = { missed: 1.15, partial: 1.6, met: 1 } as const;

/**
 * Below these the judge is in doubt. A doubtful miss is put to a person sooner than a doubtful point: it counts as a miss until
 * then and the learner may say more at no cost, while taking back a point that was rightly given costs agreement.
 */
const DOUBT = { missed: 0.65, given: 0.38 } as const;

/** A misconception is held where that is likelier than not: to accuse somebody of a belief they do not hold costs more than to overlook one. */
const HELD_FROM = 0.5;

type Weighable = keyof typeof FAVOUR;

/**
 * Weighs what the rules found with a model fitted on the dev answers (npm run fit:embedded): it sets the confidence, corrects a verdict where
 * the rest of the evidence speaks against it, and says `unsure` where doubt is greatest. It never gives a point that no cue speaks for.
 */
export function weighFindings(args: { task: JudgeTask; reading: TaskReading; phraseOf: (written: string) => Phrase }): {
  criteria: CriterionFinding[];
  misconceptions: MisconceptionFinding[];
} {
  const { task, reading } = args;
  if (!isComparable(task.rubric)) {
    return {
      criteria: reading.criteria.map(({ finding }) => finding),
      misconceptions: reading.misconceptions.map(({ finding }) => finding),
    };
  }
  const comparison = compareAnswer(args);
  return {
    criteria: reading.criteria.map((at) => weighCriterion({ ...args, comparison, at })),
    misconceptions: reading.misconceptions.map((at) => weighMisconception({ ...args, comparison, at })),
  };
}

/** Whether the rubric's exemplars say enough to weigh by. */
export function isComparable(rubric: Rubric): boolean {
  return rubric.exemplars.length >= FEWEST_EXEMPLARS;
}

function weighCriterion(args: {
  task: JudgeTask;
  reading: TaskReading;
  comparison: Comparison;
  at: CriterionReading;
  phraseOf: (written: string) => Phrase;
}): CriterionFinding {
  const { at, task, reading } = args;
  const { criterion, finding, groups } = at;
  // Nothing stated, or no cue to go by: there is nothing to weigh.
  if (groups.length === 0 || reading.withheld !== null || reading.earning.every(({ salad }) => salad)) return finding;
  const chances = chancesOf({ chances: probabilities(weights.criteria, criterionFeatures(args)), at });
  const found = groups.filter(({ hits }) => hits.length > 0);
  const picked = pick(chances);
  const verdict = found.length === 0 && rank(picked) > rank(finding.verdict) ? 'missed' : picked;
  const confidence = chances[verdict];
  const doubtful = confidence < (verdict === 'missed' ? DOUBT.missed : DOUBT.given);
  return {
    ...finding,
    verdict: doubtful ? 'unsure' : verdict,
    quotes:
      verdict === 'missed' && !doubtful
        ? []
        : quoteEvidence({ answer: task.answer, sentences: reading.earning, groups: found }),
    reasoning: `${finding.reasoning}; ${explain({ chances, criterion: criterion.partial !== undefined })}`,
    confidence,
  };
}

function chancesOf({ chances, at }: { chances: readonly number[]; at: CriterionReading }): Record<Weighable, number> {
  const [missed = 0, partial = 0, met = 0] = chances;
  const half = at.criterion.partial === undefined ? 0 : partial;
  const sum = missed + half + met;
  return { missed: missed / sum, partial: half / sum, met: met / sum };
}

function pick(chances: Record<Weighable, number>): Weighable {
  const order = ['missed', 'partial', 'met'] as const;
  return order.reduce((best, one) => (FAVOUR[one] * chances[one] > FAVOUR[best] * chances[best] ? one : best));
}

function rank(verdict: CriterionVerdict): number {
  return { missed: 0, unsure: 0, partial: 1, met: 2 }[verdict];
}

function explain({ chances, criterion }: { chances: Record<Weighable, number>; criterion: boolean }): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const half = criterion ? `, half-way ${percent(chances.partial)}` : '';
  return `beside the exemplars: met ${percent(chances.met)}${half}, missed ${percent(chances.missed)}`;
}

function weighMisconception(args: {
  task: JudgeTask;
  reading: TaskReading;
  comparison: Comparison;
  at: MisconceptionReading;
}): MisconceptionFinding {
  const { task, comparison, at } = args;
  const { finding, misconception } = at;
  const [, held = 0] = probabilities(weights.misconceptions, misconceptionFeatures(args));
  if (held < HELD_FROM) {
    return finding.verdict === 'unsure'
      ? finding
      : { ...finding, verdict: 'not-held', quotes: [], confidence: 1 - held };
  }
  if (finding.verdict === 'held') return { ...finding, confidence: held };
  const { index } = comparison;
  const claim = index.claims.get(misconception.id);
  const best = nearest({
    comparison,
    texts: [...(claim ? [claim] : []), ...(index.spans.get(misconception.id) ?? [])],
  });
  // What is only reported or rejected is nobody's belief, however like it is to the claim.
  if (!best || best.sentence.framed.some(isApart))
    return { ...finding, verdict: 'not-held', quotes: [], confidence: 1 - held };
  const { start, end } = best.sentence;
  return { ...finding, verdict: 'held', quotes: [task.answer.slice(start, end)], confidence: held };
}
