import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreeInRounding, readNumbers } from '../../src/core/numbers.ts';

function stated(text: string): number[] {
  return readNumbers(text)
    .filter(({ role }) => role === 'stated')
    .map(({ value }) => value);
}

describe('one quantity, many notations', () => {
  test.each<[string, number]>([
    ['131,072', 131072],
    ['131072', 131072],
    ['131\u00a0072', 131072],
    ['131{,}072', 131072],
    ['131k', 131000],
    ['~600K', 600000],
    ['16.78M', 16780000],
    ['7B', 7e9],
    ['0.78 %', 0.0078],
    ['0.78\\%', 0.0078],
    ['0.78 percent', 0.0078],
    ['0.0078', 0.0078],
    ['.5', 0.5],
    ['2^17', 131072],
    ['2**17', 131072],
    ['2¹⁷', 131072],
    ['4096²', 16777216],
    ['10^{-4}', 0.0001],
    ['1.6e7', 16000000],
    ['2e-5', 0.00002],
    ['18.25 million', 18250000],
    ['$18M', 18000000],
    ['two', 2],
    ['twelve', 12],
    ['thirty-one', 31],
    ['one hundred and five', 105],
    ['two thirds', 2 / 3],
    ['half', 0.5],
    ['½', 0.5],
    ['−0.8', -0.8],
    ['-0.8', -0.8],
    ['minus 0.8', -0.8],
    ['= - 0.8', -0.8],
    ['(-0.5)', -0.5],
  ])('%s is %d', (text, value) => {
    expect(stated(text)).toEqual([expect.closeTo(value, 12)]);
  });
});

describe('computed beside its parts', () => {
  test.each<[string, number[]]>([
    ['2·4096·16', [131072]],
    ['2 * 4096 * 16 = 131,072', [131072, 131072]],
    ['2 \\times 4096 \\times 16', [131072]],
    ['3 x 4', [12]],
    ['1.6 × 10^7', [16000000]],
    ['30/100', [0.3, 30, 100]],
    ['30 out of 100', [0.3, 30, 100]],
    ['16/8=2 to 16/16=1', [2, 16, 8, 2, 1, 16, 16, 1]],
  ])('%s', (text, values) => {
    expect(stated(text)).toEqual(values);
  });
  test('factors of a product are told apart', () => {
    expect(readNumbers('2*4096').map(({ role }) => role)).toEqual(['stated', 'factor', 'factor']);
  });
});

describe('several in one text', () => {
  test.each<[string, number[]]>([
    ['10–20%', [0.1, 0.2]],
    ['10 to 20%', [0.1, 0.2]],
    ['10-20k', [10000, 20000]],
    ['70-80', [70, 80]],
    ['r=8→16', [8, 16]],
    ['two and three', [2, 3]],
    ['[1,1,0,0]', [1, 1, 0, 0]],
    ['0.95 − 1 = −0.05', [0.95, 1, -0.05]],
    ['10x on a 16-bit card of 14 GB', [10, 16, 14]],
  ])('%s', (text, values) => {
    expect(stated(text)).toEqual(values);
  });
});

test.each([
  'R1',
  'fp16',
  'GPT-4',
  'pass@10',
  'p95',
  '2dr',
  '4o',
  'the 2nd',
  '1. Train',
  '(1) policy',
  'one',
  'a third',
  'v3.5.1',
])('%s holds no quantity', (text) => {
  expect(stated(text)).toEqual([]);
});

test('the number of a step is a label', () => {
  expect(readNumbers('In step 2 we stop').map(({ role }) => role)).toEqual(['label']);
});

test('offsets, unit, decimals and place are those written', () => {
  const text = 'about $18.25M, or 14 GB; 0.78 % of it';
  const [money, memory, share] = readNumbers(text);
  expect(money).toMatchObject({ unit: '$', decimals: 2, step: 10000, percent: false });
  expect(text.slice(money?.start, money?.end)).toBe('$18.25M');
  expect(memory).toMatchObject({ unit: 'GB', value: 14 });
  expect(share).toMatchObject({ percent: true, decimals: 2, step: 0.0001 });
  expect(text.slice(share?.start, share?.end)).toBe('0.78 %');
});

test('any integer is read back from its grouped form', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (value) => {
      expect(stated(`It is ${value.toLocaleString('en-US')}.`)).toEqual([value]);
    }),
  );
});

test('any text is read without failing, offsets inside it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { start, end } of readNumbers(text))
        expect(start >= 0 && start < end && end <= text.length).toBe(true);
    }),
  );
});

test.each<[string, string, boolean]>([
  ['131k', '131,072', true],
  ['130k', '131,072', false],
  ['1.6', '1.609', true],
  ['2', '1.609', false],
  ['0.8%', '0.78%', false],
  ['4', '4.3', false],
])('%s agrees with %s: %s', (left, right, expected) => {
  const [a] = readNumbers(left);
  const [b] = readNumbers(right);
  expect(a && b && agreeInRounding(a, b)).toBe(expected);
});

describe('a hyphen before a figure', () => {
  test.each([
    ['we get -0.5', -0.5],
    ['the losers are -1', -1],
    ['advantage: -0.5', -0.5],
    ['(-0.5)', -0.5],
  ])('makes it negative: %s', (text, value) => {
    expect(readNumbers(text).map((quantity) => quantity.value)).toEqual([value]);
  });

  test.each([
    ['1 -0.8', [1, 0.8]],
    ['a stage – 5 of them', [5]],
    ['rank-16', []],
  ])('or not: %s', (text, values) => {
    expect(readNumbers(text).map((quantity) => quantity.value)).toEqual(values);
  });
});

test('figures behind bullets are a list, not a product', () => {
  const values = readNumbers('* 131072\n* 65536\n* 7').map(({ value, role }) => [value, role]);
  expect(values).toEqual([131072, 65536, 7].map((value) => [value, 'stated']));
});

test('a page of products, separators or brackets is read at once', () => {
  const pages = ['2^', '2^2*', '1,000,', '7 ', 'two-', '(7', '(1) x', '1 000 ', '½ '].map((unit) =>
    unit.repeat(8000 / unit.length),
  );
  const from = performance.now();
  for (const page of pages) readNumbers(page);
  expect(performance.now() - from).toBeLessThan(3000);
});

test('what comes after "plus or minus" is a margin, not a negative number', () => {
  const values = (text: string): number[] => readNumbers(text).map(({ value }) => value);
  expect(values('72 plus or minus 2.94')).toEqual([72, 2.94]);
  expect(values('plus/minus 3 points')).toEqual([3]);
  expect(values('-1.5 or minus 2')).toEqual([-1.5, -2]);
});
