import type { BootstrapPlan } from './bootstrap.ts';
import {
  addAgreed,
  blockAt,
  consensusLayout,
  countTied,
  meanKappa,
  oneRater,
  type RowConsensuses,
} from './consensus-sums.ts';
import type { FamilyTable } from './estimate.ts';
import { kindTable } from './kind-table.ts';
import { pairFigures, type PairFigures, type PairLayout } from './pair-figures.ts';
import type { RatedColumn, RatingTable } from './rating-table.ts';
import { undefinedStatistic, type Estimate } from './statistic.ts';

type Context = { table: RatingTable; consensuses: RowConsensuses; plan: BootstrapPlan };

/** With more raters their joint sums are too wide to redraw; the mean of their kappas then has no interval. */
const mostJointRaters = 12;

/** Each rater against the majority of the others, and the mean of their kappas: the ceiling a judge may be laid beside. */
export function ratersAsJudges(context: Context): {
  each: (PairFigures & { rater: RatedColumn; tied: number })[];
  ceiling: Estimate;
} {
  const { raters } = context.table;
  const layout = consensusLayout(context.table);
  const each = raters.map((rater, index) => ({
    rater,
    tied: countTied(context, rater, (consensus) => consensus.without[index]),
    ...pairFigures({ table: againstOthers({ ...context, layout, indices: [index] }), layout }),
  }));
  const indices = raters.map((_, index) => index);
  const joint = raters.length > 1 && raters.length <= mostJointRaters;
  const ceiling = joint
    ? meanKappa({
        sums: againstOthers({ ...context, layout, indices }),
        layout,
        blocks: indices.map((index) => blockAt(layout, index)),
      })
    : meanOf(each.map((figures) => figures.quadraticKappa ?? figures.kappa));
  return { each, ceiling };
}

/** Sums of the chosen raters, each beside the majority of the others, one block after the other. */
function againstOthers(args: Context & { layout: PairLayout; indices: readonly number[] }): FamilyTable {
  const { table, consensuses, layout, indices } = args;
  const chosen = indices.flatMap((index) => {
    const rater = table.raters[index];
    return rater === undefined ? [] : [{ index, rater }];
  });
  const kindOfOne = ({ index, rater }: (typeof chosen)[number], row: number): string => {
    const reference = consensuses[row]?.without[index];
    const code = rater.codes[row] ?? -1;
    return code < 0 || reference?.status !== 'agreed' ? '' : `${reference.value} ${code}`;
  };
  return kindTable({
    families: table.families,
    kindOf: (row) => {
      const kind = chosen.map((one) => kindOfOne(one, row)).join('|');
      return /\d/.test(kind) ? kind : null;
    },
    add: (into, row) => {
      chosen.forEach(({ index, rater }, block) => {
        const reference = consensuses[row]?.without[index];
        addAgreed(into, { table, layout, offset: block * layout.width, reference, judge: rater, row });
      });
    },
    width: chosen.length * layout.width,
    plan: args.plan,
  });
}

/** The mean of figures each computed on its own, which leaves it without an interval. */
function meanOf(estimates: readonly Estimate[]): Estimate {
  if (estimates.length < 2) return oneRater();
  let [total, n] = [0, 0];
  for (const estimate of estimates) {
    if (estimate.status === 'undefined') return estimate;
    total += estimate.value;
    n = Math.max(n, estimate.n);
  }
  const interval = undefinedStatistic(
    `With more than ${mostJointRaters} raters no interval is computed for their mean.`,
  );
  return { status: 'value', value: total / estimates.length, n, interval };
}
