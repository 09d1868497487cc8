import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { VivaError } from '../../src/core/errors.ts';
import { describeError } from '../../src/store/describe-error.ts';

const answer = 'Both factors are trained.\n    at my desk (I wrote this:1:1)\nThe rank is tiny.';

function brokenQuery(): DrizzleQueryError {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "attempts_pkey"'), {
    code: '23505',
    detail: `Key (answer)=(${answer}) already exists.`,
    params: [answer],
  });
  return new DrizzleQueryError('insert into "attempts" ("id", "answer") values ($1, $2)', ['an-id', answer], cause);
}

describe('an error in the log', () => {
  test('says its type, message, code, stack and cause', () => {
    const cause = Object.assign(new TypeError('connect refused'), { code: 'ECONNREFUSED' });
    const error = new VivaError('database-unreachable', { message: 'No database.', fix: 'Start it.', cause });
    const described = describeError(error);
    expect(described).toMatchObject({
      type: 'VivaError',
      message: 'No database.',
      code: 'database-unreachable',
      cause: { type: 'TypeError', message: 'connect refused', code: 'ECONNREFUSED' },
    });
    expect(described.stack).toContain('describe-error.test.ts');
    // What pino writes is JSON: an Error as it is would be {}.
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });

  test('of a failed query names the cause and no word of the learner or the query', () => {
    const described = describeError(brokenQuery());
    expect(described).toMatchObject({
      type: 'DrizzleQueryError',
      message: 'duplicate key value violates unique constraint "attempts_pkey"',
      code: '23505',
    });
    expect(described.stack).toContain('brokenQuery');
    const written = JSON.stringify(described);
    for (const hidden of ['Both factors', 'my desk', 'I wrote this', 'rank is tiny', 'insert into', 'an-id', 'params'])
      expect(written).not.toContain(hidden);
  });

  test('of a failed query is as silent further down', () => {
    const written = JSON.stringify(describeError(new Error('could not settle', { cause: brokenQuery() })));
    expect(written).toContain('23505');
    expect(written).not.toContain('Both factors');
    expect(written).not.toContain('I wrote this');
    const bare = new DrizzleQueryError('select $1', [answer]);
    expect(JSON.stringify(describeError(bare))).not.toContain('Both factors');
  });

  test.each([
    ['an OpenAI key', 'Incorrect API key provided: sk-proj-abc123DEF456', 'abc123DEF456'],
    ['a bearer token', 'sent Authorization: Bearer abcdef.123-456', 'abcdef.123-456'],
    ['a named key', 'request to https://host/v1?api_key=0123456789abcdef failed', '0123456789abcdef'],
    ['a named secret', '{"client_secret": "0123456789abcdef"}', '0123456789abcdef'],
    ['a password in an address', 'connect postgres://viva:hunter2@db:5432/viva', 'hunter2'],
  ])('does not show %s', (_name, message, hidden) => {
    const written = JSON.stringify(describeError(new Error('outer', { cause: new Error(message) })));
    expect(written).toContain('[hidden]');
    expect(written).not.toContain(hidden);
  });

  test('does not show what this deployment was told to keep, whatever it looks like', () => {
    const error = new Error('no access with correcthorse here');
    expect(JSON.stringify(describeError(error, { secrets: ['correcthorse', ''] }))).not.toContain('correcthorse');
  });

  test.each([
    ['a string', 'it broke', { type: 'string', message: 'it broke' }],
    ['nothing', undefined, { type: 'undefined', message: 'undefined' }],
    ['an object that may hold anything', { answer }, { type: 'object', message: '[object Object]' }],
  ])('may be %s', (_name, thrown, expected) => {
    expect(describeError(thrown)).toEqual(expected);
  });

  test('of several at once names each', () => {
    const both = new AggregateError([new Error('connect ::1'), new Error('connect 127.0.0.1')]);
    expect(describeError(both).message).toBe('connect ::1; connect 127.0.0.1');
  });

  test('ends where causes go round in a circle, and where a message never does', () => {
    const round = new Error('round');
    round.cause = round;
    expect(JSON.stringify(describeError(round)).length).toBeLessThan(50_000);
    expect(describeError(new Error('x'.repeat(100_000))).message.length).toBeLessThan(3_000);
  });
});
