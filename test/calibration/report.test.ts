import { describe, expect, it } from 'vitest';
import { CalibrationReport } from '../../src/calibration/report-schema.ts';
import { calibrationReport } from '../../src/calibration/report.ts';
import type { RatedOutcome } from '../../src/calibration/report-input.ts';
import { calibrationInput, grade, item, rated, rating, rubric } from './rated-outcomes.ts';
import { boundsOf, reasonOf, valueOf } from './value-of.ts';

const byAnn = (code: string, held: string[] = []): ReturnType<typeof rating>[] => [
  rating({ rater: 'ann', kind: 'author', code, held }),
];

// Points of the raters, of 4: 4, 1, 2.5, 0, and 1 (3 capped at 1 by the misconception held).
const answers: RatedOutcome[] = [
  rated({ id: 'a1', ratings: byAnn('mm'), outcome: grade({ code: 'mm', low: 4000 }), words: 90 }),
  rated({ id: 'a2', ratings: byAnn('mx'), outcome: grade({ code: 'mm', low: 4000 }), words: 40 }),
  rated({ id: 'a3', ratings: byAnn('mp'), outcome: grade({ code: 'mu', low: 1000 }), words: 60 }),
  rated({ id: 'a4', ratings: byAnn('xx'), outcome: grade({ code: 'xu', low: 0 }), words: 10 }),
  rated({
    id: 'a5',
    ratings: byAnn('xm', ['all-tokens']),
    outcome: grade({ code: 'xm', low: 1000, held: 'held' }),
    words: 50,
  }),
  rated({ id: 'a6', ratings: byAnn('mm'), outcome: { status: 'returned', reason: 'copies-reference' } }),
  rated({
    id: 'a7',
    ratings: byAnn('xx'),
    outcome: { status: 'ungraded', reason: 'timeout', detail: '', provenance: null },
  }),
  rated({ id: 'a8', ratings: byAnn('mm'), outcome: grade({ code: 'xx', low: 0 }), split: 'test' }),
];

