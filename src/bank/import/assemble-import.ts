import { stringify } from 'yaml';
import { Course } from '../../core/course.ts';
import { EvalAnswer, EvalSet, type Rating, type Split } from '../../core/eval-set.ts';
import { FreeResponseItem } from '../../core/item.ts';
import { Rubric } from '../../core/rubric.ts';
import { nearCopies } from '../near-copies.ts';
import { authoredId, createIds, hashOf } from './authored-ids.ts';
import type { ImportedAnswer, ImportedItem, ImportedSet, ImportFault } from './imported-set.ts';
import { plainMarkdown, plainText, shortTitle } from './plain-text.ts';

/** As much as an eval answer may hold. */
const LONGEST_TEXT = 20_000;
/** What an imported criterion asks and hints: neutral, so that it gives nothing away whatever the criterion is about. */
const HINT = 'What does the question ask that your answer leaves out?';

/** Files of a content root by their paths, and what became of the outside data. */
export type AssembledImport = {
  course: string;
  files: Map<string, string>;
  counts: ImportCounts;
  faults: ImportFault[];
  notes: string[];
};

export type ImportCounts = {
  items: number;
  answers: number;
  dev: number;
  test: number;
  families: number;
  ratings: number;
  raters: { human: number; model: number; author: number };
};

/**
 * Makes outside data into a course with its rubrics and an eval set. Ids are made from the outside ones and stay the same from import to
 * import; answers that are near copies of one another become one family, and each family falls into `dev` or `test` by a hash of its
 * id. Answers that cannot be used (empty, too long, without any rating, of an unknown item) are listed and left out.
 */
export function assembleImport(set: ImportedSet): AssembledImport {
  const course = authoredId(set.name, 40);
  const faults = [...set.faults];
  const ids = itemIds(set.items, course);
  const raterIds = idsOf(set.raters.map(({ name }) => name));
  const usable = set.answers.filter((answer) => {
    const fault = faultOf(answer, ids);
    if (fault !== null) faults.push({ file: answer.file, line: answer.line, what: fault });
    return fault === null;
  });
  const used = set.items.filter(({ key }) => usable.some(({ item }) => item === key));
  const answers = used.flatMap((item) => {
    const own = usable.filter((answer) => answer.item === item.key);
    return answersOf({ item, itemId: ids.get(item.key) ?? '', answers: own, set, raterIds, faults });
  });
  const counts = (): ImportCounts =>
    countsOf({ items: used.length, answers: answers.map(({ value }) => value), raters });
  unrepeated(answers, faults);
  inOneSplit(answers, faults);
  const raters = set.raters.filter(({ name }) =>
    answers.some(({ value }) => value.ratings.some(({ rater }) => rater === raterIds.get(name))),
  );
  const files = new Map<string, string>();
  if (answers.length === 0) return { course, files, counts: counts(), faults, notes: set.notes };
  const chapters = idsOf(used.map(({ chapter }) => chapter));
  const write = (path: string, value: object): void => {
    files.set(
      path,
      `# Made by viva import from ${set.source.replace(/\s+/g, ' ')}.\n${stringify(value, { lineWidth: 110 })}`,
    );
  };
  write(`bank/${course}/course.yaml`, courseOf({ set, course, chapters }));
  const order = used.map(({ key }) => ids.get(key) ?? '');
  for (const [index, item] of used.entries()) {
    const id = ids.get(item.key) ?? '';
    const next = order[(index + 1) % order.length] ?? id;
    const chapter = chapters.get(item.chapter) ?? '';
    write(`bank/${course}/${id}.yaml`, itemOf({ item, id, chapter, next: next === id ? [] : [next] }));
    write(`rubrics/${course}/${id}.yaml`, rubricOf({ item, id, source: set.source }));
  }
  write(
    `evals/${course}/set.yaml`,
    evalSetOf({ set, course, raters: raters.map((rater) => ({ ...rater, id: raterIds.get(rater.name) ?? '' })) }),
  );
  files.set(`evals/${course}/answers.jsonl`, answers.map(({ value }) => `${JSON.stringify(value)}\n`).join(''));
  return {
    course,
    files,
    counts: counts(),
    faults,
    notes: set.notes,
  };
}

