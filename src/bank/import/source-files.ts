import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { VivaError } from '../../core/errors.ts';
import { readSource } from '../read-source.ts';
import { readTable, type Table } from '../read-table.ts';

/** A file to import, by the name that errors call it. */
export type SourceFile = { name: string; text: string; note: string | null };

/**
 * The files of one kind at a path: itself, or those in the folder and below it, by name. Their names are relative to the folder.
 * @throws VivaError `input-invalid` where there is none.
 */
export async function readSourceFiles(path: string, ending: RegExp): Promise<SourceFile[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new VivaError('input-invalid', { message: `There is no ${path}.`, fix: 'Name a file or a folder.', cause });
  });
  const folder = found.isDirectory() ? path : dirname(path);
  const names = found.isDirectory()
    ? (await readdir(path, { recursive: true })).filter((name) => ending.test(name)).sort()
    : [basename(path)];
  if (names.length === 0) {
    throw new VivaError('input-invalid', {
      message: `The folder ${path} holds no file whose name ends like ${ending.source.replace(/[\\$]/g, '')}.`,
      fix: 'Name the folder of the data set, or one of its files.',
    });
  }
  return Promise.all(names.map(async (name) => ({ name, ...(await readSource(join(folder, name))) })));
}

/** A file as a table; undefined for one that holds none. */
export function tableOf(file: SourceFile): Table | undefined {
  try {
    return readTable(file);
  } catch (error) {
    if (error instanceof VivaError && error.code === 'input-invalid') return undefined;
    throw error;
  }
}

/** Reads a row's cells by column name; a column that is not there reads as empty. Case and spaces round a name do not matter. */
export function cellReader(table: Table): (row: { cells: readonly string[] }, column: string) => string {
  const places = new Map(table.columns.map((name, place) => [name.toLowerCase(), place]));
  return ({ cells }, column) => {
    const place = places.get(column.toLowerCase());
    return place === undefined ? '' : (cells[place] ?? '').trim();
  };
}

/** Whether a table has all these columns. */
export function hasColumns(table: Table, columns: readonly string[]): boolean {
  const known = new Set(table.columns.map((name) => name.toLowerCase()));
  return columns.every((column) => known.has(column));
}
