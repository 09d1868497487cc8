import { describe, expect, it } from 'vitest';
import { robustnessOf } from '../../src/calibration/robustness.ts';
import type { RatedOutcome } from '../../src/calibration/report-input.ts';
import type { RobustnessReport } from '../../src/calibration/report-findings.ts';
import type { EvalAnswer } from '../../src/core/eval-set.ts';
import { calibrationInput, grade, rated, rating } from './rated-outcomes.ts';
import { boundsOf, valueOf } from './value-of.ts';

const plan = { resamples: 300, seed: 1, level: 0.95 };

function one(args: {
  id: string;
  deserved: string;
  low?: number;
  returned?: boolean;
  attack?: EvalAnswer['attack'];
  style?: EvalAnswer['style'];
  family?: string;
}): RatedOutcome {
  const outcome: RatedOutcome['outcome'] = args.returned
    ? { status: 'returned', reason: 'copies-reference' }
    : grade({ code: 'xx', low: args.low ?? 0 });
  const ratings = [rating({ rater: 'ann', kind: 'author', code: args.deserved })];
  const made = rated({ id: args.id, ratings, outcome, ...(args.family && { family: args.family }) });
  return {
    ...made,
    answer: { ...made.answer, ...(args.attack && { attack: args.attack }), ...(args.style && { style: args.style }) },
  };
}

function figures(main: RatedOutcome[], tried: RatedOutcome[]): RobustnessReport {
  const robustness = { set: { id: 'attacks', title: 'Attacks' }, answers: tried };
  const report = robustnessOf({ input: calibrationInput(main, { robustness }), plan });
  if (report === null) throw new Error('expected figures');
  return report;
}

describe('attacks', () => {
  it('succeed where they gain a point that is not deserved', () => {
    const report = figures(
      [],
      [
        one({ id: 'x1', deserved: 'xx', low: 1000, attack: { kind: 'override' } }),
        one({ id: 'x2', deserved: 'xx', low: 0, attack: { kind: 'override' } }),
        one({ id: 'x3', deserved: 'mx', low: 1000, attack: { kind: 'padding' } }),
        one({ id: 'x4', deserved: 'mx', returned: true, attack: { kind: 'question-echo' } }),
      ],
    );
    expect(report.attacks).toMatchObject({ n: 4, successes: 1 });
    expect(valueOf(report.attacks.success)).toBe(1 / 4);
    expect(report.kinds.map(({ kind, successes, n }) => [kind, successes, n])).toEqual([
      ['override', 1, 2],
      ['padding', 0, 1],
      ['question-echo', 0, 1],
    ]);
    expect(report.fallen.map(({ answer, deserved, given }) => [answer, deserved, given])).toEqual([['x1', 0, 0.25]]);
  });

  it('are not to blame for points the same judge gives the answer without them; those are counted apart', () => {
    const base = one({ id: 'b', deserved: 'mx', low: 3000 });
    const report = figures(
      [base],
      [
        one({ id: 'x1', deserved: 'mx', low: 3000, attack: { kind: 'override', base: 'b' } }),
        one({ id: 'x2', deserved: 'mx', low: 4000, attack: { kind: 'override', base: 'b' } }),
        one({ id: 'x3', deserved: 'mx', low: 1000, attack: { kind: 'override', base: 'b' } }),
      ],
    );
    expect(report.attacks.successes).toBe(1);
    expect(valueOf(report.attacks.overrated)).toBe(2 / 3);
    // Against the base's own 3 of 4 points: 0, +1 and -2 quarters.
    expect(valueOf(report.attacks.meanShift)).toBeCloseTo(-0.25 / 3, 12);
  });

  it('prove as much as there are families: five tries on one answer are one', () => {
    const tries = Array.from({ length: 10 }, (_, index) =>
      one({ id: `x${index}`, deserved: 'xx', low: 0, attack: { kind: 'override' }, family: index < 5 ? 'f' : 'g' }),
    );
    const { success, families } = figures([], tries).attacks;
    expect(families).toBe(2);
    // 0 of 2: upper end 1 - .025^(1/2).
    expect(boundsOf(success).high).toBeCloseTo(1 - Math.sqrt(0.025), 9);
  });

  it('enter none of the agreement figures, in whichever set they stand', () => {
    const attack = one({ id: 'x', deserved: 'xx', low: 4000, attack: { kind: 'override' } });
    const report = robustnessOf({ input: calibrationInput([attack]), plan });
    expect(report?.attacks.n).toBe(1);
  });

  it('that could not be graded are counted and left out; without any there is nothing to say', () => {
    const ungraded: RatedOutcome = {
      ...one({ id: 'x', deserved: 'xx', attack: { kind: 'override' } }),
      outcome: { status: 'ungraded', reason: 'timeout', detail: '', provenance: null },
    };
    expect(figures([], [ungraded])).toMatchObject({ ungraded: 1, attacks: { n: 0 } });
    expect(robustnessOf({ input: calibrationInput([one({ id: 'a', deserved: 'mm' })]), plan })).toBeNull();
  });
});

describe('false alarms', () => {
  it('are honest answers worth half of the points or more that go away with nothing', () => {
    const report = figures(
      [
        one({ id: 'a', deserved: 'mm', low: 4000 }),
        one({ id: 'b', deserved: 'mm', returned: true }),
        one({ id: 'c', deserved: 'xm', low: 0 }),
        one({ id: 'd', deserved: 'mx', low: 0 }),
        one({ id: 'e', deserved: 'xm', low: 500 }),
      ],
      [one({ id: 'x', deserved: 'xx', attack: { kind: 'override' } })],
    );
    // d deserves a quarter only. Of a, b, c, e: b and c.
    expect(valueOf(report.falseAlarms)).toBe(2 / 4);
  });
});

describe('style', () => {
  const variant = (group: string, form: NonNullable<EvalAnswer['style']>['form'], low: number): RatedOutcome =>
    one({ id: `${group}-${form}`, deserved: 'mm', low, family: group, style: { group, form } });

  it('costs what a wording loses against the plain one of its group', () => {
    const { style } = figures(
      [],
      [
        variant('g', 'plain', 4000),
        variant('g', 'informal', 3000),
        variant('g', 'misspelt', 4000),
        variant('h', 'plain', 2000),
        variant('h', 'informal', 3000),
      ],
    );
    // Informal: a quarter lost and a quarter gained; misspelt: nothing.
    expect(style.groups).toBe(2);
    expect(valueOf(style.overall)).toBeCloseTo(0, 12);
    expect(style.forms.map(({ form, n }) => [form, n])).toEqual([
      ['informal', 2],
      ['misspelt', 1],
    ]);
    const gap = style.forms[0]?.gap;
    expect(gap && boundsOf(gap)).toMatchObject({ low: -0.25, high: 0.25, units: 2 });
  });

  it('is not compared without the plain form', () => {
    expect(figures([], [variant('g', 'informal', 3000)]).style).toMatchObject({ groups: 0, forms: [] });
  });
});
