import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { VivaError } from '../core/errors.ts';
import type { Driver } from './driver.ts';
import { durableNodeFs, durableStartParams } from './durable-node-fs.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import type { Log } from './log.ts';
import { keepWalShort } from './keep-wal-short.ts';
import { applyMigrations, migrationsFolder } from './migrations.ts';
import { placeCluster } from './place-cluster.ts';
import { gatedClient, type WorkGate } from './work-gate.ts';

/**
 * Opens the embedded database in `<dataDir>/db`, for this process alone.
 * Throws VivaError: data-dir-locked, data-dir-unusable, migration-failed.
 */
export async function openPglite(args: { dataDir: string; log: Log; gate: WorkGate }): Promise<Driver> {
  const folder = join(args.dataDir, 'db');
  const lock = await usable(args.dataDir, () => lockDataDir(args.dataDir, folder));
  const letLoopEnd = keepLoopAlive();
  try {
    const pglite = await usable(args.dataDir, () => startCluster(folder));
    try {
      await applyMigrations(() => migrate(drizzle(pglite), { migrationsFolder }));
    } catch (error) {
      await pglite.close();
      throw error;
    }
    return driverOf(pglite, { ...args, lock, letLoopEnd });
  } catch (error) {
    letLoopEnd();
    await lock.release();
    throw error;
  }
}

/**
 * PGlite runs on the calling thread and leaves nothing on Node's loop. With nothing there Node waits, before it goes on, for all the WebAssembly
 * still being optimized in the background: a quarter of a second of every start. A timer that never fires is enough for it not to.
 */
function keepLoopAlive(): () => void {
  const timer = setInterval(() => undefined, 2 ** 31 - 1);
  return () => clearInterval(timer);
}

async function lockDataDir(dataDir: string, folder: string): Promise<FolderLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return lockFolder({ locks: `${folder}.lock`, guarded: folder });
}

async function startCluster(folder: string): Promise<PGlite> {
  await placeCluster(folder);
  return PGlite.create({ fs: durableNodeFs(folder), startParams: [...durableStartParams] });
}

function driverOf(
  pglite: PGlite,
  args: { log: Log; gate: WorkGate; lock: FolderLock; letLoopEnd: () => void },
): Driver {
  const db = drizzle(gatedClient(pglite, { methods: ['query', 'exec'], gate: args.gate }));
  const stopKeeping = keepWalShort(pglite, args.log);
  return {
    kind: 'pglite',
    db,
    begin: (work) => db.transaction(work),
    alone: (work) => work(),
    async executeSql(text, values = []) {
      if (values.length > 0) return pglite.query(text, [...values]);
      const results = await executeScript(pglite, text);
      return { rows: results.at(-1)?.rows ?? [] };
    },
    async close() {
      stopKeeping();
      // Writes a checkpoint, so that the next start has nothing to recover.
      try {
        await pglite.close();
      } finally {
        args.letLoopEnd();
        await args.lock.release();
      }
    },
  };
}

// pg-boss sends its maintenance as one text from BEGIN to COMMIT. Run as it is, a failure in the middle would leave the
// only connection inside an aborted transaction, and every later statement of anyone would fail.
function executeScript(pglite: PGlite, text: string): ReturnType<PGlite['exec']> {
  const block = /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/.exec(text)?.[1];
  return block === undefined ? pglite.exec(text) : pglite.transaction((tx) => tx.exec(block));
}

async function usable<T>(dataDir: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof VivaError) throw cause;
    throw new VivaError('data-dir-unusable', {
      message: `The data folder ${dataDir} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      fix: 'See that this user may write there and that the disk has room. If the database itself is damaged, restore a backup of the folder or start with another one.',
      cause,
    });
  }
}
