import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { lintFiles } from '../../src/bank/lint.ts';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import type { Content } from '../../src/bank/content.ts';
import { createEmbeddedJudge } from '../../src/judge/embedded/embedded-judge.ts';
import { calibrate } from '../../src/tutor/calibrate.ts';
import { importSet, type ImportOutcome, type ImportRequest } from '../../src/tutor/import-set.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder with these files. */
async function folderWith(files: Record<string, string | Buffer>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-import-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function importInto(
  out: string,
  request: Partial<ImportRequest> & Pick<ImportRequest, 'format' | 'path'>,
): Promise<ImportOutcome> {
  return importSet({ out, force: false, name: null, mapFile: null, itemsFile: null, map: {}, ...request });
}

/** The content below a root, which must be sound. */
async function contentOf(root: string): Promise<Content> {
  const files = await readContentFiles(root);
  expect(lintFiles(files)).toEqual([]);
  return assembleContent(files);
}

function done(outcome: ImportOutcome): Extract<ImportOutcome, { status: 'imported' }> {
  if (outcome.status !== 'imported') throw new Error(JSON.stringify(outcome));
  return outcome;
}

const linesOf = (outcome: ImportOutcome): string[] =>
  outcome.faults.map(({ file, line, what }) => `${file.split('/').at(-1) ?? ''}:${line}: ${what}`);

const khan = {
  'items.csv':
    '\uFEFFscoring_subjectivity,domain,item,question,criteria_for_scoring,correct_answer_examples,incorrect_answer_examples,short_description,response_length\r\n' +
    'Low,ELA,1,"What does ""dire"" mean,\r\nhere, for $5?",It means terrible.,"awful, terrible",nice,Meaning of a word,Shorter\r\n' +
    'High,Math,21,List a factor of 6.,Any factor.,2,4,Factors,Longer\r\n',
  'human_labels.csv':
    'domain,item,response_id,response,human_1,human_2,human_3,human_avg\n' +
    'ELA,1,7,terrible,1,1,1,1\nELA,1,8,Terrible,1.0,1,0,1\nELA,1,9,nice,0,0,0,0\nELA,1,10,,0,0,0,0\nELA,99,11,lost,0,0,0,0\n' +
    'Math,21,12,two,NA,1,1,1\nMath,21,12,again,1,x,1,1\nMath,21,13,three\nMath,21,14,nobody,NA,NA,NA,NA\n',
  'llm_labels_more.csv':
    'response_id,item,model_name,rubric_type,llm_1,llm_2,llm_avg,model_size\n' +
    '7,1,GPT-4o,Full,1,NA,1,Large\n7,1,GPT-4o,Empty,0,0,0,Large\n8,1,GPT-4o,Full,0,1,0,Large\n7,1,GPT-4o,Full,0,0,0,Large\n555,1,GPT-4o,Full,0,0,0,Large\n556,1,GPT-4o,Full,0,0,0,Large\n',
  'data_dictionary.txt': 'not a table',
};

describe('importing khan-saq', () => {
  test('people are human, models are models, NA is no rating, and lint accepts it all', async () => {
    const path = await folderWith(khan);
    const out = join(path, 'out');
    const outcome = done(await importInto(out, { format: 'khan-saq', path }));
    expect(outcome.counts).toMatchObject({ items: 2, answers: 5, raters: { human: 3, model: 6, author: 0 } });
    const { courses, evalSets } = await contentOf(out);
    expect(courses[0]!.items.map(({ item }) => [item.id, item.chapter])).toEqual([
      ['khan-saq-1', 'ela'],
      ['khan-saq-21', 'math'],
    ]);
    const { item, rubric } = courses[0]!.items[0]!;
    expect(item.prompt).toBe('What does "dire" mean,\nhere, for \\$5?');
    expect(rubric.imported).toContain('Khan');
    expect(rubric.criteria[0]).toMatchObject({ id: 'correct', points: 1, cues: [] });
    expect(rubric.criteria[0]!.expects).toContain('Wrong, for example:\n\nnice');
    const answers = new Map(evalSets[0]!.answers.map((answer) => [answer.id, answer]));
    const ratings = (id: string): Record<string, string> =>
      Object.fromEntries(
        answers
          .get(id)!
          .ratings.map(({ rater, raterKind, verdicts }) => [`${raterKind} ${rater}`, verdicts['correct']!]),
      );
    expect(ratings('7')).toEqual({
      'human human-1': 'met',
      'human human-2': 'met',
      'human human-3': 'met',
      'model gpt-4o-empty-majority': 'missed',
      'model gpt-4o-empty-run-1': 'missed',
      'model gpt-4o-empty-run-2': 'missed',
      'model gpt-4o-full-majority': 'met',
      'model gpt-4o-full-run-1': 'met',
    });
    expect(ratings('12')).toEqual({ 'human human-2': 'met', 'human human-3': 'met' });
    expect(answers.get('7')!.tags).toEqual(['length-shorter', 'subjectivity-low']);
    // The same word twice is one family, so it cannot be in dev and test.
    expect(answers.get('8')!.family).toBe(answers.get('7')!.family);
  });

  test('what cannot be used is listed with its file and line', async () => {
    const path = await folderWith(khan);
    const outcome = await importInto(join(path, 'out'), { format: 'khan-saq', path });
    expect(linesOf(outcome)).toEqual([
      'human_labels.csv:5: the answer is empty',
      'human_labels.csv:6: there is no item "99"',
      'human_labels.csv:8: "x" in column human_2 is neither 0 nor 1; taken for missing',
      'human_labels.csv:8: the id "12" stands twice; this answer is now "12-2"',
      'human_labels.csv:9: it has 4 cells where the first line names 8 columns',
      'human_labels.csv:10: nobody rated this answer',
      'llm_labels_more.csv:5: GPT-4o (Full) stands twice for answer 7; the first counts',
      'llm_labels_more.csv:6: 2 rows from here on mark answers that are not in the tables of answers',
    ]);
  });

  test('the same data gives the same files every time', async () => {
    const path = await folderWith(khan);
    await importInto(join(path, 'a'), { format: 'khan-saq', path });
    await importInto(join(path, 'b'), { format: 'khan-saq', path });
    const read = (root: string): Promise<string> => readFile(join(path, root, 'evals/khan-saq/answers.jsonl'), 'utf8');
    expect(await read('a')).toBe(await read('b'));
  });

  test('a judge runs on it; the embedded one has no cues, so it leaves every verdict to a person', async () => {
    const path = await folderWith(khan);
    await importInto(join(path, 'out'), { format: 'khan-saq', path });
    const outcome = await calibrate(
      {
        setId: 'khan-saq',
        split: 'all',
        withRobustness: false,
        resamples: 50,
        concurrency: 1,
        signal: new AbortController().signal,
      },
      {
        content: await contentOf(join(path, 'out')),
        judge: createEmbeddedJudge({ now: () => 0 }),
        judgeName: { name: 'embedded', model: 'embedded', promptVersion: 'test' },
      },
    );
    if (outcome.status !== 'done') throw new Error(outcome.status);
    expect(outcome.report.overall.judge).toMatchObject({ unsure: 5, met: 0, missed: 0 });
    expect(outcome.report.ratings.answersByKind.human).toBe(5);
  });

  test('a folder without its tables says what is wanted', async () => {
    const path = await folderWith({ 'x.csv': 'a,b\n1,2\n' });
    await expect(importInto(join(path, 'out'), { format: 'khan-saq', path })).rejects.toThrow('no table of items');
  });
});

const question = (answers: string, id = '2.1'): string =>
  `<?xml version='1.0' encoding='utf-8'?>\n<question id="${id}" module="LM">\n<questionText>Why &lt;so&gt;?</questionText>\n<referenceAnswers><referenceAnswer id="r1">Because.</referenceAnswer></referenceAnswers>\n<studentAnswers>\n${answers}\n</studentAnswers></question>`;
const student = (id: string, response: string, score: string): string =>
  `<studentAnswer id="${id}"><response>${response}</response><score>${score}</score></studentAnswer>`;

describe('importing Short Answer Feedback', () => {
  const files = {
    '4.2_LM.xml': question(
      [student('a.1', 'One reason', '1'), student('a.2', 'Half a reason', '0.875'), student('a.3', 'None', '0')].join(
        '\n',
      ),
    ),
    'deeper/4.3_LM.xml': question(
      [
        student('a.1', 'Other', '0.5'),
        student('b.2', '', '0'),
        student('b.3', 'No score', ''),
        student('b.4', 'Odd', '7'),
      ].join('\n'),
    ),
    'broken.xml': '<question>\n<b></question>',
  };

  test('the agreed mark is one human rater; full marks are met, none missed, all between partial', async () => {
    const path = await folderWith(files);
    const outcome = done(await importInto(join(path, 'out'), { format: 'saf', path }));
    const { courses, evalSets } = await contentOf(join(path, 'out'));
    expect(courses[0]!.items.map(({ item }) => [item.id, item.prompt, item.reference])).toEqual([
      ['saf-4-2-lm', 'Why <so>?', 'Because.'],
      ['saf-4-3-lm', 'Why <so>?', 'Because.'],
    ]);
    expect(
      evalSets[0]!.answers.map(({ id, tags, ratings }) => [
        id,
        tags,
        ratings[0]!.raterKind,
        ratings[0]!.verdicts['score'],
      ]),
    ).toEqual([
      ['a-1', ['score-1'], 'human', 'met'],
      ['a-2', ['score-0-875'], 'human', 'partial'],
      ['a-3', ['score-0'], 'human', 'missed'],
      ['a-1-2', ['score-0-5'], 'human', 'partial'],
    ]);
    expect(evalSets[0]!.set.provenance.raters[0]!.who).toContain('single marks are not published');
    expect(linesOf(outcome)).toEqual([
      "broken.xml:2: it is not valid XML (Expected closing tag 'b' (opened in line 2, col 1) instead of closing tag 'question'.)",
      '4.3_LM.xml:6: the id "a.1" stands twice; this answer is now "a-1-2"',
      '4.3_LM.xml:7: the answer is empty',
      '4.3_LM.xml:8: it has no score',
      '4.3_LM.xml:9: its score "7" is no number from 0 to 1',
    ]);
  });

  test('as steps the points are the score', async () => {
    const path = await folderWith({ 'q.xml': files['4.2_LM.xml'] });
    await importInto(join(path, 'out'), { format: 'saf', path, map: { scores: 'steps' } });
    const { courses, evalSets } = await contentOf(join(path, 'out'));
    expect(courses[0]!.items[0]!.rubric.criteria.map(({ points }) => points)).toEqual(
      Array.from({ length: 8 }, () => 0.125),
    );
    const met = Object.values(evalSets[0]!.answers[1]!.ratings[0]!.verdicts).filter((verdict) => verdict === 'met');
    expect(met).toHaveLength(7);
  });

  test('options for columns are refused', async () => {
    const path = await folderWith(files);
    await expect(importInto(join(path, 'out'), { format: 'saf', path, map: { text: 'x' } })).rejects.toThrow(
      'knows its own columns',
    );
  });
});

describe('importing any table', () => {
  const people = (names: string[]): object[] => names.map((name) => ({ name, kind: 'human' }));

  test('scores of two people, with full marks and a second table of questions', async () => {
    const path = await folderWith({
      'answers.csv': Buffer.from(
        'n;q;words;s1;s2\r\n1;A 1;caf\u00e9;3;2\r\n2;A 1;"x;\r\ny";0;NA\r\n3;A 1;<b>z</b>;9;3\r\n4;B;w;1;1\r\n',
        'latin1',
      ),
      'questions.csv': 'q,asked,model\nA 1,What?,This.\nB,Which?,That.\n',
    });
    const outcome = done(
      await importInto(join(path, 'out'), {
        format: 'csv',
        path: join(path, 'answers.csv'),
        itemsFile: join(path, 'questions.csv'),
        map: {
          text: 'words',
          id: 'n',
          item: 'q',
          prompt: 'asked',
          reference: 'model',
          raters: people(['s1', 's2']),
          max: 3,
        },
      }),
    );
    const { courses, evalSets } = await contentOf(join(path, 'out'));
    expect(courses[0]!.items[0]).toMatchObject({
      item: { id: 'answers-a-1', prompt: 'What?', next: ['answers-b'] },
      rubric: { criteria: [{ points: 3 }] },
    });
    expect(
      evalSets[0]!.answers.map(({ text, tags, ratings }) => [
        text,
        tags,
        ratings.map(({ verdicts }) => verdicts['score']),
      ]),
    ).toEqual([
      ['café', ['s1-3', 's2-2'], ['met', 'partial']],
      ['x;\ny', ['s1-0'], ['missed']],
      ['z', ['s2-3'], ['met']],
      ['w', ['s1-1', 's2-1'], ['partial', 'partial']],
    ]);
    expect(linesOf(outcome)).toEqual(["answers.csv:5: s1's score 9 is not between 0 and 3; taken for missing"]);
    expect(outcome.notes.join()).toContain('Latin-1');
  });

  test('several criteria, one missing for a rater, from JSON Lines with a map file', async () => {
    const rows = [
      { key: 'ä', a: { t: 'one' }, r: { ann: { clear: 'met', true: 1 }, ben: { clear: 'partial', true: null } } },
      { key: 'ö', a: { t: 'two' }, r: { ann: { clear: 'missed', true: 0 }, ben: {} } },
    ];
    const path = await folderWith({
      'rows.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') + 'nonsense\n',
      'map.yaml':
        'text: a.t\nid: key\nprompt: =Say it.\ncolumn: r.{rater}.{criterion}\nraters:\n  - {name: ann, kind: human, who: Ann}\n  - {name: ben, kind: author}\ncriteria:\n  - {name: clear, expects: =It is clear., points: 2}\n  - {name: "true"}\n',
    });
    const outcome = done(
      await importInto(join(path, 'out'), {
        format: 'jsonl',
        path: join(path, 'rows.jsonl'),
        mapFile: join(path, 'map.yaml'),
        name: 'My Set',
      }),
    );
    const { courses, evalSets } = await contentOf(join(path, 'out'));
    expect(outcome.course).toBe('my-set');
    const [only] = courses[0]!.items;
    expect(only).toMatchObject({ item: { prompt: 'Say it.', next: [] } });
    expect(
      only!.rubric.criteria.map(({ id, points, expects, partial }) => [id, points, expects, partial !== undefined]),
    ).toEqual([
      ['clear', 2, 'It is clear.', true],
      ['true', 1, 'Does well on "true".', false],
    ]);
    expect(
      evalSets[0]!.answers.map(({ ratings }) =>
        ratings.map(({ rater, raterKind, verdicts }) => [rater, raterKind, verdicts]),
      ),
    ).toEqual([
      [
        ['ann', 'human', { clear: 'met', true: 'met' }],
        ['ben', 'author', { clear: 'partial' }],
      ],
      [['ann', 'human', { clear: 'missed', true: 'missed' }]],
    ]);
    expect(linesOf(outcome)).toHaveLength(1);
  });

  test('one row an answer and rater comes together by answer', async () => {
    const path = await folderWith({
      'long.csv': 'id,who,text,mark\n1,ann,hello,yes\n1,ben,hello,no\n2,ann,there,no\n',
    });
    await importInto(join(path, 'out'), {
      format: 'csv',
      path: join(path, 'long.csv'),
      map: { text: 'text', id: 'id', rater: 'who', raterKind: 'human', column: 'mark', prompt: '=Greet.' },
    });
    const { evalSets } = await contentOf(join(path, 'out'));
    expect(
      evalSets[0]!.answers.map(({ ratings }) =>
        ratings.map(({ rater, verdicts }) => `${rater} ${verdicts['score'] ?? ''}`),
      ),
    ).toEqual([['ann met', 'ben missed'], ['ann missed']]);
  });

  test('a family stays in one split, whatever the file says', async () => {
    const path = await folderWith({
      't.csv': 'text,who,part,mark\nsame words,x,train,1\nother,x,test,0\nSame words!,y,test,1\n',
    });
    const outcome = await importInto(join(path, 'out'), {
      format: 'csv',
      path: join(path, 't.csv'),
      map: { text: 'text', family: 'who', split: 'part', raters: people(['mark']), prompt: '=Q' },
    });
    const { evalSets } = await contentOf(join(path, 'out'));
    expect(new Set(evalSets[0]!.answers.map(({ family, split }) => `${family} ${split}`))).toEqual(new Set(['x dev']));
    expect(linesOf(outcome)).toHaveLength(2);
  });

  test.each([
    [{ text: 'words', raters: people(['s1']) }, 'no column "words"'],
    [{ text: 'text' }, 'Who rated'],
    [{ text: 'text', raters: [{ name: 's1' }] }, 'not said who rated'],
    [{ text: 'text', raters: people(['s1']) }, 'What are full marks'],
    [{ text: 'text', raters: people(['s1']), colour: 'red' }, 'colour'],
    [{ raters: people(['s1']) }, 'text'],
  ])('a map that leaves things open is refused: %j', async (map, message) => {
    const path = await folderWith({ 't.csv': 'text,s1\nhello,4\n' });
    await expect(importInto(join(path, 'out'), { format: 'csv', path: join(path, 't.csv'), map })).rejects.toThrow(
      message,
    );
  });

  test('an answer too long to hold is listed; where nothing is left nothing is written', async () => {
    const path = await folderWith({ 't.csv': `text,s1\n${'word '.repeat(5_000)},1\n,1\n` });
    const outcome = await importInto(join(path, 'out'), {
      format: 'csv',
      path: join(path, 't.csv'),
      map: { text: 'text', raters: people(['s1']), prompt: '=Q' },
    });
    expect(outcome.status).toBe('nothing-usable');
    expect(linesOf(outcome)).toEqual([expect.stringContaining('more than 20000'), 't.csv:3: the answer is empty']);
    expect(await readdir(path)).toEqual(['t.csv']);
  });
});

