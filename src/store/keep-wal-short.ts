import type { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';
import type { Log } from './log.ts';

// A server checkpoints in a process of its own. PGlite has none, so its log of changes would grow until the next clean
// stop, and a start after a crash would replay all of it. 64 MB is some ten thousand answers and replays in about a
// second; writing the checkpoint takes about 0.1 s.
const walLimitBytes = 64 * 1024 * 1024;
const everyMs = 60_000;

const Growth = z.object({ bytes: z.coerce.number() });

/** Checkpoints whenever the log has grown past its limit, until the returned function is called. */
export function keepWalShort(pglite: PGlite, log: Log): () => void {
  const timer = setInterval(() => {
    checkpointWhereLong(pglite).catch((error: unknown) => {
      log.warn({ error }, 'the embedded database could not write a checkpoint');
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Writes a checkpoint where more than `limitBytes` of changes came after the last one; says whether it did. */
export async function checkpointWhereLong(pglite: PGlite, limitBytes: number = walLimitBytes): Promise<boolean> {
  const { rows } = await pglite.query(
    'SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) AS bytes FROM pg_control_checkpoint()',
  );
  if (Growth.parse(rows[0]).bytes <= limitBytes) return false;
  await pglite.exec('CHECKPOINT');
  return true;
}
