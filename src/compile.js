import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const cache = join(root, 'node_modules', '.cache', 'viva');
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Packages that read files beside their own, start a thread from one, look for a neighbour that need not be there, or are mostly data. */
const LEFT_INSTALLED = [
  '@electric-sql/pglite',
  'esbuild',
  'linkedom',
  'pg',
  'pino',
  'tsx',
  'wink-eng-lite-web-model',
  'wink-nlp',
];

/**
 * The program as JavaScript, compiled into node_modules/.cache the first time and whenever a source has changed since: loading 300 files of
 * TypeScript and as many of the packages one by one costs more than a second at every start, compiling them together half of one, once.
 * @returns {Promise<string | null>} the address of the compiled main.ts; null where nothing can be kept, and the sources have to be run as they are.
 */
export async function compiled() {
  const folder = join(cache, `program-${keyOf(sources)}`);
  const main = join(folder, 'main.js');
  if (!existsSync(main)) {
    try {
      await build(folder);
    } catch {
      // A folder nobody may write to, or another process that was quicker.
      if (!existsSync(main)) return null;
    }
  } else {
    keepAlive(folder);
  }
  return pathToFileURL(main).href;
}

/**
 * Marks a program as begun with just now, for sweep.
 * @param {string} folder
 */
function keepAlive(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // Read-only: nobody sweeps there either.
  }
}

/** @param {string} folder */
async function build(folder) {
  const esbuild = await import('esbuild');
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    await esbuild.build({
      entryPoints: [join(sources, 'main.ts')],
      outdir: unfinished,
      bundle: true,
      splitting: true,
      external: LEFT_INSTALLED,
      // Packages in the older module format ask for Node's own modules by require, which a module of today does not have.
      banner: { js: requireFrom(join(sources, 'main.ts')) },
      platform: 'node',
      format: 'esm',
      target: 'node20',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      logLevel: 'silent',
      plugins: [{ name: 'own-address', setup: keepOwnAddress }],
    });
    // Under its own name only when whole, so that a process killed here leaves nothing that looks finished.
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await sweep(folder);
}

/**
 * Removes what nobody can be running any more: a server loads some of its files only when they are needed, so an older program stays for a day.
 * @param {string} current
 */
async function sweep(current) {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const isOurs = name.startsWith('program-') || name.startsWith('unfinished-');
    if (!isOurs || path === current || Date.now() - statSync(path).mtimeMs < KEPT_MS) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/** @param {string} path */
function requireFrom(path) {
  return `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${JSON.stringify(path)});`;
}

/**
 * Files that read others beside them go by their own address, which stays that of the source.
 * @param {import('esbuild').PluginBuild} builder
 */
function keepOwnAddress(builder) {
  builder.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8');
    const contents = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
    return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
  });
}

/**
 * Changes with any source, with the place they stand in and with the packages they run on.
 * @param {string} folder
 */
function keyOf(folder) {
  const hash = createHash('sha256').update(root);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(?:tsx?|json|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  // npm writes the second at every install: the packages are compiled in, and may be others than the first asks for.
  const installed = join(root, 'node_modules', '.package-lock.json');
  const locks = [join(root, 'package-lock.json'), ...(existsSync(installed) ? [installed] : [])];
  for (const path of [...locks, ...files.sort()]) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${relative(root, path)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
