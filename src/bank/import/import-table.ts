import { VivaError } from '../../core/errors.ts';
import type { RaterKind, Split } from '../../core/eval-set.ts';
import { isNumberLabel, readLabel, verdictShare } from '../../core/rating-label.ts';
import { columnPlace, type Table, type TableRow } from '../read-table.ts';
import type { ImportMap } from './import-map.ts';
import type { ImportedAnswer, ImportedItem, ImportedRater, ImportedSet, ImportFault } from './imported-set.ts';
import { criteriaOfItem, verdictsOf, type ItemScores, type Scored } from './table-scores.ts';

/**
 * Any table of rated answers, one row an answer (or one row an answer and rater), by a map of its columns. `items`: a second table with what
 * belongs to the questions, joined by the item column.
 * @throws VivaError `input-invalid` for columns that are not there, and where the map leaves open who rated or what full marks are.
 */
export function importTable(args: { name: string; answers: Table; items: Table | null; map: ImportMap }): ImportedSet {
  const { answers: table, items, map } = args;
  const faults: ImportFault[] = [table, ...(items ? [items] : [])].flatMap(({ name: file, faults: bad }) =>
    bad.map(({ line, what }) => ({ file, line, what })),
  );
  const file = fileOf(table);
  const raters = ratersOf({ table, map });
  const read = readerOf({ table, items, map });
  const rated = ratedRows({ table, map, raters, read, faults });
  const keys = [...new Set(rated.map(({ item }) => item))];
  const scored = new Map(
    keys.map((key) => {
      const own = rated.filter(({ item }) => item === key);
      return [key, criteriaOfItem({ key, map, read, rated: own, faults })];
    }),
  );
  const readItems = keys.map((key): ImportedItem => {
    const of = (column: string | undefined): string => read.ofItem(key, column);
    const prompt = of(map.prompt);
    return {
      key,
      title: of(map.itemTitle) || prompt || `Question ${key}`,
      chapter: of(map.chapter) || 'all',
      prompt,
      reference: of(map.reference),
      criteria: scored.get(key)?.criteria ?? [],
    };
  });
  const unscaled: ItemScores['scales'] = new Map();
  const notes =
    map.prompt === undefined ? ['No column holds the questions (--prompt), so a judge sees the answers only.'] : [];
  return {
    name: args.name,
    title: map.title ?? `Imported from ${file}`,
    source: map.title ?? file,
    purpose: 'To measure judges against these ratings. Not for tuning on its test half.',
    how: map.how ?? 'Imported from a table; how the answers were rated is not stated.',
    when: map.when ?? 'Not stated',
    licence: map.licence ?? 'Not stated: do not pass it on',
    raters: raters.map(({ name, kind, who }) => ({ name, kind, who })),
    items: readItems,
    answers: rated.map(({ scores, ...answer }): ImportedAnswer => {
      const scales = scored.get(answer.item)?.scales ?? unscaled;
      return {
        ...answer,
        tags: [...answer.tags, ...scoreTags({ scores, scales })],
        ratings: [...scores].map(([rater, own]) => ({ rater, verdicts: verdictsOf({ scores: own, scales }) })),
      };
    }),
    faults,
    notes,
  };
}

/** The name of its file alone: where it lay is nobody's business. */
function fileOf({ name }: Table): string {
  return name.split(/[\\/]/).at(-1) ?? name;
}

type NamedRater = ImportedRater & { kind: RaterKind };

/** The raters of the map; in a table of one row a rater, those it names. */
function ratersOf({ table, map }: { table: Table; map: ImportMap }): NamedRater[] {
  const known = map.raters.map(({ name, kind, who }) => ({
    name,
    kind,
    who: who ?? `Column ${name} of ${fileOf(table)}`,
  }));
  if (map.rater === undefined) {
    if (known.length > 0) return known;
    throw new VivaError('input-invalid', {
      message: 'Who rated?',
      fix: `Name the rating columns with --raters and say what the raters are with --rater-kind human, model or author. The columns are: ${table.columns.join(', ')}.`,
    });
  }
  const place = columnPlace(table, map.rater);
  const names = [...new Set(table.rows.map(({ cells }) => (cells[place] ?? '').trim()))].filter((name) => name !== '');
  return names.map((name) => {
    const told = known.find((rater) => rater.name === name);
    if (told) return told;
    if (map.raterKind === undefined) {
      throw new VivaError('input-invalid', {
        message: `Is the rater "${name}" a person?`,
        fix: 'Say with --rater-kind what the raters are: human, model or author.',
      });
    }
    return { name, kind: map.raterKind, who: `${name}, in column ${map.rater ?? ''} of ${fileOf(table)}` };
  });
}

/** Reads cells of a row, and of an item: from the table of items where that has the column, else from the item's first row that says it. */
export type ItemReader = {
  ofRow: (row: TableRow, column: string) => string;
  ofItem: (key: string, column: string | undefined) => string;
  itemOf: (row: TableRow) => string;
};

