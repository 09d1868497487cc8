import { fdatasyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';
import { VivaError } from '../core/errors.ts';

/**
 * Start parameters under which PostgreSQL's own durability is on.
 * PGlite passes -F (never sync). Without it PostgreSQL syncs the log once a commit and the data files once a
 * checkpoint, in the order that survives a power cut; but its default method on Linux, fdatasync, is an empty stub in
 * the WebAssembly build, and fsync is the one that reaches the file system.
 * One process alone never checkpoints by itself; the two sizes bound what a checkpoint of ours keeps for recycling.
 * With 16 MB of buffers instead of 128 the process needs 120 MB less (measured: 183 instead of 302), and the operating
 * system's cache is close behind.
 */
export const durableStartParams: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
  ...['-c', 'min_wal_size=32MB', '-c', 'max_wal_size=128MB', '-c', 'shared_buffers=16MB'],
];

type Initialised = Awaited<ReturnType<NodeFS['init']>>;
type Module = Parameters<NonNullable<Initialised['emscriptenOpts']['preRun']>[number]>[0];

const Stream = z.object({ nfd: z.int().min(0) });

/**
 * PGlite's folder on disk, with the one operation it lacks: syncing a file. Measured: 0.2-0.5 ms a commit, nothing on
 * a read. `sync` is called with an open descriptor; a test counts its calls.
 */
export function durableNodeFs(folder: string, sync: (descriptor: number) => void = fdatasyncSync): NodeFS {
  const files = new NodeFS(folder);
  const initialise = files.init.bind(files);
  files.init = async (pglite, options): Promise<Initialised> => {
    const { emscriptenOpts } = await initialise(pglite, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: Module): void => installSync(module, sync)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  };
  return files;
}

function installSync(module: Module, sync: (descriptor: number) => void): void {
  const operations: unknown = Reflect.get(module.NODEFS, 'stream_ops');
  if (typeof operations !== 'object' || operations === null) {
    throw new VivaError('internal', {
      message: 'This version of PGlite has no place for syncing files, so commits would not survive a power cut.',
      fix: 'Install the version of @electric-sql/pglite that package-lock.json names.',
    });
  }
  Object.assign(operations, {
    fsync(stream: unknown): number {
      try {
        sync(Stream.parse(stream).nfd);
        return 0;
      } catch (error) {
        return errorNumber(error);
      }
    },
  });
}

// WASI's numbers. PostgreSQL lets 8 and 28 pass for folders that cannot be synced, and stops at the rest, as it should.
function errorNumber(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EBADF') return 8;
  if (code === 'EINVAL') return 28;
  if (code === 'ENOSPC') return 51;
  return 29; // EIO
}
