/** One thing wrong with an authored file: where, what, and how to mend it. */
export type Problem = { file: string; line: number; what: string; mend: string };

/** The path of a field as an author reads it, places in a list counted from 1: `criteria.1.hints.2`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.map((step) => String(typeof step === 'number' ? step + 1 : step)).join('.');
}

/** The line an author reads: `file:line: what is wrong: how to mend it`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.what}: ${problem.mend}`;
}

/** By file, then line, so that an author can walk down a file. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.what.localeCompare(b.what));
}
