import { describe, expect, test } from 'vitest';
import { VivaError } from '../../src/core/errors.ts';
import { exitCodeOf, exitCodes } from '../../src/cli/exit-codes.ts';
import { runCli, type Verbs } from '../../src/cli/program.ts';
import type { Streams } from '../../src/cli/streams.ts';

type Run = { code: number; out: string; err: string; called: unknown[] };

/** Runs `viva …` in-process with verbs that only note what they were called with. */
async function viva(args: string[], fail?: Error): Promise<Run> {
  let [out, err] = ['', ''];
  const called: unknown[] = [];
  const streams: Streams = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readText: () => Promise.resolve(''),
    interactive: false,
    colour: false,
    width: 100,
  };
  const note =
    (verb: string) =>
    (given?: object): Promise<number> => {
      called.push([verb, given]);
      return fail ? Promise.reject(fail) : Promise.resolve(exitCodes.ok);
    };
  const verbs: Verbs = {
    serve: note('serve'),
    grade: note('grade'),
    calibrate: note('calibrate'),
    runs: note('runs'),
    compare: note('compare'),
    publish: note('publish'),
    checkBaseline: note('checkBaseline'),
    lint: note('lint'),
    bank: note('bank'),
    schema: note('schema'),
    evals: note('evals'),
    rate: note('rate'),
    doctor: note('doctor'),
    prompt: note('prompt'),
    agreement: note('agreement'),
    estimate: note('estimate'),
    review: note('review'),
    import: note('import'),
  };
  const code = await runCli({ args, streams, verbs, version: '1.2.3' });
  return { code, out, err, called };
}

