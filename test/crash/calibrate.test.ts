import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CalibrationReport } from '../../src/calibration/report-schema.ts';
import { startProvider, type Provider } from '../fixtures/provider.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-crash-lab-'));
  folders.push(folder);
  return folder;
}

const ANSWERS = 24;
const CONCURRENCY = 4;

type Run = { child: ChildProcess; ended: Promise<number | null>; said: () => string };

/** The real command in a process of its own, with a provider on this machine. */
function calibrate({ folder, provider }: { folder: string; provider: Provider }): Run {
  const flags = [
    '--limit',
    String(ANSWERS),
    '--no-robustness',
    '--concurrency',
    String(CONCURRENCY),
    '--resamples',
    '50',
    '--yes',
  ];
  const child = spawn(process.execPath, ['src/viva.js', 'calibrate', 'post-training', ...flags], {
    env: {
      PATH: process.env['PATH'] ?? '',
      VIVA_DATA_DIR: folder,
      OPENAI_BASE_URL: provider.baseUrl,
      VIVA_MODEL: 'local',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const ended = once(child, 'exit').then(() => child.exitCode);
  return { child, ended, said: () => said };
}

async function until(reached: () => boolean, run: Run): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!reached()) {
    if (Date.now() > deadline || run.child.exitCode !== null) throw new Error(`It did not get there:\n${run.said()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The only run's report but for times, which no two runs share. */
async function timelessReport(folder: string): Promise<unknown> {
  const [name = ''] = await readdir(join(folder, 'runs'));
  const text = await readFile(join(folder, 'runs', name, 'report.json'), 'utf8');
  const report = CalibrationReport.parse(JSON.parse(text));
  const { latencyMedianMs, latencyP95Ms, ...cost } = report.cost;
  return { ...report, cost, run: { ...report.run, id: '', startedAt: '', finishedAt: '' } };
}

test('a calibration killed twice in the middle and started again gives the report of one that ran through, and repeats only calls under way', async () => {
  const steady = await startProvider({ quote: 'fine-tuned to follow instructions', delayMs: 30 });
  const whole = { folder: await dataDir(), provider: steady };
  expect(await calibrate(whole).ended).toBe(0);
  const callsOfWhole = steady.asked().length;
  expect(callsOfWhole).toBeGreaterThanOrEqual(ANSWERS);
  await steady.close();

  const provider = await startProvider({ quote: 'fine-tuned to follow instructions', delayMs: 30 });
  const folder = await dataDir();
  for (const kills of [1, 2]) {
    const run = calibrate({ folder, provider });
    const before = provider.asked().length;
    await until(() => provider.asked().length >= before + 8, run);
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await readdir(join(folder, 'runs')), `after ${kills} kills`).toHaveLength(1);
  }
  const last = calibrate({ folder, provider });
  expect(await last.ended).toBe(0);
  expect(last.said()).toMatch(/Going on with .*: \d+ of 24 are graded already/);
  expect(provider.asked().length - callsOfWhole).toBeLessThanOrEqual(2 * CONCURRENCY);
  expect(await timelessReport(folder)).toEqual(await timelessReport(whole.folder));
  await provider.close();
});

test('Ctrl-C finishes the answers being graded, keeps them, and exits with 130', async () => {
  const provider = await startProvider({ quote: 'fine-tuned to follow instructions', delayMs: 200 });
  const folder = await dataDir();
  const run = calibrate({ folder, provider });
  await until(() => provider.asked().length >= 6, run);
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(130);
  expect(run.said()).toContain('viva calibrate --resume');
  const [name = ''] = await readdir(join(folder, 'runs'));
  const stored = (await readFile(join(folder, 'runs', name, 'outcomes.jsonl'), 'utf8')).trimEnd().split('\n');
  // Nothing that was asked is lost.
  expect(stored.length).toBe(provider.asked().length);
  await provider.close();
});