describe('a calibration report', () => {
  const report = calibrationReport(calibrationInput(answers));

  it('says first whose ratings it rests on and what they cannot show', () => {
    expect(Object.keys(report).slice(0, 2)).toEqual(['version', 'ratings']);
    expect(report.ratings.sentence).toBe(
      'These ratings were made by the author (Ann, who wrote them); no human has rated this set, ' +
        'so it can show that a judge is not good enough, never that it may grade alone.',
    );
    expect(report.ratings.raters).toEqual([{ id: 'ann', kind: 'author', who: 'Ann, who wrote them', answers: 7 }]);
    expect(report.ratings.answersByKind).toEqual({ human: 0, author: 7, model: 0 });
    expect(report.ratings.alpha.status).toBe('undefined');
  });

  it('counts every answer of the split once, and none of the other split', () => {
    expect(report.counts).toMatchObject({
      answers: 7,
      graded: 3,
      provisional: 2,
      returned: 1,
      returnedWithPoints: 1,
      ungraded: 1,
      ungradedReasons: [{ reason: 'timeout', n: 1 }],
      verdicts: 10,
      families: 5,
    });
  });

  it('reads unsure as missed in agreement over all verdicts, and leaves it out of agreement where decided', () => {
    // names-it: 5 of 5. says-why: met/met, missed/met, partial/unsure, missed/unsure, met/met.
    // All 10: 5 + 2 right + the unsure that is rightly "missed" = 8. Decided 8: 5 + 2 = 7.
    expect(valueOf(report.overall.agreement)).toBe(8 / 10);
    expect(valueOf(report.overall.covered.agreement)).toBe(7 / 8);
    expect(valueOf(report.overall.coverage)).toBe(8 / 10);
    expect(report.overall.confusion.counts).toEqual([
      [3 - 1 + 0, 0, 1, 1],
      [0, 0, 0, 1],
      [0, 0, 5, 0],
    ]);
  });

  it('gives each criterion its kappa by hand', () => {
    const [namesIt, saysWhy] = report.criteria;
    // 3 met and 2 missed, all as the raters: 1.
    expect(valueOf(namesIt?.kappa ?? { status: 'undefined', reason: 'no criterion' })).toBe(1);
    // Raters: missed 2, partial 1, met 2. Judge: missed 2 (both unsure), partial 0, met 3. Same: 1 + 0 + 2 = 3 of 5.
    // Luck (2 x 2 + 1 x 0 + 2 x 3) / 25 = .4; (.6 - .4) / .6.
    expect(valueOf(saysWhy?.kappa ?? { status: 'undefined', reason: 'no criterion' })).toBeCloseTo(1 / 3, 12);
    expect(saysWhy).toMatchObject({
      item: 'masking',
      criterion: 'says-why',
      n: 5,
      raters: { missed: 2, partial: 1, met: 2 },
      judge: { missed: 0, partial: 0, met: 3, unsure: 2 },
    });
  });

  it('knows a criterion without a half-way level has two verdicts', () => {
    // names-it by AC1: use of met .6, missed .4; luck with two labels .48, with three it would be .24; agreement 1 either way.
    const oneOff = answers.map((one) =>
      one.answer.id === 'a1' ? { ...one, outcome: grade({ code: 'xm', low: 3000 }) } : one,
    );
    const [namesIt] = calibrationReport(calibrationInput(oneOff)).criteria;
    // 4 of 5; use of met (3 + 2) / 10 = .5: luck 2 x .5 x .5 = .5; (.8 - .5) / .5.
    expect(valueOf(namesIt?.ac1 ?? { status: 'undefined', reason: 'no criterion' })).toBeCloseTo(0.6, 12);
  });

  it('scores the raters by the rubric, caps included, and compares the judge’s low points', () => {
    // Shares of 4 points, raters: 1, .25, .625, 0, .25. Judge: 1, 1, .25, 0, .25.
    expect(valueOf(report.points.meanAbsoluteError)).toBeCloseTo((0.75 + 0.375) / 5, 12);
    expect(valueOf(report.points.bias)).toBeCloseTo((0.75 - 0.375) / 5, 12);
    // Mean square difference (.5625 + .140625) / 5 = .140625. Means .425 and .5.
    // Variances 1.515625/5 - .180625 = .1225 and 2.125/5 - .25 = .175; .1225 + .175 + .075² = .303125.
    expect(valueOf(report.points.quadraticKappa)).toBeCloseTo(1 - 0.140625 / 0.303125, 12);
  });

  it('gives an agreement that never failed the interval its few families deserve', () => {
    const agreement = report.criteria[0]?.agreement ?? { status: 'undefined' as const, reason: 'none' };
    // 5 of 5 families: lower bound .025^(1/5).
    expect(boundsOf(agreement).low).toBeCloseTo(0.025 ** 0.2, 9);
    expect(boundsOf(agreement)).toMatchObject({ high: 1, method: 'clopper-pearson', units: 5 });
    const kappa = report.criteria[0]?.kappa;
    expect(kappa?.status === 'value' ? reasonOf(kappa.interval) : '').not.toContain('There is one');
  });

  it('measures misconceptions like criteria', () => {
    expect(report.misconceptions.each).toHaveLength(1);
    expect(report.misconceptions.each[0]).toMatchObject({
      item: 'masking',
      misconception: 'all-tokens',
      held: 1,
      reported: 1,
    });
    expect(valueOf(report.misconceptions.overall.f1)).toBe(1);
    expect(valueOf(report.misconceptions.overall.trueNegativeRate)).toBe(1);
  });

  it('shows score bands from no points to all of them', () => {
    const bands = report.slices.filter((slice) => slice.by === 'band');
    expect(bands.map((band) => [band.value, band.answers])).toEqual([
      ['no points', 1],
      ['less than half', 2],
      ['half or more', 1],
      ['all points', 1],
    ]);
  });

  it('puts chapters in their order and lengths from short to long, whatever the order of the answers', () => {
    const chapters = ['10', '2', '1'];
    const items = chapters.map((chapter) => ({ item: { ...item, id: `item-${chapter}`, chapter }, rubric }));
    const written = [90, 10, 40].map((words, index) => {
      const one = rated({ id: `w${index}`, ratings: byAnn('mm'), outcome: grade({ code: 'mm', low: 4000 }), words });
      return { ...one, answer: { ...one.answer, item: `item-${chapters[index] ?? ''}` } };
    });
    const { slices } = calibrationReport(calibrationInput(written, { items }));
    const valuesOf = (by: string): string[] => slices.filter((slice) => slice.by === by).map(({ value }) => value);
    expect(valuesOf('chapter')).toEqual(['1', '2', '10']);
    expect(valuesOf('length')).toEqual(['under 25 words', '25 to 74 words', '75 words and more']);
  });

  it('sets judges that read nothing beside the judge', () => {
    // names-it: 3 of 5 are met. says-why: 2 of 5 are the commonest. 5 of 10.
    expect(valueOf(report.baselines.majority.agreement)).toBe(0.5);
    expect(report.baselines.lengthOnly.quadraticKappa.status).toBe('value');
  });

  it('can be written to report.json and read back', () => {
    const back = CalibrationReport.parse(JSON.parse(JSON.stringify(report)));
    expect(back).toEqual(report);
    // JSON turns NaN into null.
    expect(JSON.stringify(report)).not.toMatch(/"(value|low|high)":null/);
  });

  it('is the same for the same seed, whatever the order of the answers', () => {
    expect(calibrationReport(calibrationInput(answers))).toEqual(report);
    const reversed = calibrationReport(calibrationInput([...answers].reverse()));
    expect(valueOf(reversed.overall.kappa)).toBe(valueOf(report.overall.kappa));
  });
});

