import { describe, expect, it } from 'vitest';
import { calibrationReport } from '../../src/calibration/report.ts';
import type { RatedOutcome } from '../../src/calibration/report-input.ts';
import type { Grade } from '../../src/core/grade.ts';
import { calibrationInput, grade, rated, rating } from './rated-outcomes.ts';

/** "says-why" has a half-way level, "names-it" has none. Each case is raters' code, judge's code. */
function adviceOn(criterion: 'names-it' | 'says-why', cases: [raters: string, judge: string][]): string[] {
  const place = criterion === 'names-it' ? 0 : 1;
  const whole = (letter: string): string => (place === 0 ? `${letter}m` : `m${letter}`);
  const answers = cases.map(([raters, judge], index) =>
    rated({
      id: `a${index}`,
      ratings: [rating({ rater: 'ann', kind: 'author', code: whole(raters) })],
      outcome: grade({ code: whole(judge), low: 0 }),
    }),
  );
  return kindsOf(answers, criterion);
}

function kindsOf(answers: RatedOutcome[], criterion: string): string[] {
  const report = calibrationReport(calibrationInput(answers, { resamples: 20 }));
  return report.criteria.find((one) => one.criterion === criterion)?.advice.map(({ kind }) => kind) ?? [];
}

const times = <Case>(n: number, one: Case): Case[] => Array.from({ length: n }, () => one);

describe('what to try on a criterion', () => {
  it('is nothing where it agrees well, or where hardly anybody rated it', () => {
    expect(adviceOn('names-it', times(8, ['m', 'm']))).toEqual([]);
    expect(adviceOn('names-it', times(3, ['m', 'x']))).toEqual([]);
  });

  it('is a missing alternative where the judge misses what the raters accept', () => {
    expect(
      adviceOn('names-it', [...times(4, ['m', 'm'] as [string, string]), ...times(4, ['m', 'x'] as [string, string])]),
    ).toEqual(['missing-alternative']);
  });

  it('is too wide a wording where the judge accepts what the raters do not', () => {
    expect(
      adviceOn('names-it', [...times(4, ['x', 'x'] as [string, string]), ...times(4, ['x', 'm'] as [string, string])]),
    ).toEqual(['too-wide']);
  });

  it('is a vague half-way where most differences are about it', () => {
    expect(
      adviceOn('says-why', [
        ...times(4, ['m', 'm'] as [string, string]),
        ...times(2, ['p', 'm'] as [string, string]),
        ...times(2, ['p', 'x'] as [string, string]),
      ]),
    ).toEqual(['vague-half-way']);
  });

  it('is a missing half-way level where met and missed are confused both ways and there is none', () => {
    const cases = [
      ...times(4, ['m', 'm'] as [string, string]),
      ...times(2, ['m', 'x'] as [string, string]),
      ...times(2, ['x', 'm'] as [string, string]),
    ];
    expect(adviceOn('names-it', cases)).toEqual(['missing-half-way']);
    expect(adviceOn('says-why', cases)).toEqual(['ambiguous-wording']);
  });

  it('is a hard quotation where the judge cannot decide', () => {
    expect(
      adviceOn('says-why', [...times(5, ['m', 'm'] as [string, string]), ...times(3, ['m', 'u'] as [string, string])]),
    ).toEqual(['hard-to-quote']);
  });

  it('is the wording before the judge where the raters themselves differ', () => {
    const answers = times(6, 0).map((_, index) =>
      rated({
        id: `a${index}`,
        ratings: ['mm', index % 2 === 0 ? 'xm' : 'mm', index % 3 === 0 ? 'xm' : 'mm'].map((code, person) =>
          rating({ rater: `p${person}`, kind: 'human', code }),
        ),
        outcome: grade({ code: index < 3 ? 'xm' : 'mm', low: 0 }),
      }),
    );
    expect(kindsOf(answers, 'names-it')[0]).toBe('ambiguous-wording');
  });

  it('is a narrow check where code lowered what the raters accept', () => {
    const barred = (): Grade => {
      const graded = grade({ code: 'xm', low: 3000 });
      graded.verdicts[0]!.barred = 'check';
      return graded;
    };
    const answers = times(6, 0).map((_, index) =>
      rated({
        id: `a${index}`,
        ratings: [rating({ rater: 'ann', kind: 'author', code: 'mm' })],
        outcome: index < 3 ? barred() : grade({ code: 'mm', low: 4000 }),
      }),
    );
    expect(kindsOf(answers, 'names-it')).toEqual(['narrow-check']);
  });
});
