import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureClusterTemplate } from './cluster-template.ts';

/**
 * Sees to it that a complete cluster stands at `folder`, copied from the template on the first start. The copy is made
 * under another name, synced, and renamed into place: a kill or a power cut midway leaves no half cluster behind.
 * Only whoever holds the folder's lock may call this.
 */
export async function placeCluster(folder: string): Promise<'placed' | 'found'> {
  const half = `${folder}.half`;
  await rm(half, { recursive: true, force: true });
  if (await isThere(join(folder, 'PG_VERSION'))) {
    // PGlite writes files anyone may read; the folder around them is what keeps them private.
    await chmod(folder, 0o700);
    return 'found';
  }
  await copyFolder(await ensureClusterTemplate(), half);
  await rename(half, folder);
  await syncPath(dirname(folder));
  return 'placed';
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyFolder(source, target);
    } else {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await syncPath(target);
    }
  }
  await syncPath(to);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
