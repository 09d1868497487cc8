import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));
let root: string;
let cache: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-compile-'));
  cache = join(root, 'node_modules', '.cache', 'viva');
  await mkdir(join(root, 'src'));
  await mkdir(join(root, 'node_modules'));
  await symlink(join(repository, 'node_modules', 'esbuild'), join(root, 'node_modules', 'esbuild'));
  await cp(join(repository, 'src', 'compile.js'), join(root, 'src', 'compile.js'));
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'package-lock.json'), '{}');
  await source('one');
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

function source(says: string): Promise<void> {
  return writeFile(
    join(root, 'src', 'main.ts'),
    `export const says: string = ${JSON.stringify(says)};\nexport const address = import.meta.url;\n`,
  );
}

async function compile(): Promise<string | null> {
  const url = pathToFileURL(join(root, 'src', 'compile.js')).href;
  const { compiled } = (await import(url)) as { compiled: () => Promise<string | null> };
  return compiled();
}

test('a program is compiled once, knows its source’s address, and is compiled anew when a source changes', async () => {
  const first = await compile();
  expect(await import(first ?? '')).toMatchObject({
    says: 'one',
    address: pathToFileURL(join(root, 'src', 'main.ts')).href,
  });
  expect(await compile()).toBe(first);
  await source('another');
  const second = await compile();
  expect(second).not.toBe(first);
  expect(await import(second ?? '')).toMatchObject({ says: 'another' });
});

test('a program is compiled anew when npm has installed other packages, though the lockfile is the same', async () => {
  const before = await compile();
  await writeFile(join(root, 'node_modules', '.package-lock.json'), '{"packages":{}}');
  expect(await compile()).not.toBe(before);
});

test('packages are compiled into it, those in the older format that require Node’s modules too', async () => {
  const older = join(root, 'node_modules', 'older');
  await mkdir(older);
  await writeFile(join(older, 'package.json'), '{"name":"older","main":"index.js"}');
  await writeFile(join(older, 'index.js'), `exports.dirname = require('path').dirname;`);
  await writeFile(
    join(root, 'src', 'main.ts'),
    `import { dirname } from 'older';\nexport const says = dirname('/one/two');\n`,
  );
  const program = await compile();
  await rm(older, { recursive: true });
  expect(await import(program ?? '')).toMatchObject({ says: '/one' });
});

test('a program that a server may still be running stays when a newer one is compiled; one of yesterday goes', async () => {
  const running = dirname(fileURLToPath((await compile()) ?? ''));
  const yesterday = join(cache, 'program-of-yesterday');
  await mkdir(yesterday);
  const long = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(yesterday, long, long);
  await source('another');
  const newer = dirname(fileURLToPath((await compile()) ?? ''));
  expect((await readdir(cache)).map((name) => join(cache, name)).sort()).toEqual([running, newer].sort());
});

test('where nothing can be kept there is no compiled program, and nothing breaks', async () => {
  await writeFile(join(root, 'node_modules', '.cache'), 'a file where the folder should be');
  expect(await compile()).toBeNull();
});
