import { readLabel, verdictShare } from '../../core/rating-label.ts';
import { VivaError } from '../../core/errors.ts';
import type { Table } from '../read-table.ts';
import type {
  ImportedAnswer,
  ImportedItem,
  ImportedRater,
  ImportedRating,
  ImportedSet,
  ImportedVerdict,
  ImportFault,
} from './imported-set.ts';
import { cellReader, hasColumns, tableOf, type SourceFile } from './source-files.ts';

const CRITERION = 'correct';
const person = /^human_(\d+)$/i;
const run = /^llm_(\d+)$/i;

/** What the models were shown, by the name in the column rubric_type. */
const shown = new Map([
  ['empty', 'the question alone'],
  ['criteria only', 'the question and the scoring criteria'],
  ['full', 'the question, the scoring criteria and examples of right and wrong answers'],
]);

/**
 * The short-answer study of Khan Academy (llm-saq-scoring): a folder with the items, the answers with three people's marks, and any number of files
 * with models' marks, known by their columns. Each column of marks becomes a rater: a person is `human`, a model `model`, once for
 * each run and once for the majority of its runs as published; a mark of NA is a missing rating.
 */
export function importKhanSaq(files: readonly SourceFile[]): ImportedSet {
  const faults: ImportFault[] = [];
  const notes: string[] = [];
  const tables = files.flatMap((file) => {
    if (file.note !== null) notes.push(`${file.name}: ${file.note}.`);
    const table = tableOf(file);
    if (table !== undefined) for (const { line, what } of table.faults) faults.push({ file: file.name, line, what });
    return table === undefined ? [] : [table];
  });
  const items = tables.filter((table) => hasColumns(table, ['item', 'question']));
  const labels = tables.filter((table) => hasColumns(table, ['item', 'response_id', 'response']));
  const models = tables.filter((table) => hasColumns(table, ['response_id', 'model_name']));
  if (items.length === 0 || labels.length === 0) {
    throw new VivaError('input-invalid', {
      message: `Among ${files.map(({ name }) => name).join(', ')} there is no table of ${items.length === 0 ? 'items (columns item, question)' : 'answers (columns item, response_id, response, human_1, …)'}.`,
      fix: 'Name the folder that holds items.csv, human_labels.csv and the llm_labels files.',
    });
  }
  const raters = new Map<string, ImportedRater>();
  const answers = labels.flatMap((table) => humanAnswers({ table, raters, faults }));
  const byKey = new Map<string, OpenAnswer>();
  for (const answer of answers) if (answer.key !== null && !byKey.has(answer.key)) byKey.set(answer.key, answer);
  for (const table of models) modelRatings({ table, byKey, raters, faults });
  const readItems = items.flatMap((table) => itemsOf(table, faults));
  return {
    name: 'khan-saq',
    title: 'Khan Academy short answers',
    source: 'Khan Academy, llm-saq-scoring (CC BY 4.0)',
    purpose:
      'To measure judges against three people a short answer, and the models of the study against the same people. Not for tuning on its test half.',
    how: 'Each answer was marked right or wrong by three people of the study; models marked the same answers, three runs each under three kinds of prompt. See data_dictionary.txt of the study.',
    when: 'As published by the study',
    licence: 'CC BY 4.0, Khan Academy',
    raters: inOrder([...raters.values()]),
    items: readItems.map(({ item }) => item),
    answers: answers.map((answer) => ({
      ...answer,
      tags: readItems.find(({ item }) => item.key === answer.item)?.tags ?? [],
    })),
    faults,
    notes,
  };
}

/** People first, then models by name: the files hold them shuffled. */
function inOrder(raters: readonly ImportedRater[]): ImportedRater[] {
  const models = raters.filter(({ kind }) => kind === 'model').sort((a, b) => a.name.localeCompare(b.name));
  return [...raters.filter(({ kind }) => kind !== 'model'), ...models];
}

function itemsOf(table: Table, faults: ImportFault[]): { item: ImportedItem; tags: string[] }[] {
  const cell = cellReader(table);
  const seen = new Set<string>();
  return table.rows.flatMap((row) => {
    const read = (column: string): string => cell(row, column);
    const key = readLabel(read('item'));
    if (key === null || read('question') === '' || seen.has(key)) {
      const what =
        key !== null && seen.has(key) ? `the item "${key}" stands twice` : 'it has no item number or no question';
      faults.push({ file: table.name, line: row.line, what });
      return [];
    }
    seen.add(key);
    const expects = [
      read('criteria_for_scoring'),
      titled('Right, for example:', read('correct_answer_examples')),
      titled('Wrong, for example:', read('incorrect_answer_examples')),
    ];
    const tags = [
      ['length', read('response_length')],
      ['demand', read('cognitive_demand')],
      ['scope', read('answer_scope')],
      ['subjectivity', read('scoring_subjectivity')],
    ].flatMap(([name = '', value = '']) => (value === '' ? [] : [`${name} ${value}`]));
    const item: ImportedItem = {
      key,
      title: read('short_description') || read('question'),
      chapter: read('domain') || 'all',
      prompt: read('question'),
      // The criteria, not the examples: an answer that is one of the examples, word for word, is right and no copy.
      reference: read('criteria_for_scoring') || read('correct_answer_examples'),
      criteria: [
        { name: CRITERION, points: 1, expects: expects.filter((part) => part !== '').join('\n\n'), partial: null },
      ],
    };
    return [{ item, tags }];
  });
}