describe('viva at the terminal', () => {
  test('grade takes its item, answer, option and judge', async () => {
    const run = await viva(['grade', 'fri-1', '--answer', 'a.txt', '--option', '2', '--judge', 'embedded', '--json']);
    expect(run).toMatchObject({
      code: 0,
      called: [['grade', { item: 'fri-1', answer: 'a.txt', option: 2, judge: 'embedded', json: true, why: false }]],
    });
  });

  test('grade reads standard input and the configured judge unless told otherwise', async () => {
    expect((await viva(['grade', 'fri-1'])).called).toEqual([
      ['grade', { item: 'fri-1', answer: '-', option: null, judge: 'configured', json: false, why: false }],
    ]);
  });

  test('grade is asked for its reasons with --why', async () => {
    expect((await viva(['grade', 'fri-1', '--why'])).called).toMatchObject([['grade', { item: 'fri-1', why: true }]]);
  });

  test('calibrate takes a split, or both', async () => {
    expect((await viva(['calibrate', 'set', '--split', 'dev'])).called).toMatchObject([
      ['calibrate', { set: 'set', judge: 'configured', split: 'dev', resamples: 2000, json: false }],
    ]);
    expect((await viva(['calibrate', 'set'])).called).toMatchObject([
      ['calibrate', { split: null, model: null, runs: 1, limit: null, budgetUsd: null, robustness: true, gate: false }],
    ]);
  });

  test('calibrate goes on with a run without being told its set again, but needs one of the two', async () => {
    expect((await viva(['calibrate', '--resume', 'r1'])).called).toMatchObject([
      ['calibrate', { set: null, resume: 'r1' }],
    ]);
    const bare = await viva(['calibrate']);
    expect(bare).toMatchObject({ code: 2, called: [] });
    expect(bare.err).toContain("missing required argument 'set'");
  });

  test('agreement takes lists of columns, and all others for judges', async () => {
    expect(
      (await viva(['agreement', 'r.csv', '--raters', 'a, b', '--judges', 'all-others', '--scale', 'ordinal'])).called,
    ).toEqual([
      [
        'agreement',
        {
          file: 'r.csv',
          raters: ['a', 'b'],
          judges: 'all-others',
          item: null,
          id: null,
          level: 'ordinal',
          order: null,
          positive: null,
          resamples: 2000,
          json: false,
        },
      ],
    ]);
  });

  test('estimate needs the judge’s column and the person’s', async () => {
    expect((await viva(['estimate', 'c.csv', '--judge', 'j', '--human', 'h', '--by', 'q', '--json'])).called).toEqual([
      ['estimate', { file: 'c.csv', judge: 'j', human: 'h', by: 'q', json: true }],
    ]);
    expect((await viva(['estimate', 'c.csv', '--judge', 'j'])).err).toContain("required option '--human <column>'");
  });

  test('import makes its options into a map of columns, and raters are of the kind that is named', async () => {
    const args = [
      'import',
      'csv',
      'a.csv',
      '--out',
      'o',
      '--text',
      't',
      '--raters',
      'x,y',
      '--rater-kind',
      'human',
      '--models',
      'm',
    ];
    const { called } = await viva([
      ...args,
      '--max',
      '5',
      '--scores',
      'steps',
      '--criteria',
      'c',
      '--prompt',
      '=Q',
      '--map',
      'm.yaml',
    ]);
    expect(called).toEqual([
      [
        'import',
        {
          format: 'csv',
          path: 'a.csv',
          out: 'o',
          force: false,
          name: null,
          mapFile: 'm.yaml',
          itemsFile: null,
          map: {
            text: 't',
            prompt: '=Q',
            raterKind: 'human',
            max: 5,
            scores: 'steps',
            raters: [
              { name: 'x', kind: 'human' },
              { name: 'y', kind: 'human' },
              { name: 'm', kind: 'model' },
            ],
            criteria: [{ name: 'c' }],
          },
          json: false,
        },
      ],
    ]);
  });

  test.each([
    [['import', 'xml', 'a', '--out', 'o'], /Allowed choices are khan-saq, saf, csv, jsonl/],
    [['import', 'csv', 'a', '--out', 'o', '--max', 'five'], /Write a number/],
    [['import', 'csv', 'a'], /required option '--out <folder>'/],
    [['agreement', 'r.csv', '--scale', 'ratio'], /Allowed choices are nominal, ordinal, interval/],
    [['gradee', 'x'], /unknown command 'gradee'[\s\S]*Did you mean grade/],
    [['grade'], /missing required argument 'item'/],
    [['grade', 'x', '--judge', 'oracle'], /argument 'oracle' is invalid[\s\S]*embedded, openai/],
    [['grade', 'x', '--option', 'two'], /Write a whole number from 1/],
    [['calibrate', 'set', '--split', 'train'], /Allowed choices are dev, test, all/],
    [['calibrate', 'set', '--budget', 'much'], /Write an amount above 0/],
    [['lint', '--jsn'], /unknown option '--jsn'/],
  ])('wrong arguments exit with 2 and say what is right: %j', async (args, message) => {
    const run = await viva(args);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(message);
    expect(run.called).toEqual([]);
  });

  test('help exits with 0 on standard output and names every command and exit code', async () => {
    const run = await viva(['--help']);
    expect(run.code).toBe(0);
    for (const word of ['serve', 'grade', 'calibrate', 'lint', 'bank', 'schema', 'Exit codes', 'npx viva'])
      expect(run.out).toContain(word);
  });

  test('--version prints the version', async () => {
    expect(await viva(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' });
  });

  test('no command at all shows the help and exits with 2', async () => {
    const run = await viva([]);
    expect(run.code).toBe(2);
    expect(run.err).toContain('Usage: viva');
  });

  test('a broken world prints what failed and how to mend it, without a stack', async () => {
    const run = await viva(
      ['lint'],
      new VivaError('data-dir-locked', { message: 'Process 7 holds the folder.', fix: 'Stop it.' }),
    );
    expect(run).toMatchObject({ code: 4, err: 'viva: Process 7 holds the folder.\nStop it.\n' });
  });

  test('a fault of ours exits with 70', async () => {
    expect((await viva(['lint'], new Error('oops'))).code).toBe(70);
    expect(exitCodeOf('internal')).toBe(70);
  });
});
