import { describe, expect, it } from 'vitest';
import { pointsCeiling, verdictCeiling } from '../../src/calibration/human-ceiling.ts';
import { leaveOneOut } from '../../src/calibration/leave-one-out.ts';
import type { RatedOutcome } from '../../src/calibration/report-input.ts';
import { grade, item, rated, rating, rubric } from './rated-outcomes.ts';
import { reasonOf, valueOf } from './value-of.ts';

const plan = { resamples: 300, seed: 1, level: 0.95 };
const items = [{ item, rubric }];

const people = (...codes: string[]): RatedOutcome['answer']['ratings'] =>
  codes.map((code, index) => rating({ rater: `person-${index}`, kind: 'human', code }));

describe('what people reach among themselves', () => {
  it('holds each of three people against the other two, and the judge against those same pairs', () => {
    // First criterion of one answer: m, m, x. Without the first the rest tie (m, x): left out; so without the second.
    // Without the third the rest say m, the third says x, the judge says m. Second criterion: all x, so three times x against x.
    const answers = [rated({ id: 'a', ratings: people('mx', 'mx', 'xx'), outcome: grade({ code: 'mm', low: 4000 }) })];
    const { verdicts } = leaveOneOut({ answers, items });
    expect(verdicts.map(({ criterion, others, person, judge }) => [criterion, others, person, judge])).toEqual([
      ['says-why', 'missed', 'missed', 'met'],
      ['says-why', 'missed', 'missed', 'met'],
      ['names-it', 'met', 'missed', 'met'],
      ['says-why', 'missed', 'missed', 'met'],
    ]);
    const ceiling = verdictCeiling({ entries: verdicts, plan });
    expect(valueOf(ceiling.agreement.people)).toBe(3 / 4);
    expect(valueOf(ceiling.agreement.judge)).toBe(1 / 4);
    expect(valueOf(ceiling.agreement.gap)).toBe(2 / 4);
  });

  it('holds each of two people against the other', () => {
    const answers = [
      rated({ id: 'a', ratings: people('mm', 'mx'), outcome: grade({ code: 'mm', low: 4000 }) }),
      rated({ id: 'b', ratings: people('xx', 'xx'), outcome: grade({ code: 'xu', low: 0 }) }),
    ];
    const { verdicts, points } = leaveOneOut({ answers, items });
    // names-it: m/m twice and x/x twice; says-why: m/x, x/m, x/x twice. People 6 of 8. The judge on says-why of a: m against x and m against m;
    // its "unsure" on b is read as missed and so right: 7 of 8.
    const { agreement } = verdictCeiling({ entries: verdicts, plan });
    expect([valueOf(agreement.people), valueOf(agreement.judge)]).toEqual([6 / 8, 7 / 8]);
    // Points of 4: a: 4 and 1, judge 4; b: 0 and 0, judge 0. Pairs of people (others, person): (.25, 1) (1, .25) (0, 0) (0, 0).
    expect(points.map(({ others, person, judge }) => [others, person, judge])).toEqual([
      [0.25, 1, 1],
      [1, 0.25, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    // Quadratic kappa of people: mean square difference .28125; means .3125, variances .265625 - .09765625 = .16796875 each.
    const ceiling = pointsCeiling({ entries: points, plan }).quadraticKappa;
    expect(valueOf(ceiling.people)).toBeCloseTo(1 - 0.28125 / (2 * 0.16796875), 12);
    // Of the judge: differences .75, 0, 0, 0: .140625; means .3125 and .5, variances .16796875 and .25.
    expect(valueOf(ceiling.judge)).toBeCloseTo(1 - 0.140625 / (0.16796875 + 0.25 + 0.1875 ** 2), 12);
  });

  it('is absent, with the reason, where no two people rated: models and authors make no human ceiling', () => {
    const ratings = [
      rating({ rater: 'gpt', kind: 'model', code: 'mm' }),
      rating({ rater: 'claude', kind: 'model', code: 'mm' }),
      rating({ rater: 'ann', kind: 'human', code: 'mm' }),
      rating({ rater: 'bob', kind: 'author', code: 'mm' }),
    ];
    const { verdicts } = leaveOneOut({
      answers: [rated({ id: 'a', ratings, outcome: grade({ code: 'mm', low: 4000 }) })],
      items,
    });
    expect(verdicts).toEqual([]);
    const { agreement } = verdictCeiling({ entries: verdicts, plan });
    expect(agreement.people.status === 'undefined' ? reasonOf(agreement.people) : '').toContain('rated by two people');
  });

  it('leaves out answers the judge did not grade, for it could not be held against anybody there', () => {
    const answers = [rated({ id: 'a', ratings: people('mm', 'mm'), outcome: { status: 'returned', reason: 'empty' } })];
    expect(leaveOneOut({ answers, items })).toEqual({ verdicts: [], points: [] });
  });
});
