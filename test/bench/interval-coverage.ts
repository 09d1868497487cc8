// How often each kind of bracket holds the true figure, where 95 % are promised: `npm run bench:coverage` (about two minutes). Everything is drawn from
// known distributions with a fixed seed, so the truth is known and the table is the same on every machine. It stands in docs/calibration.md.
// --runs N changes the number of simulated studies (1,000 by default; the third decimal is noise: one standard error is .007).
import { bootstrapInterval } from '../../src/calibration/bootstrap.ts';
import { clopperPearson } from '../../src/calibration/clopper-pearson.ts';
import { cohenKappa } from '../../src/calibration/cohen-kappa.ts';
import { estimate, estimateShare } from '../../src/calibration/estimate.ts';
import { kindTable } from '../../src/calibration/kind-table.ts';
import { manyRaterFigures } from '../../src/calibration/many-raters.ts';
import { addMoments, momentWidth, quadraticKappa } from '../../src/calibration/pair-moments.ts';
import { predictionPoweredMean, type RatedPair } from '../../src/calibration/prediction-powered.ts';
import { seededRandom, type SeededRandom } from '../../src/calibration/seeded-random.ts';
import type { Estimate, Interval } from '../../src/calibration/statistic.ts';

const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 1_000;
const plan = { resamples: 1_000, level: 0.95 };
const random = seededRandom(20_261_127);

type Row = {
  method: string;
  setting: string;
  covered: number;
  below: number;
  above: number;
  width: number;
  none: number;
};
const rows: Row[] = [];

/** Simulates a study `runs` times and tallies where the truth lies. Studies without an interval are counted apart. */
function measure(args: { method: string; setting: string; truth: number; study: (run: number) => Interval }): void {
  const row: Row = { method: args.method, setting: args.setting, covered: 0, below: 0, above: 0, width: 0, none: 0 };
  for (let run = 0; run < runs; run += 1) {
    const interval = args.study(run);
    if (interval.status === 'undefined') row.none += 1;
    else {
      const slack = 1e-12;
      if (args.truth < interval.low - slack) row.below += 1;
      else if (args.truth > interval.high + slack) row.above += 1;
      else row.covered += 1;
      row.width += interval.high - interval.low;
    }
  }
  rows.push(row);
}

const intervalOf = (figure: Estimate): Interval => (figure.status === 'value' ? figure.interval : figure);
const chance = (source: SeededRandom, share: number): boolean => source.nextUint32() < share * 2 ** 32;

/** Families of `size` answers; with `alike` an answer repeats the first of its family with that probability, so they are not independent. */
function study<Answer>(args: { families: number; size: number; alike: number; draw: () => Answer }): Answer[][] {
  return Array.from({ length: args.families }, () => {
    const first = args.draw();
    return Array.from({ length: args.size }, (_, place) =>
      place > 0 && chance(random, args.alike) ? first : args.draw(),
    );
  });
}

/** Sums of a study by family. */
function tableOf<Answer>(
  answers: readonly Answer[][],
  width: number,
  kindOf: (one: Answer) => number,
  add: (into: Float64Array, one: Answer) => void,
  seed: number,
) {
  const flat = answers.flat();
  let next = 0;
  const families = answers.map((family) => family.map(() => next++));
  const at = (row: number): Answer => flat[row]!;
  return kindTable({
    families,
    kindOf: (row) => kindOf(at(row)),
    add: (into, row) => add(into, at(row)),
    width,
    plan: { ...plan, seed },
  });
}

const families = [
  { families: 30, size: 1, alike: 0 },
  { families: 100, size: 1, alike: 0 },
  { families: 400, size: 1, alike: 0 },
  { families: 100, size: 4, alike: 0.7 },
];
const shown = ({ families: n, size }: { families: number; size: number }): string => `${n} families of ${size}`;

