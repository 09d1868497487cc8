import type { CalibrationReport } from './report-schema.ts';
import type { Summary } from './report-findings.ts';
import type { Estimate } from './statistic.ts';
import { FEWEST_ATTACKS, FEWEST_RATINGS } from './gates.ts';
import { outOf100, percent, plural, range } from './plain-words.ts';
import { weakSpots } from './weak-spots.ts';

type Facts = Omit<CalibrationReport, 'version' | 'summary' | 'disagreements' | 'disagreementsFrom'>;

/**
 * What the figures come to, for somebody who has never heard of kappa: may this judge grade alone, how good is it, where not, what is
 * missing to know, and what a class costs. Every sentence rests on figures of the report and says between which ends they lie.
 */
export function summarise(facts: Facts): Summary {
  const mayGradeAlone = decide(facts);
  const parts: Summary['parts'] = [
    {
      about: 'how-good',
      sentences: [
        ...partOnly(facts),
        ...howOften(facts),
        ...howFarOff(facts),
        ...besidePeople(facts),
        ...withDoubt(facts),
      ],
    },
    { about: 'where-not', sentences: weakSpots(facts) },
    { about: 'missing', sentences: whatIsMissing(facts) },
    { about: 'cost', sentences: [costOf(facts, mayGradeAlone)] },
  ];
  return {
    mayGradeAlone,
    headline: headlineOf(facts, mayGradeAlone),
    sentences: parts.flatMap(({ sentences }) => sentences),
    parts: parts.filter(({ sentences }) => sentences.length > 0),
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
    case 'no': {
      const at = `it fell at ${fallen === 1 ? 'a gate' : `${fallen} gates`}`;
      return ratings.answersByKind.human === 0
        ? `This judge may not grade alone: even against ratings that no person made ${at}. Passing all would not have been enough either. Let a person confirm what it says.`
        : `This judge may not grade alone: ${at}. Let a person confirm what it says.`;
    }
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

function whatIsMissing({ ratings, counts, slices, gates, ceiling }: Facts): string[] {
  const { human } = ratings.answersByKind;
  const items = slices.filter(({ by }) => by === 'item').map(({ points }) => points.n);
  const few = items.filter((n) => n < FEWEST_RATINGS);
  const attack = gates.find(({ gate }) => gate === 'attack-success');
  const second = ceiling.points.n < FEWEST_RATINGS;
  return [
    ...(human < counts.answers
      ? [
          `To let it grade alone: a person’s rating of each of these ${plural(counts.answers, 'answer')}${human === 0 ? '' : ` (now ${human})`}` +
            `${second ? `, and a second person’s of ${FEWEST_RATINGS} of them, to know how far people agree` : ''}.`,
        ]
      : second
        ? [
            `To know how far people agree: a second person’s ratings of ${FEWEST_RATINGS} of these answers, now ${ceiling.points.n}.`,
          ]
        : []),
    ...(few.length > 0
      ? [
          `To speak of single questions: ${FEWEST_RATINGS} answers each; ${few.length} of ${items.length} have fewer, ${range(few)}.`,
        ]
      : []),
    ...(attack?.status === 'not-enough-ratings'
      ? [`To know that it cannot be fooled: ${FEWEST_ATTACKS} independent attacks, now ${attack.n}.`]
      : []),
  ];
}

function costOf({ cost, judge }: Facts, mayGradeAlone: Summary['mayGradeAlone']): string {
  const { classMicroUsd, courseItems } = cost;
  const what = `A class of 100 that answers all ${courseItems} questions once`;
  const people =
    mayGradeAlone === 'yes'
      ? ''
      : `; but a person has ${(100 * courseItems).toLocaleString('en-US')} answers to confirm`;
  if (classMicroUsd === null)
    return `What a class would cost is not known: ${judge.model} reports no tokens, or its price is not listed.`;
  if (classMicroUsd === 0) return `${what} costs nothing, since no paid model is asked${people}.`;
  return `${what} costs about ${dollars(classMicroUsd)}${people}.`;
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
