import type { BootstrapPlan } from './bootstrap.ts';
import { estimate, estimateShare, type FamilyTable } from './estimate.ts';
import { kindTable } from './kind-table.ts';
import {
  addPair,
  agreementEstimate,
  headlineKappa,
  labelLayout,
  numberLayout,
  pairFigures,
  type PairFigures,
  type PairLayout,
} from './pair-figures.ts';
import { rowConsensus, type RatedColumn, type RatingTable, type RowConsensus } from './rating-table.ts';
import { statisticOf, undefinedStatistic, type Estimate, type Statistic } from './statistic.ts';

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

/** The raters' majority in every row, whole and with each rater left out. Worked out once for all judges. */
export type RowConsensuses = { whole: RowConsensus; without: RowConsensus[]; kind: number }[];

export function rowConsensuses({ scale, raters }: RatingTable, rows: number): RowConsensuses {
  const kinds = new Map<string, RowConsensuses[number]>();
  return Array.from({ length: rows }, (_, row) => {
    const key = raters.map(({ codes }) => codes[row]).join();
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const without = raters.map((left) =>
      rowConsensus({ scale, columns: raters.filter((rater) => rater !== left), row }),
    );
    const consensus = { whole: rowConsensus({ scale, columns: raters, row }), without, kind: kinds.size };
    kinds.set(key, consensus);
    return consensus;
  });
}

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

/** With more raters their joint sums are too wide to redraw; the mean of their kappas then has no interval. */
const mostJointRaters = 12;

/** Each rater against the majority of the others, and the mean of their kappas: the ceiling a judge may be laid beside. */
export function ratersAsJudges(context: Omit<Context, 'positive'>): {
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
function againstOthers(
  args: Omit<Context, 'positive'> & { layout: PairLayout; indices: readonly number[] },
): FamilyTable {
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

/** A majority is a label; on an interval scale a mean takes its place, which is none. */
function consensusLayout({ scale }: RatingTable): PairLayout {
  return scale.level === 'interval' ? numberLayout(scale) : labelLayout(scale);
}

function addAgreed(
  into: Float64Array,
  args: {
    table: RatingTable;
    layout: PairLayout;
    offset: number;
    reference: RowConsensus | undefined;
    judge: RatedColumn;
    row: number;
  },
): void {
  const { layout, offset, reference } = args;
  const code = args.judge.codes[args.row] ?? -1;
  if (code < 0 || reference?.status !== 'agreed') return;
  const value = args.table.scale.values[code] ?? 0;
  addPair(into, { layout, offset, reference, judge: { code, value } });
}

type Block = (sums: Float64Array) => Float64Array;

function blockAt({ width }: PairLayout, index: number): Block {
  return (sums) => sums.subarray(index * width, (index + 1) * width);
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

function meanKappa(args: { sums: FamilyTable; layout: PairLayout; blocks: readonly Block[] }): Estimate {
  if (args.blocks.length < 2) return oneRater();
  return estimate(args.sums, (all): Statistic => {
    let [total, n] = [0, 0];
    for (const block of args.blocks) {
      const kappa = headlineKappa({ layout: args.layout, sums: block(all) });
      if (kappa.status === 'undefined') return kappa;
      total += kappa.value;
      n = Math.max(n, kappa.n);
    }
    return statisticOf({ value: total / args.blocks.length, n });
  });
}

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

function oneRater(): Estimate {
  return undefinedStatistic('It needs a second rater to compare with.');
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

function countTied(
  { consensuses }: { consensuses: RowConsensuses },
  judge: RatedColumn,
  consensusOf: (row: RowConsensuses[number]) => RowConsensus | undefined,
): number {
  return consensuses.filter((row, index) => consensusOf(row)?.status === 'tied' && (judge.codes[index] ?? -1) >= 0)
    .length;
}
