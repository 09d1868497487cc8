import type { CalibrationReport } from '../calibration/report-schema.ts';
import type { Estimate, Statistic } from '../calibration/statistic.ts';
import { FEWEST_OF_CRITERION, worstCriteria } from '../calibration/worst-criteria.ts';
import { createFigureCells, type FigureCells } from './figure-cells.ts';
import { summaryTitles } from './summary-titles.ts';
import { layOutTable, plainText, wrapProse, type Column } from './text-table.ts';

/** Below this there is no room for a label beside its figures. */
const leastWidth = 70;
/** So many of the worst are read in a terminal; the page has them all. */
const SHOWN = 20;

type Painter = { heading: (text: string) => string; faint: (text: string) => string };
type Page = { report: CalibrationReport; cells: FigureCells; width: number; paint: Painter };

/**
 * A calibration report for the terminal: whose ratings first, worst criteria first. Plain text unless `colour`; the colour
 * codes add nothing that the words do not say. Lines are at most `width` columns (70 at least), save words longer than that.
 */
export function renderCalibrationTable(report: CalibrationReport, look: { width: number; colour: boolean }): string {
  const page: Page = {
    report,
    cells: createFigureCells(),
    width: Math.max(leastWidth, look.width),
    paint: painter(look.colour),
  };
  const sections = [
    headSection(page),
    summarySection(page),
    countsSection(page),
    overallSection(page),
    criteriaSection(page),
    misconceptionsSection(page),
    bandsSection(page),
    baselinesSection(page),
    legendSection(page),
    notesSection(page),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headSection({ report, width, paint }: Page): string[] {
  const { judge, set, split, ratings } = report;
  const title = `${judge.name} (${judge.model}, prompt ${judge.promptVersion}) on ${set.title} [${set.id}, ${split}]`;
  return [
    ...wrapProse({ text: title, width, indent: 2 }).map(paint.heading),
    ...wrapProse({ text: ratings.sentence, width, indent: 0 }),
  ];
}

/** What it comes to, before any table: the answer, then what it rests on. Runs stored unsorted have no titles. */
function summarySection({ report, width, paint }: Page): string[] {
  const { headline, parts, sentences } = report.summary;
  const items = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => wrapProse({ text: `- ${text}`, width, indent: 2 }));
  return [
    ...wrapProse({ text: headline, width, indent: 0 }).map(paint.heading),
    ...(parts.length === 0
      ? items(sentences)
      : parts.flatMap((part) => [`${summaryTitles[part.about]}:`, ...items(part.sentences)])),
  ];
}

function countsSection({ report, width }: Page): string[] {
  const { counts } = report;
  const ungraded = counts.ungradedReasons.map(({ reason, n }) => `${n} ${reason}`).join(', ');
  const prose = [
    `${counts.answers} answers: ${counts.graded + counts.provisional} graded (${counts.provisional} with a doubt left open), ` +
      `${counts.returned} sent back unjudged, ${counts.ungraded} ungraded${ungraded === '' ? '' : ` (${ungraded})`}; ` +
      `${counts.verdicts} verdicts in ${counts.families} families of answers. Only graded answers enter the figures.`,
    ...(counts.returnedWithPoints > 0
      ? [`Of the answers sent back, ${counts.returnedWithPoints} had points from the raters.`]
      : []),
    ...(counts.tiedVerdicts + counts.unratedVerdicts + counts.tiedMisconceptions > 0
      ? [
          `Left out: ${counts.tiedVerdicts} verdicts and ${counts.tiedMisconceptions} misconceptions on which the raters tied, ` +
            `${counts.unratedVerdicts} verdicts nobody rated.`,
        ]
      : []),
  ];
  return prose.flatMap((text) => wrapProse({ text, width, indent: 0 }));
}

function overallSection(page: Page): string[] {
  const { overall, points, misconceptions } = page.report;
  const rows: [string, Estimate][] = [
    ['Verdicts: agree', overall.agreement],
    ['  kappa', overall.kappa],
    ['  AC1', overall.ac1],
    ['  cover', overall.coverage],
    ['  agree, where decided', overall.covered.agreement],
    ['  kappa, where decided', overall.covered.kappa],
    ['Points: quadratic kappa', points.quadraticKappa],
    ['  Pearson correlation', points.pearson],
    ['  mean error, share of points', points.meanAbsoluteError],
    ['  bias (above 0: too kind)', points.bias],
    ['  bias in standard deviations', points.standardizedMeanDifference],
    ['Misconceptions: precision', misconceptions.overall.precision],
    ['  recall', misconceptions.overall.recall],
    ['  F1', misconceptions.overall.f1],
  ];
  return section(page, {
    heading: 'Overall',
    columns: [left(''), right('figure'), right('[low, high]'), right('n')],
    rows: rows.map(([label, figure]) => [
      label,
      page.cells.figure(figure),
      page.cells.interval(figure),
      figure.status === 'value' ? String(figure.n) : '',
    ]),
  });
}

function criteriaSection(page: Page): string[] {
  const { criteria } = page.report;
  const shown = worstCriteria(criteria).slice(0, SHOWN);
  return section(page, {
    heading: `Criteria with ${FEWEST_OF_CRITERION} answers or more, worst first`,
    columns: [
      left('criterion'),
      right('n'),
      right('agree'),
      right('[low, high]'),
      right('kappa'),
      right('AC1'),
      right('cover'),
    ],
    rows: shown.map((criterion) => [
      `${criterion.item}/${criterion.criterion}`,
      String(criterion.n),
      page.cells.figure(criterion.agreement),
      page.cells.interval(criterion.agreement),
      page.cells.figure(criterion.kappa),
      page.cells.figure(criterion.ac1),
      page.cells.figure(criterion.coverage),
    ]),
    left: criteria.length - shown.length,
  });
}

function misconceptionsSection(page: Page): string[] {
  // A small split holds most misconceptions nowhere; what neither side saw would bury the rest.
  const all = page.report.misconceptions.each;
  const seen = all.filter(({ held, reported }) => held + reported > 0);
  const worstFirst = [...seen].sort((one, other) => badness(one.f1) - badness(other.f1));
  const unseen = all.length - seen.length;
  return section(page, {
    heading: `Misconceptions, worst first${unseen === 0 ? '' : ` (${unseen} more neither held nor found)`}`,
    columns: [
      left('misconception'),
      right('held'),
      right('found'),
      right('precision'),
      right('recall'),
      right('F1'),
      right('[low, high]'),
    ],
    rows: worstFirst
      .slice(0, SHOWN)
      .map((misconception) => [
        `${misconception.item}/${misconception.misconception}`,
        String(misconception.held),
        String(misconception.reported),
        page.cells.figure(misconception.precision),
        page.cells.figure(misconception.recall),
        page.cells.figure(misconception.f1),
        page.cells.interval(misconception.f1),
      ]),
    left: Math.max(0, worstFirst.length - SHOWN),
  });
}

function bandsSection(page: Page): string[] {
  return section(page, {
    heading: 'By the points the raters gave',
    columns: [left('answers with'), right('n'), right('agree'), right('[low, high]'), right('cover'), right('bias')],
    rows: page.report.slices
      .filter((slice) => slice.by === 'band')
      .map((slice) => [
        slice.value,
        String(slice.answers),
        page.cells.figure(slice.agreement),
        page.cells.interval(slice.agreement),
        page.cells.figure(slice.coverage),
        page.cells.figure(slice.points.bias),
      ]),
  });
}

function baselinesSection(page: Page): string[] {
  const { majority, lengthOnly } = page.report.baselines;
  const { overall, points } = page.report;
  const rows: [string, (Statistic | Estimate)[]][] = [
    ['this judge', [overall.agreement, overall.kappa, points.quadraticKappa]],
    ['always the commonest verdict', [majority.agreement, majority.kappa]],
    ['longer is better', [lengthOnly.agreement, lengthOnly.kappa, lengthOnly.quadraticKappa]],
  ];
  return section(page, {
    heading: 'Beside judges that read nothing',
    columns: [left(''), right('agree'), right('kappa'), right('quadratic kappa')],
    rows: rows.map(([label, figures]) => [label, ...figures.map((figure) => page.cells.figure(figure))]),
  });
}

function legendSection({ report, width, paint }: Page): string[] {
  const percent = Math.round(report.bootstrap.level * 100);
  return [
    'agree: share of verdicts that are the raters’ own.',
    'kappa: the same beyond luck; 1 always, 0 no better than luck, below 0 worse.',
    'AC1: like kappa, but steady where one verdict is rare.',
    'cover: share of verdicts the judge decided. Elsewhere an unsure verdict counts as missed.',
    `[low, high]: where the figure lies with ${percent} % confidence, as far as so many answers can tell.`,
    'docs/calibration.md says what each figure means and when it lies.',
  ]
    .flatMap((text) => wrapProse({ text, width, indent: 2 }))
    .map(paint.faint);
}

function notesSection({ cells, width, paint }: Page): string[] {
  return cells
    .notes()
    .flatMap(({ letter, reason }) => wrapProse({ text: `–${letter}: ${reason}`, width, indent: 4 }))
    .map(paint.faint);
}

/** `left`: how many rows more only the page has. */
function section(page: Page, table: { heading: string; columns: Column[]; rows: string[][]; left?: number }): string[] {
  const { left: more = 0 } = table;
  if (table.rows.length === 0) return [];
  const { header, lines } = layOutTable({ ...table, width: page.width });
  const tail = more > 0 ? [page.paint.faint(`${more} more: report.html`)] : [];
  return [page.paint.heading(table.heading), page.paint.faint(header), ...lines.map(plainText), ...tail];
}

/** For sorting: low figures first, and what cannot be said after everything that can. */
function badness(estimate: Estimate): number {
  return estimate.status === 'value' ? estimate.value : 2;
}

function left(title: string): Column {
  return { title, align: 'left' };
}

function right(title: string): Column {
  return { title, align: 'right' };
}

function painter(colour: boolean): Painter {
  if (!colour) return { heading: (text) => text, faint: (text) => text };
  return { heading: (text) => `\u001b[1m${text}\u001b[22m`, faint: (text) => `\u001b[2m${text}\u001b[22m` };
}
