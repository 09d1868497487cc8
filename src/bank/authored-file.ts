import { isNode, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { fieldName, type Problem } from './problem.ts';

/** A checked authored file that can still say on which line each of its parts stands. */
export type AuthoredFile<T> = { path: string; value: T; lineOf: (path: readonly PropertyKey[]) => number };

export type ParsedFile<T> = { status: 'parsed'; file: AuthoredFile<T> } | { status: 'invalid'; problems: Problem[] };

/**
 * Reads one authored YAML file against its schema; every fault is a Problem with a line, none throws.
 * `path` is the path shown to the author.
 */
export function parseAuthoredFile<S extends z.ZodType>(args: {
  path: string;
  text: string;
  schema: S;
}): ParsedFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(args.text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = tellingErrors(document.errors).map((error) => ({
      file: args.path,
      line: lines.linePos(error.pos[0]).line,
      what: `not valid YAML (${error.message.split('\n')[0] ?? error.code})`,
      mend:
        error.code === 'TAB_AS_INDENT'
          ? 'write spaces where the tab is'
          : 'check the indentation and quote strings that hold ": " or " #" or start with a special character',
    }));
    return { status: 'invalid', problems };
  }

  function lineOf(path: readonly PropertyKey[]): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  const checked = args.schema.safeParse(document.toJS());
  if (checked.success) return { status: 'parsed', file: { path: args.path, value: checked.data, lineOf } };
  const problems = checked.error.issues.flatMap((issue) =>
    describeIssue(issue).map(({ at, what, mend }) => ({ file: args.path, line: lineOf(at), what, mend })),
  );
  return { status: 'invalid', problems };
}

/** A tab breaks the structure of all that follows it: the other errors are of its making. */
function tellingErrors(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : errors;
}

type Described = { at: readonly PropertyKey[]; what: string; mend: string };

function describeIssue(issue: z.core.$ZodIssue): Described[] {
  const at = issue.path;
  const name = at.length > 0 ? `"${fieldName(at)}"` : 'the file';
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        at: [...at, key],
        what: `unknown key "${key}"${at.length > 0 ? ` in ${name}` : ''}`,
        mend: 'remove it, or check its spelling against docs/authoring.md',
      }));
    case 'invalid_type':
      return [
        issue.message.includes('received undefined')
          ? { at, what: `${name} is missing`, mend: `add it (${issue.expected})` }
          : { at, what: `${name} has the wrong type`, mend: typeMend(issue) },
      ];
    case 'invalid_union': {
      // The branch that got furthest is the one the author meant.
      const branches = issue.errors.map((errors) =>
        errors.flatMap((error) => describeIssue({ ...error, path: [...at, ...error.path] })),
      );
      const closest = branches.sort((a, b) => a.length - b.length)[0];
      return closest && closest.length > 0
        ? closest
        : [{ at, what: `${name} fits none of its forms`, mend: 'see docs/authoring.md' }];
    }
    default:
      return [{ at, what: `${name} is not accepted`, mend: issue.message }];
  }
}

/** YAML reads a bare 0.78 as a number and a bare true as a switch; quotes make text of them. */
function typeMend({ expected, message }: { expected: string; message: string }): string {
  if (expected === 'string' && /received (?:number|boolean)$/.test(message))
    return "put quotes round it, such as '0.78'";
  return `write it as ${expected}`;
}
