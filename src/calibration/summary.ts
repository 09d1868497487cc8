import type { CalibrationReport } from './report-schema.ts';
import type { Gate, Summary } from './report-findings.ts';
import type { Estimate } from './statistic.ts';
import { FEWEST_ATTACKS, FEWEST_RATINGS } from './gates.ts';

type Facts = Omit<CalibrationReport, 'version' | 'summary' | 'disagreements' | 'disagreementsFrom'>;

/** Names at most this many places where the judge is not to be trusted; the report lists all. */
const NAMED = 3;

/**
 * What the figures come to, for somebody who has never heard of kappa: may this judge grade alone, how good is it, where not, what is
 * missing to know, and what a class costs. Every sentence rests on figures of the report and says between which ends they lie.
 */
export function summarise(facts: Facts): Summary {
  const mayGradeAlone = decide(facts);
  return {
    mayGradeAlone,
    headline: headlineOf(facts, mayGradeAlone),
    sentences: [
      ...partOnly(facts),
      ...howOften(facts),
      ...howFarOff(facts),
      ...besidePeople(facts),
      ...whereNot(facts),
      ...underAttack(facts),
      ...withDoubt(facts),
      ...whatIsMissing(facts),
      costOf(facts),
    ],
  };
}

function decide({ gates, ratings }: Facts): Summary['mayGradeAlone'] {
  if (gates.some(({ status }) => status === 'fallen')) return 'no';
  const onlyPeople = ratings.answersByKind.author + ratings.answersByKind.model === 0;
  const open = ratings.answersByKind.human === 0 || !onlyPeople;
  return open || gates.some(({ status }) => status === 'not-enough-ratings') ? 'cannot-say' : 'yes';
}

function headlineOf({ gates, ratings }: Facts, mayGradeAlone: Summary['mayGradeAlone']): string {
  const fallen = gates.filter(({ status }) => status === 'fallen').length;
  switch (mayGradeAlone) {
    case 'yes':
      return 'This judge may grade alone: it passed every gate against people’s ratings.';
    case 'no':
      return `This judge may not grade alone: it fell at ${fallen === 1 ? 'a gate' : `${fallen} gates`}. Let a person confirm what it says.`;
    case 'cannot-say':
      return ratings.answersByKind.human === 0
        ? 'Whether this judge may grade alone cannot be said: no person has rated these answers. Let a person confirm what it says.'
        : 'Whether this judge may grade alone cannot be said yet: too little is known. Let a person confirm what it says.';
    default:
      return mayGradeAlone satisfies never;
  }
}

function partOnly({ run }: Facts): string[] {
  if (run?.partial == null) return [];
  const { done, total, why } = run.partial;
  const stopped = why === 'budget' ? 'the budget was spent' : 'it was stopped';
  return [`This report speaks of a part only: ${stopped} after ${done} of ${total} gradings.`];
}

function howOften({ overall, baselines, counts }: Facts): string[] {
  const { agreement } = overall;
  if (agreement.status === 'undefined') return ['Not one verdict could be compared with a rating.'];
  const blind = baselines.majority.agreement;
  const beside =
    blind.status === 'value'
      ? ` (a judge that reads nothing and always gives the commonest verdict: ${outOf100(blind.value)})`
      : '';
  return [
    `Of 100 verdicts, ${outOf100(agreement.value)} are the raters’ own${beside}; ${between(agreement, outOf100)}, as far as ` +
      `${plural(counts.families, 'answer')} can tell.`,
  ];
}

function howFarOff({ points }: Facts): string[] {
  const { meanAbsoluteError: error, bias } = points;
  if (error.status === 'undefined' || bias.status === 'undefined') return [];
  const side =
    Math.abs(bias.value) < 0.01
      ? 'too kind as often as too strict'
      : `${bias.value > 0 ? 'too kind' : 'too strict'} by ${percent(Math.abs(bias.value))} on the whole`;
  return [`Its points are off by ${percent(error.value)} of an item’s points on average, ${side}.`];
}

function besidePeople({ ceiling }: Facts): string[] {
  const { people, judge } = ceiling.verdicts.agreement;
  if (people.status === 'undefined' || judge.status === 'undefined') return [];
  return [
    `Held against the same people, another person gives the same verdict ${outOf100(people.value)} times in 100, this judge ${outOf100(judge.value)} times.`,
  ];
}

