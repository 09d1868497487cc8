import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startProvider } from '../fixtures/provider.ts';
import { startServer, type ServerProcess } from '../fixtures/server-process.ts';

const quote = 'it only continues the text it is given';
const item = 'fri-1-three-stages';
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-crash-'));
  folders.push(folder);
  return folder;
}

type Submitted = { id: string; cookie: string; answer: string };

async function submit(server: ServerProcess, answer: string): Promise<Submitted> {
  const response = await fetch(`${server.url}/api/attempts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ item, answer }),
  });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  return { id, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '', answer };
}

type Attempt = { status: string; answer: string; tries: { used: number }; points: { low: number } | null };

async function settled(server: ServerProcess, { id, cookie }: Submitted): Promise<Attempt> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const response = await fetch(`${server.url}/api/attempts/${id}`, { headers: { cookie } });
    expect(response.status).toBe(200);
    const attempt = (await response.json()) as Attempt;
    if (attempt.status !== 'stored' && attempt.status !== 'grading') return attempt;
    if (Date.now() > deadline) throw new Error(`Attempt ${id} is still ${attempt.status}:\n${server.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function answerNumber(n: number): string {
  return `Answer ${n}: a base model is not an assistant because ${quote}, whatever that text wants.`;
}

describe('kill -9', () => {
  test('between submit and grade loses nothing: every acknowledged answer is graded once after the restart', async () => {
    const env = { VIVA_DATA_DIR: await dataDir(), VIVA_JUDGE: 'embedded' };
    const submitted: Submitted[] = [];
    for (let round = 0; round < 3; round += 1) {
      const server = await startServer(env);
      const batch = await Promise.all([1, 2, 3, 4, 5].map((n) => submit(server, answerNumber(10 * round + n))));
      await server.stop('SIGKILL');
      submitted.push(...batch);
    }
    const server = await startServer(env);
    for (const attempt of submitted) {
      const { status, answer, tries } = await settled(server, attempt);
      expect(['graded', 'provisional']).toContain(status);
      expect(answer).toBe(attempt.answer);
      // A learner of its own each: a second grading would be a second try.
      expect(tries.used).toBe(status === 'graded' ? 1 : 0);
    }
    expect(await server.stop('SIGTERM')).toBe(0);
  });

  test('during grading loses nothing and costs at most one repeated call an answer', async () => {
    const provider = await startProvider({ quote, delayMs: 1500 });
    const env = { VIVA_DATA_DIR: await dataDir(), OPENAI_BASE_URL: provider.baseUrl, VIVA_MODEL: 'local' };
    const first = await startServer(env);
    const submitted = await Promise.all([1, 2, 3].map((n) => submit(first, answerNumber(n))));
    const deadline = Date.now() + 20_000;
    while (provider.asked().length === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(provider.asked().length).toBeGreaterThan(0);
    await first.stop('SIGKILL');

    const second = await startServer(env);
    for (const attempt of submitted) {
      const { status, tries, points } = await settled(second, attempt);
      expect(status).toBe('graded');
      expect(tries.used).toBe(1);
      expect(points?.low).toBe(10);
      const calls = provider.asked().filter((message) => message.includes(attempt.answer.slice(0, 9)));
      expect(calls.length).toBeLessThanOrEqual(2);
    }
    expect(await second.stop('SIGTERM')).toBe(0);
    await provider.close();
  });

  test('SIGTERM during grading ends with exit code 0, and the next start grades the answer', async () => {
    const provider = await startProvider({ quote, delayMs: 20_000 });
    const env = { VIVA_DATA_DIR: await dataDir(), OPENAI_BASE_URL: provider.baseUrl, VIVA_MODEL: 'local' };
    const first = await startServer(env);
    const attempt = await submit(first, answerNumber(1));
    const deadline = Date.now() + 20_000;
    while (provider.asked().length === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await first.stop('SIGTERM')).toBe(0);
    await provider.close();

    const second = await startServer({ VIVA_DATA_DIR: env.VIVA_DATA_DIR, VIVA_JUDGE: 'embedded' });
    expect(['graded', 'provisional']).toContain((await settled(second, attempt)).status);
    await second.stop('SIGTERM');
  });
});

describe('starting', () => {
  test('first and later starts keep within the memory they promise, and print how long they took', async () => {
    const env = { VIVA_DATA_DIR: await dataDir() };
    const figures: { startedInMs: number; residentMb: number }[] = [];
    for (let start = 0; start < 2; start += 1) {
      const server = await startServer(env);
      const attempt = await submit(server, answerNumber(start));
      await settled(server, attempt);
      figures.push({ startedInMs: server.startedInMs, residentMb: await residentMb(server.pid) });
      await server.stop('SIGTERM');
    }
    console.log(`starts: ${JSON.stringify(figures)}`);
    // Memory does not depend on the machine's mood; times are printed, not judged.
    for (const { residentMb } of figures) expect(residentMb).toBeLessThan(450);
  });

  test('a second process on the same folder is refused and told who holds it', async () => {
    const env = { VIVA_DATA_DIR: await dataDir() };
    const holder = await startServer(env);
    const refused = await startServer(env).catch((error: unknown) => String(error));
    expect(refused).toContain('ended with 4');
    expect(refused).toContain(String(holder.pid));
    await holder.stop('SIGTERM');
  });
});

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
