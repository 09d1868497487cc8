import { createFigureCells, type FigureCells } from './figure-cells.ts';
import { layOutTable, plainText, wrapProse, type Column } from './text-table.ts';

/** A page of prose and tables for the terminal, built from the top down. */
export type TerminalPage = {
  cells: FigureCells;
  heading: (text: string) => void;
  prose: (text: string) => void;
  faint: (text: string) => void;
  /** Nothing where there are no rows. `left` names the columns that are aligned to the left; the first always is. */
  table: (args: { heading: string; columns: readonly string[]; left?: readonly string[]; rows: string[][] }) => void;
  /** The page as text, the notes on missing figures last. */
  text: () => string;
};

/** Below this there is no room for a label beside its figures. */
const leastWidth = 70;

/** Lines are at most `width` columns (70 at least), save words longer than that; colour codes add nothing that words do not say. */
export function terminalPage(look: { width: number; colour: boolean }): TerminalPage {
  const width = Math.max(leastWidth, look.width);
  const cells = createFigureCells();
  const sections: string[][] = [];
  const bold = (text: string): string => (look.colour ? `\u001b[1m${text}\u001b[22m` : text);
  const dim = (text: string): string => (look.colour ? `\u001b[2m${text}\u001b[22m` : text);
  const wrapped = (text: string, indent: number): string[] => wrapProse({ text, width, indent });
  const small: string[] = [];
  return {
    cells,
    heading: (text) => void sections.push(wrapped(text, 2).map(bold)),
    prose: (text) => void sections.push(wrapped(text, 0)),
    faint: (text) => void small.push(...wrapped(text, 2).map(dim)),
    table: ({ heading, columns, left = [], rows }) => {
      if (rows.length === 0) return;
      const aligned = columns.map((title, index): Column => {
        return { title, align: index === 0 || left.includes(title) ? 'left' : 'right' };
      });
      const { header, lines } = layOutTable({ columns: aligned, rows, width });
      sections.push([bold(heading), dim(header), ...lines.map(plainText)]);
    },
    text: () => {
      const notes = cells
        .notes()
        .flatMap(({ letter, reason }) => wrapped(`–${letter}: ${reason}`, 4))
        .map(dim);
      return [...sections, small, notes]
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n');
    },
  };
}
