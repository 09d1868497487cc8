import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FolderLock, lockFolder } from '../../src/store/folder-lock.ts';
import { machineOf, startTicksOf } from '../../src/store/process-identity.ts';
import { freshFolder } from './databases.ts';

const beatMs = 20;

describe('a folder lock', () => {
  let locks: string;
  beforeEach(async () => {
    locks = await freshFolder();
  });

  function lock(): Promise<FolderLock> {
    return lockFolder({ locks, guarded: '/data/db', beatMs });
  }

  /** Leaves the lock of a process with these traits, as if it had been killed. */
  async function leave(holder: object): Promise<void> {
    const usual = { pid: process.pid, startedAt: '2026-11-23T09:00:00.000Z', machine: machineOf(), released: false };
    await writeFile(join(locks, '7'), JSON.stringify({ ...usual, startTicks: startTicksOf(process.pid), ...holder }));
  }

  test('is refused while held, naming the process, when it began and the way out', async () => {
    const held = await lock();
    const error: unknown = await lock().catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty('code', 'data-dir-locked');
    expect(String(error)).toMatch(
      new RegExp(`/data/db is in use by process ${String(process.pid)}, started 20[0-9-]+T`),
    );
    expect(error).toHaveProperty('fix', expect.stringContaining(`kill ${String(process.pid)}`));
    await held.release();
  });

  test('can be taken again once released', async () => {
    await (await lock()).release();
    await (await lock()).release();
  });

  test('of a process that is gone is taken over at once', async () => {
    await leave({ pid: 2 ** 22 + 1, startTicks: '5' });
    await (await lock()).release();
  });

  test.skipIf(startTicksOf(process.pid) === null)(
    'is taken over where its pid has become another process',
    async () => {
      await leave({ startTicks: '5' });
      await (await lock()).release();
    },
  );

  test('whose pid is still the same process is refused', async () => {
    await leave({});
    await expect(lock()).rejects.toHaveProperty('code', 'data-dir-locked');
  });

  test('that a power cut left empty is taken over', async () => {
    await writeFile(join(locks, '7'), '');
    await (await lock()).release();
  });

  test('goes to one alone of many that find the same stale one', async () => {
    await leave({ startTicks: '5', pid: 2 ** 22 + 1 });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, lock));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const one of tries) {
      if (one.status === 'rejected') expect(one.reason).toHaveProperty('code', 'data-dir-locked');
    }
    for (const one of won) await one.value.release();
  });

  test('of another machine is refused while it shows signs of life, and taken over when it does not', async () => {
    const held = await lock();
    const holder: unknown = JSON.parse(await readFile(join(locks, '1'), 'utf8'));
    await writeFile(join(locks, '1'), JSON.stringify({ ...Object(holder), machine: 'elsewhere' }));
    const error: unknown = await lock().catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('on another machine or in another container');
    await held.release();
    await leave({ machine: 'elsewhere' });
    await (await lock()).release();
  });
});
