import type { CriterionVerdict } from '../core/verdict.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import type { ComparedAnswer, Comparison } from './comparison.ts';
import { cohenKappa, rawAgreement } from './cohen-kappa.ts';
import type { RatedVerdict } from './consensus.ts';
import { estimate, familyTable } from './estimate.ts';
import { difference } from './human-ceiling.ts';
import { mcnemarTest } from './mcnemar.ts';
import type { PairCounts } from './pair-counts.ts';
import { addMoments, momentWidth, quadraticKappa } from './pair-moments.ts';
import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';
import { raterVerdicts } from './verdict-agreement.ts';

type Pair = {
  family: string;
  answer: string;
  item: string;
  criterion: string;
  reference: RatedVerdict;
  first: CriterionVerdict;
  second: CriterionVerdict;
};

const size = raterVerdicts.length;
const square = size * size;

/**
 * Whether one run agrees better than another, on the verdicts and answers both have: differences with paired intervals by family (both runs
 * are redrawn together, so what makes an answer hard for both cancels out), McNemar's test, and every verdict that flipped.
 */
export function compareRuns(args: {
  first: { name: string; answers: readonly ComparedAnswer[] };
  second: { name: string; answers: readonly ComparedAnswer[] };
  plan: BootstrapPlan;
}): Comparison {
  const { plan } = args;
  const matched = matchAnswers(args.first.answers, args.second.answers);
  const pairs = matched.answers.flatMap(pairVerdicts);
  const kept = pairs.filter((pair) => pair !== 'rerated');
  const verdictTable = familyTable({
    entries: kept,
    familyOf: ({ family }) => family,
    width: 2 * square,
    add: (row, { reference, first, second }) => {
      addCell(row, { offset: 0, reference, judge: first });
      addCell(row, { offset: square, reference, judge: second });
    },
    plan,
  });
  const pointsTable = familyTable({
    entries: matched.answers.flatMap(pairPoints),
    familyOf: ({ family }) => family,
    width: 2 * momentWidth,
    add: (row, { reference, first, second }) => {
      addMoments(row, { pair: { reference, judge: first }, offset: 0 });
      addMoments(row, { pair: { reference, judge: second }, offset: momentWidth });
    },
    plan,
  });
  const right = (verdict: CriterionVerdict, reference: RatedVerdict): boolean => read(verdict) === reference;
  const onlyFirst = kept.filter(({ reference, first, second }) => right(first, reference) && !right(second, reference));
  const onlySecond = kept.filter(
    ({ reference, first, second }) => !right(first, reference) && right(second, reference),
  );
  return {
    first: args.first.name,
    second: args.second.name,
    split: matched.split,
    answers: matched.answers.length,
    verdicts: kept.length,
    rerated: pairs.length - kept.length,
    onlyInOne: matched.onlyInOne,
    agreement: threeOf(verdictTable, square, (sums) => rawAgreement(squareOf(sums))),
    kappa: threeOf(verdictTable, square, (sums) => cohenKappa({ pairs: squareOf(sums), weights: 'nominal' })),
    quadraticKappa: threeOf(pointsTable, momentWidth, quadraticKappa),
    mcnemar: {
      onlyFirst: onlyFirst.length,
      onlySecond: onlySecond.length,
      pValue: mcnemarTest({ onlyFirst: onlyFirst.length, onlySecond: onlySecond.length }),
    },
    flipped: kept.filter(({ first, second }) => first !== second).map(describeFlip),
    costMicroUsd: {
      first: meanCost(matched.answers.map(({ first }) => first)),
      second: meanCost(matched.answers.map(({ second }) => second)),
    },
    latencyMedianMs: {
      first: medianLatency(matched.answers.map(({ first }) => first)),
      second: medianLatency(matched.answers.map(({ second }) => second)),
    },
  };
}

type Matched = { first: ComparedAnswer; second: ComparedAnswer };

function matchAnswers(
  first: readonly ComparedAnswer[],
  second: readonly ComparedAnswer[],
): { answers: Matched[]; split: Comparison['split']; onlyInOne: number } {
  const secondOf = new Map(second.map((answer) => [answer.answer, answer]));
  const common = first.flatMap((answer) => {
    const other = secondOf.get(answer.answer);
    return other === undefined ? [] : [{ first: answer, second: other }];
  });
  const test = common.filter(({ second: { split } }) => split === 'test');
  const answers = test.length > 0 ? test : common;
  const mixed = new Set(answers.map(({ second: { split } }) => split));
  const onlyInOne = first.length + second.length - 2 * common.length;
  return { answers, split: mixed.size > 1 ? 'all' : ([...mixed][0] ?? 'all'), onlyInOne };
}

function pairVerdicts({ first, second }: Matched): (Pair | 'rerated')[] {
  const firstOf = new Map(first.verdicts.map((verdict) => [verdict.criterion, verdict]));
  return second.verdicts.flatMap(({ criterion, reference, judge }): (Pair | 'rerated')[] => {
    const before = firstOf.get(criterion);
    if (before === undefined) return [];
    if (before.reference !== reference) return ['rerated'];
    const { answer, item, family } = second;
    return [{ answer, item, family, criterion, reference, first: before.judge, second: judge }];
  });
}

function pairPoints({
  first,
  second,
}: Matched): { family: string; reference: number; first: number; second: number }[] {
  if (first.points === null || second.points === null || first.points.reference !== second.points.reference) return [];
  const { reference } = second.points;
  return [{ family: second.family, reference, first: first.points.judge, second: second.points.judge }];
}

function describeFlip({ answer, item, criterion, reference, first, second }: Pair): Comparison['flipped'][number] {
  const change = second === reference ? 'mended' : first === reference ? 'broken' : 'other';
  return { answer, item, criterion, raters: reference, first, second, change };
}

/** An abstention earns nothing until a person decides, so it counts as missed here too. */
function read(verdict: CriterionVerdict): RatedVerdict {
  return verdict === 'unsure' ? 'missed' : verdict;
}

function addCell(row: Float64Array, args: { offset: number; reference: RatedVerdict; judge: CriterionVerdict }): void {
  const cell = args.offset + raterVerdicts.indexOf(args.reference) * size + raterVerdicts.indexOf(read(args.judge));
  row[cell] = (row[cell] ?? 0) + 1;
}

function squareOf(sums: Float64Array): PairCounts {
  return { size, counts: sums };
}

/** One statistic over the first half of the sums, over the second half, and their difference, redrawn together. */
function threeOf(
  table: ReturnType<typeof familyTable>,
  width: number,
  statistic: (sums: Float64Array) => Statistic,
): Comparison['agreement'] {
  const first = (sums: Float64Array): Statistic => statistic(sums.subarray(0, width));
  const second = (sums: Float64Array): Statistic => statistic(sums.subarray(width));
  return {
    first: estimate(table, first),
    second: estimate(table, second),
    difference: estimate(table, (sums) => difference(second(sums), first(sums))),
  };
}

function meanCost(answers: readonly ComparedAnswer[]): Statistic {
  const costs = answers.map(({ costMicroUsd }) => costMicroUsd).filter((cost) => cost !== null);
  if (costs.length === 0) return undefinedStatistic('No cost is known.');
  return statisticOf({ value: costs.reduce((sum, cost) => sum + cost, 0) / costs.length, n: costs.length });
}

function medianLatency(answers: readonly ComparedAnswer[]): Statistic {
  const sorted = answers.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)];
  return value === undefined ? undefinedStatistic('No answer was graded.') : statisticOf({ value, n: sorted.length });
}
