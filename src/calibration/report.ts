import type { BootstrapPlan } from './bootstrap.ts';
import { expectedCalibrationError, reliabilityBins } from './confidence-calibration.ts';
import type { RatedVerdict } from './consensus.ts';
import { groupBy } from './group-by.ts';
import { misconceptionAgreement } from './misconception-agreement.ts';
import {
  answersOfSplit,
  pairRatings,
  type PairedAnswer,
  type PairedVerdict,
  type PairingTally,
} from './pair-ratings.ts';
import { pointsAgreement } from './points-agreement.ts';
import { baselinesOf } from './report-baselines.ts';
import type { CalibrationInput } from './report-input.ts';
import type { CalibrationReport, ConfidenceReport } from './report-schema.ts';
import { riskCoverageCurve } from './risk-coverage.ts';
import { slicesOf } from './slices.ts';
import { raterVerdicts, verdictAgreement } from './verdict-agreement.ts';
import { whoseRatings } from './whose-ratings.ts';

const level = 0.95;
const confidenceBins = 10;
/** Every answer is in six slices or more; 2,000 resamples settle an interval to its second decimal at a fifth of the time. */
const mostSliceResamples = 2_000;
/** A curve for the eye: more points than this only make report.json large. */
const curvePoints = 100;

/**
 * The one place where ratings and grades become a report. Answers that were returned or ungraded are counted but enter no
 * agreement figure; ties among raters are left out and counted. Pure: the same input gives the same report.
 */
export function calibrationReport(input: CalibrationInput): CalibrationReport {
  const plan: BootstrapPlan = { resamples: input.resamples, seed: input.seed, level };
  const { answers, tally } = pairRatings(input);
  const verdicts = answers.flatMap((answer) => answer.verdicts);
  const categories = categoriesOf(input.items);
  return {
    version: 1,
    ratings: whoseRatings(input),
    set: { id: input.set.id, title: input.set.title },
    split: input.split,
    judge: input.judge,
    bootstrap: plan,
    counts: countsOf({ tally, answers, verdicts: verdicts.length }),
    overall: verdictAgreement({ verdicts, categories, plan }),
    points: pointsAgreement({ answers, plan }),
    criteria: criteriaOf({ input, verdicts, plan }),
    misconceptions: misconceptionsOf({ input, answers, plan }),
    slices: slicesOf({
      answers,
      categories,
      plan: { ...plan, resamples: Math.min(plan.resamples, mostSliceResamples) },
    }),
    confidence: confidenceOf(verdicts),
    baselines: baselinesOf({ answers, seed: input.seed }),
  };
}

/** Items with an answer in the split; the others have nothing to report. */
function itemsOfSplit(input: CalibrationInput): CalibrationInput['items'] {
  const rated = new Set(answersOfSplit(input).map(({ answer }) => answer.item));
  return input.items.filter(({ item }) => rated.has(item.id));
}

function criteriaOf(args: {
  input: CalibrationInput;
  verdicts: readonly PairedVerdict[];
  plan: BootstrapPlan;
}): CalibrationReport['criteria'] {
  const byCriterion = groupBy(args.verdicts, (verdict) => `${verdict.item}/${verdict.criterion}`);
  return itemsOfSplit(args.input).flatMap(({ item, rubric }) =>
    rubric.criteria.map((criterion) => ({
      item: item.id,
      criterion: criterion.id,
      ...verdictAgreement({
        verdicts: byCriterion.get(`${item.id}/${criterion.id}`) ?? [],
        categories: criterion.partial === undefined ? ['missed', 'met'] : raterVerdicts,
        plan: args.plan,
      }),
    })),
  );
}

function misconceptionsOf(args: {
  input: CalibrationInput;
  answers: readonly PairedAnswer[];
  plan: BootstrapPlan;
}): CalibrationReport['misconceptions'] {
  const { plan } = args;
  const entries = args.answers.flatMap((answer) => answer.misconceptions);
  const byId = groupBy(entries, (entry) => `${entry.item}/${entry.misconception}`);
  return {
    overall: misconceptionAgreement({ entries, plan }),
    each: itemsOfSplit(args.input).flatMap(({ item, rubric }) =>
      rubric.misconceptions.map(({ id }) => ({
        item: item.id,
        misconception: id,
        ...misconceptionAgreement({ entries: byId.get(`${item.id}/${id}`) ?? [], plan }),
      })),
    ),
  };
}

function categoriesOf(items: CalibrationInput['items']): readonly RatedVerdict[] {
  const halfWay = items.some(({ rubric }) => rubric.criteria.some((criterion) => criterion.partial !== undefined));
  return halfWay ? raterVerdicts : ['missed', 'met'];
}

function confidenceOf(verdicts: readonly PairedVerdict[]): ConfidenceReport {
  const calls = verdicts
    .filter((verdict) => verdict.judge !== 'unsure')
    .map((verdict) => ({ confidence: verdict.confidence, correct: verdict.judge === verdict.reference }));
  const bins = reliabilityBins({ calls, bins: confidenceBins });
  const curve = riskCoverageCurve(calls);
  const step = Math.max(1, Math.ceil(curve.length / curvePoints));
  return {
    n: calls.length,
    expectedCalibrationError: expectedCalibrationError(bins),
    bins,
    riskCoverage: curve.filter((_, index) => index % step === 0 || index === curve.length - 1),
  };
}

function countsOf(args: {
  tally: PairingTally;
  answers: readonly PairedAnswer[];
  verdicts: number;
}): CalibrationReport['counts'] {
  const { ungraded, ...counts } = args.tally;
  const ungradedReasons = [...ungraded].map(([reason, n]) => ({ reason, n }));
  return {
    ...counts,
    families: new Set(args.answers.map((answer) => answer.family)).size,
    ungraded: ungradedReasons.reduce((sum, { n }) => sum + n, 0),
    ungradedReasons,
    verdicts: args.verdicts,
  };
}
