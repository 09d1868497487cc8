import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { VivaError } from '../../core/errors.ts';
import { lintFiles } from '../lint.ts';
import { readContentFiles } from '../load-content.ts';
import { formatProblem } from '../problem.ts';

/**
 * Puts the files of an import into a folder all at once: they are written and linted in a folder beside it, and only then moved. Refuses
 * a folder that holds anything; with `replace` an earlier import of the same course there is exchanged, and nothing else is touched.
 * @param files texts by their paths below `folder`.
 * @throws VivaError `input-invalid` where the folder may not be written to, `internal` where lint would refuse what was made.
 */
export async function writeImport(args: {
  folder: string;
  course: string;
  files: ReadonlyMap<string, string>;
  replace: boolean;
}): Promise<void> {
  const folder = resolve(args.folder);
  const parts = [`bank/${args.course}`, `rubrics/${args.course}`, `evals/${args.course}`];
  await refuseOccupied({ ...args, folder });
  const staging = `${folder}.part-${process.pid}`;
  try {
    for (const [path, text] of args.files) {
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeFile(join(staging, path), text);
    }
    await refuseUnsound(staging);
    if (await isEmptyOrAbsent(folder)) {
      if (existsSync(folder)) await rmdir(folder);
      await rename(staging, folder);
      return;
    }
    for (const part of parts) {
      await rm(join(folder, part), { recursive: true, force: true });
      await mkdir(dirname(join(folder, part)), { recursive: true });
      await rename(join(staging, part), join(folder, part));
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function refuseOccupied(args: { folder: string; course: string; replace: boolean }): Promise<void> {
  const { folder, course, replace } = args;
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === false) {
    throw new VivaError('input-invalid', { message: `${folder} is a file.`, fix: 'Name a folder with --out.' });
  }
  if (await isEmptyOrAbsent(folder)) return;
  if (!replace) {
    throw new VivaError('input-invalid', {
      message: `The folder ${folder} is not empty.`,
      fix: 'Name a new folder with --out, or add --force to replace an earlier import there; what else it holds stays.',
    });
  }
  const authored = await authoredRubrics(join(folder, 'rubrics', course));
  const [first] = authored;
  if (first === undefined) return;
  throw new VivaError('input-invalid', {
    message: `${join(folder, 'rubrics', course)} holds ${authored.length} rubrics that no import made, such as ${first}.`,
    fix: 'Name another folder with --out, or another course with --name.',
  });
}

/** Rubrics without the mark of an import: somebody's work. */
async function authoredRubrics(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return names.filter((_, index) => !/^imported:/m.test(texts[index] ?? ''));
}

async function isEmptyOrAbsent(folder: string): Promise<boolean> {
  return !existsSync(folder) || (await readdir(folder)).length === 0;
}

async function refuseUnsound(root: string): Promise<void> {
  const problems = lintFiles(await readContentFiles(root));
  if (problems.length === 0) return;
  throw new VivaError('internal', {
    message: `The import made content that lint refuses:\n  ${problems.slice(0, 10).map(formatProblem).join('\n  ')}`,
    fix: 'This is a fault in Viva: report these lines and where the data comes from. Nothing was written.',
  });
}
