import type { Content, LoadedEvalSet } from '../bank/content.ts';
import { findCourseItem } from '../bank/content.ts';
import { itemCoverage, raterKappa, type ItemCoverage } from '../calibration/set-coverage.ts';
import type { Estimate } from '../calibration/statistic.ts';
import { whoRated } from '../calibration/whose-ratings.ts';
import { layOutTable } from '../report/text-table.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';
import { createStyle } from './terminal-style.ts';

const plan = { resamples: 1_000, seed: 1, level: 0.95 };
/** Below this two raters read a criterion differently, and a judge can be held to neither: its wording wants mending. */
const WEAK_KAPPA = 0.6;

type SetReport = {
  set: string;
  whoRated: string;
  answers: number;
  kappa: Estimate;
  items: ItemCoverage[];
};

/** Prints what each eval set can tell about a judge: answers, bands, verdicts, rater agreement, and what is missing. Exit code 1 where something is. */
export function printEvals({ content, json, streams }: { content: Content; json: boolean; streams: Streams }): number {
  const reports = content.evalSets.map((set) => reportOf(set, content));
  const missing = reports.flatMap(({ items }) => items.flatMap(({ warnings }) => warnings)).length;
  if (json) streams.out(`${JSON.stringify({ sets: reports }, null, 2)}\n`);
  else for (const report of reports) streams.out(`${render(report, streams)}\n\n`);
  return missing === 0 ? exitCodes.ok : exitCodes.found;
}

function reportOf({ set, answers }: LoadedEvalSet, content: Content): SetReport {
  // Attacks and rewordings are there to be measured against, not to cover a rubric.
  const plain = answers.filter((answer) => !('attack' in answer) && !('style' in answer));
  const ids = [...new Set(plain.map(({ item }) => item))];
  const items = ids.flatMap((id) => {
    const found = findCourseItem(content, id);
    return found ? [itemCoverage({ item: found.item, rubric: found.rubric, answers: plain, plan })] : [];
  });
  return {
    set: set.id,
    whoRated: whoRated({ raters: set.provenance.raters, answers }).sentence,
    answers: answers.length,
    kappa: raterKappa({ answers: plain, plan }),
    items,
  };
}

function render(report: SetReport, streams: Streams): string {
  const style = createStyle(streams.colour);
  const rows = report.items.map((item) => [
    item.item,
    String(item.answers.dev),
    String(item.answers.test),
    item.bands.join(' '),
    item.criteria.map(({ verdicts }) => `${verdicts.met}/${verdicts.partial}/${verdicts.missed}`).join(' '),
    lowest(item),
    item.warnings.length === 0 ? '' : String(item.warnings.length),
  ]);
  const { header, lines } = layOutTable({
    columns: [
      { title: 'item', align: 'left' },
      { title: 'dev', align: 'right' },
      { title: 'test', align: 'right' },
      { title: 'by fifths of points', align: 'left' },
      { title: 'met/partial/missed by criterion', align: 'left' },
      { title: 'lowest kappa', align: 'right' },
      { title: 'gaps', align: 'right' },
    ],
    rows,
    width: streams.width,
  });
  const warnings = report.items.flatMap(({ item, warnings: found }) => found.map((one) => `${item}: ${one}`));
  return [
    style.bold(`${report.set}: ${report.answers} answers`),
    report.whoRated,
    agreementLine(report.kappa),
    ...weakLines(report),
    ...(rows.length === 0 ? [] : ['', style.bold(header), ...lines]),
    '',
    ...(warnings.length === 0 ? ['No gaps.'] : [`${warnings.length} gaps:`, ...warnings.map((one) => `  ${one}`)]),
  ].join('\n');
}

/** The criterion on which raters agree least, for whoever looks for wording to mend. */
function lowest({ criteria }: ItemCoverage): string {
  const known = criteria.flatMap(({ kappa }) => (kappa.status === 'value' ? [kappa.value] : []));
  return known.length === 0 ? '' : Math.min(...known).toFixed(2);
}

function agreementLine(kappa: Estimate): string {
  if (kappa.status === 'undefined') return `How far raters agree cannot be computed: ${kappa.reason}`;
  return `Raters who did not see each other agree with a kappa of ${shown(kappa)}.`;
}

function weakLines({ items, kappa: overall }: SetReport): string[] {
  if (overall.status === 'undefined') return [];
  const weak = items.flatMap(({ item, criteria }) =>
    criteria.flatMap(({ criterion, kappa }) =>
      kappa.status === 'value' && kappa.value < WEAK_KAPPA ? [`  ${item}, ${criterion}: ${shown(kappa)}`] : [],
    ),
  );
  const limit = WEAK_KAPPA.toFixed(2);
  return weak.length === 0
    ? [`On no criterion it is below ${limit}.`]
    : [`Below ${limit}, to be worded anew:`, ...weak];
}

function shown({ value, interval }: Extract<Estimate, { status: 'value' }>): string {
  const range =
    interval.status === 'value' ? ` (95 % interval ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})` : '';
  return `${value.toFixed(2)}${range}`;
}
