import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Problem } from './problem.ts';

/** A file that looks authored, by the parts of its path below the content root. */
type Place = { part: 'bank' | 'rubrics' | 'evals'; folders: readonly string[]; name: string };

const parts = ['bank', 'rubrics', 'evals'] as const;
const authored = /\.(?:ya?ml|jsonl)$/i;

/**
 * A problem for each .yaml, .yml or .jsonl file below `bank/`, `rubrics/` and `evals/` that nothing reads, with where it should stand.
 * Files and folders whose names begin with a dot are left alone.
 * @param courses the folders of `bank/`.
 */
export async function findStrayFiles(args: { root: string; courses: readonly string[] }): Promise<Problem[]> {
  const { root, courses } = args;
  const places = await Promise.all(parts.map((part) => authoredFiles(root, part)));
  return places.flat().flatMap((place) => {
    if (isRead(place, courses)) return [];
    const file = join(place.part, ...place.folders, place.name);
    return [{ file, line: 1, ...adviceOn(place, courses) }];
  });
}

async function authoredFiles(root: string, part: Place['part']): Promise<Place[]> {
  const base = join(root, part);
  if (!existsSync(base)) return [];
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && authored.test(entry.name))
    .map((entry) => {
      const below = relative(base, entry.parentPath);
      return { part, folders: below === '' ? [] : below.split(sep), name: entry.name };
    })
    .filter(({ folders, name }) => ![...folders, name].some((step) => step.startsWith('.')));
}

function isRead({ part, folders, name }: Place, courses: readonly string[]): boolean {
  const [folder, ...deeper] = folders;
  if (folder === undefined || deeper.length > 0) return false;
  if (part === 'evals') return name === 'set.yaml' || name === 'answers.jsonl';
  return /\.ya?ml$/.test(name) && courses.includes(folder);
}

function adviceOn(place: Place, courses: readonly string[]): Pick<Problem, 'what' | 'mend'> {
  const { part, folders, name } = place;
  const [folder] = folders;
  if (part === 'evals') {
    const set = folder ?? '<set>';
    const what = `nothing reads this file: an eval set is evals/${set}/set.yaml and evals/${set}/answers.jsonl`;
    return { what, mend: 'give it that place and name, or move it out of evals/' };
  }
  if (/\.jsonl$/i.test(name)) {
    const what = `nothing reads this file: rated answers stand in evals/`;
    return { what, mend: `move it to evals/<set>/answers.jsonl, or out of ${part}/` };
  }
  if (part === 'rubrics' && folder !== undefined && !courses.includes(folder)) {
    const what = `nothing reads this file: there is no course bank/${folder}/`;
    return { what, mend: `move it to ${part}/${courseName(courses)}/${name}, or write bank/${folder}/course.yaml` };
  }
  const home = `${part}/${folder ?? courseName(courses)}`;
  const what = `nothing reads this file: ${part === 'bank' ? 'a question' : 'a rubric'} stands in ${part}/<course>/`;
  return { what, mend: `move it to ${home}/${name.replace(authored, '.yaml')}, or out of ${part}/` };
}

function courseName(courses: readonly string[]): string {
  const [only, ...others] = courses;
  return only !== undefined && others.length === 0 ? only : '<course>';
}
