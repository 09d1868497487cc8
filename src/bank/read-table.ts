import { CsvError, parse } from 'csv-parse/sync';
import { VivaError } from '../core/errors.ts';

/** One row with the line its record begins on; `cells` in the order of the columns. */
export type TableRow = { line: number; cells: readonly string[] };

/** A row that could not be read. */
export type TableFault = { line: number; what: string };

/** A table of texts: every good row has a cell for every column. */
export type Table = { name: string; columns: readonly string[]; rows: TableRow[]; faults: TableFault[] };

/** After so many records with stray quotation marks, the marks are taken for plain characters. */
const mostRestarts = 200;

/**
 * Reads CSV (comma, semicolon, tab or bar, whichever the first line holds most of) or JSON Lines, told apart by the first character. Bad
 * rows are listed with their lines and good rows kept, those that follow an unclosed quotation mark included.
 * @param name how errors call the table, usually its path.
 * @throws VivaError `input-invalid` where there is no header and no row at all.
 */
export function readTable({ name, text }: { name: string; text: string }): Table {
  const body = text.replace(/^\uFEFF/, '');
  const table = /^\s*\{/.test(body) ? readJsonLines(body) : readDelimited(body);
  if (table.columns.length === 0) {
    throw new VivaError('input-invalid', {
      message: `${name} holds no table.`,
      fix: 'Give a CSV file whose first line names the columns, or a JSON Lines file with one object a line.',
    });
  }
  return { name, ...table };
}

/** The place of a column. @throws VivaError `input-invalid` that lists the columns there are. */
export function columnPlace(table: Table, column: string): number {
  const exact = table.columns.indexOf(column);
  if (exact >= 0) return exact;
  const loose = table.columns.findIndex((known) => known.toLowerCase() === column.trim().toLowerCase());
  if (loose >= 0) return loose;
  throw new VivaError('input-invalid', {
    message: `${table.name} has no column "${column}".`,
    fix: `Use one of: ${table.columns.join(', ')}.`,
  });
}

/**
 * The columns that names stand for, in the order named; `*` in a name stands for anything, and brings columns in their own order.
 * @throws VivaError `input-invalid` for a name that no column has.
 */
export function matchColumns(table: Table, names: readonly string[]): string[] {
  const found = names.flatMap((name) => {
    if (!name.includes('*')) return [table.columns[columnPlace(table, name)] ?? name];
    const pattern = new RegExp(`^${name.split('*').map(escapePattern).join('.*')}$`, 'i');
    const matching = table.columns.filter((column) => pattern.test(column));
    // columnPlace says what columns there are.
    return matching.length > 0 ? matching : [table.columns[columnPlace(table, name)] ?? name];
  });
  return [...new Set(found)];
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

type Columns = Omit<Table, 'name'>;

function readJsonLines(text: string): Columns {
  const objects: { line: number; cells: Map<string, string> }[] = [];
  const faults: TableFault[] = [];
  const columns = new Set<string>();
  for (const [index, written] of text.split('\n').entries()) {
    if (written.trim() === '') continue;
    const line = index + 1;
    const cells = new Map<string, string>();
    try {
      const value: unknown = JSON.parse(written);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        faults.push({ line, what: 'it is not a JSON object' });
        continue;
      }
      flatten(value, '', cells);
    } catch (error) {
      faults.push({ line, what: `it is not valid JSON (${error instanceof Error ? error.message : String(error)})` });
      continue;
    }
    for (const key of cells.keys()) columns.add(key);
    objects.push({ line, cells });
  }
  const names = [...columns];
  return {
    columns: names,
    rows: objects.map(({ line, cells }) => ({ line, cells: names.map((name) => cells.get(name) ?? '') })),
    faults,
  };
}

/** Nested objects become columns with dotted names; a list stays the JSON it is. */
function flatten(value: object, prefix: string, into: Map<string, string>): void {
  for (const [key, entry] of Object.entries(value)) {
    const inner: unknown = entry;
    // null names a column too, though it fills none.
    if (inner === null || inner === undefined) into.set(prefix + key, '');
    else if (typeof inner === 'string') into.set(prefix + key, inner);
    else if (typeof inner === 'object' && !Array.isArray(inner)) flatten(inner, `${prefix}${key}.`, into);
    else into.set(prefix + key, JSON.stringify(inner));
  }
}

function readDelimited(text: string): Columns {
  const delimiter = likelyDelimiter(text);
  const strict = readRecords({ text, delimiter, quote: '"' });
  // Tab-separated files often mean no quoting at all: a mark that opens a cell is then the answer's own.
  const read = delimiter === '\t' && strict.faults.length > 0 ? readRecords({ text, delimiter, quote: null }) : strict;
  const [header, ...records] = read.records;
  if (header === undefined) return { columns: [], rows: [], faults: read.faults };
  const columns = columnNames(header.cells);
  const rows: TableRow[] = [];
  const faults = [...read.faults];
  for (const { line, cells } of records) {
    const extra = cells.slice(columns.length);
    if (cells.length < columns.length || extra.some((cell) => cell.trim() !== '')) {
      faults.push({ line, what: `it has ${cells.length} cells where the first line names ${columns.length} columns` });
    } else rows.push({ line, cells: cells.slice(0, columns.length) });
  }
  return { columns, rows, faults: faults.sort((one, other) => one.line - other.line) };
}

/** Names without the space around them; a second column of one name and a nameless one get a number. */
function columnNames(header: readonly string[]): string[] {
  const trailing = header.findLastIndex((cell) => cell.trim() !== '') + 1;
  const seen = new Map<string, number>();
  return header.slice(0, trailing).map((cell, place) => {
    const name = cell.trim() === '' ? `column ${place + 1}` : cell.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function likelyDelimiter(text: string): string {
  const header = (text.split('\n').find((line) => line.trim() !== '') ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, n: header.split(delimiter).length }));
  return counts.reduce((best, one) => (one.n > best.n ? one : best)).delimiter;
}

type Records = { records: TableRow[]; faults: TableFault[] };

/**
 * All records. One whose quotation marks do not pair up would swallow those after it: reading begins again on the line below its first,
 * and the line itself is kept where it makes sense with its marks as plain characters.
 */
function readRecords(args: { text: string; delimiter: string; quote: '"' | null }): Records {
  const { delimiter, quote } = args;
  const lines = args.text.split('\n');
  const records: TableRow[] = [];
  const faults: TableFault[] = [];
  let from = 0;
  let restarts = 0;
  while (from < lines.length) {
    const plain = restarts >= mostRestarts;
    const read = readRun({ text: lines.slice(from).join('\n'), delimiter, quote: plain ? null : quote });
    const width = records[0]?.cells.length ?? read.records[0]?.cells.length ?? 0;
    // A record of several lines with the wrong number of cells is one that a stray mark glued together.
    const glued = read.records.findIndex(
      ({ cells, lines: length }, at) => length > 1 && cells.length !== width && (at > 0 || records.length > 0),
    );
    const good = glued < 0 ? read.records : read.records.slice(0, glued);
    for (const { line, cells } of good) records.push({ line: from + line, cells });
    const badLine = glued < 0 ? read.stoppedAt : (read.records[glued]?.line ?? null);
    if (badLine === null) break;
    const at = from + badLine - 1;
    const alone = readRun({ text: lines[at] ?? '', delimiter, quote: null }).records[0]?.cells;
    if (alone?.length === width && width > 0) records.push({ line: at + 1, cells: alone.map(withoutOuterQuotes) });
    else if ((lines[at] ?? '').trim() !== '') {
      faults.push({ line: at + 1, what: 'its quotation marks do not pair up' });
    }
    from = at + 1;
    restarts += 1;
  }
  return { records, faults };
}

/** Reads until the end or the first record it cannot make sense of. Lines count from 1. */
function readRun(args: { text: string; delimiter: string; quote: '"' | null }): {
  records: (TableRow & { lines: number })[];
  stoppedAt: number | null;
} {
  const records: (TableRow & { lines: number })[] = [];
  let read = 0;
  let empty = 0;
  try {
    parse(args.text, {
      delimiter: args.delimiter,
      quote: args.quote,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: '\n',
      on_record: (cells: string[], { lines, empty_lines: emptyLines }) => {
        // Empty lines stand before the record that follows them.
        const line = read + (emptyLines - empty) + 1;
        records.push({ line, cells, lines: lines - line + 1 });
        read = lines;
        empty = emptyLines;
        return null;
      },
    });
    return { records, stoppedAt: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const blank = /^(?:[^\S\n]*\n)*/.exec(args.text.split('\n').slice(read).join('\n'))?.[0] ?? '';
    return { records, stoppedAt: read + blank.split('\n').length };
  }
}

function withoutOuterQuotes(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
