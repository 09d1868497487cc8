import { describe, expect, it } from 'vitest';
import { resampleFamilies } from '../../src/calibration/bootstrap.ts';
import { cohenKappa } from '../../src/calibration/cohen-kappa.ts';
import { estimate } from '../../src/calibration/estimate.ts';
import { kindTable } from '../../src/calibration/kind-table.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';
import type { Statistic } from '../../src/calibration/statistic.ts';
import { boundsOf, valueOf } from './value-of.ts';

const plan = { resamples: 4_000, seed: 3, level: 0.95 };
const kappa = (counts: ArrayLike<number>): Statistic => cohenKappa({ pairs: { size: 2, counts }, weights: 'nominal' });

/** Cells 0 to 3 of a square of two labels, three in four on the diagonal. */
function randomCells(n: number): number[] {
  const random = seededRandom(17);
  return Array.from({ length: n }, () => {
    const reference = random.nextBelow(2);
    return reference * 2 + (random.nextBelow(4) > 0 ? reference : 1 - reference);
  });
}

const singles = (n: number): number[][] => Array.from({ length: n }, (_, row) => [row]);
const bump = (cells: readonly number[]) => (into: Float64Array, row: number) => {
  const cell = cells[row] ?? 0;
  into[cell] = (into[cell] ?? 0) + 1;
};

describe('a table of few kinds of rows', () => {
  it('gives the interval that drawing the families one by one gives', () => {
    const cells = randomCells(400);
    const args = { families: singles(400), add: bump(cells), width: 4, plan };
    const byKind = kindTable({ ...args, kindOf: (row) => cells[row] ?? 0 });
    const rows = cells.map((cell) => [0, 1, 2, 3].map((place) => (place === cell ? 1 : 0)));
    const byFamily = { ...byKind, resampled: resampleFamilies({ families: rows, width: 4, plan }) };
    const [quick, slow] = [estimate(byKind, kappa), estimate(byFamily, kappa)];
    expect(valueOf(quick)).toBe(valueOf(slow));
    // Both ends carry the noise of 4,000 draws, about .003 here.
    expect(Math.abs(boundsOf(quick).low - boundsOf(slow).low)).toBeLessThan(0.012);
    expect(Math.abs(boundsOf(quick).high - boundsOf(slow).high)).toBeLessThan(0.012);
  });

  it('keeps rows of one family together, and leaves out rows that do not count', () => {
    const cells = [0, 0, 1, 3, 3];
    const families = [[0, 1], [2], [3, 4]];
    const table = kindTable({
      families,
      kindOf: (row) => (row === 2 ? null : (cells[row] ?? 0)),
      add: bump(cells),
      width: 4,
      plan,
    });
    expect(table.rows.map((row) => [...row])).toEqual([
      [2, 0, 0, 0],
      [0, 0, 0, 2],
    ]);
    expect([...table.total]).toEqual([2, 0, 0, 2]);
    expect(table.resampled.families).toBe(2);
  });

  it('takes families for alike whose rows stand in another order', () => {
    const cells = [0, 3, 3, 0];
    const table = kindTable({
      families: [
        [0, 1],
        [2, 3],
      ],
      kindOf: (row) => cells[row] ?? 0,
      add: bump(cells),
      width: 4,
      plan,
    });
    expect(table.rows[0]).toBe(table.rows[1]);
  });

  it('takes 45 tables of 18,000 rows in a few seconds', () => {
    const cells = randomCells(18_000);
    const families = singles(18_000);
    const started = performance.now();
    for (let judge = 0; judge < 45; judge += 1) {
      const table = kindTable({
        families,
        kindOf: (row) => cells[row] ?? 0,
        add: bump(cells),
        width: 4,
        plan: { ...plan, resamples: 2_000 },
      });
      expect(boundsOf(estimate(table, kappa)).units).toBe(18_000);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
