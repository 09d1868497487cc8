import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The key of the tag round an answer in a prompt, for commands that open no database: kept in the data folder, for its owner alone, so
 * that the same command asks the same request again and caches hit. Where the folder cannot be written, one for this run.
 */
export async function readDeploymentSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'answer-tag-secret');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  const fresh = randomBytes(32).toString('hex');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    // Another command may be doing the same: the first to write wins.
    await writeFile(path, fresh, { mode: 0o600, flag: kept === '' ? 'wx' : 'w' });
    return fresh;
  } catch {
    const theirs = await readFile(path, 'utf8').catch(() => '');
    return /^[0-9a-f]{64}$/.test(theirs) ? theirs : fresh;
  }
}
