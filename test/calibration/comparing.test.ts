import { describe, expect, it } from 'vitest';
import { dealByLength, majorityLabel } from '../../src/calibration/baselines.ts';
import { holmAdjust } from '../../src/calibration/holm.ts';
import { mcnemarTest } from '../../src/calibration/mcnemar.ts';
import { valueOf } from './value-of.ts';

describe('McNemar’s test', () => {
  it('is the exact two-sided binomial chance', () => {
    // 5 against 15: twice (1 + 20 + 190 + 1140 + 4845 + 15504) / 2^20 = 43400 / 1048576.
    expect(valueOf(mcnemarTest({ onlyFirst: 5, onlySecond: 15 }))).toBeCloseTo(43_400 / 1_048_576, 12);
    // 0 against 6: twice 1/64.
    expect(valueOf(mcnemarTest({ onlyFirst: 6, onlySecond: 0 }))).toBeCloseTo(2 / 64, 12);
  });

  it('does not care which judge comes first, and is never above 1', () => {
    expect(mcnemarTest({ onlyFirst: 3, onlySecond: 9 })).toEqual(mcnemarTest({ onlyFirst: 9, onlySecond: 3 }));
    expect(valueOf(mcnemarTest({ onlyFirst: 4, onlySecond: 4 }))).toBe(1);
  });

  it('is undefined where the two never differ', () => {
    expect(mcnemarTest({ onlyFirst: 0, onlySecond: 0 }).status).toBe('undefined');
  });
});

describe('Holm’s correction', () => {
  it('multiplies by the slices still in play and never falls', () => {
    // .01 x 4, then .02 x 3, then .03 x 2 and .04 x 1, the last held up by the one before it.
    expect(holmAdjust([0.04, 0.01, 0.03, 0.02])).toEqual([
      expect.closeTo(0.06, 12),
      expect.closeTo(0.04, 12),
      expect.closeTo(0.06, 12),
      expect.closeTo(0.06, 12),
    ]);
  });

  it('stops at 1 and leaves nothing as it is', () => {
    expect(holmAdjust([0.6, 0.9])).toEqual([1, 1]);
    expect(holmAdjust([])).toEqual([]);
  });
});

describe('judges that read nothing', () => {
  it('say the commonest verdict', () => {
    expect(majorityLabel(['met', 'missed', 'missed'])).toBe('missed');
    expect(majorityLabel(['met', 'missed'])).toBe('met');
    expect(majorityLabel([])).toBeUndefined();
  });

  it('deal the raters’ points out by length', () => {
    const answers = [
      { words: 30, value: 0 },
      { words: 5, value: 1 },
      { words: 80, value: 0.5 },
    ];
    expect(dealByLength({ answers, seed: 1 })).toEqual([0.5, 0, 1]);
  });

  it('do not profit from the order in which equally long answers are listed', () => {
    const answers = Array.from({ length: 200 }, (_, index) => ({ words: 10, value: index }));
    const dealt = dealByLength({ answers, seed: 4 });
    expect(dealt).not.toEqual(answers.map((answer) => answer.value));
    expect([...dealt].sort((one, other) => one - other)).toEqual(answers.map((answer) => answer.value));
  });
});
