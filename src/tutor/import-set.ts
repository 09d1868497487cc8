import { assembleImport, type ImportCounts } from '../bank/import/assemble-import.ts';
import { importKhanSaq } from '../bank/import/import-khan-saq.ts';
import { checkMap, parseMapFile } from '../bank/import/import-map.ts';
import { importSaf } from '../bank/import/import-saf.ts';
import { importTable } from '../bank/import/import-table.ts';
import type { ImportedSet, ImportFault } from '../bank/import/imported-set.ts';
import { readSourceFiles } from '../bank/import/source-files.ts';
import { writeImport } from '../bank/import/write-import.ts';
import { readSource } from '../bank/read-source.ts';
import { readTable, type Table } from '../bank/read-table.ts';
import { VivaError } from '../core/errors.ts';

export type ImportFormat = 'khan-saq' | 'saf' | 'csv' | 'jsonl';

export type ImportRequest = {
  format: ImportFormat;
  path: string;
  out: string;
  /** Whether an earlier import of the same course may be replaced. */
  force: boolean;
  /** The course's and the set's id; the importer's own where null. */
  name: string | null;
  /** csv and jsonl: a file with keys of the map, and a table of items. */
  mapFile: string | null;
  itemsFile: string | null;
  /** csv and jsonl: keys of the map given as options; they go before those of the file. For saf only `scores`. */
  map: Readonly<Record<string, unknown>>;
};

export type ImportOutcome =
  | { status: 'imported'; out: string; course: string; counts: ImportCounts; faults: ImportFault[]; notes: string[] }
  | { status: 'nothing-usable'; faults: ImportFault[]; notes: string[] };

/**
 * Makes rated answers from outside into a content root: questions, rubrics and an eval set that lint accepts and a judge can be
 * calibrated on. What cannot be used is listed with its line; the rest is kept.
 * @throws VivaError `input-invalid` for a source that is not there or not of the format, and for a folder that may not be written to.
 */
export async function importSet(request: ImportRequest): Promise<ImportOutcome> {
  const read = await readSet(request);
  const assembled = assembleImport(request.name === null ? read : { ...read, name: request.name });
  const { course, files, counts, notes } = assembled;
  const faults = [...assembled.faults].sort(
    (one, other) => one.file.localeCompare(other.file) || one.line - other.line,
  );
  if (counts.answers === 0) return { status: 'nothing-usable', faults, notes };
  await writeImport({ folder: request.out, course, files, replace: request.force });
  return { status: 'imported', out: request.out, course, counts, faults, notes };
}

async function readSet(request: ImportRequest): Promise<ImportedSet> {
  const { format, path, map } = request;
  const known = format === 'khan-saq' ? [] : format === 'saf' ? ['scores'] : Object.keys(map);
  const strange = Object.keys(map).filter((key) => !known.includes(key));
  if (strange.length > 0) {
    throw new VivaError('input-invalid', {
      message: `The format ${format} knows its own columns, so ${strange.join(', ')} cannot be given.`,
      fix: 'Leave these options away, or import the file as csv.',
    });
  }
  switch (format) {
    case 'khan-saq':
      return importKhanSaq(await readSourceFiles(path, /\.csv$/i));
    case 'saf':
      return importSaf(await readSourceFiles(path, /\.xml$/i), {
        scores: map['scores'] === 'steps' ? 'steps' : 'verdicts',
      });
    case 'csv':
    case 'jsonl':
      return readTables(request);
    default:
      return format satisfies never;
  }
}

async function readTables({ path, mapFile, itemsFile, map }: ImportRequest): Promise<ImportedSet> {
  const told = mapFile === null ? {} : parseMapFile({ name: mapFile, text: (await readSource(mapFile)).text });
  const checked = checkMap({ ...told, ...map });
  const notes: string[] = [];
  const tableAt = async (file: string): Promise<Table> => {
    const { text, note } = await readSource(file);
    if (note !== null) notes.push(`${file}: ${note}.`);
    return readTable({ name: file, text });
  };
  const answers = await tableAt(path);
  const items = itemsFile === null ? null : await tableAt(itemsFile);
  if (items !== null && checked.item === undefined) {
    throw new VivaError('input-invalid', {
      message: 'The table of items is of no use without the column that answers share with it.',
      fix: 'Name that column with --item.',
    });
  }
  const name = (path.split(/[\\/]/).at(-1) ?? path).replace(/\.\w+$/, '');
  const set = importTable({ name, answers, items, map: checked });
  return { ...set, notes: [...set.notes, ...notes] };
}
