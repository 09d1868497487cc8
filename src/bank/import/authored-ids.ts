import { createHash } from 'node:crypto';

const longestId = 64;
/** Hex digits that keep apart two long names which begin alike. */
const marked = 8;

/**
 * A name as an authored id: lower case, without accents, words joined by hyphens, at most `longest` characters. The same name gives the same
 * id always; a name without one Latin letter or digit becomes a hash of itself.
 */
export function authoredId(name: string, longest = longestId): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === '') return `x-${hashOf(name).slice(0, marked)}`;
  if (plain.length <= longest) return plain;
  const cut = plain.slice(0, longest - marked - 1).replace(/-+$/, '');
  return `${cut}-${hashOf(name).slice(0, marked)}`;
}

/** Ids for a list of names in which no id stands twice; a second name with the same id gets a number. */
export function createIds(): (name: string) => { id: string; repeated: boolean } {
  const taken = new Set<string>();
  return (name) => {
    const id = authoredId(name);
    if (!taken.has(id)) {
      taken.add(id);
      return { id, repeated: false };
    }
    for (let number = 2; ; number += 1) {
      const numbered = `${authoredId(name, longestId - String(number).length - 1)}-${number}`;
      if (taken.has(numbered)) continue;
      taken.add(numbered);
      return { id: numbered, repeated: true };
    }
  };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
