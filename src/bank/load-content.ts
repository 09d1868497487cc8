import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { Course } from '../core/course.ts';
import { VivaError } from '../core/errors.ts';
import { EvalAnswer, EvalSet } from '../core/eval-set.ts';
import { Item } from '../core/item.ts';
import { PublishedFile, type PublishDecision } from '../core/publish-decision.ts';
import { Rubric } from '../core/rubric.ts';
import { parseAuthoredFile, type AuthoredFile } from './authored-file.ts';
import type { Content, CourseItem } from './content.ts';
import { fieldName, formatProblem, sortProblems, type Problem } from './problem.ts';
import { rubricHash } from './rubric-hash.ts';
import { findStrayFiles } from './stray-files.ts';

export type CourseFiles = {
  folder: string;
  course: AuthoredFile<Course>;
  items: AuthoredFile<Item>[];
  rubrics: AuthoredFile<Rubric>[];
};

export type EvalFiles = {
  folder: string;
  set: AuthoredFile<EvalSet>;
  /** One entry a good line of answers.jsonl, with the line it stands on. */
  answers: { path: string; line: number; value: EvalAnswer }[];
  /** What published.json holds; empty where there is none. */
  published: PublishDecision[];
};

/** All authored files that parse, and a problem for each that does not. Cross-checks are lint's. */
/** `strays` are files that nothing reads: lint reports them, and everything else works beside them. */
export type ContentFiles = { courses: CourseFiles[]; evals: EvalFiles[]; problems: Problem[]; strays: Problem[] };

/**
 * Reads `bank/`, `rubrics/` and `evals/` below `root`. Never throws for what authors wrote;
 * throws VivaError('content-not-found') where there is no bank at all.
 */
export async function readContentFiles(root: string): Promise<ContentFiles> {
  if (!existsSync(join(root, 'bank'))) {
    throw new VivaError('content-not-found', {
      message: `There is no folder "bank" in ${root}.`,
      fix: 'Run viva in a folder that holds bank/, rubrics/ and evals/, or set VIVA_CONTENT to one.',
    });
  }
  const problems: Problem[] = [];

  async function parse<S extends z.ZodType>(path: string, schema: S): Promise<AuthoredFile<z.output<S>> | undefined> {
    const shown = relative(root, path);
    if (!existsSync(path)) {
      problems.push({
        file: shown,
        line: 1,
        what: 'the file is missing',
        mend: 'write it; docs/authoring.md shows one',
      });
      return undefined;
    }
    const parsed = parseAuthoredFile({ path: shown, text: await readFile(path, 'utf8'), schema });
    if (parsed.status === 'parsed') return parsed.file;
    problems.push(...parsed.problems);
    return undefined;
  }

  async function parseFolder<S extends z.ZodType>(folder: string, schema: S): Promise<AuthoredFile<z.output<S>>[]> {
    const files: AuthoredFile<z.output<S>>[] = [];
    for (const name of await yamlNames(folder)) {
      if (name === 'course.yaml') continue;
      const file = await parse(join(folder, name), schema);
      if (file) files.push(file);
    }
    return files;
  }

  const courses: CourseFiles[] = [];
  const folders = await folderNames(join(root, 'bank'));
  if (folders.length === 0) {
    const mend = 'write bank/<course>/course.yaml; docs/authoring.md shows a whole small course';
    problems.push({ file: 'bank', line: 1, what: 'there is no course', mend });
  }
  for (const folder of folders) {
    const course = await parse(join(root, 'bank', folder, 'course.yaml'), Course);
    const items = await parseFolder(join(root, 'bank', folder), Item);
    const rubrics = await parseFolder(join(root, 'rubrics', folder), Rubric);
    if (course) courses.push({ folder, course, items, rubrics });
  }

  const evals: EvalFiles[] = [];
  for (const folder of await folderNames(join(root, 'evals'))) {
    const set = await parse(join(root, 'evals', folder, 'set.yaml'), EvalSet);
    const answers = await readAnswers({ root, path: join(root, 'evals', folder, 'answers.jsonl'), problems });
    const published = await readPublished({ root, path: join(root, 'evals', folder, 'published.json'), problems });
    if (set) evals.push({ folder, set, answers, published });
  }
  const strays = await findStrayFiles({ root, courses: folders });
  return { courses, evals, problems: sortProblems(problems), strays };
}