describe('the folder an import goes to', () => {
  const request = async (): Promise<{
    path: string;
    run: (out: string, more?: Partial<ImportRequest>) => Promise<ImportOutcome>;
  }> => {
    const path = await folderWith({ 't.csv': 'text,s1\nhello,1\n' });
    const map = { text: 'text', raters: [{ name: 's1', kind: 'human' }], prompt: '=Q' };
    return { path, run: (out, more) => importInto(out, { format: 'csv', path: join(path, 't.csv'), map, ...more }) };
  };

  test('must be new or empty; force replaces an import and leaves the rest alone', async () => {
    const { path, run } = await request();
    const out = join(path, 'out');
    await mkdir(out);
    await run(out);
    await expect(run(out)).rejects.toThrow('is not empty');
    await writeFile(join(out, 'notes.txt'), 'mine');
    await run(out, { force: true });
    await run(out, { force: true, name: 'second' });
    expect((await readdir(join(out, 'bank'))).sort()).toEqual(['second', 't']);
    expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await readdir(path)).toEqual(['out', 't.csv']);
  });

  test('is never one in which somebody wrote rubrics of that name', async () => {
    const { path, run } = await request();
    const out = join(path, 'out');
    await run(out);
    const rubric = join(out, 'rubrics/t', (await readdir(join(out, 'rubrics/t')))[0]!);
    await writeFile(rubric, (await readFile(rubric, 'utf8')).replace(/^imported:.*$/m, ''));
    await expect(run(out, { force: true })).rejects.toThrow('that no import made');
  });
});
