// The bootstrap at the size it is made for: 10,000 resamples by family over 5,000 answers x 5 criteria on one core, which must take less than 10
// seconds. Times each figure of a report by itself and the whole report at 2,000. Run: npm run bench:bootstrap
import { calibrationReport } from '../../src/calibration/report.ts';
import type { BootstrapPlan } from '../../src/calibration/bootstrap.ts';
import { lengthBias } from '../../src/calibration/length-bias.ts';
import type { PairedAnswer, PairedVerdict } from '../../src/calibration/pair-ratings.ts';
import { pointsAgreement } from '../../src/calibration/points-agreement.ts';
import { agreementByUnity, raterAlpha, type RatedUnit } from '../../src/calibration/rater-agreement.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';
import { raterVerdicts, verdictAgreement } from '../../src/calibration/verdict-agreement.ts';
import { calibrationInput, grade, rated, rating } from '../calibration/rated-outcomes.ts';

const ANSWERS = 5_000;
const CRITERIA = 5;
const LIMIT_SECONDS = 10;

const random = seededRandom(7);
const judgeOf = (reference: PairedVerdict['reference']): PairedVerdict['judge'] => {
  const draw = random.nextBelow(10);
  if (draw < 7) return reference;
  return draw === 7 ? 'unsure' : (raterVerdicts[random.nextBelow(3)] ?? 'met');
};

const answers: PairedAnswer[] = Array.from({ length: ANSWERS }, (_, index) => {
  const family = `f${index}`;
  const verdicts = Array.from({ length: CRITERIA }, (_one, place): PairedVerdict => {
    const reference = raterVerdicts[random.nextBelow(3)] ?? 'met';
    const shared = { answer: family, family, item: 'i', criterion: `c${place}`, words: 50 };
    return { ...shared, reference, raters: 'unanimous', judge: judgeOf(reference), confidence: 0.8, barred: null };
  });
  const points = {
    reference: verdicts.filter(({ reference }) => reference === 'met').length / CRITERIA,
    judge: verdicts.filter(({ judge }) => judge === 'met').length / CRITERIA,
  };
  const words = 20 + random.nextBelow(200);
  return {
    id: family,
    item: 'i',
    family,
    chapter: '1',
    concept: 'c',
    tags: [],
    words,
    verdicts,
    misconceptions: [],
    points,
  };
});
const verdicts = answers.flatMap((answer) => answer.verdicts);
const units: RatedUnit[] = verdicts.map(({ family, item, criterion, reference }) => ({
  family,
  item,
  criterion,
  said: [reference, reference, random.nextBelow(5) === 0 ? 'met' : reference],
}));
const plan: BootstrapPlan = { resamples: 10_000, seed: 1, level: 0.95 };

function time(name: string, compute: () => unknown): number {
  // The processor's time, not the clock's: what else runs on the machine is not ours.
  const started = process.cpuUsage();
  compute();
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  console.log(`${name.padEnd(44)} ${seconds.toFixed(2)} s`);
  return seconds;
}

console.log(`${ANSWERS} answers x ${CRITERIA} criteria, ${plan.resamples} resamples`);
const counted = [
  time('verdicts: 8 figures over all 25,000', () => verdictAgreement({ verdicts, categories: raterVerdicts, plan })),
  time('points: 5 figures', () => pointsAgreement({ answers, plan })),
  ...Array.from({ length: CRITERIA }, (_, place) =>
    time(`criterion ${place + 1}: 8 figures`, () =>
      verdictAgreement({
        verdicts: verdicts.filter(({ criterion }) => criterion === `c${place}`),
        categories: raterVerdicts,
        plan,
      }),
    ),
  ),
];
const total = counted.reduce((sum, seconds) => sum + seconds, 0);
console.log(`${'all of these'.padEnd(44)} ${total.toFixed(2)} s, limit ${LIMIT_SECONDS} s`);
time('alpha among three raters', () => raterAlpha({ units, plan }));
time('agreement by unity', () => agreementByUnity({ verdicts, plan }));
time('length bias', () => lengthBias({ answers, plan }));

const codes = ['mm', 'mx', 'xp', 'xx', 'mp', 'xm'];
const outcomes = Array.from({ length: ANSWERS }, (_, index) =>
  rated({
    id: `a${index}`,
    ratings: [rating({ rater: 'ann', kind: 'author', code: codes[index % codes.length] ?? 'mm' })],
    outcome: grade({
      code: codes[(index + random.nextBelow(2)) % codes.length] ?? 'mm',
      low: 1000 * random.nextBelow(5),
    }),
    words: 20 + random.nextBelow(100),
  }),
);
time('a whole report on 5,000 answers, 2,000 draws', () =>
  calibrationReport(calibrationInput(outcomes, { resamples: 2_000 })),
);
if (total > LIMIT_SECONDS) process.exitCode = 1;
