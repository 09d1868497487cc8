import { statisticOf, undefinedStatistic, type Statistic } from './statistic.ts';

/**
 * Agreement beyond luck among any fixed number of raters per answer: 1 unanimous throughout, 0 luck, below 0 worse. The raters need not be the
 * same people from answer to answer. From sums: `agreeing`, the ordered pairs of raters that agree, added up over all answers; `votes`, how often
 * each label was chosen. Every answer has `raters` ratings, at least two; for uneven numbers use Krippendorff's alpha.
 * Undefined without answers and where one label was used throughout.
 * Source: J. L. Fleiss, Psychological Bulletin 76 (1971).
 */
export function fleissKappaOfSums(args: {
  answers: number;
  raters: number;
  agreeing: number;
  votes: readonly number[];
}): Statistic {
  const { answers, raters, votes } = args;
  if (answers === 0)
    return undefinedStatistic('No answer was rated by every rater; Krippendorff’s alpha allows for gaps.');
  const agreeing = args.agreeing / (answers * raters * (raters - 1));
  const use = votes.map((chosen) => chosen / (answers * raters));
  if (use.includes(1)) return undefinedStatistic('The raters used one label throughout.');
  const expected = sum(use.map((share) => share * share));
  return statisticOf({ value: (agreeing - expected) / (1 - expected), n: answers });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
