import { VivaError } from '../core/errors.ts';
import type { CriterionGrade } from '../core/grade.ts';
import { scorePoints } from '../core/points.ts';
import type { CriterionVerdict, MisconceptionVerdict } from '../core/verdict.ts';
import { consensusOf, countingRatings, type Consensus, type RatedVerdict } from './consensus.ts';
import type { CalibrationInput, RatedOutcome } from './report-input.ts';
import type { NumberPair } from './pair-moments.ts';

export type PairedVerdict = {
  answer: string;
  family: string;
  item: string;
  criterion: string;
  words: number;
  reference: RatedVerdict;
  /** Whether those whose ratings count said the same; `single` where one alone rated. */
  raters: 'single' | 'unanimous' | 'split';
  judge: CriterionVerdict;
  /** 0 to 1 */
  confidence: number;
  /** Why code overruled the judge here; null where it did not. */
  barred: CriterionGrade['barred'];
};

export type PairedMisconception = {
  answer: string;
  family: string;
  item: string;
  misconception: string;
  reference: 'held' | 'not-held';
  judge: MisconceptionVerdict;
};

/** One graded answer with the raters' consensus and the judge's word side by side. */
export type PairedAnswer = {
  id: string;
  item: string;
  family: string;
  chapter: string;
  concept: string;
  tags: readonly string[];
  words: number;
  verdicts: PairedVerdict[];
  misconceptions: PairedMisconception[];
  /** Points as shares of the most, 0 to 1, the judge's by `low`; null where a tie or a gap leaves the raters' points open. */
  points: NumberPair | null;
};

/** What was left out of the figures, and why. */
export type PairingTally = {
  answers: number;
  graded: number;
  provisional: number;
  returned: number;
  /** Sent back unjudged although the raters gave points. */
  returnedWithPoints: number;
  ungraded: Map<string, number>;
  tiedVerdicts: number;
  unratedVerdicts: number;
  tiedMisconceptions: number;
  answersWithoutPoints: number;
};

/** An item with the rubric that turns verdicts into points. */
export type GradedItem = CalibrationInput['items'][number];

/** Puts raters and judge side by side, answer by answer, for the split asked for. */
export function pairRatings(input: CalibrationInput): { answers: PairedAnswer[]; tally: PairingTally } {
  const contentOf = new Map(input.items.map((content) => [content.item.id, content]));
  const tally: PairingTally = {
    answers: 0,
    graded: 0,
    provisional: 0,
    returned: 0,
    returnedWithPoints: 0,
    ungraded: new Map(),
    tiedVerdicts: 0,
    unratedVerdicts: 0,
    tiedMisconceptions: 0,
    answersWithoutPoints: 0,
  };
  const answers: PairedAnswer[] = [];
  for (const rated of answersOfSplit(input)) {
    const content = contentOf.get(rated.answer.item);
    if (content === undefined) {
      countWithoutItem(rated, tally);
      continue;
    }
    const paired = pairAnswer({ rated, content, tally });
    if (paired !== undefined) answers.push(paired);
  }
  return { answers, tally };
}

/** An answer whose item is gone can only have come back ungraded; a grade without its rubric cannot be read. */
function countWithoutItem({ answer, outcome }: RatedOutcome, tally: PairingTally): void {
  if (outcome.status !== 'ungraded') {
    throw new VivaError('internal', {
      message: `The report was not given the item "${answer.item}" of the graded answer "${answer.id}".`,
      fix: 'Pass every item of the eval set with its rubric.',
    });
  }
  tally.answers += 1;
  tally.ungraded.set(outcome.reason, (tally.ungraded.get(outcome.reason) ?? 0) + 1);
}

/** The answers the agreement figures of this split speak of. Attacks are no learner's work; robustness.ts has them. */
export function answersOfSplit(input: Pick<CalibrationInput, 'answers' | 'split'>): RatedOutcome[] {
  return input.answers.filter(
    ({ answer }) => answer.attack === undefined && (input.split === 'all' || answer.split === input.split),
  );
}

