import { ratingRowColumns, ratingRows } from '../bank/rating-rows.ts';
import {
  columnPlace,
  matchColumns,
  readTable,
  type Table,
  type TableFault,
  type TableRow,
} from '../bank/read-table.ts';
import { labelScale, positiveLabel, type LabelScale, type ScaleLevel } from '../calibration/label-scale.ts';
import { tableAgreement, type TableAgreement } from '../calibration/table-agreement.ts';
import type { RatedColumn, RatingTable } from '../calibration/rating-table.ts';
import { VivaError } from '../core/errors.ts';
import type { RaterKind } from '../core/eval-set.ts';
import { isNumberLabel, readLabel } from '../core/rating-label.ts';

/** Fixed, so that the same table gives the same intervals on every machine. */
const BOOTSTRAP_SEED = 20_261_123;
const LEVEL = 0.95;
/** A column of so many different labels holds something else than ratings. */
const MOST_LABELS = 50;

/** What to measure. Column names may hold `*`; null leaves the choice to the table. */
export type AgreementRequest = {
  raters: readonly string[] | null;
  judges: readonly string[] | 'all-others' | null;
  item: string | null;
  id: string | null;
  level: ScaleLevel;
  /** All labels there are, lowest first. */
  order: readonly string[] | null;
  positive: string | null;
  resamples: number;
};

/** The figures, and what they were computed from. */
export type MeasuredAgreement = {
  file: string;
  /** What kind of rater each is; null where the table does not say. */
  raters: { name: string; kind: RaterKind | null }[];
  judges: { name: string; kind: RaterKind | null }[];
  /** Columns that `all-others` left out, because they hold other things than the raters' labels. */
  passedOver: string[];
  faults: TableFault[];
  notes: string[];
  figures: TableAgreement;
};

/**
 * Agreement among the raters of a table (CSV, JSON Lines, or an eval set's answers.jsonl), and of judges with their majority.
 * A cell that is no label of the scale is listed and taken for missing.
 * @throws VivaError `input-invalid` for columns that are not there, and for a table that holds no ratings to compare.
 */
export function measureAgreement(args: { name: string; text: string; request: AgreementRequest }): MeasuredAgreement {
  const { request } = args;
  const read = readTable(args);
  const evalRows = ratingRows(read);
  const table = evalRows?.table ?? read;
  const kindOf = new Map(evalRows?.raters.map(({ id, kind }) => [id, kind]));
  const raters = ratersOf({ request, table, kindOf });
  const item = request.item ?? (evalRows ? 'item' : null);
  const id = request.id ?? (evalRows ? 'family' : null);
  const order = request.order?.map((label) => readLabel(label) ?? '') ?? (evalRows ? verdictOrder(table) : null);

  const named = [item, id]
    .filter((column) => column !== null)
    .map((column) => table.columns[columnPlace(table, column)]);
  const others = judgesOf({ request, table, raters, level: request.level, apart: evalRows ? ratingRowColumns : named });
  if (raters.length < 2 && others.judges.length === 0) {
    throw new VivaError('input-invalid', {
      message: 'There is only one rater, so nobody to agree with.',
      fix: 'Name two columns or more with --raters, or the columns to hold against it with --judges.',
    });
  }
  const { scale, columns, faults } = readRatings({
    table,
    names: [...raters, ...others.judges],
    level: request.level,
    order,
  });
  const positive = positiveOf({ request, scale });
  const judges = columns.slice(raters.length);
  const ratings: RatingTable = {
    scale,
    families: familiesOf(table.rows, id === null ? null : columnPlace(table, id)),
    items: item === null ? null : cellsOf(table, item),
    raters: columns.slice(0, raters.length),
    judges,
  };
  const withKind = (name: string): { name: string; kind: RaterKind | null } => ({
    name,
    kind: kindOf.get(name) ?? null,
  });
  return {
    file: args.name,
    raters: raters.map(withKind),
    judges: others.judges.map(withKind),
    passedOver: others.passedOver,
    faults: [...table.faults, ...faults].sort((one, other) => one.line - other.line),
    notes: notesOn({ scale, order }),
    figures: tableAgreement({
      table: ratings,
      positive,
      plan: { resamples: request.resamples, seed: BOOTSTRAP_SEED, level: LEVEL },
    }),
  };
}

/** The columns asked for; of an eval set the people, or where nobody rated the authors, or the models. */
function ratersOf(args: { request: AgreementRequest; table: Table; kindOf: ReadonlyMap<string, RaterKind> }): string[] {
  const { request, table, kindOf } = args;
  if (request.raters !== null) return matchColumns(table, request.raters);
  for (const kind of ['human', 'author', 'model'] as const) {
    const raters = [...kindOf].filter(([, other]) => other === kind).map(([id]) => id);
    if (raters.length > 0) return raters;
  }
  throw new VivaError('input-invalid', {
    message: 'Which columns are the raters?',
    fix: `Name them with --raters, separated by commas. The columns are: ${table.columns.join(', ')}.`,
  });
}

