import type { Grade } from '../core/grade.ts';
import type { Rating } from '../core/eval-set.ts';
import { countingRatings } from './consensus.ts';
import type { GradedItem, PairedAnswer, PairedVerdict } from './pair-ratings.ts';
import type { CalibrationInput } from './report-input.ts';
import type { Disagreement } from './report-findings.ts';

const MOST = 20;
/** A second answer about the same criterion teaches less, a third hardly anything. */
const REPEAT_DISCOUNT = 0.4;

/**
 * The disagreements most worth reading, whole: those on a part that is worth much, on which the judge was sure and the raters of one mind,
 * and not the same criterion again and again. Parts may cancel out, so the points of the whole need not differ. An answer comes up once, with all its verdicts.
 */
export function instructiveDisagreements(args: {
  input: CalibrationInput;
  answers: readonly PairedAnswer[];
}): Disagreement[] {
  const { input } = args;
  const contentOf = new Map(input.items.map((content) => [content.item.id, content]));
  const ratedOf = new Map(input.answers.map((rated) => [rated.answer.id, rated]));
  const open = args.answers
    .flatMap((answer) =>
      answer.verdicts.filter(disagrees).map((verdict) => ({
        answer,
        verdict,
        worth:
          worthOf(verdict) *
          shareOfPoints({ verdict, content: contentOf.get(answer.item), outcome: ratedOf.get(answer.id)?.outcome }),
      })),
    )
    .sort((one, other) => other.worth - one.worth);
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  const chosen: Disagreement[] = [];
  while (chosen.length < MOST) {
    const best = open
      .filter(({ answer }) => !taken.has(answer.id))
      .map((one) => ({ ...one, worth: one.worth * REPEAT_DISCOUNT ** (seen.get(keyOf(one.verdict)) ?? 0) }))
      .reduce<(typeof open)[number] | undefined>(
        (most, one) => (most === undefined || one.worth > most.worth ? one : most),
        undefined,
      );
    if (best === undefined) break;
    taken.add(best.answer.id);
    for (const verdict of best.answer.verdicts.filter(disagrees))
      seen.set(keyOf(verdict), (seen.get(keyOf(verdict)) ?? 0) + 1);
    const rated = ratedOf.get(best.answer.id);
    const content = contentOf.get(best.answer.item);
    if (rated === undefined || content === undefined) continue;
    if (rated.outcome.status !== 'graded' && rated.outcome.status !== 'provisional') continue;
    chosen.push(describe({ paired: best.answer, rated: { answer: rated.answer, grade: rated.outcome }, content }));
  }
  return chosen;
}

function disagrees({ reference, judge }: PairedVerdict): boolean {
  return judge !== reference && judge !== 'unsure';
}

/** met against missed is twice as far off as a half-way; a sure judge and raters of one mind make the better lesson. */
function worthOf({ reference, judge, confidence, raters }: PairedVerdict): number {
  const steps = reference !== 'partial' && judge !== 'partial' ? 2 : 1;
  return steps * (0.5 + confidence) * (raters === 'split' ? 0.7 : 1);
}

/** What a criterion is worth, as a share of all that the item can earn; 0 where the answer has no grade. */
function shareOfPoints(args: {
  verdict: PairedVerdict;
  content: GradedItem | undefined;
  outcome: CalibrationInput['answers'][number]['outcome'] | undefined;
}): number {
  const { verdict, content, outcome } = args;
  const graded = outcome?.status === 'graded' || outcome?.status === 'provisional';
  const points = content?.rubric.criteria.find(({ id }) => id === verdict.criterion)?.points ?? 0;
  return graded ? (1000 * points) / outcome.points.max : 0;
}

function keyOf({ item, criterion }: PairedVerdict): string {
  return `${item}/${criterion}`;
}

function describe(args: {
  paired: PairedAnswer;
  rated: { answer: CalibrationInput['answers'][number]['answer']; grade: Grade };
  content: GradedItem;
}): Disagreement {
  const { paired, content } = args;
  const { answer, grade } = args.rated;
  const { ratings } = countingRatings(answer.ratings);
  const { item, rubric } = content;
  const pairedOf = new Map(paired.verdicts.map((verdict) => [verdict.criterion, verdict]));
  return {
    answer: answer.id,
    item: item.id,
    title: item.title,
    prompt: item.prompt,
    split: answer.split,
    option: answer.option ?? null,
    text: answer.text,
    points: {
      max: grade.points.max,
      judge: grade.points.low,
      raters: paired.points && paired.points.reference * grade.points.max,
    },
    verdicts: rubric.criteria.map(({ id, asks, expects }) => {
      const said = grade.verdicts.find(({ criterion }) => criterion === id);
      const pair = pairedOf.get(id);
      return {
        criterion: id,
        asks,
        expects,
        raters: ratings.map((rating) => ({
          rater: rating.rater,
          kind: rating.raterKind,
          verdict: rating.verdicts[id] ?? null,
        })),
        consensus: pair?.reference ?? null,
        judge: said?.verdict ?? 'unsure',
        confidence: said?.confidence ?? 0,
        reasoning: said?.reasoning ?? '',
        barred: said?.barred ?? null,
        evidence: said?.evidence ?? [],
        differs: pair !== undefined && disagrees(pair),
      };
    }),
    misconceptions: rubric.misconceptions.flatMap(({ id, claim }) => {
      const said = grade.misconceptions.find((one) => one.id === id);
      const held = ratings.filter((rating: Rating) => rating.misconceptions.includes(id)).map(({ rater }) => rater);
      if (held.length === 0 && (said === undefined || said.verdict === 'not-held')) return [];
      return [
        {
          misconception: id,
          claim,
          heldBy: held,
          raters: ratings.length,
          judge: said?.verdict ?? ('unsure' as const),
          evidence: said?.evidence ?? [],
        },
      ];
    }),
  };
}
