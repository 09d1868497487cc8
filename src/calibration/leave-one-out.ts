import type { EvalAnswer, Rating } from '../core/eval-set.ts';
import type { CriterionVerdict } from '../core/verdict.ts';
import { consensusOf, type RatedVerdict } from './consensus.ts';
import { consensusPoints, type GradedItem } from './pair-ratings.ts';
import type { CalibrationInput, RatedOutcome } from './report-input.ts';

/** One person's verdict, the judge's, and what the other people agreed on: the two are measured by the same rule. */
export type CeilingVerdict = {
  family: string;
  item: string;
  criterion: string;
  others: RatedVerdict;
  person: RatedVerdict;
  judge: CriterionVerdict;
};

/** The same for points, as shares of the most, 0 to 1; the judge's by `low`. */
export type CeilingPoints = { family: string; others: number; person: number; judge: number };

/**
 * Takes each person in turn out of an answer's raters and holds that person, and the judge, against the consensus of the rest;
 * with two people, against the other one. Where the rest tie, nothing is said. Only `human` ratings enter, and only answers that
 * two people rated and the judge graded.
 */
export function leaveOneOut(args: { answers: readonly RatedOutcome[]; items: CalibrationInput['items'] }): {
  verdicts: CeilingVerdict[];
  points: CeilingPoints[];
} {
  const contentOf = new Map(args.items.map((content) => [content.item.id, content]));
  const verdicts: CeilingVerdict[] = [];
  const points: CeilingPoints[] = [];
  for (const { answer, outcome } of args.answers) {
    const content = contentOf.get(answer.item);
    const people = answer.ratings.filter(({ raterKind }) => raterKind === 'human');
    if (content === undefined || people.length < 2 || outcome.status === 'returned' || outcome.status === 'ungraded')
      continue;
    const judgeOf = new Map(outcome.verdicts.map(({ criterion, verdict }) => [criterion, verdict]));
    const judgePoints = outcome.points.low / outcome.points.max;
    for (const person of people) {
      const others = people.filter((other) => other !== person);
      const rest = consensus({ ratings: others, content });
      for (const [criterion, verdict] of rest.verdicts) {
        const own = person.verdicts[criterion];
        if (verdict === 'tied' || verdict === 'unrated' || own === undefined) continue;
        const { family, item } = answer;
        verdicts.push({
          family,
          item,
          criterion,
          others: verdict,
          person: own,
          judge: judgeOf.get(criterion) ?? 'unsure',
        });
      }
      const othersPoints = pointsOf({ ratings: others, content, answer });
      const personPoints = pointsOf({ ratings: [person], content, answer });
      if (othersPoints === null || personPoints === null) continue;
      points.push({ family: answer.family, others: othersPoints, person: personPoints, judge: judgePoints });
    }
  }
  return { verdicts, points };
}

function consensus({
  ratings,
  content,
}: {
  ratings: readonly Rating[];
  content: GradedItem;
}): ReturnType<typeof consensusOf> {
  return consensusOf({
    ratings,
    criteria: content.rubric.criteria.map(({ id }) => id),
    misconceptions: content.rubric.misconceptions.map(({ id }) => id),
  });
}

function pointsOf(args: { ratings: readonly Rating[]; content: GradedItem; answer: EvalAnswer }): number | null {
  return consensusPoints({ consensus: consensus(args), content: args.content, option: args.answer.option ?? null });
}
