import type { PredictionPoweredMean } from '../calibration/prediction-powered.ts';
import type { Estimate, Interval } from '../calibration/statistic.ts';
import { terminalPage } from './terminal-page.ts';

/** One group's rate, or with `group` null that of all answers. */
export type RateRow = PredictionPoweredMean & { group: string | null; rated: number; unrated: number };

type Rates = { judge: string; human: string; share: boolean; all: RateRow; groups: readonly RateRow[] };

/** With fewer ratings the bracket is wide and rough. */
const enoughRated = 30;

/** Estimated rates for the terminal: which figure to use first, then all three side by side. `lines` follow the sentences. */
export function renderRates(args: {
  rates: Rates;
  lines: readonly string[];
  look: { width: number; colour: boolean };
}): string {
  const { rates } = args;
  const page = terminalPage(args.look);
  page.heading(`The true ${rates.share ? 'rate' : 'mean'} behind ${rates.judge}, corrected by ${rates.human}`);
  for (const line of [...rateSentences(rates), ...args.lines]) page.prose(line);
  const { all } = rates;
  const ways: [string, Estimate][] = [
    ['the judge, corrected by the ratings', all.predictionPowered],
    ['the judge alone', all.judgeOnly],
    ['the ratings alone', all.ratedOnly],
  ];
  page.table({
    heading: 'Three ways to say it',
    columns: ['', 'figure', '[low, high]', 'answers'],
    rows: ways.map(([label, estimate]) => [
      label,
      page.cells.figure(estimate),
      page.cells.interval(estimate),
      estimate.status === 'value' ? String(estimate.n) : '',
    ]),
  });
  page.table({
    heading: 'By group',
    columns: ['', 'rated', 'unrated', 'corrected', '[low, high]', 'judge', 'ratings'],
    rows: rates.groups.map((row) => [
      row.group === '' ? '(none)' : (row.group ?? ''),
      String(row.rated),
      String(row.unrated),
      page.cells.figure(row.predictionPowered),
      page.cells.interval(row.predictionPowered),
      page.cells.figure(row.judgeOnly),
      page.cells.figure(row.ratedOnly),
    ]),
  });
  page.faint('corrected: the judge’s mean plus its mean error on the rated answers (prediction-powered inference).');
  page.faint(
    '[low, high]: where the true figure lies with 95 % confidence, if the rated answers were drawn at random from all.',
  );
  page.faint('docs/calibration.md says when each figure lies.');
  return page.text();
}

/** Which figure to use, how far the judge alone is off, and what is wanting, in words. */
export function rateSentences(rates: Rates): string[] {
  const { all, groups } = rates;
  const few = groups.filter(({ rated }) => rated < enoughRated).length;
  return [
    useSentence(rates),
    judgeSentence(rates),
    all.rated > 0 && all.rated < enoughRated
      ? `Only ${all.rated} answer${all.rated === 1 ? ' was' : 's were'} rated by a person: the bracket is rough. Rate ${enoughRated} or more, drawn at random.`
      : null,
    selectionSentence(rates),
    few > 0
      ? `${few} of ${groups.length} groups ${few === 1 ? 'has' : 'have'} fewer than ${enoughRated} rated answers; take ${few === 1 ? 'its figure' : 'their figures'} for a hint.`
      : null,
  ].filter((sentence) => sentence !== null);
}

function useSentence({ all, share }: Rates): string {
  const figure = recommended(all);
  switch (figure) {
    case 'corrected':
      return `Use ${shown(all.predictionPowered, share)}: the judge’s verdicts on ${all.rated + all.unrated} answers, corrected by the ${all.rated} that a person rated.`;
    case 'ratings': {
      const why =
        all.predictionPowered.status === 'undefined'
          ? all.predictionPowered.reason
          : 'The judge’s verdicts make it no surer.';
      return `Use ${shown(all.ratedOnly, share)}, from the ratings alone. ${why}`;
    }
    case 'none':
      return `There is no figure to use: the judge alone says ${all.judgeOnly.status === 'value' ? plain(all.judgeOnly.value, share) : 'nothing'}, and ${all.rated === 0 ? 'nothing' : 'a single rated answer'} shows how far off it is. Have a person rate some answers, drawn at random.`;
    default:
      return figure satisfies never;
  }
}

/** The corrected figure, unless it cannot be had or its bracket is wider than that of the ratings alone. */
function recommended(all: RateRow): 'corrected' | 'ratings' | 'none' {
  const corrected = widthOf(all.predictionPowered);
  // One rating is an anecdote, however exact its bracket.
  const ratings = all.ratedOnly.status === 'value' && all.ratedOnly.n > 1 ? widthOf(all.ratedOnly) : null;
  if (corrected === null && ratings === null) return 'none';
  if (corrected === null) return 'ratings';
  return ratings !== null && ratings < corrected ? 'ratings' : 'corrected';
}

function judgeSentence({ all, share }: Rates): string | null {
  const { judgeOnly, predictionPowered } = all;
  const interval = intervalOf(predictionPowered);
  if (judgeOnly.status === 'undefined' || predictionPowered.status === 'undefined' || interval === null) return null;
  const off = judgeOnly.value - predictionPowered.value;
  const outside = judgeOnly.value < interval.low || judgeOnly.value > interval.high;
  const alone = `The judge alone says ${plain(judgeOnly.value, share)}`;
  if (!outside) return `${alone}, which the ratings do not contradict.`;
  return `${alone}, which is too ${off > 0 ? 'kind' : 'strict'} by about ${share ? `${Math.round(Math.abs(off) * 100)} points of 100` : Math.abs(off).toFixed(2)}; do not report it.`;
}

function selectionSentence({ all, share }: Rates): string | null {
  if (all.selection?.suspicious !== true) return null;
  const { rated, unrated } = all.selection;
  return `The rated answers do not look drawn at random: the judge gives them ${plain(rated, share)} and the others ${plain(unrated, share)}. If they were chosen, every bracket here is too sure of itself.`;
}

function shown(estimate: Estimate, share: boolean): string {
  if (estimate.status === 'undefined') return 'nothing';
  const interval = intervalOf(estimate);
  const bracket = interval === null ? '' : ` [${plain(interval.low, share)}, ${plain(interval.high, share)}]`;
  return `${plain(estimate.value, share)}${bracket}`;
}

function plain(value: number, share: boolean): string {
  return share ? `${Math.round(value * 100)} %` : value.toFixed(2);
}

function intervalOf(estimate: Estimate): Extract<Interval, { status: 'value' }> | null {
  return estimate.status === 'value' && estimate.interval.status === 'value' ? estimate.interval : null;
}

function widthOf(estimate: Estimate): number | null {
  const interval = intervalOf(estimate);
  return interval === null ? null : interval.high - interval.low;
}
