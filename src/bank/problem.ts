/** One thing wrong with an authored file: where, what, and how to mend it. */
export type Problem = { file: string; line: number; what: string; mend: string };

/** The line an author reads: `file:line: what is wrong: how to mend it`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.what}: ${problem.mend}`;
}

/** By file, then line, so that an author can walk down a file. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.what.localeCompare(b.what));
}
