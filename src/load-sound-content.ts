import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Content } from './bank/content.ts';

const sourceFolder = fileURLToPath(new URL('.', import.meta.url));
const besideThePackages = fileURLToPath(new URL('../node_modules/.cache/viva', import.meta.url));

/** The code that decides whether content is sound; a change to any of it makes what was found sound before worth another look. */
const deciders = ['bank', 'core', 'judge/embedded', 'tutor/lint-content.ts', 'load-sound-content.ts'];

/**
 * Sound content below `root`, or the VivaError that lists what is wrong with it. Reading and checking a whole course takes a
 * second or more, so what was found sound is kept beside the installed packages under a hash of every authored file and of the
 * checking code; a later start reads that. Where nothing can be kept, everything is checked each time.
 */
export async function loadSoundContent(
  root: string,
  { cacheFolder }: { cacheFolder: string } = { cacheFolder: besideThePackages },
): Promise<Content> {
  const key = keyOf(root);
  const path = join(cacheFolder, `content-${sha256(root).slice(0, 16)}.txt`);
  const kept = await readKept(path, key);
  if (kept !== undefined) return kept;
  // Loaded only here: most starts need neither the YAML parser nor the linter.
  const { assembleContent, contentInvalid, readContentFiles } = await import('./bank/load-content.ts');
  const { lintFiles } = await import('./bank/lint.ts');
  const { lintCues } = await import('./tutor/lint-content.ts');
  const files = await readContentFiles(root);
  const problems = [...lintFiles(files), ...lintCues(files)];
  if (problems.length > 0) throw contentInvalid(problems);
  const content = assembleContent(files);
  // An author may have saved a file meanwhile: what was read then belongs to neither key.
  if (keyOf(root) === key) await keep({ path, key, content });
  return content;
}

/**
 * SHA-256 (hex) over the names and bytes of every authored file and of the code that checks them. Read in one go: 300 small files take 20 ms
 * so, and half a second one await at a time while a database is booting beside them.
 */
function keyOf(root: string): string {
  const hash = createHash('sha256');
  const parts = [
    ...['bank', 'rubrics', 'evals'].map((part) => ({ base: root, part })),
    ...deciders.map((part) => ({ base: sourceFolder, part })),
  ];
  for (const { base, part } of parts) {
    for (const path of filesBelow(join(base, part))) {
      const bytes = readFileSync(path);
      hash.update(`${path.slice(base.length)}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  if (/\.ts$/.test(path)) return [path];
  return entriesBelow(path)
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function entriesBelow(path: string): Dirent[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

/** The kept file holds its key, the hash of the rest, and the content as JSON; a line each. */
async function readKept(path: string, key: string): Promise<Content | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [keptKey, sum, json] = text.split('\n');
  if (keptKey !== key || json === undefined || sum !== sha256(json)) return undefined;
  // Ours, whole and checked before it was kept: parsing it again is what this file is there to save.
  return z.custom<Content>().parse(JSON.parse(json));
}

async function keep({ path, key, content }: { path: string; key: string; content: Content }): Promise<void> {
  const json = JSON.stringify(content);
  const half = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(half, `${key}\n${sha256(json)}\n${json}`);
    await rename(half, path);
  } catch {
    // A read-only installation: the next start checks again.
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
