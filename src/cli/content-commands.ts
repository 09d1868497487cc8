import type { Content } from '../bank/content.ts';
import { formatProblem, type Problem } from '../bank/problem.ts';
import { decimalPoints, maxPoints } from '../core/points.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';

/** Prints all lint problems; exit code 1 where there are any. */
export function printProblems({
  problems,
  json,
  streams,
}: {
  problems: readonly Problem[];
  json: boolean;
  streams: Streams;
}): number {
  if (json) streams.out(`${JSON.stringify({ problems }, null, 2)}\n`);
  else if (problems.length === 0) streams.out('No problems.\n');
  else
    streams.out(
      `${problems.map(formatProblem).join('\n')}\n\n${problems.length} problem${problems.length === 1 ? '' : 's'}.\n`,
    );
  return problems.length === 0 ? exitCodes.ok : exitCodes.found;
}

/** Prints one line an item: what it is and what its rubric holds. */
export function printBank({ content, json, streams }: { content: Content; json: boolean; streams: Streams }): number {
  const rows = content.courses.flatMap(({ course, items }) =>
    items.map(({ item, rubric }) => ({
      course: course.id,
      item: item.id,
      kind: item.kind,
      chapter: item.chapter,
      concept: item.concept,
      difficulty: item.difficulty,
      criteria: rubric.criteria.length,
      points: decimalPoints(maxPoints({ item, rubric })),
      misconceptions: rubric.misconceptions.length,
      exemplars: rubric.exemplars.length,
      checks: rubric.criteria.filter(({ check }) => check !== undefined).length,
    })),
  );
  if (json) {
    streams.out(`${JSON.stringify({ items: rows }, null, 2)}\n`);
    return exitCodes.ok;
  }
  const header = ['item', 'kind', 'ch', 'concept', 'diff', 'crit', 'pts', 'misc', 'exem', 'chk'];
  const table = rows.map((row) =>
    [
      row.item,
      row.kind,
      row.chapter,
      row.concept,
      row.difficulty,
      row.criteria,
      row.points,
      row.misconceptions,
      row.exemplars,
      row.checks,
    ].map(String),
  );
  const widths = header.map((title, column) =>
    Math.max(title.length, ...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  streams.out(
    `${[line(header), ...table.map(line)].join('\n')}\n\n${rows.length} item${rows.length === 1 ? '' : 's'}.\n`,
  );
  return exitCodes.ok;
}
