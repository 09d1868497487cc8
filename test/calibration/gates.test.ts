import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../../src/calibration/clopper-pearson.ts';
import { decideGates, FEWEST_ATTACKS } from '../../src/calibration/gates.ts';
import type { PairedAnswer } from '../../src/calibration/pair-ratings.ts';
import { pointsAgreement } from '../../src/calibration/points-agreement.ts';
import { pointsCeiling, verdictCeiling } from '../../src/calibration/human-ceiling.ts';
import type { Gate, RobustnessReport } from '../../src/calibration/report-findings.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';
import { slicingOf } from '../../src/calibration/slices.ts';
import { undefinedStatistic, type Estimate } from '../../src/calibration/statistic.ts';
import type { EvalSet } from '../../src/core/eval-set.ts';

const plan = { resamples: 500, seed: 3, level: 0.95 };

/** Answers of one chapter whose judge is off by up to `noise` of the points. */
function chapter(args: { name: string; n: number; noise: number; kindness?: number }): PairedAnswer[] {
  const random = seededRandom(args.n + 1000 * args.noise);
  const uniform = (): number => random.nextUint32() / 2 ** 32;
  return Array.from({ length: args.n }, (_, index) => {
    const reference = uniform();
    return {
      id: `${args.name}-${index}`,
      item: `${args.name}-item-${index % 10}`,
      family: `${args.name}-${index}`,
      chapter: args.name,
      concept: args.name,
      tags: [],
      words: 50,
      verdicts: [],
      misconceptions: [],
      points: { reference, judge: reference + args.noise * (uniform() - 0.5) + (args.kindness ?? 0) },
    };
  });
}

function robustness(success: Estimate, families: number): Pick<RobustnessReport, 'attacks'> & RobustnessReport {
  const nothing = undefinedStatistic('not of this test');
  const attacks = { n: families, families, successes: 0, success, overrated: nothing, meanShift: nothing };
  return {
    set: null,
    ungraded: 0,
    attacks,
    kinds: [],
    fallen: [],
    falseAlarms: nothing,
    style: { groups: 0, overall: nothing, forms: [] },
  };
}

function decide(
  answers: PairedAnswer[],
  change: { gates?: EvalSet['gates']; attacks?: number; fooled?: number } = {},
): Gate[] {
  const { gates, attacks, fooled = 0 } = change;
  const success: Estimate = {
    status: 'value',
    value: fooled / (attacks ?? 1),
    n: attacks ?? 1,
    interval: clopperPearson({ successes: fooled, trials: attacks ?? 1, level: 0.95 }),
  };
  return decideGates({
    gates,
    report: {
      points: pointsAgreement({ answers, plan }),
      ceiling: { verdicts: verdictCeiling({ entries: [], plan }), points: pointsCeiling({ entries: [], plan }) },
      robustness: attacks === undefined ? null : robustness(success, attacks),
    },
    slicing: slicingOf(answers),
    plan,
  });
}

const find = (gates: Gate[], name: Gate['gate'], slice?: string): Gate => {
  const found = gates.find(({ gate, slice: part }) => gate === name && (slice === undefined || part?.value === slice));
  if (!found) throw new Error(`No gate ${name}`);
  return found;
};

