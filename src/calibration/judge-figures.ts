import type { BootstrapPlan } from './bootstrap.ts';
import {
  addAgreed,
  blockAt,
  consensusLayout,
  countTied,
  meanKappa,
  type Block,
  type RowConsensuses,
} from './consensus-sums.ts';
import { estimate, estimateShare, type FamilyTable } from './estimate.ts';
import { kindTable } from './kind-table.ts';
import { agreementEstimate, headlineKappa, pairFigures, type PairFigures, type PairLayout } from './pair-figures.ts';
import { type RatedColumn, type RatingTable, type RowConsensus } from './rating-table.ts';
import { undefinedStatistic, type Estimate } from './statistic.ts';

/** What one judge's ratings are worth beside the raters' majority. */
export type JudgeFigures = PairFigures & {
  judge: string;
  /** Rows left out because the raters tied. */
  tied: number;
  /** Rows on which the raters have a majority and the judge said nothing. */
  missing: number;
  truePositiveRate: Estimate;
  trueNegativeRate: Estimate;
  /** Where all raters said the same, two of them at least; and where they did not. */
  unanimous: { n: number; agreement: Estimate; kappa: Estimate };
  split: { n: number; agreement: Estimate; kappa: Estimate };
  /**
   * Kappa (quadratic where the scale is ordered) against the majority of all raters but one, averaged over which one: what a rater is measured
   * by too, so this one may be laid beside the raters' own.
   */
  asRater: Estimate;
};

type Context = {
  table: RatingTable;
  consensuses: RowConsensuses;
  /** Place of the label that counts as positive; null where there is none. */
  positive: number | null;
  plan: BootstrapPlan;
};

/** Each judge against the raters' majority, best first. */
export function judgeFigures(context: Context): JudgeFigures[] {
  const value = (estimate: Estimate | null): number => (estimate?.status === 'value' ? estimate.value : -2);
  const kappaOf = (figures: JudgeFigures): number => value(figures.quadraticKappa ?? figures.kappa);
  return context.table.judges
    .map((judge) => figuresOf({ ...context, judge }))
    .sort((one, other) => kappaOf(other) - kappaOf(one) || value(other.agreement) - value(one.agreement));
}

/** Where a row's sums stand, before those against the majorities without one rater. */
const blocks = { unanimous: 0, split: 1, single: 2 } as const;
const firstPeer = 3;

function figuresOf(args: Context & { judge: RatedColumn }): JudgeFigures {
  const { table, consensuses, judge, plan } = args;
  const layout = consensusLayout(table);
  const labels = table.scale.labels.length;
  const sums = kindTable({
    families: table.families,
    kindOf: (row) => {
      const code = judge.codes[row] ?? -1;
      const kind = consensuses[row]?.kind;
      return code < 0 || kind === undefined ? null : kind * labels + code;
    },
    add: (into, row) => {
      const consensus = consensuses[row];
      if (consensus === undefined) return;
      const references = new Map<number, RowConsensus>([[blockOf(consensus.whole), consensus.whole]]);
      consensus.without.forEach((reference, index) => references.set(firstPeer + index, reference));
      for (const [block, reference] of references) {
        addAgreed(into, { table, layout, judge, row, offset: block * layout.width, reference });
      }
    },
    width: (firstPeer + table.raters.length) * layout.width,
    plan,
  });
  const whole = added(
    layout,
    Object.values(blocks).map((block) => blockAt(layout, block)),
  );
  const part = (block: number): JudgeFigures['split'] => {
    const from = blockAt(layout, block);
    return {
      n: from(sums.total)[0] ?? 0,
      agreement: agreementEstimate({ table: sums, from }),
      kappa: estimate(sums, (all) => headlineKappa({ layout, sums: from(all) })),
    };
  };
  return {
    judge: judge.name,
    tied: countTied(args, judge, (consensus) => consensus.whole),
    missing: consensuses.filter(({ whole: { status } }, row) => status === 'agreed' && (judge.codes[row] ?? -1) < 0)
      .length,
    ...pairFigures({ table: sums, layout, from: whole }),
    truePositiveRate: rateOf({ sums, layout, from: whole, positive: args.positive, of: 'positives' }),
    trueNegativeRate: rateOf({ sums, layout, from: whole, positive: args.positive, of: 'negatives' }),
    unanimous: part(blocks.unanimous),
    split: part(blocks.split),
    asRater: meanKappa({
      sums,
      layout,
      blocks: table.raters.map((_, index) => blockAt(layout, firstPeer + index)),
    }),
  };
}

/** A lone rating is unanimous only in name, so it has a block of its own. */
function blockOf(consensus: RowConsensus): number {
  if (consensus.status === 'agreed' && consensus.ratings === 1) return blocks.single;
  return consensus.status === 'agreed' && consensus.unanimous ? blocks.unanimous : blocks.split;
}

/** Several blocks added up, into memory that the next call overwrites. */
function added({ width }: PairLayout, blocks: readonly Block[]): Block {
  const sum = new Float64Array(width);
  return (sums) => {
    sum.fill(0);
    for (const block of blocks) {
      const part = block(sums);
      for (let cell = 0; cell < width; cell += 1) sum[cell] = (sum[cell] ?? 0) + (part[cell] ?? 0);
    }
    return sum;
  };
}

/** Of the rows whose majority is (not) the positive label, the share on which the judge says so too. */
function rateOf(args: {
  sums: FamilyTable;
  layout: PairLayout;
  from: Block;
  positive: number | null;
  of: 'positives' | 'negatives';
}): Estimate {
  const { layout, positive, of } = args;
  if (positive === null || layout.size === 0) {
    return undefinedStatistic('Which label is the positive one is not clear; name it with --positive.');
  }
  const wanted = (code: number): boolean => (code === positive) === (of === 'positives');
  const count = (all: Float64Array, judged: boolean): number => {
    const counts = args.from(all);
    let sum = 0;
    for (let reference = 0; reference < layout.size; reference += 1) {
      if (!wanted(reference)) continue;
      for (let judge = 0; judge < layout.size; judge += 1) {
        if (!judged || wanted(judge)) sum += counts[2 + reference * layout.size + judge] ?? 0;
      }
    }
    return sum;
  };
  return estimateShare(args.sums, {
    successes: (all) => count(all, true),
    trials: (all) => count(all, false),
    none: of === 'positives' ? 'The raters’ majority never gave it.' : 'The raters’ majority gave it every time.',
  });
}
