import type { JudgeFigures } from '../calibration/judge-figures.ts';
import type { TableAgreement, RaterFigures } from '../calibration/table-agreement.ts';
import type { Estimate } from '../calibration/statistic.ts';
import { terminalPage, type TerminalPage } from './terminal-page.ts';

/** Longer tables are cut here; --json has every row. */
const longestTable = 60;
/** With more labels their shares would not fit on a line; of numbers the mean takes their place. */
const mostShares = 6;

/** Agreement among raters for the terminal: plain sentences first, then the figures, worst first. `lines` go on top. */
export function renderAgreement(args: {
  title: string;
  lines: readonly string[];
  figures: TableAgreement;
  look: { width: number; colour: boolean };
}): string {
  const { figures } = args;
  const page = terminalPage(args.look);
  page.heading(args.title);
  for (const line of args.lines) page.prose(line);
  allTable(page, figures);
  pairsTable(page, figures);
  ratersTable(page, figures);
  judgesTable(page, figures);
  itemsTable(page, figures);
  legend(page, figures);
  return page.text();
}

function allTable(page: TerminalPage, { all, raters }: TableAgreement): void {
  if (raters.length < 2) return;
  const rows: [string, Estimate | null][] = [
    ['two raters, same answer: same rating', all.agreement],
    ['all raters the same', all.unanimous],
    ['Krippendorff’s alpha', all.alpha],
    ['Fleiss’ kappa', all.fleissKappa],
    ['Gwet’s AC1', all.ac1],
    ['Gwet’s AC2', all.ac2],
  ];
  page.table({
    heading: 'All raters together',
    columns: ['', 'figure', '[low, high]', 'n'],
    rows: rows.flatMap(([label, figure]) =>
      figure === null
        ? []
        : [
            [
              label,
              page.cells.figure(figure),
              page.cells.interval(figure),
              figure.status === 'value' ? String(figure.n) : '',
            ],
          ],
    ),
  });
}

function pairsTable(page: TerminalPage, { pairs, scale }: TableAgreement): void {
  const ordered = scale.level !== 'nominal';
  const sorted = [...pairs].sort((one, other) => worth(headline(one)) - worth(headline(other)));
  page.table({
    heading: 'Two by two, worst first',
    columns: [
      '',
      'n',
      'agree',
      'kappa',
      ...(ordered ? ['quadratic', '[low, high]', 'AC2', 'difference'] : ['[low, high]', 'AC1']),
    ],
    rows: sorted
      .slice(0, longestTable)
      .map((pair) => [
        `${pair.first} – ${pair.second}`,
        String(pair.n),
        page.cells.figure(pair.agreement),
        page.cells.figure(pair.kappa),
        ...(ordered ? [optional(page, pair.quadraticKappa)] : []),
        page.cells.interval(headline(pair)),
        ordered ? optional(page, pair.ac2) : page.cells.figure(pair.ac1),
        ...(ordered ? [optional(page, pair.difference)] : []),
      ]),
  });
  cut(page, { what: 'pairs', rows: sorted.length });
}

function ratersTable(page: TerminalPage, { raters, scale }: TableAgreement): void {
  const counted = scale.labels.length <= mostShares;
  const numbers = scale.level !== 'nominal' && scale.labels.every((label) => Number.isFinite(Number(label)));
  page.table({
    heading: 'What each rater gave',
    columns: ['', 'rated', 'missing', ...(counted ? scale.labels : [numbers ? 'mean' : 'labels'])],
    rows: raters.map((rater) => [
      rater.rater,
      String(rater.rated),
      String(rater.missing),
      ...(counted ? sharesOf(rater) : [numbers ? meanOf(rater) : String(rater.labels.filter(({ n }) => n > 0).length)]),
    ]),
  });
  if (raters.length < 2) return;
  page.table({
    heading: 'Each rater beside the majority of the others',
    columns: ['', 'n', 'agree', 'kappa', '[low, high]'],
    rows: raters.map((rater) => [
      rater.rater,
      String(rater.n),
      page.cells.figure(rater.agreement),
      page.cells.figure(headline(rater)),
      page.cells.interval(headline(rater)),
    ]),
  });
}

