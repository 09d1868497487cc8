import { resampleFamilies, type BootstrapPlan, type Resampled } from './bootstrap.ts';
import { drawMultinomial } from './draw-multinomial.ts';
import type { FamilyTable } from './estimate.ts';
import { seededRandom } from './seeded-random.ts';

/** With at least so many families to a kind, drawing how often each kind comes up is quicker than drawing the families. */
const familiesToAKind = 16;

/**
 * Sums by family over the rows of a table of ratings, for `estimate` and `estimateShare`. Made for long tables of few distinct
 * rows (two raters and three labels make nine): families that add the same are exchangeable, so a resample need only know how
 * many of each kind it drew, and 18,000 answers cost no more than 400.
 * @param families the row numbers of each family.
 * @param kindOf what tells apart rows that add different amounts; null for a row that adds nothing and does not count.
 * @param add adds one row into `width` sums.
 */
export function kindTable(args: {
  families: readonly (readonly number[])[];
  kindOf: (row: number) => number | string | null;
  add: (into: Float64Array, row: number) => void;
  width: number;
  plan: BootstrapPlan;
}): FamilyTable {
  const { families, kindOf, add, width, plan } = args;
  const kinds = new Map<number | string, { row: Float64Array; families: number }>();
  const rows: Float64Array[] = [];
  for (const family of families) {
    const key = keyOf(family, kindOf);
    if (key === null) continue;
    const known = kinds.get(key);
    if (known !== undefined) {
      known.families += 1;
      rows.push(known.row);
      continue;
    }
    const row = new Float64Array(width);
    for (const one of family) if (kindOf(one) !== null) add(row, one);
    kinds.set(key, { row, families: 1 });
    rows.push(row);
  }
  const total = new Float64Array(width);
  for (const { row, families: times } of kinds.values()) {
    for (let cell = 0; cell < width; cell += 1) total[cell] = (total[cell] ?? 0) + times * (row[cell] ?? 0);
  }
  const resampled =
    kinds.size * familiesToAKind <= rows.length
      ? resampleKinds({ kinds: [...kinds.values()], width, plan })
      : resampleFamilies({ families: rows, width, plan });
  return { rows, total, resampled, level: plan.level };
}

/** Families of several rows are alike where their rows are, in whatever order they stand; null where no row counts. */
function keyOf(family: readonly number[], kindOf: (row: number) => number | string | null): number | string | null {
  const [first, ...others] = family;
  if (first === undefined) return null;
  if (others.length === 0) return kindOf(first);
  const kinds = family.map(kindOf).filter((kind) => kind !== null);
  return kinds.length === 0 ? null : `family ${kinds.map(String).sort().join(' | ')}`;
}

/** What resampleFamilies gives, with the same distribution but other draws, from how many families there are of each kind. */
function resampleKinds(args: {
  kinds: readonly { row: Float64Array; families: number }[];
  width: number;
  plan: BootstrapPlan;
}): Resampled {
  const { width, plan } = args;
  // The commonest first: most draws are then settled after a few kinds.
  const kinds = [...args.kinds].sort((one, other) => other.families - one.families);
  const weights = kinds.map(({ families }) => families);
  const families = weights.reduce((sum, weight) => sum + weight, 0);
  const random = seededRandom(plan.seed);
  const drawn = new Int32Array(kinds.length);
  const totals = new Float64Array(plan.resamples * width);
  for (let resample = 0; resample < plan.resamples; resample += 1) {
    drawMultinomial({ random, draws: families, weights, into: drawn });
    const base = resample * width;
    for (let kind = 0; kind < kinds.length; kind += 1) {
      const times = drawn[kind] ?? 0;
      const row = kinds[kind]?.row;
      if (times === 0 || row === undefined) continue;
      for (let cell = 0; cell < width; cell += 1) {
        totals[base + cell] = (totals[base + cell] ?? 0) + times * (row[cell] ?? 0);
      }
    }
  }
  return { totals, width, resamples: plan.resamples, families };
}
