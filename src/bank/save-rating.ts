import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VivaError } from '../core/errors.ts';
import { EvalAnswer, type Rating } from '../core/eval-set.ts';

/**
 * Adds a rating to one answer of an eval set, in the place of an earlier one by the same rater, and changes no other line of the file.
 * The file is written beside the old one and then put in its place, so a crash leaves the one or the other whole.
 * Throws VivaError('content-invalid') where the answer is not there any more.
 */
export async function saveRating(args: { root: string; set: string; answerId: string; rating: Rating }): Promise<void> {
  const { root, set, answerId, rating } = args;
  const path = join(root, 'evals', set, 'answers.jsonl');
  let found = false;
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => {
    if (found || !line.includes(`"${answerId}"`)) return line;
    const answer = EvalAnswer.safeParse(parseJson(line)).data;
    if (answer?.id !== answerId) return line;
    found = true;
    const others = answer.ratings.filter(({ rater }) => rater !== rating.rater);
    return JSON.stringify({ ...answer, ratings: [...others, rating] });
  });
  if (!found) {
    throw new VivaError('content-invalid', {
      message: `The answer "${answerId}" is not in ${path} any more, so its rating was not kept.`,
      fix: 'Put the answer back, or start rating again; what was rated before is kept.',
    });
  }
  await replaceFile(path, lines.join('\n'));
}

/** Names a rater in the set's provenance, once; comments and layout of set.yaml stay. */
export async function nameRater(args: {
  root: string;
  set: string;
  rater: { id: string; kind: Rating['raterKind']; who: string };
}): Promise<void> {
  // Loaded only here: a server starts without it.
  const { parseDocument, isMap, isSeq } = await import('yaml');
  const path = join(args.root, 'evals', args.set, 'set.yaml');
  const document = parseDocument(await readFile(path, 'utf8'));
  const raters = document.getIn(['provenance', 'raters']);
  if (!isSeq(raters)) return;
  const known = raters.items.some((entry) => isMap(entry) && entry.get('id') === args.rater.id);
  if (known) return;
  raters.add(document.createNode(args.rater));
  await replaceFile(path, document.toString({ lineWidth: 0 }));
}

/** Writes the text beside the file, then puts it in its place. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const half = `${path}.${process.pid}.half`;
  await writeFile(half, text);
  await rename(half, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
