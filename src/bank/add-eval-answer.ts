import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { EvalAnswer, EvalSet, type Rating } from '../core/eval-set.ts';
import { words, wordRuns } from '../core/text.ts';
import { parseAuthoredFile, type AuthoredFile } from './authored-file.ts';
import type { Content } from './content.ts';
import { COPIED_RUN, lintCopies } from './lint-copies.ts';
import { lintEvalSet } from './lint-eval-set.ts';
import { readAnswers, type ContentFiles, type EvalFiles } from './load-content.ts';
import type { Problem } from './problem.ts';
import { nameRater, replaceFile } from './save-rating.ts';

export type AddedAnswer =
  | { status: 'added'; id: string }
  /** The same words on the same question are in the set. */
  | { status: 'there-already'; id: string }
  /** What lint would say of it, or why the files cannot be written; each a sentence with its mend. */
  | { status: 'refused'; problems: string[] };

/** Everything of a new answer but its id and family, which are found here. `who` describes a rater the set does not name yet. */
export type NewEvalAnswer = Pick<EvalAnswer, 'item' | 'text' | 'split' | 'tags'> & {
  option: number | null;
  rating: Rating;
  who: string;
};

// Each addition reads the whole file and puts another in its place; two at once in this process would lose one.
const oneAtATime = pLimit(1);

/**
 * Adds one rated answer to `evals/<set>/answers.jsonl` below `root`, and names its rater in set.yaml. Refused where lint would
 * find anything wrong with it: nothing is written then. The id is the item's with the next number; the family is its own, or that
 * of an answer in the set that it shares a run of words with (another try of the same person, as a rule), in whose split it must be.
 * Eval files are read afresh, courses are taken from `content`. A crash leaves the old file or the new one.
 */
export async function addEvalAnswer(args: {
  root: string;
  content: Content;
  set: string;
  answer: NewEvalAnswer;
}): Promise<AddedAnswer> {
  return oneAtATime(async () => {
    try {
      return await add(args);
    } catch (error) {
      const refusal = unwritable(error);
      if (refusal === undefined) throw error;
      return { status: 'refused', problems: [refusal] };
    }
  });
}