function itemIds(items: readonly ImportedItem[], course: string): Map<string, string> {
  return idsOf(
    items.map(({ key }) => key),
    (key) => `${course} ${key}`,
  );
}

/** An id for every different name. */
function idsOf(names: readonly string[], full: (name: string) => string = (name) => name): Map<string, string> {
  const next = createIds();
  return new Map([...new Set(names)].map((name) => [name, next(full(name)).id]));
}

function faultOf(answer: ImportedAnswer, items: ReadonlyMap<string, string>): string | null {
  if (!items.has(answer.item)) return `there is no item "${answer.item.slice(0, 40)}"`;
  const text = plainText(answer.text);
  if (text === '') return 'the answer is empty';
  if (text.length > LONGEST_TEXT) return `the answer has ${text.length} characters, more than ${LONGEST_TEXT}`;
  if (answer.ratings.every(({ verdicts }) => Object.keys(verdicts).length === 0)) return 'nobody rated this answer';
  return null;
}

type Placed = { file: string; line: number; key: string | null; value: EvalAnswer };

function answersOf(args: {
  item: ImportedItem;
  itemId: string;
  answers: readonly ImportedAnswer[];
  set: ImportedSet;
  raterIds: ReadonlyMap<string, string>;
  faults: ImportFault[];
}): Placed[] {
  const { item, itemId, answers, set, raterIds } = args;
  const criterionIds = idsOf(item.criteria.map(({ name }) => name));
  const kindOf = new Map(set.raters.map(({ name, kind }) => [name, kind]));
  const placeOf = new Map(set.raters.map(({ name }, place) => [name, place]));
  const texts = answers.map(({ text }) => plainText(text));
  const leaders = joinFamilies({ leaders: nearCopies({ texts, prompt: plainMarkdown(item.prompt) }), answers });
  const names = answers.map(({ key }, index) => key ?? String(index + 1));
  return answers.map((answer, index): Placed => {
    const leader = leaders[index] ?? index;
    const family = authoredId(answers[leader]?.family ?? `${itemId}-${names[leader] ?? ''}`);
    const ratings = answer.ratings
      .filter(({ verdicts }) => Object.keys(verdicts).length > 0)
      .sort((one, other) => (placeOf.get(one.rater) ?? 0) - (placeOf.get(other.rater) ?? 0))
      .map(({ rater, verdicts }): Rating => {
        return {
          rater: raterIds.get(rater) ?? authoredId(rater),
          raterKind: kindOf.get(rater) ?? 'model',
          verdicts: Object.fromEntries(
            Object.entries(verdicts).map(([name, verdict]) => [criterionIds.get(name) ?? name, verdict]),
          ),
          misconceptions: [],
        };
      });
    const value = EvalAnswer.parse({
      id: authoredId(answer.key ?? `${itemId}-${index + 1}`),
      item: itemId,
      text: texts[index],
      family,
      split: answer.split ?? splitOf(family),
      tags: [...new Set(answer.tags.map((tag) => authoredId(tag)))],
      ratings,
    });
    return { file: answer.file, line: answer.line, key: answer.key, value };
  });
}

/** Near copies and answers of one named family together: the place of the first of each group. */
function joinFamilies(args: { leaders: readonly number[]; answers: readonly ImportedAnswer[] }): number[] {
  const leaders = [...args.leaders];
  const firstOf = new Map<string, number>();
  for (const [index, { family }] of args.answers.entries()) {
    if (family === null) continue;
    const own = leaders[index] ?? index;
    const first = firstOf.get(family);
    if (first === undefined) {
      firstOf.set(family, own);
      continue;
    }
    const known = leaders[first] ?? first;
    const [low, high] = [Math.min(own, known), Math.max(own, known)];
    for (const [place, leader] of leaders.entries()) if (leader === high) leaders[place] = low;
  }
  return leaders;
}

/** Half of all families each, and the same half at every import. */
function splitOf(family: string): Split {
  return Number.parseInt(hashOf(family).slice(0, 2), 16) % 2 === 0 ? 'dev' : 'test';
}

