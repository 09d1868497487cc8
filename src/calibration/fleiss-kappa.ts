import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/**
 * Agreement beyond luck among any fixed number of raters per answer: 1 unanimous throughout, 0 luck, below 0 worse.
 * `table`: one row an answer, one column a label, each cell how many raters chose it; every row adds up to the same number,
 * at least two. The raters need not be the same people from answer to answer. For uneven numbers use Krippendorff's alpha.
 * Undefined without rows, with uneven rows or fewer than two raters, and where one label was used throughout.
 * Source: J. L. Fleiss, Psychological Bulletin 76 (1971).
 */
export function fleissKappa(table: readonly (readonly number[])[]): Statistic {
  const first = table[0];
  if (first === undefined) return undefinedStatistic('No rated answers.');
  const raters = sum(first);
  if (raters < 2) return undefinedStatistic('Agreement among raters needs at least two of them.');
  if (table.some((row) => sum(row) !== raters)) {
    return undefinedStatistic('Not every answer has the same number of raters; Krippendorff’s alpha allows for that.');
  }
  return fleissKappaOfSums({
    answers: table.length,
    raters,
    agreeing: sum(table.map((row) => sum(row.map((votes) => votes * (votes - 1))))),
    votes: first.map((_, label) => sum(table.map((row) => row[label] ?? 0))),
  });
}

/**
 * The same from sums: `agreeing`, the ordered pairs of raters that agree, added up over all answers; `votes`, how often each label was chosen.
 * Every answer has `raters` ratings, at least two.
 */
export function fleissKappaOfSums(args: {
  answers: number;
  raters: number;
  agreeing: number;
  votes: readonly number[];
}): Statistic {
  const { answers, raters, votes } = args;
  if (answers === 0) return undefinedStatistic('No rated answers.');
  const agreeing = args.agreeing / (answers * raters * (raters - 1));
  const use = votes.map((chosen) => chosen / (answers * raters));
  if (use.includes(1)) return undefinedStatistic('The raters used one label throughout.');
  const expected = sum(use.map((share) => share * share));
  return statisticOf({ value: (agreeing - expected) / (1 - expected), n: answers });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
