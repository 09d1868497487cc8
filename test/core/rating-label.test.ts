import { describe, expect, test } from 'vitest';
import { isNumberLabel, readLabel, verdictShare } from '../../src/core/rating-label.ts';
import { labelScale, positiveLabel } from '../../src/calibration/label-scale.ts';

describe('a cell as a label', () => {
  test.each([
    ['1', '1'],
    [' 1.0 ', '1'],
    ['01', '1'],
    ['0,5', '0.5'],
    ['-0', '0'],
    ['1e0', '1'],
    ['.5', '0.5'],
    ['Met', 'met'],
    ['1.2.3', '1.2.3'],
  ])('%j is %j', (cell, label) => expect(readLabel(cell)).toBe(label));

  test.each(['', '  ', 'NA', 'n/a', 'NaN', 'null'])('%j is missing', (cell) => expect(readLabel(cell)).toBeNull());

  test('numbers are told from words', () => {
    expect(isNumberLabel('0.5')).toBe(true);
    expect(isNumberLabel('met')).toBe(false);
  });

  test('verdicts in words have a worth; a word like "constructor" has none', () => {
    expect([verdictShare('yes'), verdictShare('partial'), verdictShare('wrong')]).toEqual([1, 0.5, 0]);
    expect(verdictShare('constructor')).toBeUndefined();
  });
});

describe('the scale of some labels', () => {
  test('puts numbers in their order, and words in the order that is named', () => {
    expect(labelScale({ level: 'ordinal', labels: ['10', '9'], order: null })).toMatchObject({
      labels: ['9', '10'],
      values: [9, 10],
    });
    const named = labelScale({ level: 'ordinal', labels: ['met'], order: ['missed', 'partial', 'met'] });
    expect(named).toMatchObject({ labels: ['missed', 'partial', 'met'], values: [0, 1, 2] });
  });

  test('does not guess the order of words', () => {
    expect(labelScale({ level: 'ordinal', labels: ['low', 'high'], order: null })).toBeUndefined();
    expect(labelScale({ level: 'nominal', labels: ['low', 'high'], order: null })?.labels).toEqual(['high', 'low']);
  });

  test.each([
    [['0', '1'], '1'],
    [['no', 'yes'], 'yes'],
    [['blue', 'red'], undefined],
    [['0', '1', '2'], undefined],
  ])('%j has the positive label %j', (labels, positive) => {
    expect(positiveLabel(labelScale({ level: 'nominal', labels, order: null })!)).toBe(positive);
  });
});
