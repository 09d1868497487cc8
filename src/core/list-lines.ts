/** A number that begins a sentence or a part of one. */
const listNumber = /(?<=^|[.!?…:;]["'”’)\]]*\s)(\d{1,2})[.)](?=\s)/gu;

/**
 * A numbered list that was written in one run, "1. … 2. …", with each of its numbers on a line of its own. Only white space before a number
 * changes, one for one, so that offsets into the text stay as they are. Texts without such a list come back as they were.
 */
export function listOnLines(text: string): string {
  const starts: number[] = [];
  for (const match of text.matchAll(listNumber)) if (Number(match[1]) === starts.length + 1) starts.push(match.index);
  if (starts.length < 2) return text;
  return starts.reduce((lines, start) => {
    if (start === 0) return lines;
    return `${lines.slice(0, start - 1)}\n${lines.slice(start)}`;
  }, text);
}