describe('gates', () => {
  it('pass where even the unfavourable end clears the threshold', () => {
    const gate = find(decide(chapter({ name: 'one', n: 200, noise: 0.2 })), 'quadratic-kappa');
    expect(gate).toMatchObject({ status: 'passed', n: 200, needed: 50, slice: null });
    expect(gate.missedBy).toBeLessThan(0);
  });

  it('fall where the figure clears the threshold but so few answers allow worse, and say by how much', () => {
    const answers = chapter({ name: 'one', n: 60, noise: 1 });
    const { figure } = find(decide(answers), 'quadratic-kappa');
    if (figure.status === 'undefined' || figure.interval.status === 'undefined') throw new Error('no figure');
    const threshold = (figure.value + figure.interval.low) / 2;
    const gate = find(decide(answers, { gates: { 'quadratic-kappa': threshold } }), 'quadratic-kappa');
    expect(gate.status).toBe('fallen');
    expect(gate.missedBy).toBeCloseTo(threshold - figure.interval.low, 12);
  });

  it('are left undecided below 50 ratings, however good the figure', () => {
    const gates = decide(chapter({ name: 'one', n: 49, noise: 0.05 }));
    expect(find(gates, 'quadratic-kappa').status).toBe('not-enough-ratings');
    expect(find(gates, 'mean-difference').status).toBe('not-enough-ratings');
    expect(gates.filter(({ slice }) => slice !== null)).toEqual([]);
  });

  it('hold kindness and strictness alike', () => {
    const kind = find(decide(chapter({ name: 'one', n: 200, noise: 0.1, kindness: 0.2 })), 'mean-difference');
    const strict = find(decide(chapter({ name: 'one', n: 200, noise: 0.1, kindness: -0.2 })), 'mean-difference');
    expect([kind.status, strict.status]).toEqual(['fallen', 'fallen']);
    expect([Math.sign(kind.bound ?? 0), Math.sign(strict.bound ?? 0)]).toEqual([1, -1]);
    expect(find(decide(chapter({ name: 'one', n: 200, noise: 0.1 })), 'mean-difference').status).toBe('passed');
  });

  it('ask for a human ceiling and stay open without one', () => {
    const gate = find(decide(chapter({ name: 'one', n: 200, noise: 0.2 })), 'below-ceiling');
    expect(gate.status).toBe('not-enough-ratings');
    expect(gate.figure.status === 'undefined' ? gate.figure.reason : '').toContain('two people');
  });

  it('take 370 failed attacks to rule out that one in a hundred works', () => {
    const answers = chapter({ name: 'one', n: 60, noise: 0.2 });
    expect(find(decide(answers, { attacks: FEWEST_ATTACKS }), 'attack-success').status).toBe('passed');
    expect(find(decide(answers, { attacks: FEWEST_ATTACKS - 1 }), 'attack-success').status).toBe('not-enough-ratings');
    expect(find(decide(answers, { attacks: 400, fooled: 4 }), 'attack-success').status).toBe('fallen');
    expect(find(decide(answers), 'attack-success').status).toBe('not-enough-ratings');
  });

  it('take no 370 attacks to see that more than one in a hundred works', () => {
    const gate = find(
      decide(chapter({ name: 'one', n: 60, noise: 0.2 }), { attacks: 40, fooled: 8 }),
      'attack-success',
    );
    expect(gate.status).toBe('fallen');
    // Clopper-Pearson for 8 of 40 at 95 %: from 0.0905.
    expect(gate.bound).toBeCloseTo(0.0905, 4);
    expect(gate.missedBy).toBeCloseTo(0.0805, 4);
  });

  it('fall on the one large part that is bad, and name it', () => {
    const answers = [
      ...chapter({ name: 'good', n: 150, noise: 0.2 }),
      ...chapter({ name: 'fair', n: 150, noise: 0.3 }),
      ...chapter({ name: 'bad', n: 100, noise: 2.5 }),
    ];
    const slices = decide(answers).filter(({ slice }) => slice?.by === 'chapter');
    expect(slices.map(({ slice, status }) => [slice?.value, status])).toEqual([
      ['bad', 'fallen'],
      ['fair', 'passed'],
      ['good', 'passed'],
    ]);
    expect(find(slices, 'slice-floor', 'bad').slice?.pValue).toBeLessThan(0.05);
  });

  it('do not fall on a part that is a little low where many are looked at: that may be luck', () => {
    const parts = Array.from({ length: 12 }, (_, index) =>
      chapter({ name: `c${index}`, n: 50 + index, noise: 1.25 }),
    ).flat();
    const slices = decide(parts, { gates: { 'slice-floor': 0.5 } }).filter(({ slice }) => slice?.by === 'chapter');
    const below = slices.filter(({ missedBy }) => (missedBy ?? 0) > 0);
    expect(below.length).toBeGreaterThan(0);
    expect(slices.every(({ status }) => status === 'passed')).toBe(true);
  });

  it('leave bands and tags out: inside them points hardly differ', () => {
    const gates = decide(
      chapter({ name: 'one', n: 300, noise: 0.2 }).map((answer) => ({ ...answer, tags: ['terse'] })),
    );
    expect(new Set(gates.flatMap(({ slice }) => slice?.by ?? []))).toEqual(new Set(['chapter', 'concept', 'length']));
  });
});
