export type CsvCell = string | number | null;

// What a spreadsheet takes for the start of a formula, and would run: OWASP's list with its full-width twins, after any white
// space, which is skipped.
const formula = /^\s*[=+\-@\t\r|＝＋－＠]/u;

/**
 * One line of CSV, ended as RFC 4180 says. A text that a spreadsheet would run as a formula is shown as text by an apostrophe
 * before it; numbers stay numbers. Every text is quoted, so that a separator of another country splits none.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = formula.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
