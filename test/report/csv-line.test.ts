import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../src/report/csv-line.ts';

describe('a line of CSV', () => {
  test.each([
    ['=1+1', `"'=1+1"`],
    ['+49 30', `"'+49 30"`],
    ['-2 is negative', `"'-2 is negative"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['  =1', `"'  =1"`],
    ['＝1+1', `"'＝1+1"`],
    ['two = one', '"two = one"'],
    ['say "no"', '"say ""no"""'],
  ])('%j is written as %s', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });

  test('numbers stay numbers, and nothing stays nothing', () => {
    expect(csvLine([-2.5, null, '', 0])).toBe('-2.5,,"",0\r\n');
  });

  test('what comes back is what was written, but for the apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 }), (cells) => {
        const [read] = parse(csvLine(cells), { record_delimiter: '\r\n' });
        expect(read?.map((cell, index) => (cell === cells[index] ? cell : cell.replace(/^'/, '')))).toEqual(cells);
      }),
    );
  });

  test('no cell starts as a formula does', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '|'), fc.string(), (start, rest) => {
        expect(csvLine([start + rest]).startsWith(`"'`)).toBe(true);
      }),
    );
  });
});
