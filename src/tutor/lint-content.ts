import { lintFiles } from '../bank/lint.ts';
import { assembleContent, type ContentFiles } from '../bank/load-content.ts';
import { sortProblems, type Problem } from '../bank/problem.ts';
import { findCourseItem } from '../bank/content.ts';
import type { Exemplar } from '../core/rubric.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { Judge } from '../judge/judge.ts';

/**
 * All problems of the authored files: what lint can see in the files, and exemplars that their own cues or checks
 * contradict when the embedded judge grades them. The second part runs only where the first finds nothing wrong.
 */
export async function lintContent(
  files: ContentFiles,
  deps: { embeddedJudge: Judge; signal: AbortSignal },
): Promise<Problem[]> {
  const problems = lintFiles(files);
  if (problems.length > 0) return problems;
  return sortProblems(await lintExemplarGrades(files, deps));
}

async function lintExemplarGrades(
  files: ContentFiles,
  deps: { embeddedJudge: Judge; signal: AbortSignal },
): Promise<Problem[]> {
  const content = assembleContent(files);
  const problems: Problem[] = [];
  for (const { rubrics } of files.courses) {
    for (const file of rubrics) {
      const courseItem = findCourseItem(content, file.value.item);
      if (!courseItem) continue;
      const { item, rubric, rubricHash } = courseItem;
      for (const [index, exemplar] of file.value.exemplars.entries()) {
        const task = { item, rubric, rubricHash, answer: exemplar.answer, option: null, replica: 0 };
        const outcome = await gradeAnswer(task, { judge: deps.embeddedJudge, tryNumber: 1, signal: deps.signal });
        const misses =
          'verdicts' in outcome ? missesOf({ exemplar, outcome }) : [`it was ${outcome.status} (${outcome.reason})`];
        const excused = exemplar['embedded-miss'] !== undefined;
        const line = file.lineOf(['exemplars', index]);
        const where = { file: file.path, line };
        if (misses.length > 0 && !excused) {
          const what = `exemplar ${index + 1} is graded otherwise by its own cues or check: ${misses.join('; ')}`;
          problems.push({ ...where, what, mend: 'mend the cues or the label, or say why in "embedded-miss"' });
        }
        if (misses.length === 0 && excused) {
          problems.push({
            ...where,
            what: `exemplar ${index + 1} has an "embedded-miss" but is graded as labelled`,
            mend: 'remove "embedded-miss"',
          });
        }
      }
    }
  }
  return problems;
}

/** Where the embedded judge decides against a label. Saying `unsure` contradicts nothing. */
function missesOf(args: {
  exemplar: Exemplar;
  outcome: { verdicts: { criterion: string; verdict: string }[]; misconceptions: { id: string; verdict: string }[] };
}): string[] {
  const { exemplar, outcome } = args;
  const held = new Set(exemplar.misconceptions.map(({ id }) => id));
  const criteria = outcome.verdicts
    .filter(({ criterion, verdict }) => verdict !== 'unsure' && verdict !== exemplar.verdicts[criterion])
    .map(
      ({ criterion, verdict }) =>
        `"${criterion}" is labelled ${exemplar.verdicts[criterion] ?? 'nothing'} and graded ${verdict}`,
    );
  const misconceptions = outcome.misconceptions
    .filter(({ id, verdict }) => (verdict === 'held' && !held.has(id)) || (verdict === 'not-held' && held.has(id)))
    .map(({ id, verdict }) => `"${id}" is graded ${verdict}`);
  return [...criteria, ...misconceptions];
}
