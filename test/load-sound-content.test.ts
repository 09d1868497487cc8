import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Content } from '../src/bank/content.ts';
import { loadSoundContent } from '../src/load-sound-content.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-content-'));
  await cp('test/browser/content', root, { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

function load(): Promise<Content> {
  return loadSoundContent(root, { cacheFolder: join(root, 'cache') });
}

async function change(path: string, edit: (text: string) => string): Promise<void> {
  const file = join(root, path);
  await writeFile(file, edit(await readFile(file, 'utf8')));
}

describe('content that was found sound', () => {
  test('is the same when it is read from what was kept', async () => {
    const first = await load();
    expect(first.courses[0]?.items.length).toBeGreaterThan(0);
    expect(await load()).toEqual(first);
  });

  test('is read afresh where what was kept is cut short', async () => {
    const first = await load();
    const [name = ''] = await readdir(join(root, 'cache'));
    await change(join('cache', name), (text) => text.slice(0, -100));
    expect(await load()).toEqual(first);
  });

  test('is read afresh after an author has changed one file', async () => {
    await load();
    await change('bank/demo/lora-count.yaml', (text) => text.replace(/^title: .*$/m, 'title: Another title'));
    const titles = (await load()).courses[0]?.items.map(({ item }) => item.title);
    expect(titles).toContain('Another title');
  });

  test('is served beside a file that nothing reads', async () => {
    await writeFile(join(root, 'bank', 'notes.yaml'), 'not: a course');
    expect((await load()).courses.length).toBeGreaterThan(0);
  });

  test('is refused after a change that broke it, whatever was kept before', async () => {
    await load();
    await change('bank/demo/lora-count.yaml', (text) => text.replace(/^chapter: .*$/m, "chapter: 'nowhere'"));
    await expect(load()).rejects.toMatchObject({ code: 'content-invalid' });
  });
});
