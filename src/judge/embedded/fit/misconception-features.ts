import { isApart } from '../frames.ts';
import type { MisconceptionReading } from '../judge-misconception.ts';
import type { TaskReading } from '../read-task.ts';
import { nearest, type Comparison } from './compare-answer.ts';
import { coverage, likeness } from './rubric-index.ts';

export type MisconceptionFeatures = Readonly<Record<string, number>>;

const WORTH = { met: 1, partial: 0.5, unsure: 0.4, missed: 0 } as const;
/** More wrong beliefs in one answer say no more. */
const MOST_OTHERS = 2;

/** All that the fitted model may know of one misconception: nothing in it names an item, a misconception or a word. */
export function misconceptionFeatures(args: {
  reading: TaskReading;
  comparison: Comparison;
  at: MisconceptionReading;
}): MisconceptionFeatures {
  const { reading, comparison, at } = args;
  const { index } = comparison;
  const { id } = at.misconception;
  const claim = index.claims.get(id) ?? new Map<string, number>();
  const best = nearest({ comparison, texts: [claim, ...(index.spans.get(id) ?? [])] });
  const found = at.groups.filter(({ hits }) => hits.length > 0).length;
  const holding = (holds: boolean): number =>
    Math.max(0, ...comparison.exemplars.filter((_, exemplar) => index.exemplars[exemplar]?.holds.has(id) === holds));
  const worth = reading.criteria.map(({ finding }) => WORTH[finding.verdict]);
  const others = reading.misconceptions.filter((other) => other !== at && other.finding.verdict === 'held').length;
  return {
    ruleHeld: at.finding.verdict === 'held' ? 1 : 0,
    groupsFound: at.groups.length === 0 ? 0 : found / at.groups.length,
    claimCovered: coverage({ wanted: claim, said: comparison.answer }),
    nearestSentence: best?.likeness ?? 0,
    nearestDenies: best?.sentence.words.some(({ negator }) => negator) === true ? 1 : 0,
    nearestFramed: best?.sentence.framed.some(isApart) === true ? 1 : 0,
    nearestLikeExpects: Math.max(
      0,
      ...[...index.expects.values()].map((text) => (best ? likeness(best.vector, text) : 0)),
    ),
    likeHolding: holding(true),
    likeNotHolding: holding(false),
    earned: worth.reduce<number>((sum, one) => sum + one, 0) / Math.max(1, worth.length),
    othersHeld: Math.min(MOST_OTHERS, others),
    amongExemplars: index.exemplars.filter(({ holds }) => holds.has(id)).length / Math.max(1, index.exemplars.length),
  };
}
