import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VivaError } from '../core/errors.ts';

/** The word that lets somebody in as an instructor, and where it is kept. */
export type InstructorToken = { token: string; path: string; created: boolean };

/**
 * The token of a data folder; made at the first call, 160 random bits that only this user of the machine can read. Whoever removes the file and
 * starts again has a new one, and all who came in with the old one are out. Two processes that start at once get the same.
 */
export async function openInstructorToken({ dataDir }: { dataDir: string }): Promise<InstructorToken> {
  const path = join(dataDir, 'instructor-token');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const kept = await readToken(path);
  if (kept !== undefined) return { token: kept, path, created: false };
  const mine = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(mine, `${randomBytes(20).toString('base64url')}\n`, { mode: 0o600, flush: true });
  // link fails where another process was first; its token then holds.
  const created = await link(mine, path).then(
    () => true,
    () => false,
  );
  await unlink(mine);
  const token = await readToken(path);
  if (token !== undefined) return { token, path, created };
  throw new VivaError('data-dir-unusable', {
    message: `${path} cannot be written or read.`,
    fix: 'Set VIVA_DATA_DIR to a folder that this user may write to.',
  });
}

/** The token of a data folder where it has one; makes none. */
export async function findInstructorToken({ dataDir }: { dataDir: string }): Promise<string | undefined> {
  return readToken(join(dataDir, 'instructor-token'));
}

async function keepPrivate(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o777) !== 0o600) await chmod(path, 0o600);
}

async function readToken(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const token = text?.trim();
  if (token === undefined || token.length < 16) return undefined;
  await keepPrivate(path).catch(() => undefined);
  return token;
}
