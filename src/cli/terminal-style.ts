import { styleText } from 'node:util';

export type Style = { bold: (text: string) => string; dim: (text: string) => string };

/** Bold and dim for a terminal, or nothing where the output is not one. */
export function createStyle(colour: boolean): Style {
  if (!colour) return { bold: (text) => text, dim: (text) => text };
  return { bold: (text) => styleText('bold', text), dim: (text) => styleText('dim', text) };
}

/** Breaks a text into lines of at most `width` columns, each indented; a longer word keeps a line of its own. */
export function wrapText({ text, width, indent }: { text: string; width: number; indent: number }): string[] {
  const room = Math.max(20, width - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((content) => ' '.repeat(indent) + content);
}
