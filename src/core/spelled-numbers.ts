/** Words that multiply the number before them, and the letters that stand for them after digits. */
export const scale: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  m: 1e6,
  M: 1e6,
  B: 1e9,
  bn: 1e9,
  T: 1e12,
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};
const small: Readonly<Record<string, number>> = Object.fromEntries([
  ...(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, value): [string, number] => [word, value]),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, at): [string, number] => [word, (at + 2) * 10]),
]);
const parts: Readonly<Record<string, number>> = { half: 2, halves: 2, third: 3, thirds: 3, quarter: 4, quarters: 4 };
const large = ['hundred', 'thousand', 'million', 'billion', 'trillion'];
const numberWord = new RegExp(`\\b(?:${[...Object.keys(small), ...Object.keys(parts), ...large].join('|')})\\b`, 'giu');

/**
 * Numbers written in words, with offsets: "two", "thirty-one", "one hundred and five", "two thirds", "half".
 * A lone "one" is left out, being a pronoun far oftener than a quantity, and so is "a third", being an ordinal.
 */
export function readSpelledNumbers(text: string): { value: number; start: number; end: number }[] {
  const groups: { words: string[]; start: number; end: number }[] = [];
  for (const match of text.matchAll(numberWord)) {
    const word = match[0].toLowerCase();
    const last = groups.at(-1);
    if (last && continuesNumber({ said: last.words, gap: text.slice(last.end, match.index), word })) {
      last.words.push(word);
      last.end = match.index + word.length;
    } else groups.push({ words: [word], start: match.index, end: match.index + word.length });
  }
  return groups.flatMap(({ words, start, end }) => {
    const value = spelledValue(words);
    return value === undefined ? [] : [{ value, start, end }];
  });
}

function continuesNumber(args: { said: readonly string[]; gap: string; word: string }): boolean {
  const previous = args.said.at(-1) ?? '';
  if (parts[previous] !== undefined) return false;
  if (/^\s+and\s+$/u.test(args.gap)) return scale[previous] !== undefined && small[args.word] !== undefined;
  if (!/^[\s-]+$/u.test(args.gap)) return false;
  const next = small[args.word];
  const before = small[previous];
  // "twenty one" goes on, "two three" does not.
  return next === undefined || before === undefined || (before >= 20 && next < 10);
}

function spelledValue(words: readonly string[]): number | undefined {
  const [first = ''] = words;
  if (words.length === 1 && first !== 'half' && (first === 'one' || small[first] === undefined)) return undefined;
  let total = 0;
  let current = 0;
  for (const word of words) {
    const part = parts[word];
    if (part !== undefined) return (words.length === 1 ? 1 : total + current) / part;
    const value = small[word];
    if (value !== undefined) current += value;
    else if (word === 'hundred') current = (current || 1) * 100;
    else {
      total += (current || 1) * (scale[word] ?? 1);
      current = 0;
    }
  }
  return total + current;
}
