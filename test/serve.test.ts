import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { JudgeConfig } from '../src/config.ts';
import { startWorkLoop } from '../src/queue/work-loop.ts';
import { gradingConcurrency, longestGradeMs } from '../src/serve.ts';
import { silentLog } from '../src/store/log.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a server that cannot start', () => {
  test('ends by itself where the port is taken, and says what to do', async () => {
    const holder = createServer();
    holder.listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const dataDir = await mkdtemp(join(tmpdir(), 'viva-serve-'));
    const child = spawn(process.execPath, ['src/viva.js', 'serve'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        VIVA_JUDGE: 'embedded',
        VIVA_DATA_DIR: dataDir,
        VIVA_LOG: 'warn',
        PORT: String(port),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const hung = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await once(child, 'close');
    clearTimeout(hung);
    holder.close();
    await rm(dataDir, { recursive: true, force: true });
    expect(said).toContain('set PORT to another one');
    expect([child.exitCode, child.signalCode]).toEqual([2, null]);
  });
});

describe('a judge slower than the answers come', () => {
  const local: Extract<JudgeConfig, { kind: 'openai' }> = {
    kind: 'openai',
    apiKey: null,
    baseUrl: 'http://127.0.0.1:11434/v1',
    model: 'local',
    timeoutMs: 60_000,
    concurrency: 1,
    reasoningEffort: null,
    panel: 1,
    secondModel: null,
    doubtBelow: 0.6,
    pricesFile: null,
    recording: null,
  };

  test('grades every answer: waiting for their turn costs them none of their time', async () => {
    vi.useFakeTimers();
    const waiting = Array.from({ length: 30 }, (_, index) => String(index));
    const graded: string[] = [];
    const calledOff: string[] = [];
    const limit = pLimit(local.concurrency);
    const loop = startWorkLoop({
      concurrency: gradingConcurrency(local),
      pollMs: 500,
      leaseMs: longestGradeMs(local),
      fetch: (room) => Promise.resolve(waiting.splice(0, room).map((id) => ({ id, attemptId: id }))),
      run: ({ id }, signal) =>
        limit(async () => {
          await new Promise((resolve) => setTimeout(resolve, 20_000));
          (signal.aborted ? calledOff : graded).push(id);
        }),
      putBack: () => Promise.resolve(),
      log: silentLog,
    });
    await vi.advanceTimersByTimeAsync(31 * 20_000);
    vi.useRealTimers();
    await loop.stop({ graceMs: 0, abortMs: 0 });
    expect(calledOff).toEqual([]);
    expect(graded).toHaveLength(30);
  });

  test('gets no more answers at once than it works on', () => {
    expect(gradingConcurrency(local)).toBe(1);
    expect(gradingConcurrency({ ...local, concurrency: 64 })).toBe(64);
    expect(gradingConcurrency({ kind: 'embedded' })).toBe(4);
  });
});