function pairAnswer(args: { rated: RatedOutcome; content: GradedItem; tally: PairingTally }): PairedAnswer | undefined {
  const { content, tally } = args;
  const { answer, outcome } = args.rated;
  const consensus = consensusOf({
    ratings: answer.ratings,
    criteria: content.rubric.criteria.map((criterion) => criterion.id),
    misconceptions: content.rubric.misconceptions.map((misconception) => misconception.id),
  });
  const referencePoints = consensusPoints({ consensus, content, option: answer.option ?? null });
  tally.answers += 1;

  switch (outcome.status) {
    case 'ungraded':
      tally.ungraded.set(outcome.reason, (tally.ungraded.get(outcome.reason) ?? 0) + 1);
      return undefined;
    case 'returned':
      tally.returned += 1;
      if (referencePoints !== null && referencePoints > 0) tally.returnedWithPoints += 1;
      return undefined;
    case 'graded':
    case 'provisional':
      break;
    default:
      return outcome satisfies never;
  }
  tally[outcome.status] += 1;
  if (referencePoints === null) tally.answersWithoutPoints += 1;

  const words = countWords(answer.text);
  const shared = { answer: answer.id, family: answer.family, item: answer.item };
  const counting = countingRatings(answer.ratings).ratings;
  const verdicts: PairedVerdict[] = [];
  for (const [criterion, reference] of consensus.verdicts) {
    if (reference === 'tied') tally.tiedVerdicts += 1;
    else if (reference === 'unrated') tally.unratedVerdicts += 1;
    else {
      const said = outcome.verdicts.find((verdict) => verdict.criterion === criterion);
      verdicts.push({
        ...shared,
        criterion,
        words,
        reference,
        raters: unityOf(counting.flatMap((rating) => rating.verdicts[criterion] ?? [])),
        judge: said?.verdict ?? 'unsure',
        confidence: said?.confidence ?? 0,
        barred: said?.barred ?? null,
      });
    }
  }
  const misconceptions: PairedMisconception[] = [];
  for (const [misconception, reference] of consensus.misconceptions) {
    if (reference === 'tied') tally.tiedMisconceptions += 1;
    else {
      const said = outcome.misconceptions.find((entry) => entry.id === misconception);
      misconceptions.push({ ...shared, misconception, reference, judge: said?.verdict ?? 'unsure' });
    }
  }
  return {
    id: answer.id,
    family: answer.family,
    item: answer.item,
    chapter: content.item.chapter,
    concept: content.item.concept,
    tags: answer.tags,
    words,
    verdicts,
    misconceptions,
    points:
      referencePoints === null ? null : { reference: referencePoints, judge: outcome.points.low / outcome.points.max },
  };
}

function unityOf(said: readonly RatedVerdict[]): PairedVerdict['raters'] {
  if (said.length < 2) return 'single';
  return said.every((verdict) => verdict === said[0]) ? 'unanimous' : 'split';
}

/** The share of the points that the raters' consensus earns, 0 to 1; null where a tie or a gap leaves it open. */
export function consensusPoints(args: {
  consensus: Consensus;
  content: GradedItem;
  option: number | null;
}): number | null {
  const verdicts: { criterion: string; verdict: RatedVerdict }[] = [];
  for (const [criterion, verdict] of args.consensus.verdicts) {
    if (verdict === 'tied' || verdict === 'unrated') return null;
    verdicts.push({ criterion, verdict });
  }
  const misconceptions: { id: string; verdict: MisconceptionVerdict }[] = [];
  for (const [id, verdict] of args.consensus.misconceptions) {
    if (verdict === 'tied') return null;
    misconceptions.push({ id, verdict });
  }
  const points = scorePoints({ ...args.content, option: args.option, verdicts, misconceptions });
  return points.low / points.max;
}

function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length;
}
