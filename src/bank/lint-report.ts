/** Adds one problem at the line of a path inside a file. */
export type Report = (at: readonly PropertyKey[], what: string, mend: string) => void;

/** Reports every id that stands a second time. */
export function reportDuplicates(args: {
  ids: readonly string[];
  at: (index: number) => PropertyKey[];
  noun: string;
  report: Report;
}): void {
  const seen = new Set<string>();
  for (const [index, id] of args.ids.entries()) {
    if (seen.has(id))
      args.report(args.at(index), `the ${args.noun} id "${id}" stands twice`, 'give one of them another id');
    seen.add(id);
  }
}
