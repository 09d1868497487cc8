import { describe, expect, test } from 'vitest';
import { printEstimate } from '../../src/cli/estimate-command.ts';
import { estimateRate, type EstimatedRate } from '../../src/tutor/estimate-rate.ts';
import { valueOf } from '../calibration/value-of.ts';
import { keepStreams } from '../../src/cli/streams.ts';

const estimate = (text: string, by: string | null = null): EstimatedRate =>
  estimateRate({ name: 'class.csv', text, judge: 'judge', human: 'human', by });

function print(estimated: EstimatedRate, json = false, width = 100): { out: string; err: string } {
  const { streams, printed } = keepStreams(width);
  printEstimate({ estimated, json, streams });
  return printed;
}

/** What is printed, on one line. */
const proseOf = (estimated: EstimatedRate): string => print(estimated).out.replace(/\s+/g, ' ');

/** A judge that says 1 on three of four answers, where people say so on two of four; every tenth answer is rated. */
const kind = ['id,group,judge,human'];
for (let row = 0; row < 400; row += 1) {
  const human = row % 40 < 4 ? String(Number(Math.floor(row / 40) % 2)) : '';
  kind.push(`${row},${row % 2 === 0 ? 'even' : 'odd'},${row % 4 === 3 ? 'missed' : 'met'},${human}`);
}

describe('a class’s true rate', () => {
  test('is stated first, with the figure to use and how far the judge alone is off', () => {
    const estimated = estimate(kind.join('\n'), 'group');
    expect(estimated.all).toMatchObject({ rated: 40, unrated: 360 });
    expect(valueOf(estimated.all.judgeOnly)).toBe(0.75);
    expect(valueOf(estimated.all.ratedOnly)).toBe(0.5);
    const out = proseOf(estimated);
    expect(out).toMatch(/^The true rate behind judge, corrected by human Use 50 % \[\d+ %, \d+ %\]/);
    expect(out).toMatch(/The judge alone says 75 %, which is too kind by about 25 points of 100; do not report it/);
    expect(estimated.groups.map(({ group, rated }) => [group, rated])).toEqual([
      ['even', 20],
      ['odd', 20],
    ]);
    expect(out).toContain('2 of 2 groups have fewer than 30 rated answers');
  });

  test('reads shares of the points as they are', () => {
    const estimated = estimate('judge,human\n0.5,0.25\n0.75,1\n"0,25",\n1.0,\n0,0\n');
    expect(estimated.share).toBe(false);
    expect(valueOf(estimated.all.judgeOnly)).toBeCloseTo(0.5, 12);
    expect(print(estimated).out).toContain('Only 3 answers were rated by a person');
  });

  test('with one rating or none says that there is no figure to use', () => {
    expect(proseOf(estimate('judge,human\n1,1\n0,\n1,\n'))).toContain(
      'There is no figure to use: the judge alone says 67 %',
    );
    expect(proseOf(estimate('judge,human\n1,NA\n0,\n'))).toContain('nothing shows how far off it is');
  });

  test('where everything is rated the ratings are the figure', () => {
    expect(proseOf(estimate('judge,human\n1,1\n0,1\n1,0\n0,0\n'))).toContain(
      'from the ratings alone. Every graded answer is rated',
    );
  });

  test('warns where the rated answers were picked', () => {
    const rows = Array.from({ length: 300 }, (_, row) => `${row < 40 ? 1 : row % 2},${row < 40 ? 1 : ''}`);
    expect(proseOf(estimate(['judge,human', ...rows].join('\n')))).toContain('do not look drawn at random');
  });

  test('lists cells that are neither numbers nor verdicts, and counts an unsure judge as not met', () => {
    const estimated = estimate('judge,human\n1,1\nunsure,0\nmaybe,\n,1\n,\n0,0\n');
    expect(estimated.faults).toEqual([
      { line: 4, what: '"maybe" in column judge is neither a number nor a verdict; taken for missing' },
    ]);
    expect(estimated.all).toMatchObject({ rated: 3, ratedUnjudged: 1 });
    expect(estimated.empty).toBe(2);
    expect(valueOf(estimated.all.judgeOnly)).toBeCloseTo(1 / 3, 12);
    expect(print(estimated).err).toContain('class.csv:4:');
  });

  test.each([
    ['judge,people\n1,1\n', 'no column "human"'],
    ['judge,human\n,\n', 'hold neither verdicts nor ratings'],
  ])('%j is an error', (text, message) => expect(() => estimate(text)).toThrow(message));

  test('fits 70 columns, and as JSON has all three figures', () => {
    const estimated = estimate(kind.join('\n'), 'group');
    for (const line of print(estimated, false, 70).out.split('\n')) expect(line.length).toBeLessThanOrEqual(70);
    const json = JSON.parse(print(estimated, true).out) as { all: Record<string, { interval: { method: string } }> };
    expect(json.all['predictionPowered']!.interval.method).toBe('prediction-powered');
    expect(json.all['judgeOnly']!.interval.method).toBe('clopper-pearson');
  });
});
