import { describe, expect, it } from 'vitest';
import { calibrationReport } from '../../src/calibration/report.ts';
import { renderCalibrationTable } from '../../src/report/calibration-table.ts';
import { calibrationInput, grade, rated, rating } from '../calibration/rated-outcomes.ts';

// One answer holds the misconception, and the judge never reports it.
const byAnn = (code: string, index: number): ReturnType<typeof rating>[] => [
  rating({ rater: 'ann', kind: 'author', code, ...(index === 0 && { held: ['all-tokens'] }) }),
];

const report = calibrationReport(
  calibrationInput(
    ['mm', 'mx', 'mp', 'xx', 'xm', 'mm', 'xx', 'mp'].map((code, index) =>
      rated({
        id: `a${index}`,
        ratings: byAnn(code, index),
        outcome: grade({
          code: index % 3 === 0 ? code : code.replace('p', 'u').replace('mm', 'mx'),
          low: 1000 * (index % 5),
        }),
      }),
    ),
  ),
);
const lines = (width: number): string[] => renderCalibrationTable(report, { width, colour: false }).split('\n');

describe('the calibration table in the terminal', () => {
  it('says whose ratings these are before any figure', () => {
    const text = lines(200).join('\n');
    expect(text.indexOf(report.ratings.sentence)).toBeGreaterThan(0);
    expect(text.indexOf(report.ratings.sentence)).toBeLessThan(text.search(/\d\.\d\d/));
  });

  it('says whether it may grade alone, and why, before any table', () => {
    const text = lines(1000).join('\n');
    for (const sentence of [report.summary.headline, ...report.summary.sentences]) {
      expect(text.indexOf(sentence)).toBeGreaterThan(0);
      expect(text.indexOf(sentence)).toBeLessThan(text.indexOf('Overall'));
    }
  });

  it('shows the twenty worst criteria and says how many more the page has', () => {
    const criteria = Array.from({ length: 26 }, (_, index) =>
      report.criteria.map((one) => ({ ...one, criterion: `${one.criterion}-${index}` })),
    ).flat();
    const shown = renderCalibrationTable({ ...report, criteria }, { width: 100, colour: false }).split('\n');
    expect(shown.filter((line) => /^masking\/(?:names-it|says-why)/u.test(line))).toHaveLength(20);
    expect(shown).toContain('32 more: report.html');
  });

  it('fits 80 columns, and 70', () => {
    for (const width of [70, 80]) for (const line of lines(width)) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('puts the worst criterion first, with its interval', () => {
    const shown = lines(100).filter((line) => line.startsWith('masking/') && !line.includes('all-tokens'));
    expect(shown.map((line) => line.split(/\s/)[0])).toEqual(['masking/says-why', 'masking/names-it']);
    expect(shown[0]).toMatch(/\[-?\d\.\d\d, \d\.\d\d\]/);
  });

  it('shows a dash where a figure is undefined and the reason below', () => {
    const misconception = lines(100).find((line) => line.startsWith('masking/all-tokens'));
    const letter = /–([a-z])/.exec(misconception ?? '')?.[1];
    expect(lines(100).find((line) => line.startsWith(`–${letter}:`))).toContain('The judge never reported it.');
    const figures = lines(100).filter((line) => !line.startsWith('–'));
    expect(figures.join('\n')).not.toMatch(/NaN|undefined|null/);
  });

  it('counts the misconceptions that nobody saw instead of listing them', () => {
    const each = [...report.misconceptions.each, ...report.misconceptions.each].map((one, index) =>
      index === 0 ? one : { ...one, misconception: 'never-seen', held: 0, reported: 0 },
    );
    const text = renderCalibrationTable(
      { ...report, misconceptions: { ...report.misconceptions, each } },
      { width: 100, colour: false },
    );
    expect(text).toContain('Misconceptions, worst first (1 more neither held nor found)');
    expect(text).not.toContain('never-seen');
  });

  it('keeps a long name whole, above its figures', () => {
    const criterion = 'a-criterion-whose-name-takes-up-most-of-a-line-of-text';
    const first = report.criteria[0];
    const long = { ...report, criteria: first === undefined ? [] : [{ ...first, criterion }] };
    const shown = renderCalibrationTable(long, { width: 80, colour: false }).split('\n');
    const at = shown.indexOf(`masking/${criterion}`);
    expect(at).toBeGreaterThan(0);
    expect(shown[at + 1]).toMatch(/^ +8 /);
  });

  it('adds only codes, no words, with colour', () => {
    const coloured = renderCalibrationTable(report, { width: 80, colour: true });
    expect(coloured).toContain('\u001b[1m');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(lines(80).join('\n'));
  });

  it('does not let a title move the cursor', () => {
    const hostile = { ...report, set: { id: 'first-set', title: 'A \u001b[2J set' } };
    expect(renderCalibrationTable(hostile, { width: 80, colour: false })).not.toContain('\u001b');
  });
});
