import type { EvalAnswer, RaterKind } from '../core/eval-set.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { countingRatings } from './consensus.ts';
import { groupBy } from './group-by.ts';
import { answersOfSplit } from './pair-ratings.ts';
import { ratedUnits, raterAlpha } from './rater-agreement.ts';
import type { CalibrationInput } from './report-input.ts';
import type { WhoseRatings } from './report-parts.ts';

const kinds = ['human', 'author', 'model'] as const satisfies readonly RaterKind[];

/** Above this many raters of a kind their descriptions would drown the sentence; the list of raters has them all. */
const namedAtMost = 3;

/** Says whose ratings a report rests on. Only raters who rated an answer of the split are named. */
export function whoseRatings({ input, plan }: { input: CalibrationInput; plan: BootstrapPlan }): WhoseRatings {
  const answers = answersOfSplit(input);
  return {
    ...whoRated({ raters: input.set.raters, answers: answers.map(({ answer }) => answer) }),
    alpha: raterAlpha({ units: ratedUnits(answers), plan }),
  };
}

/** The same of any answers: who rated them, and what that is worth. */
export function whoRated(args: {
  raters: CalibrationInput['set']['raters'];
  answers: readonly EvalAnswer[];
}): Omit<WhoseRatings, 'alpha'> {
  const { answers } = args;
  const whoOf = new Map(args.raters.map((rater) => [rater.id, rater.who]));
  const raters = [
    ...groupBy(
      answers.flatMap((answer) => answer.ratings),
      (rating) => rating.rater,
    ),
  ].map(([id, [first, ...others]]) => ({
    id,
    kind: first?.raterKind ?? ('model' as const),
    who: whoOf.get(id) ?? id,
    answers: 1 + others.length,
  }));
  const counting = answers.map((answer) => countingRatings(answer.ratings));
  const answersByKind = { human: 0, author: 0, model: 0 };
  for (const { basis } of counting) answersByKind[basis] += 1;
  return {
    sentence: sentenceOf({ raters, answersByKind, answers: answers.length }),
    raters,
    answersByKind,
  };
}

function sentenceOf(args: {
  raters: WhoseRatings['raters'];
  answersByKind: Record<RaterKind, number>;
  answers: number;
}): string {
  const { raters, answersByKind, answers } = args;
  if (raters.length === 0)
    return 'Nobody has rated an answer of this split, so there is nothing to compare the judge with.';
  const parts = kinds
    .map((kind) => ({ kind, group: raters.filter((rater) => rater.kind === kind) }))
    .filter(({ group }) => group.length > 0)
    .map(({ kind, group }) => {
      const names = group.length > namedAtMost ? '' : ` (${group.map((rater) => rater.who).join('; ')})`;
      return `${nounFor(kind, group.length)}${names}`;
    });
  const made = `These ratings were made by ${parts.join(' and ')}`;
  const aside = parts.length > 1 ? ` ${whoCounts({ raters, answersByKind })}` : '';
  if (answersByKind.human === 0) {
    return `${made}; no human has rated this set, so it can show that a judge is not good enough, never that it may grade alone.${aside}`;
  }
  if (answersByKind.human < answers) {
    return `${made}; only ${answersByKind.human} of ${answers} answers were rated by a person, so figures over all of them can show that a judge is not good enough, never that it may grade alone.${aside}`;
  }
  return `${made}.${aside}`;
}

/** Of several kinds one counts for each answer: without this, raters who were never compared look like a fault. */
function whoCounts(args: { raters: WhoseRatings['raters']; answersByKind: Record<RaterKind, number> }): string {
  const { raters, answersByKind } = args;
  if (answersByKind.human > 0) return 'Where people rated, only their ratings count.';
  const of = (kind: RaterKind): string => (raters.filter((rater) => rater.kind === kind).length === 1 ? '’s' : 's’');
  if (answersByKind.model > 0)
    return `Where the author${of('author')} ratings are there, the model${of('model')} do not count.`;
  return `Only the author${of('author')} ratings count here; the model${of('model')} are not used.`;
}

function nounFor(kind: RaterKind, n: number): string {
  switch (kind) {
    case 'human':
      return n === 1 ? '1 person' : `${n} people`;
    case 'author':
      return n === 1 ? 'the author' : `${n} authors`;
    case 'model':
      return n === 1 ? '1 model' : `${n} models`;
    default:
      return kind satisfies never;
  }
}