// Two raters of two labels: the reference is 1 with probability p, the judge right with probability a on either side.
for (const [p, a] of [
  [0.5, 0.9],
  [0.85, 0.9],
] as const) {
  const judged = p * a + (1 - p) * (1 - a);
  const luck = p * judged + (1 - p) * (1 - judged);
  for (const shape of families) {
    const draw = (): number => {
      const reference = Number(chance(random, p));
      return reference * 2 + (chance(random, a) ? reference : 1 - reference);
    };
    const tables = (run: number): ReturnType<typeof tableOf<number>> =>
      tableOf(
        study({ ...shape, draw }),
        4,
        (cell) => cell,
        (into, cell) => (into[cell] = (into[cell] ?? 0) + 1),
        run,
      );
    const setting = `${shown(shape)}, ${Math.round(100 * p)} % met`;
    measure({
      method: 'bootstrap by family: kappa',
      setting,
      truth: (a - luck) / (1 - luck),
      study: (run) =>
        intervalOf(estimate(tables(run), (counts) => cohenKappa({ pairs: { size: 2, counts }, weights: 'nominal' }))),
    });
    if (p === 0.85) {
      measure({
        method: 'bootstrap by family: agreement',
        setting,
        truth: a,
        study: (run) =>
          intervalOf(
            estimateShare(tables(run), {
              successes: (sums) => (sums[0] ?? 0) + (sums[3] ?? 0),
              trials: (sums) => (sums[0] ?? 0) + (sums[1] ?? 0) + (sums[2] ?? 0) + (sums[3] ?? 0),
              none: '',
            }),
          ),
      });
    }
  }
}

// Points in quarters: even use by the raters; the judge gives the same with .6, a quarter more or less with .2 each (kept in the scale).
const quarters = [0, 0.25, 0.5, 0.75, 1];
const step = (reference: number, draw: number): number =>
  Math.min(1, Math.max(0, reference + (draw < 0.2 ? -0.25 : draw < 0.4 ? 0.25 : 0)));
const truePoints = new Float64Array(momentWidth);
for (const reference of quarters)
  for (const draw of [0.1, 0.3, 0.5, 0.7, 0.9])
    addMoments(truePoints, { pair: { reference, judge: step(reference, draw) }, offset: 0 });
const trueQuadratic = quadraticKappa(truePoints);
for (const shape of families) {
  measure({
    method: 'bootstrap by family: quadratic kappa',
    setting: shown(shape),
    truth: trueQuadratic.status === 'value' ? trueQuadratic.value : Number.NaN,
    study: (run) => {
      const draw = (): { reference: number; judge: number } => {
        const reference = quarters[random.nextBelow(5)] ?? 0;
        return { reference, judge: step(reference, random.nextUint32() * 2 ** -32) };
      };
      const answers = study({ ...shape, draw });
      const kindOf = (one: { reference: number; judge: number }): number => one.reference * 40 + one.judge * 4;
      return intervalOf(
        estimate(
          tableOf(answers, momentWidth, kindOf, (into, pair) => addMoments(into, { pair, offset: 0 }), run),
          quadraticKappa,
        ),
      );
    },
  });
}

// Three raters, each right with .9 about an answer that is met with .5. In a large sample alpha is what any two of them agree beyond luck: (2 x .9 - 1)².
for (const shape of [families[0], families[1]]) {
  if (shape === undefined) continue;
  measure({
    method: 'bootstrap by family: alpha, three raters',
    setting: shown(shape),
    truth: 0.64,
    study: (run) => {
      const said = Array.from({ length: shape.families }, () => {
        const met = chance(random, 0.5);
        return [0, 1, 2].map(() => Number(chance(random, 0.9) === met));
      });
      const raters = [0, 1, 2].map((rater) => ({
        name: String(rater),
        codes: Int32Array.from(said, (row) => row[rater] ?? -1),
      }));
      const scale = { level: 'nominal' as const, labels: ['0', '1'], values: [0, 1] };
      const table = { scale, families: said.map((_, row) => [row]), items: null, raters, judges: [] };
      return intervalOf(manyRaterFigures({ table, families: table.families, plan: { ...plan, seed: run } }).alpha);
    },
  });
}

