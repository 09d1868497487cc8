import type { AuthoredFile } from '../bank/authored-file.ts';
import { lintFiles } from '../bank/lint.ts';
import { assembleContent, type ContentFiles } from '../bank/load-content.ts';
import { sortProblems, type Problem } from '../bank/problem.ts';
import { findCourseItem } from '../bank/content.ts';
import { readNumbers } from '../core/numbers.ts';
import type { Exemplar, Rubric } from '../core/rubric.ts';
import { findPhraseFault } from '../judge/embedded/phrase.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { Judge } from '../judge/judge.ts';

/**
 * All problems of the authored files: files that nothing reads, what lint can see in the others, cues and checks that cannot be read, and exemplars that
 * their own cues or checks contradict when the embedded judge grades them. The last part runs only where nothing else is wrong.
 */
export async function lintContent(
  files: ContentFiles,
  deps: { embeddedJudge: Judge; signal: AbortSignal },
): Promise<Problem[]> {
  const problems = [...files.strays, ...lintFiles(files), ...lintCues(files)];
  if (problems.length > 0) return sortProblems(problems);
  return sortProblems(await lintExemplarGrades(files, deps));
}

/**
 * Every cue phrase outside the phrase language and every accepted value of a check that holds no number, each with its line.
 * Needs no language model and a fifth of a second for the whole bank, so whoever serves content can afford it.
 */
export function lintCues(files: ContentFiles): Problem[] {
  return files.courses.flatMap(({ rubrics }) => rubrics.flatMap(lintCuesOf));
}

const phraseMend = 'see the phrase language in docs/authoring.md: words, a|b, verif*, ..., &, numbers, formulas';
const bracketMend = '"|" parts whole words: write each alternative whole, without the brackets or on a line of its own';

/** Whether a "|" stands between an opening bracket and its closing one: `p(data|h0)` would be `p(data` or `h0)`. */
function splitsBracket(written: string): boolean {
  return written.split(/\s+/u).some((cell) => {
    const alternatives = cell.split('|');
    return alternatives.length > 1 && alternatives.some(leavesOpen);
  });
}

function leavesOpen(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (/[([{]/u.test(character)) open += 1;
    else if (/[)\]}]/u.test(character) && open > 0) open -= 1;
  }
  return open > 0;
}

/** What keeps an accepted value from being read as the one number it is meant to be; undefined where it can be read. */
function acceptFault(written: string): string | undefined {
  const [first, ...others] = readNumbers(written).filter(({ role }) => role === 'stated');
  if (first === undefined) return 'which holds no number';
  const read = written.slice(first.start, first.end);
  const before = written.slice(0, first.start).trim();
  const other = others.find(({ start }) => start >= first.end);
  if (other !== undefined) return `which is read as "${read}" alone`;
  return /^(?:about|roughly|around|[~≈])?$/iu.test(before) ? undefined : `of which only "${read}" is read`;
}

function lintCuesOf(file: AuthoredFile<Rubric>): Problem[] {
  const problems: Problem[] = [];
  const report = (at: readonly PropertyKey[], what: string, mend: string): void => {
    problems.push({ file: file.path, line: file.lineOf(at), what, mend });
  };
  for (const part of ['criteria', 'misconceptions'] as const) {
    for (const [index, { cues }] of file.value[part].entries()) {
      for (const [group, phrases] of cues.entries()) {
        for (const [place, written] of phrases.entries()) {
          const at = [part, index, 'cues', group, place];
          const fault = findPhraseFault(written);
          if (fault !== undefined) report(at, `the cue phrase "${written}" ${fault}`, phraseMend);
          else if (splitsBracket(written))
            report(at, `the cue phrase "${written}" has a "|" inside brackets, which splits them`, bracketMend);
        }
      }
    }
  }
  for (const [index, { check }] of file.value.criteria.entries()) {
    for (const [place, value] of (check?.accept ?? []).entries()) {
      const fault = acceptFault(String(value));
      if (fault === undefined) continue;
      const mend = 'write a value like 131072, "131k", "0.78%" or "2^17"';
      report(['criteria', index, 'check', 'accept', place], `the check accepts "${value}", ${fault}`, mend);
    }
  }
  return problems;
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
