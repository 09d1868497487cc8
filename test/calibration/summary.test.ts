import { describe, expect, it } from 'vitest';
import type { Gate, RobustnessReport } from '../../src/calibration/report-findings.ts';
import { CalibrationReport } from '../../src/calibration/report-schema.ts';
import { calibrationReport } from '../../src/calibration/report.ts';
import { undefinedStatistic, type Estimate } from '../../src/calibration/statistic.ts';
import { summarise } from '../../src/calibration/summary.ts';
import { calibrationInput, grade, rated, rating } from './rated-outcomes.ts';

const report = calibrationReport(
  calibrationInput(
    ['mm', 'mx', 'mp', 'xx', 'xm', 'mm', 'xx', 'mp'].map((code, index) =>
      rated({
        id: `a${index}`,
        ratings: [rating({ rater: 'ann', kind: 'author', code })],
        outcome: grade({ code: index < 5 ? 'mm' : code, low: 4000 }),
      }),
    ),
  ),
);
const nothing = undefinedStatistic('not of this test');

function figure(value: number, low: number, high: number): Estimate {
  const interval = { status: 'value' as const, low, high, level: 0.95, method: 'clopper-pearson' as const, units: 60 };
  return { status: 'value', value, n: 60, interval };
}

const attackGate: Gate = {
  gate: 'attack-success',
  status: 'fallen',
  threshold: 0.01,
  figure: figure(0.26, 0.19, 0.34),
  bound: 0.19,
  missedBy: 0.18,
  n: 136,
  needed: 370,
  slice: null,
};

function robustness(change: Partial<RobustnessReport>): RobustnessReport {
  const attacks = { n: 0, families: 0, successes: 0, success: nothing, overrated: nothing, meanShift: nothing };
  const style = { groups: 0, overall: nothing, forms: [] };
  return { set: null, ungraded: 0, attacks, kinds: [], fallen: [], falseAlarms: nothing, style, ...change };
}

function partOf(about: string, change: Partial<CalibrationReport>): string[] {
  return summarise({ ...report, ...change }).parts.find((part) => part.about === about)?.sentences ?? [];
}

function chapters(...agreement: Estimate[]): CalibrationReport['slices'] {
  const [slice] = report.slices.filter(({ by }) => by === 'chapter');
  if (slice === undefined) throw new Error('The report has no chapter.');
  return agreement.map((one, index) => ({ ...slice, value: String(index + 1), answers: 60, agreement: one }));
}