/** A family stays in one split, whatever the outside data says: the one its first answer is in. */
function inOneSplit(answers: readonly Placed[], faults: ImportFault[]): void {
  const splits = new Map<string, Split>();
  for (const { file, line, value } of answers) {
    const split = splits.get(value.family) ?? value.split;
    splits.set(value.family, split);
    if (split === value.split) continue;
    faults.push({ file, line, what: `it is nearly the same as an answer in ${split}, so it is there now too` });
    value.split = split;
  }
}

/** A second answer with the same id gets a number, and a line that says so. */
function unrepeated(answers: readonly Placed[], faults: ImportFault[]): void {
  const next = createIds();
  for (const { file, line, key, value } of answers) {
    const { id, repeated } = next(value.id);
    if (repeated && key !== null)
      faults.push({ file, line, what: `the id "${key}" stands twice; this answer is now "${id}"` });
    value.id = id;
  }
}

function courseOf(args: { set: ImportedSet; course: string; chapters: ReadonlyMap<string, string> }): Course {
  const { set, course } = args;
  const chapters = [...args.chapters].map(([title, id]) => ({ id, title: shortTitle(title) || id }));
  return Course.parse({
    id: course,
    title: shortTitle(set.title),
    about: `Imported by \`viva import\` to measure judges; its rubrics hold no hints, cues or exemplars of an author's. Source: ${set.source}.`,
    chapters,
    // The same ids: outside data rarely knows more than one division of its items.
    concepts: chapters,
  });
}

function itemOf(args: { item: ImportedItem; id: string; chapter: string; next: string[] }): FreeResponseItem {
  const { item, id, chapter, next } = args;
  return FreeResponseItem.parse({
    id,
    kind: 'free-response',
    title: shortTitle(item.title) || id,
    chapter,
    concept: chapter,
    difficulty: 3,
    next,
    prompt: plainMarkdown(item.prompt) || `Question ${item.key}; its wording is not in the imported files.`,
    reference: plainMarkdown(item.reference) || 'The imported files hold no model answer.',
  });
}

function rubricOf(args: { item: ImportedItem; id: string; source: string }): Rubric {
  const { item, id, source } = args;
  const criterionIds = idsOf(item.criteria.map(({ name }) => name));
  const single = item.criteria.length === 1;
  return Rubric.parse({
    item: id,
    imported: source,
    criteria: item.criteria.map(({ name, points, expects, partial }, index) => ({
      id: criterionIds.get(name),
      points,
      asks: single
        ? 'Does your answer do what the question asks?'
        : `Does your answer earn part ${index + 1} of the marks?`,
      expects: plainMarkdown(expects) || 'A right answer to the question; the imported files do not say more.',
      ...(partial === null ? {} : { partial: plainMarkdown(partial) }),
      hints: [HINT],
      cues: [],
    })),
    misconceptions: [],
    exemplars: [],
  });
}

function evalSetOf(args: {
  set: ImportedSet;
  course: string;
  raters: readonly { id: string; kind: string; who: string }[];
}): EvalSet {
  const { set, course, raters } = args;
  return EvalSet.parse({
    id: course,
    title: set.title,
    course,
    purpose: set.purpose,
    provenance: {
      raters: raters.map(({ id, kind, who }) => ({ id, kind, who })),
      how: set.how,
      when: set.when,
      licence: set.licence,
    },
  });
}

function countsOf(args: {
  items: number;
  answers: readonly EvalAnswer[];
  raters: ImportedSet['raters'];
}): ImportCounts {
  const { items, answers } = args;
  const dev = answers.filter(({ split }) => split === 'dev').length;
  const raters = { human: 0, model: 0, author: 0 };
  for (const { kind } of args.raters) raters[kind] += 1;
  return {
    items,
    answers: answers.length,
    dev,
    test: answers.length - dev,
    families: new Set(answers.map(({ family }) => family)).size,
    ratings: answers.reduce((sum, answer) => sum + answer.ratings.length, 0),
    raters,
  };
}