function readerOf({ table, items, map }: { table: Table; items: Table | null; map: ImportMap }): ItemReader {
  const { item } = map;
  const keyIn = (source: Table): ((row: TableRow) => string) => {
    if (item === undefined) return () => 'all';
    const place = columnPlace(source, item);
    return ({ cells }) => readLabel(cells[place] ?? '') ?? '';
  };
  const itemOf = keyIn(table);
  const sources = [...(items ? [{ source: items, key: keyIn(items) }] : []), { source: table, key: itemOf }];
  const known = new Map<string, ReadonlyMap<string, string>>();
  const columnOf = (column: string): ReadonlyMap<string, string> => {
    const before = known.get(column);
    if (before) return before;
    const cells = new Map<string, string>();
    // The table of answers comes last, so that an unknown column is reported with its columns.
    const holder = sources.find(({ source }) => source.columns.includes(column)) ?? { source: table, key: itemOf };
    const place = columnPlace(holder.source, column);
    for (const row of holder.source.rows) {
      const cell = (row.cells[place] ?? '').trim();
      if (cell !== '' && !cells.has(holder.key(row))) cells.set(holder.key(row), cell);
    }
    known.set(column, cells);
    return cells;
  };
  return {
    itemOf,
    ofRow: (row, column) => (row.cells[columnPlace(table, column)] ?? '').trim(),
    ofItem: (key, column) => {
      if (column === undefined) return '';
      return column.startsWith('=') ? column.slice(1).trim() : (columnOf(column).get(key) ?? '');
    },
  };
}

/** An answer with its scores: for each rater, by criterion name ("score" where there is one). */
type RatedRow = Omit<ImportedAnswer, 'ratings'> & { scores: Map<string, Scored> };

function ratedRows(args: {
  table: Table;
  map: ImportMap;
  raters: readonly NamedRater[];
  read: ItemReader;
  faults: ImportFault[];
}): RatedRow[] {
  const { table, map, raters, read, faults } = args;
  const names = map.criteria.length > 0 ? map.criteria.map(({ name }) => name) : ['score'];
  const template = map.column ?? defaultTemplate(map);
  const rows = new Map<string, RatedRow>();
  for (const row of table.rows) {
    const { line } = row;
    const item = read.itemOf(row);
    if (item === '') {
      faults.push({ file: table.name, line, what: `column ${map.item ?? ''} names no item` });
      continue;
    }
    const named =
      map.rater === undefined ? raters : raters.filter(({ name }) => name === read.ofRow(row, map.rater ?? ''));
    const scores = new Map<string, Scored>();
    for (const { name: rater } of named) {
      const own: Scored = {};
      for (const criterion of names) {
        const column = template.replaceAll('{rater}', rater).replaceAll('{criterion}', criterion);
        const cell = read.ofRow(row, column);
        const score = readScore(cell);
        if (score !== null && score !== undefined) own[criterion] = score;
        if (score === undefined) {
          const what = `"${cell.slice(0, 40)}" in column ${column} is no score; taken for missing`;
          faults.push({ file: table.name, line, what });
        }
      }
      if (Object.keys(own).length > 0) scores.set(rater, own);
    }
    const key = map.id === undefined ? null : read.ofRow(row, map.id) || null;
    // In a table of one row a rater, the rows of one answer come together.
    const together = map.rater !== undefined && key !== null ? `${item} ${key}` : `line ${line}`;
    const known = rows.get(together);
    if (known) for (const [rater, own] of scores) known.scores.set(rater, own);
    else
      rows.set(together, {
        file: table.name,
        line,
        key,
        item,
        text: read.ofRow(row, map.text),
        family: map.family === undefined ? null : read.ofRow(row, map.family) || null,
        split: map.split === undefined ? null : splitOf(read.ofRow(row, map.split)),
        tags: map.tags.flatMap((column) => tagOf(column, read.ofRow(row, column))),
        scores,
      });
  }
  return [...rows.values()];
}

function defaultTemplate(map: ImportMap): string {
  if (map.rater !== undefined) {
    if (map.criteria.length > 0) return '{criterion}';
    throw new VivaError('input-invalid', {
      message: 'Which column holds the ratings?',
      fix: 'Name it with --column, or the criteria with --criteria.',
    });
  }
  return map.criteria.length > 0 ? '{rater}_{criterion}' : '{rater}';
}

/** A number, or a verdict in words as a share; null where missing, undefined where it is neither. */
function readScore(cell: string): number | { share: number } | null | undefined {
  const label = readLabel(cell);
  if (label === null) return null;
  if (isNumberLabel(label)) return Number(label);
  const share = verdictShare(label);
  return share === undefined ? undefined : { share };
}

function splitOf(cell: string): Split | null {
  const name = cell.toLowerCase();
  if (name === 'test') return 'test';
  return ['dev', 'train', 'training', 'val', 'valid', 'validation'].includes(name) ? 'dev' : null;
}

function tagOf(column: string, value: string): string[] {
  return value === '' ? [] : [`${column} ${value}`];
}

/** What the verdicts do not keep of a score. */
function scoreTags(args: {
  scores: ReadonlyMap<string, Scored>;
  scales: ReadonlyMap<string, { lossy: boolean }>;
}): string[] {
  return [...args.scores].flatMap(([rater, own]) =>
    Object.entries(own).flatMap(([criterion, score]) =>
      args.scales.get(criterion)?.lossy === true && typeof score === 'number'
        ? [`${rater} ${criterion === 'score' ? '' : criterion} ${score}`]
        : [],
    ),
  );
}