type OpenAnswer = Omit<ImportedAnswer, 'ratings'> & { ratings: ImportedRating[] };

function humanAnswers(args: { table: Table; raters: Map<string, ImportedRater>; faults: ImportFault[] }): OpenAnswer[] {
  const { table, raters, faults } = args;
  const cell = cellReader(table);
  const people = table.columns.filter((column) => person.test(column));
  for (const column of people) {
    const number = person.exec(column)?.[1] ?? '';
    raters.set(column, { name: column, kind: 'human', who: `Person ${number} of the study's three` });
  }
  return table.rows.map((row) => {
    const ratings = people.flatMap((rater) => {
      const read = readMark(cell(row, rater));
      if (read.status === 'bad') faults.push(badMark({ table, line: row.line, column: rater, cell: cell(row, rater) }));
      return read.status === 'mark' ? [{ rater, verdicts: { [CRITERION]: read.verdict } }] : [];
    });
    return {
      file: table.name,
      line: row.line,
      key: readLabel(cell(row, 'response_id')),
      item: readLabel(cell(row, 'item')) ?? '',
      text: cell(row, 'response'),
      family: null,
      split: null,
      tags: [],
      ratings,
    };
  });
}

function modelRatings(args: {
  table: Table;
  byKey: ReadonlyMap<string, OpenAnswer>;
  raters: Map<string, ImportedRater>;
  faults: ImportFault[];
}): void {
  const { table, byKey, raters, faults } = args;
  const cell = cellReader(table);
  const columns = table.columns.filter((column) => run.test(column) || column.toLowerCase() === 'llm_avg');
  const seen = new Set<string>();
  const strangers: number[] = [];
  for (const row of table.rows) {
    const answer = byKey.get(readLabel(cell(row, 'response_id')) ?? '');
    if (answer === undefined) {
      strangers.push(row.line);
      continue;
    }
    const [model, prompt] = [cell(row, 'model_name'), cell(row, 'rubric_type')];
    const key = `${answer.key ?? ''} ${model} ${prompt}`;
    if (model === '' || seen.has(key)) {
      const what =
        model === ''
          ? 'it names no model'
          : `${model} (${prompt}) stands twice for answer ${answer.key ?? ''}; the first counts`;
      faults.push({ file: table.name, line: row.line, what });
      continue;
    }
    seen.add(key);
    for (const column of columns) {
      const read = readMark(cell(row, column));
      if (read.status === 'bad') faults.push(badMark({ table, line: row.line, column, cell: cell(row, column) }));
      if (read.status !== 'mark') continue;
      const rater = raterOf({ model, prompt, column });
      raters.set(rater.name, rater);
      answer.ratings.push({ rater: rater.name, verdicts: { [CRITERION]: read.verdict } });
    }
  }
  const [first] = strangers;
  if (first !== undefined) {
    const what = `${strangers.length} row${strangers.length === 1 ? '' : 's'} from here on mark answers that are not in the tables of answers`;
    faults.push({ file: table.name, line: first, what });
  }
}

function raterOf({ model, prompt, column }: { model: string; prompt: string; column: string }): ImportedRater {
  const number = run.exec(column)?.[1];
  const part = number === undefined ? 'majority' : `run ${number}`;
  const saw = shown.get(prompt.toLowerCase()) ?? `the prompt "${prompt}"`;
  const who = `${model}, shown ${saw}; ${number === undefined ? 'the majority of its runs' : `its run ${number}`}`;
  return { name: `${model} ${prompt} ${part}`, kind: 'model', who };
}

type Mark = { status: 'mark'; verdict: ImportedVerdict } | { status: 'missing' } | { status: 'bad' };

function readMark(cell: string): Mark {
  const label = readLabel(cell);
  if (label === null) return { status: 'missing' };
  const share = verdictShare(label) ?? Number(label);
  if (share === 1) return { status: 'mark', verdict: 'met' };
  return share === 0 ? { status: 'mark', verdict: 'missed' } : { status: 'bad' };
}

function badMark(args: { table: Table; line: number; column: string; cell: string }): ImportFault {
  const what = `"${args.cell.slice(0, 40)}" in column ${args.column} is neither 0 nor 1; taken for missing`;
  return { file: args.table.name, line: args.line, what };
}

function titled(title: string, text: string): string {
  return text === '' ? '' : `${title}\n\n${text}`;
}
