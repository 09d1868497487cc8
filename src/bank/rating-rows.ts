import { z } from 'zod';
import { Rating, type RaterKind } from '../core/eval-set.ts';
import type { Table, TableFault, TableRow } from './read-table.ts';

/** The answers of an eval set laid out as a table of ratings, and what kind of rater each rater's column is. */
export type RatingRows = { table: Table; raters: { id: string; kind: RaterKind }[] };

/** The columns beside the raters', in their order. */
export const ratingRowColumns = ['answer', 'item', 'criterion', 'family', 'split'] as const;

/**
 * Lays the `answers.jsonl` of an eval set out with one row for each answer and criterion and one column for each rater; a rater who
 * said nothing of a criterion leaves its cell empty. Undefined for any other table.
 */
export function ratingRows(table: Table): RatingRows | undefined {
  const place = (column: string): number => table.columns.indexOf(column);
  if (['id', 'item', 'family', 'ratings'].some((column) => place(column) < 0)) return undefined;
  const faults: TableFault[] = [...table.faults];
  const kinds = new Map<string, RaterKind>();
  const answers: { row: TableRow; ratings: Rating[] }[] = [];
  for (const row of table.rows) {
    const ratings = parseRatings(row.cells[place('ratings')] ?? '');
    if (ratings === undefined) faults.push({ line: row.line, what: 'its "ratings" are not those of an eval answer' });
    else answers.push({ row, ratings });
    for (const { rater, raterKind } of ratings ?? []) kinds.set(rater, kinds.get(rater) ?? raterKind);
  }
  const raters = [...kinds].map(([id, kind]) => ({ id, kind }));
  const rows = answers.flatMap(({ row, ratings }) => {
    const verdictsOf = new Map(ratings.map(({ rater, verdicts }) => [rater, verdicts]));
    const criteria = [...new Set(ratings.flatMap(({ verdicts }) => Object.keys(verdicts)))];
    const [answer, item, family, split] = ['id', 'item', 'family', 'split'].map((name) => row.cells[place(name)] ?? '');
    return criteria.map((criterion) => ({
      line: row.line,
      cells: [
        answer ?? '',
        item ?? '',
        criterion,
        family ?? '',
        split ?? '',
        ...raters.map(({ id }) => verdictsOf.get(id)?.[criterion] ?? ''),
      ],
    }));
  });
  const columns = [...ratingRowColumns, ...raters.map(({ id }) => id)];
  return { table: { name: table.name, columns, rows, faults }, raters };
}

function parseRatings(cell: string): Rating[] | undefined {
  try {
    const value: unknown = JSON.parse(cell);
    const parsed = z.array(Rating).safeParse(value);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
