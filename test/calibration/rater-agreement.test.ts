import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementByUnity, raterAlpha, ratedUnits, type RatedUnit } from '../../src/calibration/rater-agreement.ts';
import { pairRatings } from '../../src/calibration/pair-ratings.ts';
import { alphaByDefinition } from './alpha-by-definition.ts';
import { calibrationInput, grade, rated, rating } from './rated-outcomes.ts';
import { reasonOf, valueOf } from './value-of.ts';

const plan = { resamples: 300, seed: 1, level: 0.95 };
const labels = ['missed', 'partial', 'met'] as const;

/** One part of an answer each, with what its raters said; each a family of its own. */
const unitsOf = (said: RatedUnit['said'][]): RatedUnit[] =>
  said.map((one, index) => ({ family: `f${index}`, item: 'i', criterion: 'c', said: one }));

describe('alpha among the raters', () => {
  it('is the alpha of Krippendorff’s own nominal example with two observers', () => {
    // Krippendorff (2011), part A: Meg 0 1 0 0 0 0 0 0 1 0, Owen 1 1 1 0 0 1 0 0 0 0. Four units differ; 14 zeros and 6 ones.
    // 1 - 19 x 8 / (2 x 14 x 6) = .095.
    const words = { 0: 'missed', 1: 'met' } as const;
    const said = (['01', '11', '01', '00', '00', '01', '00', '00', '10', '00'] as const).map((unit) =>
      [...unit].map((digit) => (digit === '0' ? words[0] : words[1])),
    );
    const alpha = raterAlpha({ units: unitsOf(said), plan });
    expect(valueOf(alpha)).toBeCloseTo(1 - (19 * 8) / (2 * 14 * 6), 12);
    expect(valueOf(alpha)).toBeCloseTo(0.095, 3);
    expect(alpha).toMatchObject({ n: 10 });
  });

  it('is what follows from the ratings one by one, whatever the raters said and left out', () => {
    const unit = fc.array(fc.constantFrom(...labels), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 12 }), (units) => {
        const fromSums = raterAlpha({ units: unitsOf(units), plan: { ...plan, resamples: 1 } });
        const whole = alphaByDefinition({ level: 'nominal', units });
        expect(fromSums.status).toBe(whole.status);
        if (whole.status === 'value') expect(valueOf(fromSums)).toBeCloseTo(whole.value, 9);
      }),
    );
  });
});

describe('raters among themselves', () => {
  const people = (...codes: string[]): ReturnType<typeof rating>[] =>
    codes.map((code, index) => rating({ rater: `p${index}`, kind: 'human', code }));
  const answers = [
    rated({ id: 'a', ratings: people('mm', 'mm', 'mx'), outcome: grade({ code: 'mm', low: 4000 }) }),
    rated({ id: 'b', ratings: people('xx', 'xx', 'xx'), outcome: grade({ code: 'mx', low: 1000 }) }),
    rated({ id: 'c', ratings: people('xx', 'xm', 'xx'), outcome: grade({ code: 'xm', low: 3000 }) }),
  ];

  it('have an alpha with an interval by family', () => {
    const alpha = raterAlpha({ units: ratedUnits(answers), plan });
    // Units mmm, mmx, xxx, xxx, xxx, xmx: 18 ratings, 6 met and 12 missed. Observed: two split units, 2 x 2 / 2 each = 4.
    // Expected 2 x 6 x 12 / 17.
    expect(valueOf(alpha)).toBeCloseTo(1 - 4 / (144 / 17), 12);
    expect(alpha.status === 'value' && alpha.interval.status).toBe('value');
  });

  it('show whether the judge fails where they are of one mind or where they split', () => {
    const paired = pairRatings(calibrationInput(answers)).answers.flatMap(({ verdicts }) => verdicts);
    const { unanimous, split } = agreementByUnity({ verdicts: paired, plan });
    // Of one mind: names-it of a (right), b (wrong), c (right), says-why of b (right). Split: says-why of a (met by majority, right), of c (missed, wrong).
    expect(valueOf(unanimous)).toBe(3 / 4);
    expect(valueOf(split)).toBe(1 / 2);
  });

  it('say nothing of one mind where one alone rated', () => {
    const alone = [rated({ id: 'a', ratings: people('mm'), outcome: grade({ code: 'mm', low: 4000 }) })];
    const paired = pairRatings(calibrationInput(alone)).answers.flatMap(({ verdicts }) => verdicts);
    const { unanimous } = agreementByUnity({ verdicts: paired, plan });
    expect(unanimous.status === 'undefined' ? reasonOf(unanimous) : '').toContain('two raters');
  });
});
