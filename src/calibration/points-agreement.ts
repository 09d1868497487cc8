import type { BootstrapPlan } from './bootstrap.ts';
import { estimate, familyTable } from './estimate.ts';
import {
  addMoments,
  meanAbsoluteError,
  momentWidth,
  pearsonCorrelation,
  quadraticKappa,
  signedBias,
  standardizedMeanDifference,
  type NumberPair,
} from './pair-moments.ts';
import type { PairedAnswer } from './pair-ratings.ts';
import type { PointsAgreement } from './report-parts.ts';

/**
 * How far the judge's points (`low`, what counts until a person settles doubts) are the points the raters' verdicts earn.
 * Points are shares of the most an answer can earn, so items of different weight can be put together.
 */
export function pointsAgreement(args: { answers: readonly PairedAnswer[]; plan: BootstrapPlan }): PointsAgreement {
  const scored: { family: string; pair: NumberPair }[] = [];
  for (const { family, points } of args.answers) if (points !== null) scored.push({ family, pair: points });
  const table = familyTable({
    entries: scored,
    familyOf: (answer) => answer.family,
    width: momentWidth,
    add: (row, { pair }) => addMoments(row, { pair, offset: 0 }),
    plan: args.plan,
  });
  return {
    n: scored.length,
    families: table.rows.length,
    quadraticKappa: estimate(table, quadraticKappa),
    pearson: estimate(table, pearsonCorrelation),
    meanAbsoluteError: estimate(table, meanAbsoluteError),
    bias: estimate(table, signedBias),
    standardizedMeanDifference: estimate(table, standardizedMeanDifference),
  };
}
