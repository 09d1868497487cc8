import type { EvalAnswer } from '../core/eval-set.ts';
import type { Item } from '../core/item.ts';
import { scorePoints } from '../core/points.ts';
import type { Rubric } from '../core/rubric.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { consensusOf, type RatedVerdict } from './consensus.ts';
import { estimate, familyTable } from './estimate.ts';
import type { Estimate } from './statistic.ts';

/** Bands of the share of points an answer earns: a fifth each, the lowest first. */
const BANDS = 5;
/** A figure on a misconception that one answer holds is an anecdote. */
const FEWEST_HELD = 2;
/** Whoever never meets a rejection cannot be told from whoever takes every mention for a belief. */
const FEWEST_REJECTED = 1;

const verdictOrder = ['missed', 'partial', 'met'] as const satisfies readonly RatedVerdict[];

export type CriterionCoverage = {
  criterion: string;
  verdicts: Record<RatedVerdict, number>;
  /** Between the raters who judged independently of each other: people where there are two, else models. */
  kappa: Estimate;
};

export type ItemCoverage = {
  item: string;
  answers: { dev: number; test: number };
  /** Answers by the share of the points they earn, from the lowest fifth to the highest; those without a consensus are in none. */
  bands: number[];
  criteria: CriterionCoverage[];
  misconceptions: { misconception: string; held: number; rejected: number }[];
  /** What a judge's figures on this item could not show, in words. */
  warnings: string[];
};

/** What the answers to one item can tell about a judge: how many, how good, which verdicts and mistakes occur, how far raters agree. */
export function itemCoverage(args: {
  item: Item;
  rubric: Rubric;
  answers: readonly EvalAnswer[];
  plan: BootstrapPlan;
}): ItemCoverage {
  const { item, rubric, plan } = args;
  const answers = args.answers.filter((answer) => answer.item === item.id);
  const read = answers.map((answer) => ({
    answer,
    consensus: consensusOf({
      ratings: answer.ratings,
      criteria: rubric.criteria.map(({ id }) => id),
      misconceptions: rubric.misconceptions.map(({ id }) => id),
    }),
  }));
  const bands = Array.from({ length: BANDS }, () => 0);
  for (const { answer, consensus } of read) {
    const share = shareOf({
      item,
      rubric,
      answer,
      verdicts: consensus.verdicts,
      misconceptions: consensus.misconceptions,
    });
    if (share === null) continue;
    const band = Math.min(BANDS - 1, Math.floor(share * BANDS));
    bands[band] = (bands[band] ?? 0) + 1;
  }
  const criteria = rubric.criteria.map(({ id }): CriterionCoverage => {
    const verdicts = { missed: 0, partial: 0, met: 0 };
    for (const { consensus } of read) {
      const verdict = consensus.verdicts.get(id);
      if (verdict === 'met' || verdict === 'partial' || verdict === 'missed') verdicts[verdict] += 1;
    }
    return { criterion: id, verdicts, kappa: raterKappa({ answers, criteria: [id], plan }) };
  });
  const misconceptions = rubric.misconceptions.map(({ id }) => ({
    misconception: id,
    held: read.filter(({ consensus }) => consensus.misconceptions.get(id) === 'held').length,
    rejected: answers.filter(({ ratings }) => ratings.some(({ rejects }) => rejects?.includes(id) === true)).length,
  }));
  return {
    item: item.id,
    answers: { dev: countSplit(answers, 'dev'), test: countSplit(answers, 'test') },
    bands,
    criteria,
    misconceptions,
    warnings: warningsOf({ rubric, criteria, misconceptions }),
  };
}

/**
 * Cohen's kappa between the raters who did not see each other's ratings, over all their pairs: people where at least two rated, else
 * models. An author's ratings are left out: they settle what the others left open. -1 to 1; undefined where nobody can be compared.
 */
export function raterKappa(args: {
  answers: readonly EvalAnswer[];
  /** Only these; all where absent. */
  criteria?: readonly string[];
  plan: BootstrapPlan;
}): Estimate {
  const { answers, criteria, plan } = args;
  const pairs = answers.flatMap((answer) => {
    const people = answer.ratings.filter(({ raterKind }) => raterKind === 'human');
    const raters = people.length >= 2 ? people : answer.ratings.filter(({ raterKind }) => raterKind === 'model');
    return raters.flatMap((one, index) =>
      raters.slice(index + 1).flatMap((other) =>
        Object.keys(one.verdicts)
          .filter((id) => criteria === undefined || criteria.includes(id))
          .flatMap((id) => {
            const [reference, judge] = [one.verdicts[id], other.verdicts[id]];
            return reference === undefined || judge === undefined ? [] : [{ family: answer.family, reference, judge }];
          }),
      ),
    );
  });
  const size = verdictOrder.length;
  const table = familyTable({
    entries: pairs,
    familyOf: ({ family }) => family,
    width: size * size,
    add: (row, { reference, judge }) => {
      const cell = verdictOrder.indexOf(reference) * size + verdictOrder.indexOf(judge);
      row[cell] = (row[cell] ?? 0) + 1;
    },
    plan,
  });
  return estimate(table, (counts) => cohenKappa({ pairs: { size, counts }, weights: 'nominal' }));
}

function shareOf(args: {
  item: Item;
  rubric: Rubric;
  answer: EvalAnswer;
  verdicts: ReturnType<typeof consensusOf>['verdicts'];
  misconceptions: ReturnType<typeof consensusOf>['misconceptions'];
}): number | null {
  const verdicts = [...args.verdicts].map(([criterion, verdict]) => ({ criterion, verdict }));
  const settled = verdicts.flatMap(({ criterion, verdict }) =>
    verdict === 'tied' || verdict === 'unrated' ? [] : [{ criterion, verdict }],
  );
  if (settled.length < verdicts.length) return null;
  const misconceptions = [...args.misconceptions].map(([id, verdict]) => ({
    id,
    verdict: verdict === 'tied' ? ('unsure' as const) : verdict,
  }));
  const { item, rubric, answer } = args;
  const points = scorePoints({ item, rubric, option: answer.option ?? null, verdicts: settled, misconceptions });
  return points.low / points.max;
}

function countSplit(answers: readonly EvalAnswer[], split: EvalAnswer['split']): number {
  return answers.filter((answer) => answer.split === split).length;
}

function warningsOf(args: {
  rubric: Rubric;
  criteria: readonly CriterionCoverage[];
  misconceptions: ItemCoverage['misconceptions'];
}): string[] {
  const verdictWarnings = args.criteria.flatMap(({ criterion, verdicts }) => {
    const halfWay = args.rubric.criteria.find(({ id }) => id === criterion)?.partial !== undefined;
    const missing = verdictOrder.filter((verdict) => verdicts[verdict] === 0 && (verdict !== 'partial' || halfWay));
    return missing.map((verdict) => `no answer is rated ${verdict} on "${criterion}"`);
  });
  const misconceptionWarnings = args.misconceptions.flatMap(({ misconception, held, rejected }) => [
    ...(held < FEWEST_HELD ? [`${held} answers hold "${misconception}", ${FEWEST_HELD} are needed`] : []),
    ...(rejected < FEWEST_REJECTED ? [`no answer mentions "${misconception}" only to reject it`] : []),
  ]);
  return [...verdictWarnings, ...misconceptionWarnings];
}
