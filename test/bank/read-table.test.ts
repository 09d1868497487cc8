import { describe, expect, test } from 'vitest';
import { decodeSource } from '../../src/bank/read-source.ts';
import { columnPlace, matchColumns, readTable } from '../../src/bank/read-table.ts';

const read = (text: string) => readTable({ name: 't.csv', text });
const rowsOf = (text: string): [number, ...string[]][] => read(text).rows.map(({ line, cells }) => [line, ...cells]);

describe('a table', () => {
  test('keeps the line each record begins on, over line breaks in quotes and empty lines', () => {
    expect(rowsOf('a,b\n1,"x\ny"\n\n2,z\n')).toEqual([
      [2, '1', 'x\ny'],
      [5, '2', 'z'],
    ]);
  });

  test.each([
    ['a;b\n1;2,5\n', ['1', '2,5']],
    ['a\tb\n1\t2\n', ['1', '2']],
    ['a|b\n1|2\n', ['1', '2']],
    ['"a,x",b\n1,2\n', ['1', '2']],
  ])('finds the delimiter of %j', (text, cells) => expect(read(text).rows[0]?.cells).toEqual(cells));

  test('lists rows with too few or too many cells and keeps the others', () => {
    const table = read('a,b\n1\n2,3\n4,5,6\n7,8,\n');
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ['2', '3'],
      ['7', '8'],
    ]);
    expect(table.faults.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('loses one line to a stray quotation mark, not the rest of the file', () => {
    const table = read('a,b\n1,"open, and never closed\n2,z\n3,"q"\n');
    expect(table.rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [3, '2', 'z'],
      [4, '3', 'q'],
    ]);
    expect(table.faults).toEqual([{ line: 2, what: 'its quotation marks do not pair up' }]);
  });

  test('keeps a row whose marks are the answer’s own', () => {
    expect(rowsOf('a,b\n1,say "hi" there\n2,"open\n')).toEqual([
      [2, '1', 'say "hi" there'],
      [3, '2', '"open'],
    ]);
    expect(rowsOf('a\tb\n1\t"never closed\n2\tx "y" z\n')).toEqual([
      [2, '1', '"never closed'],
      [3, '2', 'x "y" z'],
    ]);
  });

  test('stays quick when thousands of lines have stray marks', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `${index},a "b" c`);
    const started = performance.now();
    expect(read(['n,t', ...lines].join('\n')).rows).toHaveLength(5_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('reads JSON Lines with nested keys, and lists lines that are none', () => {
    const table = read('{"a":1,"b":{"c":"x","d":true}}\n{bad\n[1]\n{"a":null,"e":[1]}\n');
    expect(table.columns).toEqual(['a', 'b.c', 'b.d', 'e']);
    expect(table.rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, '1', 'x', 'true', ''],
      [4, '', '', '', '[1]'],
    ]);
    expect(table.faults.map(({ line }) => line)).toEqual([2, 3]);
  });

  test('numbers columns that share a name or have none', () => {
    expect(read('a,,a\n1,2,3\n').columns).toEqual(['a', 'column 2', 'a (2)']);
  });

  test('says so where there is no table', () => {
    expect(() => read('\n')).toThrow('holds no table');
  });
});

describe('naming columns', () => {
  const table = read('id,Human_1,human_2,gpt.full\n1,2,3,4\n');

  test('an unknown one is an error that lists those there are', () => {
    expect(() => columnPlace(table, 'human_3')).toThrow('no column "human_3"');
    try {
      columnPlace(table, 'human_3');
    } catch (error) {
      expect(error).toMatchObject({ code: 'input-invalid', fix: 'Use one of: id, Human_1, human_2, gpt.full.' });
    }
  });

  test('case does not matter, and a star stands for anything', () => {
    expect(matchColumns(table, ['human_1', 'id'])).toEqual(['Human_1', 'id']);
    expect(matchColumns(table, ['human_*', 'human_1'])).toEqual(['Human_1', 'human_2']);
    expect(matchColumns(table, ['gpt.*'])).toEqual(['gpt.full']);
    expect(() => matchColumns(table, ['model_*'])).toThrow('no column "model_*"');
  });
});

describe('bytes of any encoding', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

  test('UTF-8 loses its mark, and every line end becomes one', () => {
    expect(decodeSource(bytes(0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x62, 0x0d, 0x63))).toEqual({
      text: 'a\nb\nc',
      note: null,
    });
  });

  test('UTF-16 is known by its mark', () => {
    expect(decodeSource(bytes(0xff, 0xfe, 0x61, 0, 0xe9, 0))).toEqual({ text: 'aé', note: null });
  });

  test('anything else is Windows-1252, and a note says so', () => {
    const { text, note } = decodeSource(bytes(0x63, 0x61, 0x66, 0xe9, 0x20, 0x93));
    expect(text).toBe('café “');
    expect(note).toContain('Latin-1');
  });
});
