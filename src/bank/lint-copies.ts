import { words, wordRuns } from '../core/text.ts';
import type { ContentFiles } from './load-content.ts';
import type { Problem } from './problem.ts';

/** Two answers that share so many words in a row were not written by two people. */
export const COPIED_RUN = 8;

type Source = { file: string; line: number; name: string; group: string; text: string };

/**
 * Exemplars, `dev` and `test` must not hold one another's answers: a judge would be measured on what it was shown.
 * Answers of one family may resemble each other, and everybody may quote the prompt.
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
        add(value.item, { file: path, line: lineOf(['exemplars', index]), name, group: name, text: answer });
      }
    }
  }
  for (const { answers, folder } of files.evals) {
    for (const { path, line, value } of answers) {
      add(value.item, { file: path, line, name: value.id, group: `${folder}/${value.family}`, text: value.text });
    }
  }
  return [...byItem].flatMap(([item, sources]) => findCopies({ sources, prompt: promptOf.get(item) ?? '' }));
}

function findCopies({ sources, prompt }: { sources: readonly Source[]; prompt: string }): Problem[] {
  const fromPrompt = wordRuns(words(prompt), COPIED_RUN);
  const firstWith = new Map<string, Source>();
  const problems: Problem[] = [];
  for (const source of sources) {
    const reported = new Set<string>();
    for (const run of wordRuns(words(source.text), COPIED_RUN)) {
      if (fromPrompt.has(run)) continue;
      const first = firstWith.get(run);
      if (first === undefined) firstWith.set(run, source);
      else if (first.group !== source.group && !reported.has(first.name)) {
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