describe('the summary', () => {
  it('lets a judge fail against ratings that no person made, and says that passing would not have been enough', () => {
    const { mayGradeAlone, headline } = summarise({ ...report, gates: [attackGate, attackGate] });
    expect(mayGradeAlone).toBe('no');
    expect(headline).toContain('even against ratings that no person made it fell at 2 gates');
    expect(headline).toContain('Passing all would not have been enough either');
  });

  it('speaks of people where people rated', () => {
    const ratings = { ...report.ratings, answersByKind: { human: 8, author: 0, model: 0 } };
    expect(summarise({ ...report, ratings, gates: [attackGate] }).headline).toBe(
      'This judge may not grade alone: it fell at a gate. Let a person confirm what it says.',
    );
  });

  it('names a chapter only where its whole interval lies below the figure for all', () => {
    const overall = { ...report.overall, agreement: figure(0.72, 0.7, 0.75) };
    const named = partOf('where-not', {
      overall,
      slices: chapters(figure(0.67, 0.61, 0.73), figure(0.55, 0.48, 0.62)),
    }).filter((sentence) => sentence.includes('chapter'));
    expect(named).toEqual(['In chapter 2 it is weaker than elsewhere: 55 of 100 verdicts (48 to 62).']);
  });

  it('says what a reworded answer surely loses, worst first, and leaves out what may be luck', () => {
    const forms = [
      { form: 'informal' as const, n: 32, gap: figure(0.058, 0.02, 0.1) },
      { form: 'misspelt' as const, n: 32, gap: figure(0.29, 0.13, 0.44) },
      { form: 'second-language' as const, n: 32, gap: figure(0.03, -0.01, 0.07) },
    ];
    const style = { groups: 32, overall: figure(0.13, 0.06, 0.19), forms };
    expect(partOf('where-not', { robustness: robustness({ style }) })).toContain(
      'Worded otherwise, the same answer loses points: misspelt 29 % (13 to 44) and informal wording 5.8 % (2 to 10).',
    );
  });

  it('says how many mistakes it invents and misses', () => {
    const overall = {
      ...report.misconceptions.overall,
      reported: 67,
      held: 109,
      precision: figure(0.57, 0.44, 0.69),
      recall: figure(0.35, 0.26, 0.44),
    };
    expect(partOf('where-not', { misconceptions: { overall, each: [] } })).toContain(
      'Of 100 common mistakes it reports, 43 were not made (31 to 56); of 100 that were made it misses 65 (56 to 74).',
    );
  });

  it('names the kind of attack that works best', () => {
    const common = { families: 15, success: nothing, overrated: nothing, meanShift: nothing };
    const kinds = [
      { kind: 'override' as const, n: 16, successes: 0, ...common },
      { kind: 'contradiction' as const, n: 15, successes: 15, ...common },
    ];
    const attacks = { ...common, n: 31, successes: 15, success: figure(0.48, 0.3, 0.67) };
    expect(partOf('where-not', { robustness: robustness({ attacks, kinds }) }).join(' ')).toContain(
      'worst: claiming a thing and its opposite, 15 of 15.',
    );
  });

  it('counts poor criteria among those with enough answers, and names them as the learner reads them', () => {
    const [first] = report.criteria;
    if (first === undefined) throw new Error('The report has no criterion.');
    const criteria = [
      { ...first, criterion: 'poor', asks: 'Why so?', n: 6, agreement: figure(0.2, 0.1, 0.5) },
      { ...first, criterion: 'good', asks: 'What?', n: 6, agreement: figure(0.9, 0.8, 1) },
      { ...first, criterion: 'rumour', asks: 'When?', n: 3, agreement: figure(0, 0, 0.6) },
    ];
    expect(partOf('where-not', { criteria })).toContain(
      'On 1 of the 2 criteria with 5 answers or more, fewer than 60 of 100 verdicts agree; the worst: “Why so?” (masking).',
    );
  });

  it('asks for more attacks only where they are what leaves the gate undecided', () => {
    const open: Gate = { ...attackGate, status: 'not-enough-ratings' };
    expect(partOf('missing', { gates: [open] }).join(' ')).toContain('370 independent attacks, now 136.');
    expect(partOf('missing', { gates: [attackGate] }).join(' ')).not.toContain('attacks');
  });

  it('says what must be rated for it to grade alone, and for single questions', () => {
    const missing = partOf('missing', {}).join(' ');
    expect(missing).toContain('a person’s rating of each of these 8 answers, and a second person’s of 50 of them');
    expect(missing).toContain('50 answers each; 1 of 1 have fewer, 8.');
  });

  it('counts what a free judge leaves to people, unless it may grade alone', () => {
    const cost = { ...report.cost, classMicroUsd: 0, courseItems: 67 };
    expect(partOf('cost', { cost })[0]).toContain(
      'costs nothing, since no paid model is asked; but a person has 6,700',
    );
    const ratings = { ...report.ratings, answersByKind: { human: 8, author: 0, model: 0 } };
    expect(partOf('cost', { cost, ratings, gates: [] })[0]).not.toContain('person');
  });

  it('of a run stored before its sentences were sorted can still be read', () => {
    const { parts, ...unsorted } = report.summary;
    const back = CalibrationReport.parse(JSON.parse(JSON.stringify({ ...report, summary: unsorted })));
    expect(parts.flatMap(({ sentences }) => sentences)).toEqual(back.summary.sentences);
    expect(back.summary.parts).toEqual([]);
  });
});
