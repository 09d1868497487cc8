import { adviceOn } from './advice.ts';
import { agreementByUnity, ratedUnits, raterAlpha } from './rater-agreement.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { compareRuns } from './compare-runs.ts';
import type { ComparedAnswer, Comparison } from './comparison.ts';
import { decideGates } from './gates.ts';
import { instructiveDisagreements } from './disagreements.ts';
import { leaveOneOut, type CeilingVerdict } from './leave-one-out.ts';
import { lengthBias } from './length-bias.ts';
import { pointsCeiling, verdictCeiling } from './human-ceiling.ts';
import { repeatRuns } from './repeat-runs.ts';
import { replyQuality } from './reply-quality.ts';
import { robustnessOf } from './robustness.ts';
import { runningCost } from './running-cost.ts';
import { thresholdReport } from './fit-threshold.ts';
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
import type { ConfidenceReport } from './report-parts.ts';
import type { CalibrationReport } from './report-schema.ts';
import { riskCoverageCurve } from './risk-coverage.ts';
import { pointBands, slicesOf, slicingOf } from './slices.ts';
import { summarise } from './summary.ts';
import { raterVerdicts, verdictAgreement, verdictHeadline } from './verdict-agreement.ts';
import { whoseRatings } from './whose-ratings.ts';

const level = 0.95;
const confidenceBins = 10;
/** Every answer is in six slices or more; 2,000 resamples settle an interval to its second decimal at a fifth of the time. */
const mostSliceResamples = 2_000;
/** A curve for the eye: more points than this only make report.json large. */
const curvePoints = 100;
/** Of the verdicts a judge lets stand without a person, one in ten may be wrong, unless the set says otherwise. */
const defaultTargetRisk = 0.1;

/**
 * The one place where ratings and grades become a report. Answers that were returned or ungraded are counted but enter no
 * agreement figure; ties among raters are left out and counted. Pure: the same input gives the same report.
 */
export function calibrationReport(input: CalibrationInput): CalibrationReport {
  const plan: BootstrapPlan = { resamples: input.resamples, seed: input.seed, level };
  const lightPlan: BootstrapPlan = { ...plan, resamples: Math.min(plan.resamples, mostSliceResamples) };
  const { answers, tally } = pairRatings(input);
  const dev = input.split === 'test' ? pairRatings({ ...input, split: 'dev' }).answers : answersOfDev(answers, input);
  const verdicts = answers.flatMap((answer) => answer.verdicts);
  const categories = categoriesOf(input.items);
  const slicing = slicingOf(answers);
  const left = leaveOneOut({ answers: answersOfSplit(input), items: input.items });
  const ceiling = {
    verdicts: verdictCeiling({ entries: left.verdicts, plan }),
    points: pointsCeiling({ entries: left.points, plan }),
  };
  const points = pointsAgreement({ answers, plan });
  const robustness = robustnessOf({ input, plan });
  const facts = {
    ratings: whoseRatings({ input, plan }),
    run: input.run,
    set: { id: input.set.id, title: input.set.title },
    split: input.split,
    judge: input.judge,
    bootstrap: plan,
    counts: countsOf({ tally, answers, verdicts: verdicts.length }),
    gates: decideGates({ gates: input.set.gates, report: { points, ceiling, robustness }, slicing, plan }),
    overall: verdictAgreement({ verdicts, categories, plan }),
    points,
    pointBands: pointBands(answers),
    ceiling,
    byUnity: agreementByUnity({ verdicts, plan }),
    tuned: input.split === 'test' ? tunedOn({ dev, categories, plan }) : null,
    criteria: criteriaOf({ input, verdicts, people: left.verdicts, plan: lightPlan }),
    misconceptions: misconceptionsOf({ input, answers, plan: lightPlan }),
    slices: slicesOf({ slicing, categories, plan: lightPlan }),
    confidence: confidenceOf(verdicts),
    threshold: thresholdReport({
      dev: dev.flatMap((answer) => answer.verdicts),
      verdicts,
      targetRisk: input.set.gates?.['target-error'] ?? defaultTargetRisk,
      plan,
    }),
    lengthBias: lengthBias({ answers, plan }),
    baselines: baselinesOf({ answers, seed: input.seed }),
    replies: replyQuality({ answers: answersOfSplit(input), plan }),
    repeats: repeatRuns({ repeated: input.repeated, plan }),
    robustness,
    comparison: compareWith({ input, plan }),
    cost: runningCost({ outcomes: input.gradings, courseItems: input.courseItems }),
  };
  const teaching = dev.length > 0 ? dev : answers;
  return {
    version: 2,
    ...facts,
    summary: summarise(facts),
    disagreementsFrom: dev.length > 0 ? 'dev' : input.split,
    disagreements: instructiveDisagreements({ input, answers: teaching }),
  };
}

