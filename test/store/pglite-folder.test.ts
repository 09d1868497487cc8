import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fdatasyncSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureClusterTemplate } from '../../src/store/cluster-template.ts';
import { openDatabase } from '../../src/store/database.ts';
import { durableNodeFs, durableStartParams } from '../../src/store/durable-node-fs.ts';
import { checkpointWhereLong } from '../../src/store/keep-wal-short.ts';
import { placeCluster } from '../../src/store/place-cluster.ts';
import { getOrCreateSetting } from '../../src/store/settings.ts';
import { freshFolder } from './databases.ts';

const writer = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url));
const children: ChildProcess[] = [];

beforeAll(async () => {
  await ensureClusterTemplate();
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('the embedded database', () => {
  test('keeps every acknowledged row of a process that is killed, and says who holds the folder until then', async () => {
    const dataDir = await freshFolder();
    const child = spawn(process.execPath, ['--import', 'tsx', writer, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 1) {
        const error: unknown = await openDatabase({ dataDir, databaseUrl: null }).catch((thrown: unknown) => thrown);
        expect(error).toHaveProperty('code', 'data-dir-locked');
        expect(String(error)).toContain(`process ${String(child.pid)}, started 20`);
      }
      if (acknowledged >= 50 && !child.killed) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    const database = await openDatabase({ dataDir, databaseUrl: null });
    const { rows } = await database.executeSql('SELECT value FROM settings WHERE substr(key, 5)::int <= $1', [
      acknowledged,
    ]);
    expect(rows).toEqual(Array.from({ length: acknowledged }, () => ({ value: 'x'.repeat(500) })));
    await database.close();
  });

  test('starts afresh where the first start was killed while it copied, readable by its own user alone', async () => {
    const dataDir = join(await freshFolder(), 'data');
    await mkdir(join(dataDir, 'db.half'), { recursive: true, mode: 0o700 });
    await writeFile(join(dataDir, 'db.half', 'PG_VERSION'), '');
    const database = await openDatabase({ dataDir, databaseUrl: null });
    expect(await getOrCreateSetting(database.db, 'key', () => 'value')).toBe('value');
    await database.close();
    for (const folder of [join(dataDir, 'db'), join(dataDir, 'db.lock')]) {
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    }
  });

  test('does not touch a folder of that name that is not a database', async () => {
    const dataDir = await freshFolder();
    await mkdir(join(dataDir, 'db'));
    await writeFile(join(dataDir, 'db', 'letters.txt'), 'dear all');
    const opening = openDatabase({ dataDir, databaseUrl: null });
    await expect(opening).rejects.toHaveProperty('code', 'data-dir-unusable');
    expect((await stat(join(dataDir, 'db', 'letters.txt'))).size).toBe(8);
    // The failed start holds nothing back from the next one.
    await expect(openDatabase({ dataDir, databaseUrl: null })).rejects.toHaveProperty('code', 'data-dir-unusable');
  });

  test('has a commit on disk before it is acknowledged, syncs nothing on a read, and keeps its log short', async () => {
    const folder = join(await freshFolder(), 'db');
    await placeCluster(folder);
    let synced = 0;
    const files = durableNodeFs(folder, (descriptor) => {
      synced += 1;
      fdatasyncSync(descriptor);
    });
    const pglite = await PGlite.create({ fs: files, startParams: [...durableStartParams] });
    const syncsOf = async (text: string): Promise<number> => {
      const before = synced;
      await pglite.exec(text);
      return synced - before;
    };
    await pglite.exec('CREATE TABLE notes (text text)');
    expect(await syncsOf("INSERT INTO notes VALUES ('kept')")).toBe(1);
    expect(await syncsOf("BEGIN; INSERT INTO notes VALUES ('a'); INSERT INTO notes VALUES ('b'); COMMIT")).toBe(1);
    expect(await syncsOf('SELECT * FROM notes')).toBe(0);

    const limitBytes = 1024 * 1024;
    expect(await checkpointWhereLong(pglite, limitBytes)).toBe(false);
    await pglite.exec("INSERT INTO notes SELECT repeat('long ', 200) FROM generate_series(1, 2000)");
    expect(await checkpointWhereLong(pglite, limitBytes)).toBe(true);
    expect(await checkpointWhereLong(pglite, limitBytes)).toBe(false);
    await pglite.close();
  });
});