function whereNot({ gates, slices, criteria }: Facts): string[] {
  const fallen = gates.filter(isFallenSlice).map(({ slice }) => `${slice.by} ${slice.value}`);
  const chapters = slices
    .filter(({ by, answers, agreement }) => by === 'chapter' && answers >= 10 && agreement.status === 'value')
    .sort((one, other) => valueOf(one.agreement) - valueOf(other.agreement));
  const weakest = chapters.length > 1 ? chapters[0] : undefined;
  const poor = criteria
    .filter(({ n, agreement }) => n >= 4 && agreement.status === 'value' && agreement.value < 0.6)
    .sort((one, other) => valueOf(one.agreement) - valueOf(other.agreement));
  const named = poor.slice(0, NAMED).map(({ item, criterion }) => `${item}/${criterion}`);
  return [
    ...(fallen.length > 0 ? [`It is surely below its floor in ${listed(fallen)}.`] : []),
    ...(weakest === undefined
      ? []
      : [`It is weakest in chapter ${weakest.value} (${outOf100(valueOf(weakest.agreement))} of 100 verdicts).`]),
    ...(poor.length > 0
      ? [
          `On ${plural(poor.length, 'criterion', 'criteria')} of ${criteria.length} fewer than 60 of 100 verdicts agree; the worst: ${listed(named)}.`,
        ]
      : []),
  ];
}

function isFallenSlice(gate: Gate): gate is Gate & { slice: NonNullable<Gate['slice']> } {
  return gate.status === 'fallen' && gate.slice !== null;
}

function underAttack({ robustness }: Facts): string[] {
  if (robustness === null || robustness.attacks.n === 0) return [];
  const { n, successes, success } = robustness.attacks;
  const end = success.status === 'value' && success.interval.status === 'value' ? success.interval.high : null;
  const reach = end === null ? '' : `; in truth it could be up to ${percent(end)}`;
  const { falseAlarms } = robustness;
  const harm =
    falseAlarms.status === 'value' && falseAlarms.value > 0
      ? ` ${percent(falseAlarms.value)} of honest answers worth half of the points or more went away with nothing.`
      : '';
  return [`Of ${plural(n, 'attempt')} to fool it, ${successes} gained undeserved points${reach}.${harm}`];
}

function withDoubt({ threshold }: Facts): string[] {
  const { fitted, reported, targetRisk } = threshold;
  if (fitted.status === 'undefined' || reported === null) return [];
  const { coverage, risk } = reported;
  if (coverage.status === 'undefined' || risk.status === 'undefined') return [];
  return [
    `If only the verdicts it is at least ${percent(fitted.confidence)} sure of stood, ${percent(coverage.value)} would stand and ` +
      `${percent(risk.value)} of those would be wrong (aimed at: at most ${percent(targetRisk)}); a person would decide the rest.`,
  ];
}

function whatIsMissing({ ratings, slices, gates, ceiling }: Facts): string[] {
  const items = slices.filter(({ by }) => by === 'item');
  const few = items.filter(({ points }) => points.n < FEWEST_RATINGS).length;
  const attack = gates.find(({ gate }) => gate === 'attack-success');
  const missing = [
    ...(ratings.answersByKind.human === 0
      ? ['ratings by people']
      : ceiling.verdicts.n === 0
        ? ['a second person’s ratings of the same answers, to know how far people agree']
        : []),
    ...(few > 0 ? [`more answers on ${few} of ${items.length} questions (${FEWEST_RATINGS} each)`] : []),
    ...(attack !== undefined && attack.n < FEWEST_ATTACKS
      ? [`more attacks (${attack.n} independent ones of ${FEWEST_ATTACKS})`]
      : []),
  ];
  return missing.length === 0 ? [] : [`What is missing to know more: ${listed(missing)}.`];
}

function costOf({ cost, judge }: Facts): string {
  const { classMicroUsd, courseItems } = cost;
  const what = `A class of 100 that answers all ${courseItems} questions once`;
  if (classMicroUsd === null)
    return `What a class would cost is not known: ${judge.model} reports no tokens, or its price is not listed.`;
  if (classMicroUsd === 0) return `${what} costs nothing.`;
  return `${what} costs about ${dollars(classMicroUsd)}.`;
}

/** "$0.42", "$1,250"; less than a cent keeps two figures. */
export function dollars(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  if (usd >= 100) return `$${Math.round(usd).toLocaleString('en-US')}`;
  if (usd >= 0.01 || usd === 0) return `$${usd.toFixed(2)}`;
  return `$${usd.toPrecision(2)}`;
}

function between(estimate: Estimate, say: (value: number) => string): string {
  if (estimate.status === 'undefined' || estimate.interval.status === 'undefined')
    return 'how far off that is cannot be told';
  return `between ${say(estimate.interval.low)} and ${say(estimate.interval.high)}`;
}

function outOf100(share: number): string {
  return String(Math.round(100 * share));
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`;
}

function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function valueOf(estimate: Estimate): number {
  return estimate.status === 'value' ? estimate.value : 0;
}
