import type { z } from 'zod';
import { findDuplicateKey } from './duplicate-key.ts';
import type { ReplyFaultName } from './outcomes.ts';
import type { Reply, ReplySchema } from './reply-schema.ts';

export type ReplyFault = {
  name: ReplyFaultName;
  /** Where, in keys of ours only: a repair request repeats it to the model, so no text of a reply may pass through. */
  where: string;
};

export type ParsedReply = { status: 'parsed'; reply: Reply } | { status: 'faulty'; fault: ReplyFault };

/**
 * Reads the text a model wrote, whole or not at all: reordered keys and extra top-level fields pass, anything else that
 * breaks the contract is a named fault. Nothing is repaired by guessing.
 * `fence: 'allowed'` is for endpoints without a JSON mode, where models fence what they write.
 */
export function parseReply(content: string, args: { schema: ReplySchema; fence: 'allowed' | 'refused' }): ParsedReply {
  const text = content.trim();
  if (text === '') return faulty('empty-reply', '');

  const fenced = /^```[a-zA-Z]*\s*\n([\s\S]*?)\n\s*```$/.exec(text)?.[1]?.trim();
  // A fence inside the fence means two blocks, so there is more than one reply.
  if (fenced?.includes('\n```') === true) return faulty('two-objects', '');
  if (fenced !== undefined && args.fence === 'refused') return faulty('fenced-reply', '');
  const json = fenced ?? text;

  const value = parseJson(json);
  if (value.status === 'invalid') return faulty(countObjects(json) > 1 ? 'two-objects' : 'prose-reply', '');
  if (typeof value.value !== 'object' || value.value === null || Array.isArray(value.value)) {
    return faulty('not-an-object', '');
  }
  const duplicate = findDuplicateKey(json);
  if (duplicate !== null) return faulty('duplicate-key', pathWords(duplicate));

  const parsed = args.schema.zod.safeParse(value.value);
  if (parsed.success) return { status: 'parsed', reply: parsed.data };
  const faults = parsed.error.issues.map((issue) => issueFault(issue, value.value));
  const first = faults[0];
  if (first === undefined) return faulty('wrong-type', '');
  // All places of the first kind of fault at once, for there is one repair try.
  const places = faults.filter((fault) => fault.name === first.name).map((fault) => fault.where);
  return faulty(first.name, [...new Set(places)].slice(0, 8).join(', '));
}

function faulty(name: ReplyFaultName, where: string): ParsedReply {
  return { status: 'faulty', fault: { name, where } };
}

function parseJson(text: string): { status: 'valid'; value: unknown } | { status: 'invalid' } {
  try {
    const value: unknown = JSON.parse(text);
    return { status: 'valid', value };
  } catch {
    return { status: 'invalid' };
  }
}

/** How many balanced objects stand side by side at the top level of a text that is not JSON as a whole. */
function countObjects(text: string): number {
  let depth = 0;
  let objects = 0;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (token[0] === '{') depth += 1;
    if (token[0] === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) objects += 1;
    }
  }
  return objects;
}

function issueFault(issue: z.core.$ZodIssue, reply: unknown): ReplyFault {
  const value = valueAt(reply, issue.path);
  return { name: issueName(issue.code, value), where: pathWords(issue.path) };
}

function issueName(code: z.core.$ZodIssue['code'], value: unknown): ReplyFaultName {
  if (code === 'unrecognized_keys') return 'unknown-key';
  if (value === undefined) return 'missing-key';
  // JSON.parse makes Infinity of 1e999: a number, but none that is in range.
  if (typeof value === 'number' && (code === 'too_small' || code === 'too_big' || !Number.isFinite(value))) {
    return 'confidence-range';
  }
  return code === 'invalid_value' && typeof value === 'string' ? 'unknown-verdict' : 'wrong-type';
}

function valueAt(reply: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === String(key))?.[1];
  }, reply);
}

const ourKeys = /^(?:criteria|misconceptions|next|quotes|reasoning|verdict|confidence|note|[CM]\d{1,2}|\d{1,4})$/;

function pathWords(path: readonly PropertyKey[]): string {
  return path.map((key) => (ourKeys.test(String(key)) ? String(key) : '…')).join('.');
}
