import type { BootstrapPlan } from './bootstrap.ts';
import { estimateShare } from './estimate.ts';
import { kindTable } from './kind-table.ts';
import {
  judgeFigures,
  ratersAsJudges,
  rowConsensuses,
  type JudgeFigures,
  type RowConsensuses,
} from './judge-figures.ts';
import { manyRaterFigures, type ManyRaterFigures } from './many-raters.ts';
import { addPair, labelLayout, pairFigures, type PairFigures } from './pair-figures.ts';
import type { RatedColumn, RatingTable } from './rating-table.ts';
import type { Estimate } from './statistic.ts';

/** What one rater gave: how often each label, how often nothing; and how far it agrees with the majority of the others. */
export type RaterFigures = PairFigures & {
  rater: string;
  rated: number;
  missing: number;
  labels: { label: string; n: number }[];
  /** Rows left out because the others tied. */
  tied: number;
};

/** One item's rows: how far its raters agree, and how often all judges together say what the raters' majority says. */
export type ItemFigures = ManyRaterFigures & { item: string; rows: number; judges: Estimate | null };

/** How far raters agree with one another, and judges with the raters. Everything `viva agreement` shows. */
export type TableAgreement = {
  scale: { level: string; labels: readonly string[]; positive: string | null };
  bootstrap: BootstrapPlan;
  rows: number;
  families: number;
  all: ManyRaterFigures;
  pairs: (PairFigures & { first: string; second: string })[];
  raters: RaterFigures[];
  /** Each rater's kappa against the majority of the others, averaged. */
  ceiling: Estimate;
  /** Best first. */
  judges: JudgeFigures[];
  /** Worst first; empty where rows have no item. */
  items: ItemFigures[];
};

/** Computes it all. Pure: the same ratings and plan give the same figures. */
export function tableAgreement(args: {
  table: RatingTable;
  positive: string | null;
  plan: BootstrapPlan;
}): TableAgreement {
  const { table, positive, plan } = args;
  const { scale, raters, families } = table;
  const rows = families.reduce((sum, family) => sum + family.length, 0);
  const consensuses = rowConsensuses(table, rows);
  const { each, ceiling } = ratersAsJudges({ table, consensuses, plan });
  const place = positive === null ? -1 : scale.labels.indexOf(positive);
  return {
    scale: { level: scale.level, labels: scale.labels, positive },
    bootstrap: plan,
    rows,
    families: families.length,
    all: manyRaterFigures({ table, families, plan }),
    pairs: raters.flatMap((first, index) =>
      raters.slice(index + 1).map((second) => pairOf({ table, first, second, plan })),
    ),
    raters: each.map(({ rater, ...figures }) => ({
      rater: rater.name,
      ...countsOf({ table, rater, rows }),
      ...figures,
    })),
    ceiling,
    judges: judgeFigures({ table, consensuses, positive: place < 0 ? null : place, plan }),
    items: itemFigures({ table, consensuses, plan }),
  };
}

function pairOf(args: {
  table: RatingTable;
  first: RatedColumn;
  second: RatedColumn;
  plan: BootstrapPlan;
}): TableAgreement['pairs'][number] {
  const { table, first, second, plan } = args;
  const { labels, values } = table.scale;
  const layout = labelLayout(table.scale);
  const sums = kindTable({
    families: table.families,
    kindOf: (row) => {
      const [one, other] = [first.codes[row] ?? -1, second.codes[row] ?? -1];
      return one < 0 || other < 0 ? null : one * labels.length + other;
    },
    add: (into, row) => {
      const [one, other] = [first.codes[row] ?? -1, second.codes[row] ?? -1];
      addPair(into, {
        layout,
        offset: 0,
        reference: { code: one, value: values[one] ?? 0 },
        judge: { code: other, value: values[other] ?? 0 },
      });
    },
    width: layout.width,
    plan,
  });
  return { first: first.name, second: second.name, ...pairFigures({ table: sums, layout }) };
}

function countsOf(args: {
  table: RatingTable;
  rater: RatedColumn;
  rows: number;
}): Pick<RaterFigures, 'rated' | 'missing' | 'labels'> {
  const { labels } = args.table.scale;
  const counts = labels.map(() => 0);
  let rated = 0;
  for (const code of args.rater.codes) {
    if (code < 0) continue;
    rated += 1;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return {
    rated,
    missing: args.rows - rated,
    labels: labels.map((label, code) => ({ label, n: counts[code] ?? 0 })),
  };
}

function itemFigures(args: { table: RatingTable; consensuses: RowConsensuses; plan: BootstrapPlan }): ItemFigures[] {
  const { table, plan } = args;
  const { items } = table;
  if (items === null) return [];
  const figures = [...familiesByItem(table.families, items)].map(([item, families]) => ({
    item,
    rows: families.reduce((sum, family) => sum + family.length, 0),
    ...manyRaterFigures({ table, families, plan }),
    judges: table.judges.length === 0 ? null : judgesAgreement({ ...args, families }),
  }));
  const worth = (estimate: Estimate | null): number => (estimate?.status === 'value' ? estimate.value : 2);
  return figures.sort(
    (one, other) =>
      worth(one.judges) - worth(other.judges) ||
      worth(one.agreement) - worth(other.agreement) ||
      worth(one.alpha) - worth(other.alpha),
  );
}

/** The rows of each item, family by family, items in the order in which they first appear. */
function familiesByItem(families: RatingTable['families'], items: readonly string[]): Map<string, number[][]> {
  const byItem = new Map<string, number[][]>();
  for (const family of families) {
    const own = new Map<string, number[]>();
    for (const row of family) {
      const item = items[row] ?? '';
      const rows = own.get(item);
      if (rows === undefined) own.set(item, [row]);
      else rows.push(row);
    }
    for (const [item, rows] of own) {
      const known = byItem.get(item);
      if (known === undefined) byItem.set(item, [rows]);
      else known.push(rows);
    }
  }
  return byItem;
}

/** The share of all judges' ratings that are the raters' majority. */
function judgesAgreement(args: {
  table: RatingTable;
  consensuses: RowConsensuses;
  families: readonly (readonly number[])[];
  plan: BootstrapPlan;
}): Estimate {
  const { table, consensuses, families, plan } = args;
  const tally = (row: number): [number, number] => {
    const whole = consensuses[row]?.whole;
    if (whole?.status !== 'agreed') return [0, 0];
    const codes = table.judges.map((judge) => judge.codes[row] ?? -1).filter((code) => code >= 0);
    return [codes.filter((code) => table.scale.values[code] === whole.value).length, codes.length];
  };
  const sums = kindTable({
    families,
    kindOf: (row) => {
      const [agreeing, judged] = tally(row);
      return judged === 0 ? null : `${agreeing} of ${judged}`;
    },
    add: (into, row) => {
      const [agreeing, judged] = tally(row);
      into[0] = (into[0] ?? 0) + agreeing;
      into[1] = (into[1] ?? 0) + judged;
    },
    width: 2,
    plan,
  });
  return estimateShare(sums, {
    successes: (all) => all[0] ?? 0,
    trials: (all) => all[1] ?? 0,
    none: 'No judge rated an answer on which the raters have a majority.',
  });
}
