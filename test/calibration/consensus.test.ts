import { describe, expect, it } from 'vitest';
import { consensusOf, type Consensus } from '../../src/calibration/consensus.ts';
import type { Rating } from '../../src/core/eval-set.ts';
import { rating } from './rated-outcomes.ts';

const consensus = (ratings: Rating[]): Consensus =>
  consensusOf({ ratings, criteria: ['names-it', 'says-why'], misconceptions: ['all-tokens'] });

describe('what several raters agree on', () => {
  it('is the rating itself where there is one rater', () => {
    const one = consensus([rating({ rater: 'ann', kind: 'author', code: 'mp', held: ['all-tokens'] })]);
    expect([...one.verdicts]).toEqual([
      ['names-it', 'met'],
      ['says-why', 'partial'],
    ]);
    expect(one.misconceptions.get('all-tokens')).toBe('held');
  });

  it('is what most say, verdict by verdict', () => {
    const three = consensus([
      rating({ rater: 'one', kind: 'human', code: 'mx', held: ['all-tokens'] }),
      rating({ rater: 'two', kind: 'human', code: 'mm' }),
      rating({ rater: 'three', kind: 'human', code: 'xm', held: ['all-tokens'] }),
    ]);
    expect([...three.verdicts.values()]).toEqual(['met', 'met']);
    expect(three.misconceptions.get('all-tokens')).toBe('held');
  });

  it('is open where they tie, and where nobody rated', () => {
    const two = consensus([
      rating({ rater: 'one', kind: 'human', code: 'mm', held: ['all-tokens'] }),
      { ...rating({ rater: 'two', kind: 'human', code: 'xm' }), verdicts: { 'names-it': 'missed' } },
    ]);
    expect([...two.verdicts.values()]).toEqual(['tied', 'met']);
    expect(two.misconceptions.get('all-tokens')).toBe('tied');
    expect(consensus([]).verdicts.get('names-it')).toBe('unrated');
  });

  it('never lets fifteen models outvote one person', () => {
    const models = Array.from({ length: 15 }, (_, index) =>
      rating({ rater: `model-${index}`, kind: 'model', code: 'mm' }),
    );
    const mixed = consensus([...models, rating({ rater: 'ann', kind: 'human', code: 'xx' })]);
    expect(mixed).toMatchObject({ basis: 'human', raters: 1 });
    expect([...mixed.verdicts.values()]).toEqual(['missed', 'missed']);
  });
});
