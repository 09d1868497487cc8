export type Column = { title: string; align: 'left' | 'right' };

const gap = '  ';

/**
 * Lays rows out in columns at most `width` wide. Only the first column gives way: a label that does not fit stands on a line
 * of its own above its figures, so that nothing is cut off.
 */
export function layOutTable(args: {
  columns: readonly Column[];
  rows: readonly (readonly string[])[];
  width: number;
}): { header: string; lines: string[] } {
  const { columns, rows, width } = args;
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const figures = widths.slice(1).reduce((sum, one) => sum + gap.length + one, 0);
  const titleWidth = columns[0]?.title.length ?? 0;
  widths[0] = Math.max(titleWidth, Math.min(widths[0] ?? 0, width - figures));

  const lineOf = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        return align === 'left' ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0);
      })
      .join(gap)
      .trimEnd();

  const lines = rows.flatMap((row) => {
    const [label = '', ...rest] = row;
    return label.length > (widths[0] ?? 0) ? [label, lineOf(['', ...rest])] : [lineOf(row)];
  });
  return { header: lineOf(columns.map((column) => column.title)), lines };
}

/** Breaks prose into lines of at most `width`, later lines indented; a longer word keeps a line of its own. */
export function wrapProse(args: { text: string; width: number; indent: number }): string[] {
  const { width, indent } = args;
  const lines: string[] = [];
  let line = '';
  for (const word of plainText(args.text).split(/\s+/u)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line.trim() !== '' && longer.length > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else {
      line = longer;
    }
  }
  return line.trim() === '' ? lines : [...lines, line];
}

/** Authored text without control characters: a set's title must not be able to move a reader's cursor. */
export function plainText(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
