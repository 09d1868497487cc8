import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { VivaError } from '../core/errors.ts';
import { machineOf, startTicksOf, stateOfProcess } from './process-identity.ts';

/** Held until released, or until this process is gone. */
export type FolderLock = { release: () => Promise<void> };

const Holder = z.object({
  pid: z.int(),
  /** When the process began, for people. */
  startedAt: z.iso.datetime(),
  /** The same for the kernel: a later process under the same pid has another. Null where there is no /proc. */
  startTicks: z.string().nullable(),
  /** Within one machine a pid means one process. */
  machine: z.string(),
  released: z.boolean(),
});
type Holder = z.infer<typeof Holder>;

// How often a holder shows it is alive, and for how many beats someone on another machine or in another container, to
// whom its pid means nothing, watches for that. Five may be missed while the process is busy.
const defaultBeatMs = 1_000;
const watchedBeats = 6;

/**
 * Takes the folder for this process alone. PGlite does not: two processes in one folder lose rows without an error.
 * A lock whose holder is gone (killed, crashed, rebooted) is taken over at once, also where its pid lives on as another
 * process. Throws VivaError data-dir-locked, naming the holder.
 *
 * Locks are numbered files, made complete by one `link`, which fails where the number is taken; the highest number
 * holds. A stale one is never removed before a higher one stands, so two processes that both find it stale cannot
 * both win.
 */
export async function lockFolder(args: { locks: string; guarded: string; beatMs?: number }): Promise<FolderLock> {
  const beatMs = args.beatMs ?? defaultBeatMs;
  await mkdir(args.locks, { recursive: true, mode: 0o700 });
  for (;;) {
    const last = await highestLock(args.locks);
    if (last > 0 && (await look(join(args.locks, String(last)), { ...args, beatMs })) === 'changed') continue;
    const mine = join(args.locks, String(last + 1));
    if (!(await writeLock(args.locks, mine))) continue;
    if ((await highestLock(args.locks)) !== last + 1) {
      await unlink(mine);
      continue;
    }
    await removeLower(args.locks, last + 1);
    return keep(args.locks, { lock: mine, beatMs });
  }
}

async function highestLock(locks: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(locks)));
}

async function lockNumbers(locks: string): Promise<number[]> {
  return (await readdir(locks)).filter((name) => /^[0-9]+$/.test(name)).map(Number);
}

/** 'free' where its holder is gone, 'changed' where the lock itself is; throws where it is held. */
async function look(lock: string, args: { guarded: string; beatMs: number }): Promise<'free' | 'changed'> {
  const text = await readFile(lock, 'utf8').catch(() => undefined);
  if (text === undefined) return 'changed';
  const holder = parseHolder(text);
  // Unreadable only after a power cut: while it is written it has no number yet.
  if (holder === undefined || holder.released) return 'free';
  if (holder.machine === machineOf()) {
    if (stateOfProcess(holder) === 'gone') return 'free';
  } else if (!(await beats(lock, args.beatMs))) {
    return 'free';
  }
  throw lockedBy(holder, args.guarded);
}

function parseHolder(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function beats(lock: string, beatMs: number): Promise<boolean> {
  const first = await lastBeat(lock);
  for (let beat = 0; beat < watchedBeats; beat += 1) {
    await wait(beatMs);
    if ((await lastBeat(lock)) !== first) return true;
  }
  return false;
}

async function lastBeat(lock: string): Promise<number> {
  return (await stat(lock).catch(() => undefined))?.mtimeMs ?? 0;
}

async function writeLock(locks: string, lock: string): Promise<boolean> {
  const complete = await writeHolder(locks, { released: false });
  try {
    await link(complete, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(complete);
  }
}

async function writeHolder(locks: string, state: { released: boolean }): Promise<string> {
  const path = join(locks, `.${randomUUID()}`);
  const holder: Holder = {
    pid: process.pid,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    startTicks: startTicksOf(process.pid),
    machine: machineOf(),
    released: state.released,
  };
  await writeFile(path, JSON.stringify(holder), { mode: 0o600 });
  return path;
}

async function removeLower(locks: string, mine: number): Promise<void> {
  for (const number of await lockNumbers(locks)) {
    if (number < mine) await unlink(join(locks, String(number))).catch(() => undefined);
  }
}

function keep(locks: string, { lock, beatMs }: { lock: string; beatMs: number }): FolderLock {
  const heart = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, beatMs);
  heart.unref();
  return {
    async release() {
      clearInterval(heart);
      // Kept as released, not removed: were numbers used twice, the rule above would not hold.
      await rename(await writeHolder(locks, { released: true }), lock);
    },
  };
}

function lockedBy(holder: Holder, guarded: string): VivaError {
  const here = holder.machine === machineOf();
  const who = `process ${String(holder.pid)}, started ${holder.startedAt}${here ? '' : ', on another machine or in another container'}`;
  return new VivaError('data-dir-locked', {
    message: `The database in ${guarded} is in use by ${who}. Two processes in one folder would lose answers.`,
    fix: `Stop that process first${here ? ` (kill ${String(holder.pid)})` : ''}, or give this one another data folder, or set DATABASE_URL so that all of them share one PostgreSQL server.`,
  });
}
