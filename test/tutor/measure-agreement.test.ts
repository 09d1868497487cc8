import { describe, expect, test } from 'vitest';
import { printAgreement } from '../../src/cli/agreement-command.ts';
import { measureAgreement, type AgreementRequest, type MeasuredAgreement } from '../../src/tutor/measure-agreement.ts';
import { valueOf } from '../calibration/value-of.ts';

const plain: AgreementRequest = {
  raters: null,
  judges: null,
  item: null,
  id: null,
  level: 'nominal',
  order: null,
  positive: null,
  resamples: 100,
};

const measure = (text: string, request: Partial<AgreementRequest> = {}): MeasuredAgreement =>
  measureAgreement({ name: 'ratings.csv', text, request: { ...plain, ...request } });

function print(
  measured: MeasuredAgreement,
  options: { json?: boolean; width?: number } = {},
): { out: string; err: string } {
  let [out, err] = ['', ''];
  printAgreement({
    measured,
    json: options.json ?? false,
    streams: {
      out: (text) => (out += text),
      err: (text) => (err += text),
      readText: () => Promise.resolve(''),
      interactive: false,
      colour: false,
      width: options.width ?? 100,
    },
  });
  return { out, err };
}

const csv = [
  'id,q,text,ann,ben,cem,gpt,other',
  '1,a,x,1,1,1.0,1,0',
  '2,a,x,0,0,0,0,NA',
  '3,b,x,1,0,1,1,1',
  '4,b,x,0,0,NA,0,1',
  '5,b,x,1,1,1,1,',
  '6,b,x,0,1,0,0,0',
  '',
].join('\n');
const three = { raters: ['ann', 'ben', 'cem'] };

describe('agreement in a table', () => {
  test('counts what is there and what is missing, whose column by column', () => {
    const { figures } = measure(csv, three);
    expect(figures).toMatchObject({ rows: 6, families: 6, scale: { labels: ['0', '1'], positive: '1' } });
    expect(figures.raters.map(({ rater, rated, missing }) => [rater, rated, missing])).toEqual([
      ['ann', 6, 0],
      ['ben', 6, 0],
      ['cem', 5, 1],
    ]);
    expect(figures.pairs).toHaveLength(3);
    expect(valueOf(figures.pairs[0]!.agreement)).toBeCloseTo(4 / 6, 12);
  });

  test('all-others takes every column that holds only the raters’ labels, and says which it passed over', () => {
    const measured = measure(csv, { ...three, judges: 'all-others', id: 'id', item: 'q' });
    expect(measured.judges.map(({ name }) => name)).toEqual(['gpt', 'other']);
    expect(measured.passedOver).toEqual(['text']);
    expect(measured.figures.judges.map(({ judge, n, missing }) => [judge, n, missing])).toEqual([
      ['gpt', 6, 0],
      ['other', 4, 2],
    ]);
    expect(measured.figures.items.map(({ item }) => item)).toEqual(['a', 'b']);
  });

  test('a star names several columns', () => {
    expect(measure(csv, { raters: ['*n'] }).raters.map(({ name }) => name)).toEqual(['ann', 'ben']);
  });

  test('rows with one id are one family', () => {
    expect(measure(csv.replace('2,a', '1,a'), { ...three, id: 'id' }).figures.families).toBe(5);
  });

  test('a word among numbers is listed with its line and taken for missing, the rest of its row is kept', () => {
    const measured = measure(csv.replace('3,b,x,1,0', '3,b,x,one,0'), { ...three, level: 'ordinal' });
    expect(measured.faults).toEqual([
      { line: 4, what: '"one" in column ann is none of the scale\'s labels; taken for missing' },
    ]);
    expect(measured.figures.raters[0]).toMatchObject({ rated: 5, missing: 1 });
    expect(measured.figures.pairs[2]).toMatchObject({ first: 'ben', second: 'cem', n: 5 });
  });

  test('words in order need that order', () => {
    const words = 'a,b\nlow,low\nhigh,mid\nmid,high\nlow,mid\n';
    expect(() => measure(words, { raters: ['a', 'b'], level: 'ordinal' })).toThrow('their order is not known');
    const { figures } = measure(words, { raters: ['a', 'b'], level: 'ordinal', order: ['low', 'mid', 'high'] });
    // Places 0 0, 2 1, 1 2, 0 1: squared differences 3 in 4; means 3/4 and 1.
    expect(valueOf(figures.pairs[0]!.difference!)).toBeCloseTo(0.25, 12);
  });

  test.each<[string, Partial<AgreementRequest>, RegExp]>([
    ['an unknown column', { raters: ['ann', 'dora'] }, /no column "dora"/],
    ['no raters named', {}, /Which columns are the raters/],
    ['one rater and nobody else', { raters: ['ann'] }, /nobody to agree with/],
    [
      'no ratings at all',
      { raters: ['ann', 'ben'], level: 'nominal', order: null, id: null, item: 'nowhere' },
      /no column "nowhere"/,
    ],
    ['a positive label nobody gave', { ...three, positive: 'yes' }, /No rating is "yes"/],
  ])('%s is an error that says what to do', (_what, request, message) => {
    expect(() => measure(csv, request)).toThrow(message);
  });

  test('texts taken for ratings are noticed', () => {
    const rows = Array.from({ length: 60 }, (_, index) => `answer ${index},1`);
    expect(() => measure(['text,a', ...rows].join('\n'), { raters: ['text', 'a'] })).toThrow('61 different values');
    expect(() => measure('a,b\nNA,\n', { raters: ['a', 'b'] })).toThrow('hold no ratings');
  });

  test('the answers of an eval set need no columns named: its people are the raters', () => {
    const rating = (rater: string, raterKind: string, verdict: string): object => ({
      rater,
      raterKind,
      verdicts: { why: verdict },
      misconceptions: [],
    });
    const answer = (id: string, verdicts: string[]): string =>
      JSON.stringify({
        id,
        item: 'q',
        text: 't',
        family: 'f',
        split: 'dev',
        tags: [],
        ratings: [
          rating('ann', 'human', verdicts[0]!),
          rating('ben', 'human', verdicts[1]!),
          ...(verdicts[2] ? [rating('gpt', 'model', verdicts[2])] : []),
        ],
      });
    const text = [
      answer('1', ['met', 'met', 'met']),
      answer('2', ['missed', 'partial']),
      '{"id":"3","item":"q","family":"g","ratings":[1]}',
    ].join('\n');
    const measured = measure(text, { judges: 'all-others' });
    expect(measured.raters).toEqual([
      { name: 'ann', kind: 'human' },
      { name: 'ben', kind: 'human' },
    ]);
    expect(measured.judges).toEqual([{ name: 'gpt', kind: 'model' }]);
    expect(measured.figures).toMatchObject({ rows: 2, families: 1, scale: { labels: ['missed', 'partial', 'met'] } });
    expect(measured.faults).toEqual([{ line: 3, what: 'its "ratings" are not those of an eval answer' }]);
    expect(print(measured).out).toContain('marked there as people');
  });
});

