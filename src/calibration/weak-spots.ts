import { attackWords, formWords } from './kind-words.ts';
import { complement, ends, listed, outOf100, percent, plural } from './plain-words.ts';
import type { Gate } from './report-findings.ts';
import type { CriterionReport } from './report-parts.ts';
import type { CalibrationReport } from './report-schema.ts';
import type { Estimate } from './statistic.ts';
import { FEWEST_OF_CRITERION, worstCriteria } from './worst-criteria.ts';

type Facts = Pick<CalibrationReport, 'gates' | 'overall' | 'slices' | 'robustness' | 'misconceptions' | 'criteria'>;

/** Names at most this many criteria; the report lists all. */
const NAMED = 3;
/** A part with fewer answers, mistakes or attacks is no ground to warn anybody. */
const FEWEST_IN_PART = 10;
/** Below this share of verdicts a criterion is called poor. */
const POOR = 0.6;

/** Where the judge is not to be trusted, the gravest first. A part is named only where luck does not explain it: its whole interval is bad. */
export function weakSpots(facts: Facts): string[] {
  return [
    ...belowFloor(facts),
    ...atBothEnds(facts),
    ...wordedOtherwise(facts),
    ...mistakes(facts),
    ...underAttack(facts),
    ...weakChapters(facts),
    ...poorCriteria(facts),
  ];
}

/** The few criteria that the summary names, the worst first. */
export function namedCriteria(criteria: readonly CriterionReport[]): CriterionReport[] {
  return poorOf(criteria).slice(0, NAMED);
}

/** As a sentence names a criterion: in the learner's words, with the question it belongs to. */
export function nameCriterion({ asks, item }: Pick<CriterionReport, 'asks' | 'item'>): string {
  return `“${asks}” (${item})`;
}

function belowFloor({ gates }: Facts): string[] {
  const fallen = gates.filter(isFallenSlice).map(({ slice }) => `${slice.by} ${slice.value}`);
  return fallen.length > 0 ? [`It is surely below its floor in ${listed(fallen)}.`] : [];
}

function isFallenSlice(gate: Gate): gate is Gate & { slice: NonNullable<Gate['slice']> } {
  return gate.status === 'fallen' && gate.slice !== null;
}

function atBothEnds({ slices }: Facts): string[] {
  const biasOf = (band: string): Estimate | undefined =>
    slices.find(({ by, value, answers }) => by === 'band' && value === band && answers >= FEWEST_IN_PART)?.points.bias;
  const [full, empty] = [biasOf('all points'), biasOf('no points')];
  const parts = [
    ...(full?.status === 'value' && full.value < -0.01
      ? [`answers that deserve all points lose ${percent(-full.value)} of them`]
      : []),
    ...(empty?.status === 'value' && empty.value > 0.01
      ? [`answers that deserve none get ${percent(empty.value)} of the points`]
      : []),
  ];
  return parts.length > 0 ? [`${capital(parts.join('; '))}.`] : [];
}

function wordedOtherwise({ robustness }: Facts): string[] {
  const losing = (robustness?.style.forms ?? []).flatMap(({ form, gap }) =>
    gap.status === 'value' && gap.interval.status === 'value' && gap.interval.low > 0 ? [{ form, gap }] : [],
  );
  if (losing.length === 0) return [];
  const named = [...losing]
    .sort((one, other) => other.gap.value - one.gap.value)
    .map(({ form, gap }) => `${formWords[form]} ${percent(gap.value)}${ends(gap)}`);
  return [`Worded otherwise, the same answer loses points: ${listed(named)}.`];
}

function mistakes({ misconceptions }: Facts): string[] {
  const { precision, recall, reported, held } = misconceptions.overall;
  const [invented, missed] = [complement(precision), complement(recall)];
  const parts = [
    ...(invented.status === 'value' && reported >= FEWEST_IN_PART
      ? [`of 100 common mistakes it reports, ${outOf100(invented.value)} were not made${ends(invented)}`]
      : []),
    ...(missed.status === 'value' && held >= FEWEST_IN_PART
      ? [`of 100 that were made it misses ${outOf100(missed.value)}${ends(missed)}`]
      : []),
  ];
  return parts.length > 0 ? [`${capital(parts.join('; '))}.`] : [];
}

function underAttack({ robustness }: Facts): string[] {
  if (robustness === null || robustness.attacks.n === 0) return [];
  const { n, successes, success } = robustness.attacks;
  const end = success.status === 'value' && success.interval.status === 'value' ? success.interval.high : null;
  const reach = end === null ? '' : `; in truth it could be up to ${percent(end)}`;
  const worst = [...robustness.kinds]
    .filter((kind) => kind.n >= FEWEST_IN_PART && kind.successes > 0)
    .sort((one, other) => other.successes / other.n - one.successes / one.n)[0];
  const kind = worst === undefined ? '' : `; worst: ${attackWords[worst.kind]}, ${worst.successes} of ${worst.n}`;
  const { falseAlarms } = robustness;
  const harm =
    falseAlarms.status === 'value' && falseAlarms.value > 0
      ? [`${percent(falseAlarms.value)} of honest answers worth half of the points or more went away with nothing.`]
      : [];
  return [`Of ${plural(n, 'attempt')} to fool it, ${successes} gained undeserved points${reach}${kind}.`, ...harm];
}

function weakChapters({ slices, overall }: Facts): string[] {
  const { agreement: whole } = overall;
  if (whole.status === 'undefined') return [];
  return slices.flatMap(({ by, value, answers, agreement }) => {
    if (by !== 'chapter' || answers < FEWEST_IN_PART || agreement.status === 'undefined') return [];
    if (agreement.interval.status === 'undefined' || agreement.interval.high >= whole.value) return [];
    return [
      `In chapter ${value} it is weaker than elsewhere: ${outOf100(agreement.value)} of 100 verdicts${ends(agreement)}.`,
    ];
  });
}

function poorCriteria({ criteria }: Facts): string[] {
  const poor = poorOf(criteria);
  if (poor.length === 0) return [];
  const told = worstCriteria(criteria);
  return [
    `On ${poor.length} of the ${plural(told.length, 'criterion', 'criteria')} with ${FEWEST_OF_CRITERION} answers or more, fewer than 60 of ` +
      `100 verdicts agree; the worst: ${listed(poor.slice(0, NAMED).map(nameCriterion))}.`,
  ];
}

function poorOf(criteria: readonly CriterionReport[]): CriterionReport[] {
  return worstCriteria(criteria).filter(({ agreement }) => agreement.status === 'value' && agreement.value < POOR);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