/** Joins checked files into content. Call it only on files that lint finds nothing wrong with. */
export function assembleContent(files: ContentFiles): Content {
  const courses = files.courses.map(({ course, items, rubrics }) => {
    const chapterOrder = new Map(course.value.chapters.map(({ id }, index) => [id, index]));
    const rubricOf = new Map(rubrics.map(({ value }) => [value.item, value]));
    const courseItems = items.flatMap(({ value: item }) => {
      const rubric = rubricOf.get(item.id);
      return rubric ? [{ item, rubric, rubricHash: rubricHash({ item, rubric }) }] : [];
    });
    const chapterAt = ({ item }: CourseItem): number => chapterOrder.get(item.chapter) ?? 0;
    courseItems.sort((a, b) => chapterAt(a) - chapterAt(b) || a.item.difficulty - b.item.difficulty);
    return { course: course.value, items: courseItems };
  });
  const evalSets = files.evals.map(({ set, answers, published }) => ({
    set: set.value,
    answers: answers.map(({ value }) => value),
    published,
  }));
  return { courses, evalSets };
}

/** The error that stops whoever needs sound content; it lists the first problems. */
export function contentInvalid(problems: readonly Problem[]): VivaError {
  const shown = problems.slice(0, 20).map(formatProblem);
  const more = problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [];
  return new VivaError('content-invalid', {
    message: `The content has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n  ${[...shown, ...more].join('\n  ')}`,
    fix: 'Mend the lines above; `npx viva lint` lists them all.',
  });
}

/** One entry a good line of an answers.jsonl; what is wrong with the others is added to `problems`. */
export async function readAnswers(args: {
  root: string;
  path: string;
  problems: Problem[];
}): Promise<EvalFiles['answers']> {
  const shown = relative(args.root, args.path);
  if (!existsSync(args.path)) {
    args.problems.push({
      file: shown,
      line: 1,
      what: 'the file is missing',
      mend: 'write one answer a line; docs/authoring.md shows one',
    });
    return [];
  }
  const answers: EvalFiles['answers'] = [];
  const lines = (await readFile(args.path, 'utf8')).split('\n');
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const line = index + 1;
    const json = parseJson(text);
    if (json.status === 'invalid') {
      args.problems.push({
        file: shown,
        line,
        what: `not valid JSON (${json.why})`,
        mend: 'write one JSON object on one line',
      });
      continue;
    }
    const checked = EvalAnswer.safeParse(json.value);
    if (checked.success) answers.push({ path: shown, line, value: checked.data });
    else
      for (const issue of checked.error.issues)
        args.problems.push({
          file: shown,
          line,
          what: `"${fieldName(issue.path)}" is not accepted`,
          mend: issue.message,
        });
  }
  return answers;
}

/** Written by `viva publish`, so a file that does not parse was broken by hand or is from another version. */
async function readPublished(args: { root: string; path: string; problems: Problem[] }): Promise<PublishDecision[]> {
  if (!existsSync(args.path)) return [];
  const json = parseJson(await readFile(args.path, 'utf8'));
  const checked = json.status === 'parsed' ? PublishedFile.safeParse(json.value) : undefined;
  if (checked?.success) return checked.data.decisions;
  const issue = checked?.error?.issues[0];
  args.problems.push({
    file: relative(args.root, args.path),
    line: 1,
    what: `not what viva publish writes (${issue ? `${fieldName(issue.path)}: ${issue.message}` : 'no valid JSON'})`,
    mend: 'publish a run again, or remove the file',
  });
  return [];
}

function parseJson(text: string): { status: 'parsed'; value: unknown } | { status: 'invalid'; why: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { status: 'parsed', value };
  } catch (error) {
    return { status: 'invalid', why: error instanceof Error ? error.message : String(error) };
  }
}

async function folderNames(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

async function yamlNames(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}
