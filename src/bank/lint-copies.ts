import type { Split } from '../core/eval-set.ts';
import { words, wordRuns } from '../core/text.ts';
import type { ContentFiles } from './load-content.ts';
import type { Problem } from './problem.ts';

/** Two answers that share so many words in a row were not written by two people. */
export const COPIED_RUN = 8;

type Source = { file: string; line: number; name: string; group: string; text: string; rated: Rated | null };

/** What an eval answer is; null for an exemplar. */
type Rated = { set: string; split: Split; attack: boolean };

/**
 * Exemplars, `dev` and `test` must not hold one another's answers: a judge would be measured on what it was shown.
 * Answers of one family may resemble each other, and so may two sets in one split. An attack may hold the rated answer it is
 * made from and what other attacks say. Everybody may quote the prompt.
 */
export function lintCopies(files: ContentFiles): Problem[] {
  const byItem = new Map<string, Source[]>();
  const add = (item: string, source: Source): void => {
    byItem.set(item, [...(byItem.get(item) ?? []), source]);
  };
  const promptOf = new Map<string, string>();
  for (const { items, rubrics } of files.courses) {
    for (const { value } of items) {
      promptOf.set(
        value.id,
        [value.prompt, ...(value.kind === 'choice' ? value.options.map(({ text }) => text) : [])].join('\n'),
      );
    }
    for (const { value, path, lineOf } of rubrics) {
      for (const [index, { answer }] of value.exemplars.entries()) {
        const name = `exemplar ${index + 1}`;
        add(value.item, {
          file: path,
          line: lineOf(['exemplars', index]),
          name,
          group: name,
          text: answer,
          rated: null,
        });
      }
    }
  }
  for (const { answers, folder } of files.evals) {
    for (const { path, line, value } of answers) {
      const { id, family, split, attack, text } = value;
      const rated = { set: folder, split, attack: attack !== undefined };
      add(value.item, { file: path, line, name: id, group: `${folder}/${family}`, text, rated });
    }
  }
  return [...byItem].flatMap(([item, sources]) => findCopies({ sources, prompt: promptOf.get(item) ?? '' }));
}

function mayShare(one: Source, other: Source): boolean {
  if (one.group === other.group) return true;
  if (one.rated === null || other.rated === null) return false;
  if (one.rated.attack || other.rated.attack) return true;
  return one.rated.set !== other.rated.set && one.rated.split === other.rated.split;
}

function findCopies({ sources, prompt }: { sources: readonly Source[]; prompt: string }): Problem[] {
  const fromPrompt = wordRuns(words(prompt), COPIED_RUN);
  const firstWith = new Map<string, Source>();
  const problems: Problem[] = [];
  // Attacks come last: what one shares with a rated answer must not hide that two rated answers share it.
  const ordered = [
    ...sources.filter(({ rated }) => rated?.attack !== true),
    ...sources.filter(({ rated }) => rated?.attack),
  ];
  for (const source of ordered) {
    const reported = new Set<string>();
    for (const run of wordRuns(words(source.text), COPIED_RUN)) {
      if (fromPrompt.has(run)) continue;
      const first = firstWith.get(run);
      if (first === undefined) firstWith.set(run, source);
      else if (!mayShare(first, source) && !reported.has(first.name)) {
        reported.add(first.name);
        const what = `${source.name} shares "${run}" with ${first.name} (${first.file}:${first.line})`;
        problems.push({
          file: source.file,
          line: source.line,
          what,
          mend: 'reword one of them, or give them one family in one split',
        });
      }
    }
  }
  return problems;
}