async function add(args: Parameters<typeof addEvalAnswer>[0]): Promise<AddedAnswer> {
  const { root, content, answer } = args;
  const evals = await readEvals({ root, content });
  const into = evals.find(({ set }) => set.value.id === args.set);
  const item = content.courses.flatMap(({ items }) => items).find((entry) => entry.item.id === answer.item)?.item;
  if (into === undefined || item === undefined)
    return { status: 'refused', problems: [`There is no eval set "${args.set}" with answers to "${answer.item}".`] };

  const ofItem = into.answers.map(({ value }) => value).filter((other) => other.item === answer.item);
  const twin = ofItem.find(
    ({ text, option }) => text.trim() === answer.text.trim() && (option ?? null) === answer.option,
  );
  if (twin !== undefined) return { status: 'there-already', id: twin.id };

  const prompt = [item.prompt, ...(item.kind === 'choice' ? item.options.map(({ text }) => text) : [])].join('\n');
  const kin = findKin({ text: answer.text, prompt, others: ofItem });
  if (kin !== undefined && kin.split !== answer.split) {
    const why = `It shares words with "${kin.id}", which is in ${kin.split}; variants of one answer stay in one split.`;
    return { status: 'refused', problems: [`${why} Choose ${kin.split}.`] };
  }
  const id = nextId({ item: answer.item, ids: into.answers.map(({ value }) => value.id) });
  const { text, split, tags, option, rating } = answer;
  const parsed = EvalAnswer.safeParse({
    id,
    item: answer.item,
    ...(option === null ? {} : { option }),
    text,
    family: kin?.family ?? id,
    split,
    tags,
    ratings: [rating],
  });
  if (!parsed.success)
    return {
      status: 'refused',
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`),
    };
  const problems = lintNew({ candidate: parsed.data, into, evals, content, who: answer.who });
  if (problems.length > 0) return { status: 'refused', problems };

  await nameRater({ root, set: into.folder, rater: { id: rating.rater, kind: rating.raterKind, who: answer.who } });
  const path = join(root, 'evals', into.folder, 'answers.jsonl');
  const before = await readFile(path, 'utf8');
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await replaceFile(path, `${before}${gap}${JSON.stringify(parsed.data)}\n`);
  return { status: 'added', id };
}

/** The eval sets of the content with their files as they are now; one whose set.yaml does not parse any more is left out. */
async function readEvals({ root, content }: { root: string; content: Content }): Promise<EvalFiles[]> {
  const evals: EvalFiles[] = [];
  for (const { set } of content.evalSets) {
    const shown = join('evals', set.id, 'set.yaml');
    const parsed = parseAuthoredFile({ path: shown, text: await readFile(join(root, shown), 'utf8'), schema: EvalSet });
    if (parsed.status === 'invalid') continue;
    const path = join(root, 'evals', set.id, 'answers.jsonl');
    const answers = await readAnswers({ root, path, problems: [] });
    evals.push({ folder: set.id, set: parsed.file, answers, published: [] });
  }
  return evals;
}

/** What lint says of the new line, and of nothing else. */
function lintNew(args: {
  candidate: EvalAnswer;
  into: EvalFiles;
  evals: readonly EvalFiles[];
  content: Content;
  who: string;
}): string[] {
  const { candidate, into, evals, content } = args;
  const { raters } = into.set.value.provenance;
  const [rating] = candidate.ratings;
  const named = raters.some(({ id }) => id === rating?.rater);
  const rater = rating && !named ? [{ id: rating.rater, kind: rating.raterKind, who: args.who }] : [];
  const line = Math.max(0, ...into.answers.map((entry) => entry.line)) + 1;
  const path = join('evals', into.folder, 'answers.jsonl');
  // Last of all, so that whatever it shares with another answer is reported of it.
  const own: EvalFiles = {
    ...into,
    set: {
      ...into.set,
      value: { ...into.set.value, provenance: { ...into.set.value.provenance, raters: [...raters, ...rater] } },
    },
    answers: [{ path, line, value: candidate }],
  };
  const files = filesAbout({ itemId: candidate.item, content, evals: [...evals, own] });
  const itemIds = new Set(content.courses.flatMap(({ items }) => items.map(({ item }) => item.id)));
  const found = [...lintEvalSet({ evals: own, files, itemIds }), ...lintCopies(files)];
  return found.filter((problem) => problem.file === path && problem.line === line).map(sentence);
}

/** As much of the authored files as the checks on one item's answers read; lines are of no use here. */
function filesAbout(args: { itemId: string; content: Content; evals: EvalFiles[] }): ContentFiles {
  const file = <T>(value: T): AuthoredFile<T> => ({ path: '', value, lineOf: () => 1 });
  const courses = args.content.courses.map(({ course, items }) => {
    const own = items.filter(({ item }) => item.id === args.itemId);
    return {
      folder: course.id,
      course: file(course),
      items: own.map(({ item }) => file(item)),
      rubrics: own.map(({ rubric }) => file(rubric)),
    };
  });
  return { courses, evals: args.evals, problems: [], strays: [] };
}

function sentence({ what, mend }: Problem): string {
  return `${what}: ${mend}.`;
}

/** An answer to the same question with a run of words in common that the question does not have; an attack is nobody's kin. */
function findKin(args: { text: string; prompt: string; others: readonly EvalAnswer[] }): EvalAnswer | undefined {
  const fromPrompt = wordRuns(words(args.prompt), COPIED_RUN);
  const own = [...wordRuns(words(args.text), COPIED_RUN)].filter((run) => !fromPrompt.has(run));
  return args.others.find(({ text, attack }) => {
    if (attack !== undefined) return false;
    const theirs = wordRuns(words(text), COPIED_RUN);
    return own.some((run) => theirs.has(run));
  });
}

/** `fri-2a-lora-params-14` after `fri-2a-lora-params-13`. */
function nextId({ item, ids }: { item: string; ids: readonly string[] }): string {
  const numbers = ids.flatMap((id) => {
    const rest = id.startsWith(`${item}-`) ? id.slice(item.length + 1) : '';
    return /^\d+$/.test(rest) ? [Number(rest)] : [];
  });
  return `${item}-${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`;
}

/** Said where the content may not be written; undefined where the fault is another. */
function unwritable(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM') return undefined;
  return 'The folder evals/ is read-only here. Add the answer where the content can be written, or set VIVA_CONTENT to such a folder.';
}