for (const [trials, p] of [
  [20, 0.5],
  [60, 0.1],
  [370, 0.01],
] as const) {
  measure({
    method: 'Clopper-Pearson',
    setting: `${trials} trials, true share ${p}`,
    truth: p,
    study: () => {
      let successes = 0;
      for (let trial = 0; trial < trials; trial += 1) successes += Number(chance(random, p));
      return clopperPearson({ successes, trials, level: plan.level });
    },
  });
}

// A class's rate: people say met to p, the judge to `hits` of these and to `alarms` of the others.
const classes = [
  { rated: 20, unrated: 400, p: 0.5, hits: 0.9, alarms: 0.3 },
  { rated: 60, unrated: 60, p: 0.5, hits: 0.9, alarms: 0.3 },
  { rated: 60, unrated: 2_000, p: 0.5, hits: 0.9, alarms: 0.3 },
  { rated: 60, unrated: 2_000, p: 0.1, hits: 0.7, alarms: 0.05 },
  { rated: 20, unrated: 2_000, p: 0.9, hits: 0.98, alarms: 0.05 },
];
for (const { rated, unrated, p, hits, alarms } of classes) {
  const draw = (): RatedPair => {
    const met = chance(random, p);
    return { human: Number(met), judge: Number(chance(random, met ? hits : alarms)) };
  };
  const setting = `${rated} rated, ${unrated} not; ${Math.round(p * 100)} % met, judge ${Math.round((p * hits + (1 - p) * alarms) * 100)} %`;
  const drawClass = (): { rated: RatedPair[]; unrated: number[] } => ({
    rated: Array.from({ length: rated }, draw),
    unrated: Array.from({ length: unrated }, () => draw().judge),
  });
  const ways = {
    'prediction-powered': () =>
      intervalOf(predictionPoweredMean({ ...drawClass(), level: plan.level }).predictionPowered),
    'the ratings alone (Clopper-Pearson)': () =>
      intervalOf(predictionPoweredMean({ ...drawClass(), level: plan.level }).ratedOnly),
    'the judge alone (Clopper-Pearson)': () =>
      intervalOf(predictionPoweredMean({ ...drawClass(), level: plan.level }).judgeOnly),
    'corrected, only the rated part redrawn': (run: number) => redrawn({ ...drawClass(), seed: run, both: false }),
    'corrected, both parts redrawn': (run: number) => redrawn({ ...drawClass(), seed: run, both: true }),
  };
  for (const [method, way] of Object.entries(ways)) measure({ method, setting, truth: p, study: way });
}

/** The judge's mean plus its mean error, by bootstrap: of the rated answers alone, as is often done, or of both parts. */
function redrawn(args: { rated: RatedPair[]; unrated: number[]; seed: number; both: boolean }): Interval {
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const errors = args.rated.map(({ human, judge }) => human - judge);
  const judgeMean = mean(args.unrated);
  const source = seededRandom(args.seed + 1);
  const met = Math.round(judgeMean * args.unrated.length);
  return bootstrapInterval({
    ...plan,
    resamples: 400,
    seed: args.seed,
    families: errors.map((error) => [error]),
    statistic: (drawn) => {
      let rate = judgeMean;
      if (args.both) {
        let successes = 0;
        for (let draw = 0; draw < args.unrated.length; draw += 1)
          successes += Number(source.nextBelow(args.unrated.length) < met);
        rate = successes / args.unrated.length;
      }
      return { status: 'value', value: rate + mean(drawn), n: drawn.length };
    },
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
console.log(
  `| bracket | of what | covers | truth below | truth above | mean width | none |\n|---|---|---|---|---|---|---|`,
);
for (const { method, setting, covered, below, above, width, none } of rows) {
  const had = Math.max(1, runs - none);
  const cells = [
    method,
    setting,
    percent(covered / had),
    percent(below / had),
    percent(above / had),
    (width / had).toFixed(3),
    none === 0 ? '' : percent(none / runs),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
