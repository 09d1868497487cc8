import { describe, expect, it } from 'vitest';
import { lengthBias } from '../../src/calibration/length-bias.ts';
import { pairRatings } from '../../src/calibration/pair-ratings.ts';
import { repeatRuns } from '../../src/calibration/repeat-runs.ts';
import { replyQuality } from '../../src/calibration/reply-quality.ts';
import { runningCost } from '../../src/calibration/running-cost.ts';
import type { Grade, Outcome } from '../../src/core/grade.ts';
import { calibrationInput, grade, rated, rating } from './rated-outcomes.ts';
import { reasonOf, valueOf } from './value-of.ts';

const plan = { resamples: 300, seed: 1, level: 0.95 };
const ann = (code: string): ReturnType<typeof rating>[] => [rating({ rater: 'ann', kind: 'author', code })];

describe('whether length sways the judge', () => {
  const of = (cases: [words: number, low: number][]): ReturnType<typeof lengthBias> => {
    // The raters always give 1 of 4 points: "mx".
    const answers = cases.map(([words, low], index) =>
      rated({ id: `a${index}`, ratings: ann('mx'), outcome: grade({ code: 'mx', low }), words }),
    );
    return lengthBias({ answers: pairRatings(calibrationInput(answers)).answers, plan });
  };

  it('is how many points it adds for a hundred words more', () => {
    // 50 words: no kindness; 150: a quarter of the points; 250: half of them. A quarter for each hundred.
    expect(
      valueOf(
        of([
          [50, 1000],
          [150, 2000],
          [250, 3000],
        ]),
      ),
    ).toBeCloseTo(0.25, 12);
  });

  it('is 0 for a judge that is as kind to long answers as to short ones', () => {
    expect(
      valueOf(
        of([
          [50, 2000],
          [150, 2000],
          [250, 2000],
        ]),
      ),
    ).toBeCloseTo(0, 12);
  });

  it('is undefined where all answers are equally long', () => {
    const figure = of([
      [30, 1000],
      [30, 2000],
    ]);
    expect(figure.status === 'undefined' ? reasonOf(figure) : '').toContain('equally long');
  });
});

describe('asking again', () => {
  it('counts pairs of gradings that differ, so that more repeats do not look like more flips', () => {
    // names-it: m m m, no pair of three differs. says-why: m m x, two of three differ. (0 + 2/3) / 2.
    const twice = repeatRuns({
      repeated: [
        { family: 'a', outcomes: ['mm', 'mm', 'mx'].map((code) => grade({ code, low: 0 })) },
        { family: 'b', outcomes: ['xx', 'xx', 'xx'].map((code) => grade({ code, low: 0 })) },
      ],
      plan,
    });
    if (twice === null) throw new Error('expected figures');
    expect(valueOf(twice.flipRate)).toBeCloseTo(2 / 3 / 4, 12);
    expect(valueOf(twice.everFlipped)).toBe(1 / 4);
  });

  it('says nothing where every answer was graded once, or only once with success', () => {
    expect(repeatRuns({ repeated: [{ family: 'a', outcomes: [grade({ code: 'mm', low: 0 })] }], plan })).toBeNull();
    const failed: Outcome = { status: 'ungraded', reason: 'timeout', detail: '', provenance: null };
    const figures = repeatRuns({
      repeated: [{ family: 'a', outcomes: [grade({ code: 'mm', low: 0 }), failed] }],
      plan,
    });
    expect(figures?.flipRate.status).toBe('undefined');
  });
});

describe('what code mended in the replies', () => {
  it('is the share of verdicts whose quotes stand, and of parts with a note of the judge’s own', () => {
    const graded = grade({ code: 'mu', low: 1000 });
    const [first, second] = graded.verdicts;
    const barred: Grade = {
      ...graded,
      verdicts: [first!, { ...second!, barred: 'evidence' }],
    };
    const noted: Grade = { ...grade({ code: 'xp', low: 500 }) };
    noted.verdicts[0]!.noteFrom = 'judge';
    const quality = replyQuality({
      answers: [
        rated({ id: 'a', ratings: ann('mm'), outcome: barred }),
        rated({ id: 'b', ratings: ann('xx'), outcome: noted }),
      ],
      plan,
    });
    // Grounded: met of a and half-way of b; not grounded: one of a. Not met: one of a, two of b, one of them with its own note.
    expect(valueOf(quality.grounded)).toBe(2 / 3);
    expect(valueOf(quality.ownNotes)).toBe(1 / 3);
  });
});

describe('what a run took', () => {
  const took = (latencyMs: number, costMicroUsd: number | null, tokensIn: number | null): Outcome => {
    const one = grade({ code: 'mm', low: 4000 });
    return { ...one, provenance: { ...one.provenance, latencyMs, costMicroUsd, tokensIn, tokensOut: 10 } };
  };

  it('is told for a class of 100 and all questions of the course', () => {
    const cost = runningCost({ outcomes: [took(100, 300, 5), took(300, 500, 5)], courseItems: 67 });
    expect(cost).toMatchObject({
      calls: 2,
      tokensIn: 10,
      tokensOut: 20,
      costMicroUsd: 800,
      hundredAnswersMicroUsd: 40_000,
      classMicroUsd: 400 * 100 * 67,
    });
  });

  it('is unknown where one part of it is, and costs nothing where no judge was asked', () => {
    expect(runningCost({ outcomes: [took(1, 300, 5), took(1, null, null)], courseItems: 1 })).toMatchObject({
      costMicroUsd: null,
      classMicroUsd: null,
      tokensIn: null,
      tokensOut: 20,
    });
    const returned: Outcome = { status: 'returned', reason: 'empty' };
    // Two answers, one of them free: 150 on average.
    expect(runningCost({ outcomes: [took(1, 300, 5), returned], courseItems: 1 }).hundredAnswersMicroUsd).toBe(15_000);
  });

  it('has the waiting time within which half, and 95 of 100, are answered', () => {
    const times = Array.from({ length: 20 }, (_, index) => took(10 * (index + 1), 0, 0));
    const { latencyMedianMs, latencyP95Ms } = runningCost({ outcomes: times, courseItems: 1 });
    expect([valueOf(latencyMedianMs), valueOf(latencyP95Ms)]).toEqual([100, 190]);
    expect(runningCost({ outcomes: [], courseItems: 1 }).latencyMedianMs.status).toBe('undefined');
  });
});