function judgesTable(page: TerminalPage, { judges }: TableAgreement): void {
  page.table({
    heading: 'Judges beside the raters’ majority, best first',
    columns: ['', 'n', 'agree', 'kappa', '[low, high]', 'TPR', 'TNR', 'alike', 'split', 'as rater'],
    rows: judges
      .slice(0, longestTable)
      .map((judge) => [
        judge.judge,
        String(judge.n),
        page.cells.figure(judge.agreement),
        page.cells.figure(headline(judge)),
        page.cells.interval(headline(judge)),
        page.cells.figure(judge.truePositiveRate),
        page.cells.figure(judge.trueNegativeRate),
        partOf(page, judge.unanimous),
        partOf(page, judge.split),
        page.cells.figure(judge.asRater),
      ]),
  });
  cut(page, { what: 'judges', rows: judges.length });
}

function itemsTable(page: TerminalPage, { items, judges }: TableAgreement): void {
  const held = judges.length > 0;
  page.table({
    heading: 'By item, worst first',
    columns: ['', 'n', ...(held ? ['judges agree', '[low, high]'] : []), 'raters agree', '[low, high]', 'alpha'],
    rows: items
      .slice(0, longestTable)
      .map((item) => [
        item.item,
        String(item.rows),
        ...(held ? [optional(page, item.judges), item.judges ? page.cells.interval(item.judges) : ''] : []),
        page.cells.figure(item.agreement),
        page.cells.interval(item.agreement),
        page.cells.figure(item.alpha),
      ]),
  });
  cut(page, { what: 'items', rows: items.length });
}

function legend(page: TerminalPage, { bootstrap, scale, judges, families, rows, raters }: TableAgreement): void {
  const percent = Math.round(bootstrap.level * 100);
  page.faint(
    `[low, high]: where the figure lies with ${percent} % confidence, as far as so many answers can tell` +
      (families < rows ? `; rows with one id (${families} ids) were redrawn together.` : '.'),
  );
  if (raters.length > 1) {
    page.faint(
      'kappa, alpha, AC1: agreement beyond what luck would bring; 1 always, 0 luck, below 0 worse. AC1 stays steady where one rating is rare.',
    );
  }
  if (scale.level !== 'nominal') {
    page.faint(
      'Kappa counts every difference in full; quadratic kappa, AC2 and alpha charge a near miss little. difference: the second’s ratings minus the first’s.',
    );
  }
  if (judges.length > 0) {
    const which = scale.positive === null ? '' : `; positive is "${scale.positive}"`;
    page.faint(
      `TPR, TNR: of the answers that are positive (negative) to the raters’ majority, the share that is so to the judge${which}. ` +
        'alike, split: agreement where all raters said the same, and where they did not. ' +
        'as rater: kappa measured the way a rater’s is, against the majority of the raters but one.',
    );
  }
  page.faint('docs/calibration.md says what each figure means and when it lies.');
}

type WithKappa = { kappa: Estimate; quadraticKappa: Estimate | null };

/** The kappa a scale is judged by. */
function headline({ kappa, quadraticKappa }: WithKappa): Estimate {
  return quadraticKappa ?? kappa;
}

function partOf(page: TerminalPage, part: JudgeFigures['split']): string {
  return part.n === 0 ? '' : page.cells.figure(part.agreement);
}

function optional(page: TerminalPage, estimate: Estimate | null): string {
  return estimate === null ? '' : page.cells.figure(estimate);
}

function sharesOf({ labels, rated }: RaterFigures): string[] {
  return labels.map(({ n }) => (rated === 0 ? '' : `${Math.round((100 * n) / rated)} %`));
}

function meanOf({ labels, rated }: RaterFigures): string {
  if (rated === 0) return '';
  return (labels.reduce((sum, { label, n }) => sum + Number(label) * n, 0) / rated).toFixed(2);
}

function cut(page: TerminalPage, { what, rows }: { what: string; rows: number }): void {
  if (rows > longestTable) page.prose(`${rows - longestTable} more ${what} with --json.`);
}

/** For sorting: what cannot be said comes after everything that can. */
function worth(estimate: Estimate): number {
  return estimate.status === 'value' ? estimate.value : 2;
}
