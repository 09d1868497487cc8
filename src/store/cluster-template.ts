import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';
import { VivaError } from '../core/errors.ts';

const packageOf = createRequire(import.meta.url);
const uid = process.getuid?.();
const privateMode = 0o700;

// Beside the packages, where the next install clears it away; where that is read-only, in the user's own temporary folder.
const templateFolders: readonly { path: string; mode: number }[] = [
  { path: fileURLToPath(new URL('../../node_modules/.cache/viva', import.meta.url)), mode: 0o755 },
  { path: join(tmpdir(), `viva-${String(uid ?? 'user')}`), mode: privateMode },
];

// A cluster fits the version that made it.
const templateName = `pgdata-${pgliteVersion()}`;

/**
 * The path of an empty, initialised cluster to copy, built first where there is none.
 * Making one (initdb) takes seconds and 840 MB of memory, so a child process does it: this one stays small.
 * Throws VivaError data-dir-unusable where it cannot be built.
 */
export async function ensureClusterTemplate(): Promise<string> {
  const ready = await findClusterTemplate();
  if (ready !== undefined) return ready;
  const complaint = await runBuilder();
  const built = await findClusterTemplate();
  if (built !== undefined) return built;
  throw new VivaError('data-dir-unusable', {
    message: `The embedded database could not be prepared: ${complaint}`,
    fix: `Make ${templateFolders.map((folder) => folder.path).join(' or ')} writable, or set DATABASE_URL to use a PostgreSQL server.`,
  });
}

/** The template's path, if it is there and can be trusted. */
export async function findClusterTemplate(): Promise<string | undefined> {
  for (const folder of templateFolders) {
    const template = join(folder.path, templateName);
    if ((await isTrusted(folder)) && (await isFile(join(template, 'PG_VERSION')))) return template;
  }
  return undefined;
}

/** Builds the template in this process and returns its path. A kill midway leaves only a folder that is never read. */
export async function buildClusterTemplate(): Promise<string> {
  const ready = await findClusterTemplate();
  if (ready !== undefined) return ready;
  const folder = await firstWritable();
  const half = await mkdtemp(join(folder, 'building-'));
  try {
    const pglite = await PGlite.create({ fs: new NodeFS(half) });
    await pglite.close();
    await makeReadable(half);
    const template = join(folder, templateName);
    await rename(half, template).catch(async (error: unknown) => {
      // Someone else was quicker: theirs is as good.
      if (!(await isFile(join(template, 'PG_VERSION')))) throw error;
    });
    return template;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function firstWritable(): Promise<string> {
  const complaints: unknown[] = [];
  for (const folder of templateFolders) {
    try {
      await mkdir(folder.path, { recursive: true, mode: folder.mode });
      await rm(await mkdtemp(join(folder.path, 'probe-')), { recursive: true });
      if (await isTrusted(folder)) return folder.path;
    } catch (error) {
      complaints.push(error);
    }
  }
  throw new AggregateError(complaints, complaints.map(String).join('; '));
}

// In the shared temporary folder anyone may have put a cluster of their own under this name.
async function isTrusted(folder: { path: string; mode: number }): Promise<boolean> {
  if (folder.mode !== privateMode) return true;
  const found = await lstat(folder.path).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === (uid ?? found.uid);
}

// Installed by one user, run by another: an empty cluster holds no secret, and the copies made of it are private.
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? makeReadable(path) : chmod(path, 0o644));
  }
}

function pgliteVersion(): string {
  const packageFile = join(dirname(packageOf.resolve('@electric-sql/pglite')), '..', 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** Runs build-cluster-template.ts to its end and returns what it complained of. */
function runBuilder(): Promise<string> {
  const typescript = pathToFileURL(packageOf.resolve('tsx')).href;
  const script = fileURLToPath(new URL('./build-cluster-template.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', typescript, script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(complaint.trim()));
  });
}