/** Every graded answer of the run, whatever its split, as a later comparison needs it. */
export function comparedAnswers(input: CalibrationInput): ComparedAnswer[] {
  const ratedOf = new Map(input.answers.map((rated) => [rated.answer.id, rated]));
  return pairRatings({ ...input, split: 'all' }).answers.flatMap((paired) => {
    const rated = ratedOf.get(paired.id);
    if (rated === undefined || rated.outcome.status === 'returned' || rated.outcome.provenance === null) return [];
    const { costMicroUsd, latencyMs } = rated.outcome.provenance;
    const { id: answer, item, family, points } = paired;
    const verdicts = paired.verdicts.map(({ criterion, reference, judge }) => ({ criterion, reference, judge }));
    return [{ answer, item, family, split: rated.answer.split, verdicts, points, costMicroUsd, latencyMs }];
  });
}

function compareWith({ input, plan }: { input: CalibrationInput; plan: BootstrapPlan }): Comparison | null {
  if (input.earlier === null) return null;
  const second = { name: input.run?.id ?? 'this run', answers: comparedAnswers(input) };
  return compareRuns({ first: input.earlier, second, plan });
}

/** The dev answers among those of the report; of a report on test there are none. */
function answersOfDev(answers: readonly PairedAnswer[], input: CalibrationInput): PairedAnswer[] {
  const dev = new Set(input.answers.filter(({ answer }) => answer.split === 'dev').map(({ answer }) => answer.id));
  return answers.filter(({ id }) => dev.has(id));
}

function tunedOn(args: {
  dev: readonly PairedAnswer[];
  categories: readonly RatedVerdict[];
  plan: BootstrapPlan;
}): CalibrationReport['tuned'] {
  const { dev, categories, plan } = args;
  if (dev.length === 0) return null;
  const { agreement, kappa } = verdictHeadline({
    verdicts: dev.flatMap((answer) => answer.verdicts),
    categories,
    plan,
  });
  return {
    answers: dev.length,
    agreement,
    kappa,
    quadraticKappa: pointsAgreement({ answers: dev, plan }).quadraticKappa,
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
  people: readonly CeilingVerdict[];
  plan: BootstrapPlan;
}): CalibrationReport['criteria'] {
  const { plan } = args;
  const keyOf = (entry: { item: string; criterion: string }): string => `${entry.item}/${entry.criterion}`;
  const byCriterion = groupBy(args.verdicts, keyOf);
  const peopleBy = groupBy(args.people, keyOf);
  const unitsBy = groupBy(ratedUnits(answersOfSplit(args.input)), keyOf);
  return itemsOfSplit(args.input).flatMap(({ item, rubric }) =>
    rubric.criteria.map((authored) => {
      const key = keyOf({ item: item.id, criterion: authored.id });
      const verdicts = byCriterion.get(key) ?? [];
      const people = peopleBy.get(key);
      const criterion = {
        item: item.id,
        criterion: authored.id,
        asks: authored.asks,
        ...verdictAgreement({
          verdicts,
          categories: authored.partial === undefined ? ['missed', 'met'] : raterVerdicts,
          plan,
        }),
        alpha: raterAlpha({ units: unitsBy.get(key) ?? [], plan }),
        ceiling: people === undefined ? null : verdictCeiling({ entries: people, plan }),
        barredByCheck: verdicts.filter(({ barred }) => barred === 'check').length,
      };
      return { ...criterion, advice: adviceOn({ criterion, authored }) };
    }),
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
