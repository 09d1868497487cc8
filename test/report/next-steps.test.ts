import { describe, expect, it } from 'vitest';
import { calibrationReport } from '../../src/calibration/report.ts';
import type { CalibrationReport } from '../../src/calibration/report-schema.ts';
import { nextSteps } from '../../src/report/next-steps.ts';
import { calibrationInput, grade, rated, rating } from '../calibration/rated-outcomes.ts';

const report = calibrationReport(
  calibrationInput(
    ['mm', 'mx', 'mp', 'xx', 'xm', 'mm'].map((code, index) =>
      rated({
        id: `a${index}`,
        ratings: [rating({ rater: 'ann', kind: 'author', code })],
        outcome: grade({ code: 'mm', low: 4000 }),
      }),
    ),
  ),
);

function commandsOf(change: Partial<CalibrationReport>): string {
  return nextSteps({ ...report, ...change })
    .map(({ command }) => command)
    .join('\n');
}

describe('what to do next', () => {
  it('is to rate, where no person did, and to let a second person rate the same questions', () => {
    const commands = commandsOf({});
    expect(commands).toContain('viva rate first-set --rater ann --who');
    expect(commands).toMatch(/viva rate first-set --rater ben .* --items masking/u);
  });

  it('names questions from all over the course until they have fifty answers together', () => {
    const [slice] = report.slices.filter(({ by }) => by === 'item');
    if (slice === undefined) throw new Error('The report has no question.');
    const slices = Array.from({ length: 30 }, (_, index) => ({
      ...slice,
      value: `q${index}`,
      answers: 10,
      points: { ...slice.points, n: 10 },
    }));
    const items = /--items (.*)/u.exec(commandsOf({ slices }))?.[1]?.split(' ');
    expect(items).toEqual(['q0', 'q6', 'q12', 'q18', 'q24']);
  });

  it('asks nobody to rate where two people rated everything', () => {
    const ratings = { ...report.ratings, answersByKind: { human: 6, author: 0, model: 0 } };
    const ceiling = { ...report.ceiling, points: { ...report.ceiling.points, n: 60 } };
    expect(commandsOf({ ratings, ceiling })).not.toContain('viva rate');
  });

  it('is to store the decision where the judge may grade alone', () => {
    const summary = { ...report.summary, mayGradeAlone: 'yes' as const };
    expect(commandsOf({ summary, split: 'test' })).toContain('viva calibrate first-set --publish');
    expect(commandsOf({ split: 'test' })).not.toContain('--publish');
  });

  it('sends whoever reports on dev answers to answers that nothing was tuned on', () => {
    expect(commandsOf({})).toContain('viva calibrate first-set --split test --gate');
  });

  it('names no split where the set is taken whole, for it may have none', () => {
    expect(commandsOf({ split: 'all' })).not.toMatch(/--split (?:dev|test)/u);
    expect(commandsOf({ split: 'all' })).toContain('viva calibrate first-set --split all --gate');
  });

  it('mends rubrics by dev answers, and nothing where every criterion agrees', () => {
    expect(commandsOf({ split: 'test' })).toContain('viva calibrate first-set --split dev');
    expect(commandsOf({ split: 'test', criteria: [] })).not.toContain('--split dev');
  });
});