function judgesOf(args: {
  request: AgreementRequest;
  table: Table;
  raters: readonly string[];
  level: ScaleLevel;
  apart: readonly (string | undefined)[];
}): { judges: string[]; passedOver: string[] } {
  const { request, table, raters } = args;
  if (request.judges === null) return { judges: [], passedOver: [] };
  if (request.judges !== 'all-others') {
    return { judges: matchColumns(table, request.judges).filter((name) => !raters.includes(name)), passedOver: [] };
  }
  const known = new Set(raters.flatMap((name) => labelsOf(table, name)));
  const fits = (label: string): boolean => (args.level === 'interval' ? isNumberLabel(label) : known.has(label));
  const rest = table.columns.filter((name) => !raters.includes(name) && !args.apart.includes(name));
  const judges = rest.filter((name) => {
    const labels = labelsOf(table, name);
    return labels.length > 0 && labels.every(fits);
  });
  return { judges, passedOver: rest.filter((name) => !judges.includes(name)) };
}

function labelsOf(table: Table, column: string): string[] {
  return cellsOf(table, column)
    .map(readLabel)
    .filter((label) => label !== null);
}

function cellsOf(table: Table, column: string): string[] {
  const place = columnPlace(table, column);
  return table.rows.map(({ cells }) => cells[place] ?? '');
}

/** Verdicts from worst to best; a rubric without half-way levels has two. */
function verdictOrder(table: Table): string[] {
  const halfWay = table.rows.some(({ cells }) => cells.slice(ratingRowColumns.length).includes('partial'));
  return halfWay ? ['missed', 'partial', 'met'] : ['missed', 'met'];
}

function readRatings(args: {
  table: Table;
  names: readonly string[];
  level: ScaleLevel;
  order: readonly string[] | null;
}): { scale: LabelScale; columns: RatedColumn[]; faults: TableFault[] } {
  const { table, names, level, order } = args;
  const read = names.map((name) => ({ name, labels: cellsOf(table, name).map(readLabel) }));
  const used = new Set(read.flatMap(({ labels }) => labels).filter((label) => label !== null));
  if (used.size === 0) {
    throw new VivaError('input-invalid', {
      message: `The columns ${names.join(', ')} hold no ratings.`,
      fix: 'Name columns with at least one cell that is not empty and not NA.',
    });
  }
  // On a scale of numbers a word is a slip of the file; where there are only words, the order is what is missing.
  const numbers = level !== 'nominal' && order === null ? [...used].filter(isNumberLabel) : [...used];
  const scale = labelScale({ level, labels: numbers.length > 0 ? numbers : used, order });
  if (scale === undefined) {
    throw new VivaError('input-invalid', {
      message: `The ratings are words (${[...used].slice(0, 6).join(', ')}), and their order is not known.`,
      fix: 'Say it with --labels, lowest first: --labels missed,partial,met. Or leave --scale away.',
    });
  }
  if (level !== 'interval' && scale.labels.length > MOST_LABELS) {
    throw new VivaError('input-invalid', {
      message: `The columns hold ${scale.labels.length} different values, such as ${scale.labels.slice(0, 4).join(', ')}.`,
      fix: 'Name columns of ratings; for scores with many values add --scale interval.',
    });
  }
  const placeOf = new Map(scale.labels.map((label, place) => [label, place]));
  const faults: TableFault[] = [];
  const columns = read.map(({ name, labels }) => ({
    name,
    codes: Int32Array.from(labels, (label, row) => {
      const place = label === null ? -1 : (placeOf.get(label) ?? -1);
      if (label !== null && place < 0) {
        const what = `"${label.slice(0, 40)}" in column ${name} is none of the scale's labels; taken for missing`;
        faults.push({ line: table.rows[row]?.line ?? 0, what });
      }
      return place;
    }),
  }));
  return { scale, columns, faults };
}

function positiveOf({ request, scale }: { request: AgreementRequest; scale: LabelScale }): string | null {
  if (request.positive === null) return positiveLabel(scale) ?? null;
  const label = readLabel(request.positive);
  if (label !== null && scale.labels.includes(label)) return label;
  throw new VivaError('input-invalid', {
    message: `No rating is "${request.positive}".`,
    fix: `Name one of the labels with --positive: ${scale.labels.join(', ')}.`,
  });
}

/** Rows with the same id are a family; a row without one is a family of its own. */
function familiesOf(rows: readonly TableRow[], place: number | null): number[][] {
  const known = new Map<string, number[]>();
  const families: number[][] = [];
  for (const [row, { cells }] of rows.entries()) {
    const id = place === null ? '' : (cells[place] ?? '').trim();
    const family = known.get(id);
    if (id !== '' && family !== undefined) {
      family.push(row);
      continue;
    }
    const fresh = [row];
    families.push(fresh);
    if (id !== '') known.set(id, fresh);
  }
  return families;
}

function notesOn({ scale, order }: { scale: LabelScale; order: readonly string[] | null }): string[] {
  const notes: string[] = [];
  if (scale.level === 'nominal' && scale.labels.length > 2 && scale.labels.every(isNumberLabel)) {
    notes.push(
      'The ratings are numbers with more than two steps, yet every difference counted in full: --scale ordinal gives near misses part of the credit.',
    );
  }
  if (scale.level !== 'nominal' && order === null && scale.labels.length > 2) {
    notes.push(
      `The scale is taken to have the steps ${scale.labels.length > 12 ? `from ${scale.labels[0] ?? ''} to ${scale.labels.at(-1) ?? ''}` : scale.labels.join(', ')}; name steps that nobody used with --labels.`,
    );
  }
  return notes;
}