describe('whose ratings count', () => {
  const people = (code: string, others: string[]): RatedOutcome['answer']['ratings'] => [
    rating({ rater: 'ann', kind: 'author', code: 'xx' }),
    ...others.map((one, index) => rating({ rater: `person-${index}`, kind: 'human', code: one })),
    rating({ rater: 'person-9', kind: 'human', code }),
  ];

  it('is the people’s alone wherever people rated', () => {
    const report = calibrationReport(
      calibrationInput([
        rated({ id: 'b1', ratings: people('mm', ['mm', 'mx']), outcome: grade({ code: 'mm', low: 4000 }) }),
        rated({ id: 'b2', ratings: people('xx', ['xx', 'xx']), outcome: grade({ code: 'xx', low: 0 }) }),
      ]),
    );
    expect(report.ratings.sentence).toBe(
      'These ratings were made by 3 people (person-0; person-1; person-9) and the author (Ann, who wrote them). ' +
        'Where people rated, only their ratings count.',
    );
    expect(valueOf(report.overall.agreement)).toBe(1);
    // Units mmm mmx xxx xxx of 12 ratings, 5 met and 7 missed: one unit of three splits 2 : 1, observed 2 x 2 / 2 = 2;
    // expected 2 x 5 x 7 / 11.
    expect(valueOf(report.ratings.alpha)).toBeCloseTo(1 - 2 / (70 / 11), 12);
  });

  it('is the author’s where models rated too, and the report says that theirs are not used', () => {
    const two = [
      rating({ rater: 'ann', kind: 'author', code: 'mm' }),
      rating({ rater: 'reader-a', kind: 'model', code: 'xx' }),
      rating({ rater: 'reader-b', kind: 'model', code: 'xx' }),
    ];
    const report = calibrationReport(
      calibrationInput([rated({ id: 'b1', ratings: two, outcome: grade({ code: 'mm', low: 4000 }) })]),
    );
    expect(report.ratings.sentence).toMatch(/Only the author’s ratings count here; the models’ are not used\.$/);
    expect(valueOf(report.overall.agreement)).toBe(1);
  });

  it('is said where only some answers were rated by a person', () => {
    const report = calibrationReport(
      calibrationInput([
        rated({ id: 'b1', ratings: people('mm', []), outcome: grade({ code: 'mm', low: 4000 }) }),
        rated({ id: 'b2', ratings: byAnn('xx'), outcome: grade({ code: 'xx', low: 0 }) }),
      ]),
    );
    expect(report.ratings.sentence).toContain('only 1 of 2 answers were rated by a person');
  });

  it('drops ties and counts them, points included', () => {
    const report = calibrationReport(
      calibrationInput([
        rated({ id: 'b1', ratings: people('mm', ['mx']), outcome: grade({ code: 'mm', low: 4000 }) }),
        rated({ id: 'b2', ratings: people('xx', []), outcome: grade({ code: 'xx', low: 0 }) }),
      ]),
    );
    expect(report.counts).toMatchObject({ tiedVerdicts: 1, verdicts: 3, answersWithoutPoints: 1 });
    expect(report.points.n).toBe(1);
  });
});

describe('a report with nothing in it', () => {
  it('says so instead of showing zeros', () => {
    const report = calibrationReport(calibrationInput([]));
    expect(report.overall.agreement).toEqual({ status: 'undefined', reason: 'No verdicts to compare.' });
    expect(report.criteria).toEqual([]);
    expect(report.ratings.sentence).toContain('Nobody has rated');
    expect(CalibrationReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('still lists the criteria of answers that could not be graded', () => {
    const report = calibrationReport(calibrationInput(answers.filter(({ answer }) => answer.id === 'a7')));
    expect(report.criteria.map((criterion) => criterion.n)).toEqual([0, 0]);
  });

  it('counts an answer whose item is gone as ungraded, and refuses a grade without its rubric', () => {
    const gone = { items: [] };
    const ungraded = answers.filter(({ answer }) => answer.id === 'a7');
    expect(calibrationReport(calibrationInput(ungraded, gone)).counts).toMatchObject({ answers: 1, ungraded: 1 });
    expect(() => calibrationReport(calibrationInput(answers, gone))).toThrow(/was not given the item "masking"/);
  });
});