describe('agreement in the terminal', () => {
  const measured = measure(csv, { ...three, judges: 'all-others', id: 'id', item: 'q' });

  test('begins with a sentence that needs no statistics', () => {
    const { out } = print(measured);
    expect(out).toMatch(
      /^Agreement of 3 raters and 2 judges\n\nTwo raters of one answer give it the same rating \d+ times in 100\./,
    );
    expect(out.replace(/\s+/g, ' ')).toContain('Viva takes no one for a person');
    expect(out).toContain('Two by two, worst first');
  });

  test('fits 70 columns', () => {
    for (const ordered of [measured, measure(csv, { ...three, judges: 'all-others', level: 'ordinal' })]) {
      for (const line of print(ordered, { width: 70 }).out.split('\n')) expect(line.length).toBeLessThanOrEqual(70);
    }
  });

  test('lists faults as file and line where they do not disturb the figures', () => {
    const { out, err } = print(measure(`${csv}7,a\n`, three));
    expect(err).toBe('ratings.csv:8: it has 2 cells where the first line names 8 columns\n');
    expect(out).toContain('1 line had faults');
  });

  test('as JSON has every figure with its interval, and where it is missing the reason', () => {
    const json = JSON.parse(print(measured, { json: true }).out) as {
      summary: string[];
      all: { alpha: { status: string; interval: object } };
      judges: { judge: string }[];
      who: { kind: null }[];
    };
    expect(json.all.alpha).toMatchObject({
      status: 'value',
      interval: { status: 'value', method: 'family-bootstrap' },
    });
    expect(json.judges[0]!.judge).toBe('gpt');
    expect(json.who[0]!.kind).toBeNull();
    expect(json.summary).toHaveLength(3);
  });

  test('control characters of a file do not reach the terminal', () => {
    const { out, err } = print(measure('a\u001b[31m,b\n1,1\n0,1\n"\u001b[2J\n', { raters: ['a*', 'b'] }));
    expect(out + err).not.toContain('\u001b');
  });

  test('takes 400 answers by three raters in under three seconds', () => {
    const rows = Array.from(
      { length: 400 },
      (_, row) => `${row},${row % 2},${row % 7 === 0 ? 1 : row % 2},${row % 5 === 0 ? 0 : row % 2}`,
    );
    const started = performance.now();
    measure(['id,a,b,c', ...rows].join('\n'), { raters: ['a', 'b', 'c'], id: 'id', resamples: 2_000 });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
