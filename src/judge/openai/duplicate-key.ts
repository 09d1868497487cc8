/**
 * Finds a key that one object of a JSON text has twice, which JSON.parse hides by keeping the last.
 * Returns the keys that lead to it, outermost first, or null. `json` must be text that JSON.parse accepts; escapes in keys count as what they mean.
 */
export function findDuplicateKey(json: string): string[] | null {
  // One entry an open bracket: the keys seen so far and the latest one, or null for an array.
  const open: ({ seen: Set<string>; latest: string } | null)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;
  for (const token of json.matchAll(tokens)) {
    const text = token[0];
    if (text === '{') open.push({ seen: new Set(), latest: '' });
    else if (text === '[') open.push(null);
    else if (text === '}' || text === ']') open.pop();
    else {
      const object = open.at(-1) ?? null;
      // In valid JSON a string with a colon after it is a key.
      if (object === null || !/^\s*:/.test(json.slice(token.index + text.length, token.index + text.length + 64)))
        continue;
      const key = String(JSON.parse(text));
      object.latest = key;
      if (object.seen.has(key)) return open.flatMap((level) => (level === null ? [] : [level.latest]));
      object.seen.add(key);
    }
  }
  return null;
}
