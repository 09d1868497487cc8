import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAttempt, insertAttempt } from '../../src/store/attempts.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { sqlOfTransaction } from '../../src/store/executor.ts';
import { findSetting, getOrCreateSetting } from '../../src/store/settings.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { databaseKinds } from './databases.ts';
import { attemptOf, newLearner } from './samples.ts';

const kinds = await databaseKinds();
const pastTheTransaction =
  'A query went past the transaction open around it; on PGlite it would wait for that transaction for ever.';

describe.each(kinds)('a database on $name', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await kind.fresh());
  });
  afterAll(() => database.close());

  test('what a failed transaction wrote is gone', async () => {
    const learnerId = await newLearner(database.db);
    const attempt = attemptOf(learnerId);
    const failed = database.transaction(async (tx) => {
      await insertAttempt(tx, attempt);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await findAttempt(database.db, attempt.id)).toBeUndefined();
  });

  test('a transaction inside another can fail alone', async () => {
    await database.transaction(async (tx) => {
      await getOrCreateSetting(tx, 'outer', () => 'kept');
      const inner = database.transaction(async (nested) => {
        await getOrCreateSetting(nested, 'inner', () => 'dropped');
        throw new Error('inner only');
      });
      await expect(inner).rejects.toThrow('inner only');
    });
    expect(await findSetting(database.db, 'outer')).toBe('kept');
    expect(await findSetting(database.db, 'inner')).toBeUndefined();
  });

  test('a query past the open transaction is refused instead of waiting for ever', async () => {
    await database.transaction(async () => {
      await expect(findSetting(database.db, 'outer')).rejects.toHaveProperty('cause.message', pastTheTransaction);
      await expect(database.executeSql('SELECT 1')).rejects.toThrow(pastTheTransaction);
    });
    expect(await database.executeSql('SELECT 1 AS one')).toEqual({ rows: [{ one: 1 }] });
  });

  test('work started in a transaction may use the database once the transaction is over', async () => {
    let commit = (): void => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    let later: Promise<unknown> = Promise.resolve();
    await database.transaction((tx) => {
      later = committed.then(() => findSetting(database.db, 'never-made'));
      return getOrCreateSetting(tx, 'during', () => 'x');
    });
    commit();
    expect(await later).toBeUndefined();
  });

  test('raw SQL in a transaction keeps arrays, objects and repeated placeholders as they are', async () => {
    const answer = await database.transaction((tx) =>
      sqlOfTransaction(tx).executeSql(
        'SELECT $1::jsonb AS object, $2::text[] AS list, $3::int + $3 AS twice, $4::text AS none',
        [{ a: [1] }, ['x', 'y'], 21, null],
      ),
    );
    expect(answer).toEqual({ rows: [{ object: { a: [1] }, list: ['x', 'y'], twice: 42, none: null }] });
  });

  test('a script that fails between BEGIN and COMMIT leaves the database usable', async () => {
    const script = "BEGIN; INSERT INTO settings VALUES ('half', 'x'); SELECT 1 / 0; COMMIT;";
    await expect(database.executeSql(script)).rejects.toThrow('division by zero');
    expect(await findSetting(database.db, 'half')).toBeUndefined();
  });

  test('closing waits for the transaction under way, and refuses what comes after', async () => {
    const place = await kind.fresh();
    const first = await openDatabase(place);
    const underWay = first.transaction(async (tx) => {
      for (let index = 0; index < 20; index += 1) await getOrCreateSetting(tx, `row-${String(index)}`, () => 'x');
    });
    await first.close();
    await underWay;
    await first.close();
    await expect(first.ping()).rejects.toThrow();
    const second = await openDatabase(place);
    await second.ping();
    expect(await findSetting(second.db, 'row-19')).toBe('x');
    await second.close();
  });
});

describe.runIf(kinds.length > 1)('several processes on one PostgreSQL', () => {
  test('that start at the same moment on a fresh server all come up', async () => {
    const place = await kinds[1]?.fresh();
    if (place === undefined) throw new Error('PostgreSQL is running');
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(place)));
    const queues = await Promise.all(databases.map((database) => openQueue({ database })));
    const secrets = await Promise.all(
      databases.map((database, index) => getOrCreateSetting(database.db, 'hmac-secret', () => String(index))),
    );
    expect(new Set(secrets).size).toBe(1);
    await Promise.all(queues.map((queue) => queue.stop()));
    await Promise.all(databases.map((database) => database.close()));
  });
});

test('a server that is not there is named without its password', async () => {
  const opening = openDatabase({ dataDir: 'unused', databaseUrl: 'postgres://viva:hush@127.0.0.1:1/viva' });
  const error: unknown = await opening.catch((thrown: unknown) => thrown);
  expect(error).toHaveProperty('code', 'database-unreachable');
  expect(String(error)).toContain('127.0.0.1:1/viva');
  expect(JSON.stringify(error) + String(error)).not.toContain('hush');
});
