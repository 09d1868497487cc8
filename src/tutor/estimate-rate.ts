import { columnPlace, readTable, type TableFault } from '../bank/read-table.ts';
import { groupBy } from '../calibration/group-by.ts';
import {
  predictionPoweredMean,
  type PredictionPoweredMean,
  type RatedPair,
} from '../calibration/prediction-powered.ts';
import { VivaError } from '../core/errors.ts';
import { isNumberLabel, readLabel, verdictShare } from '../core/rating-label.ts';

const LEVEL = 0.95;

/** The rate of one group of answers, and how many there were of each sort. */
export type GroupRate = PredictionPoweredMean & {
  /** null for all answers together. */
  group: string | null;
  rated: number;
  unrated: number;
  /** Rated answers without the judge's word; they count in `ratedOnly` alone. */
  ratedUnjudged: number;
};

export type EstimatedRate = {
  file: string;
  judge: string;
  human: string;
  by: string | null;
  /** Whether every number is 0 or 1, so that the mean is a share of answers. */
  share: boolean;
  faults: TableFault[];
  /** Rows with neither a verdict nor a rating. */
  empty: number;
  all: GroupRate;
  groups: GroupRate[];
};

type Row = { judge: number | null; human: number | null; group: string };

/**
 * A class's true rate, whole and by group, from a table with a judge's verdict on most answers and a person's on some. Cells are
 * numbers or verdicts in words; a cell that is neither is listed and taken for missing.
 * @throws VivaError `input-invalid` for columns that are not there, and where nothing is graded or rated.
 */
export function estimateRate(args: {
  name: string;
  text: string;
  judge: string;
  human: string;
  by: string | null;
}): EstimatedRate {
  const table = readTable(args);
  const faults = [...table.faults];
  const places = { judge: columnPlace(table, args.judge), human: columnPlace(table, args.human) };
  const byPlace = args.by === null ? null : columnPlace(table, args.by);
  const rows = table.rows.map(({ line, cells }): Row => {
    const read = (column: 'judge' | 'human'): number | null => {
      const cell = cells[places[column]] ?? '';
      const value = readRate(cell);
      if (value === undefined) {
        const what = `"${cell.trim().slice(0, 40)}" in column ${args[column]} is neither a number nor a verdict; taken for missing`;
        faults.push({ line, what });
      }
      return value ?? null;
    };
    return { judge: read('judge'), human: read('human'), group: byPlace === null ? '' : (cells[byPlace] ?? '').trim() };
  });
  const values = rows.flatMap(({ judge, human }) => [judge, human]).filter((value) => value !== null);
  if (values.length === 0) {
    throw new VivaError('input-invalid', {
      message: `The columns ${args.judge} and ${args.human} hold neither verdicts nor ratings.`,
      fix: 'Name the column with the judge’s verdicts with --judge and that with people’s with --human.',
    });
  }
  return {
    file: args.name,
    judge: args.judge,
    human: args.human,
    by: args.by,
    share: values.every((value) => value === 0 || value === 1),
    faults: faults.sort((one, other) => one.line - other.line),
    empty: rows.filter(({ judge, human }) => judge === null && human === null).length,
    all: rateOf(null, rows),
    groups: byPlace === null ? [] : [...groupBy(rows, ({ group }) => group)].map(([group, own]) => rateOf(group, own)),
  };
}

function rateOf(group: string | null, rows: readonly Row[]): GroupRate {
  const rated: RatedPair[] = [];
  const unrated: number[] = [];
  const unjudged: number[] = [];
  for (const { judge, human } of rows) {
    if (judge !== null && human !== null) rated.push({ judge, human });
    else if (judge !== null) unrated.push(judge);
    else if (human !== null) unjudged.push(human);
  }
  const figures = predictionPoweredMean({ rated, unrated, unjudged, level: LEVEL });
  return { group, rated: rated.length, unrated: unrated.length, ratedUnjudged: unjudged.length, ...figures };
}

/** null where missing, undefined where it is no rating. */
function readRate(cell: string): number | null | undefined {
  const label = readLabel(cell);
  if (label === null) return null;
  // What the judge left open earns nothing until a person decides.
  if (label === 'unsure') return 0;
  return isNumberLabel(label) ? Number(label) : verdictShare(label);
}
