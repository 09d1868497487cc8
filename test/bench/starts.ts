// How long until the first page, from the start of the process: `npm run bench:starts`. One first start in a fresh folder and nine later ones,
// each also as a ratio to the bare start of Node (an empty program) measured beside it, and the most memory the process held.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../fixtures/server-process.ts';

const LATER = 9;
const dataDir = await mkdtemp(join(tmpdir(), 'viva-starts-'));

type Start = { pageMs: number; nodeMs: number; peakMb: number };

async function start(): Promise<Start> {
  const nodeMs = await bareNodeMs();
  const began = performance.now();
  const server = await startServer({ VIVA_DATA_DIR: dataDir });
  const page = await fetch(`${server.url}/courses/post-training`);
  await page.text();
  const pageMs = performance.now() - began;
  if (page.status !== 200) throw new Error(`The page answered ${page.status}.`);
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  await server.stop('SIGTERM');
  return { pageMs, nodeMs, peakMb: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024 };
}

async function bareNodeMs(): Promise<number> {
  const began = performance.now();
  await once(spawn(process.execPath, ['--eval', '0']), 'exit');
  return performance.now() - began;
}

function line({ pageMs, nodeMs, peakMb }: Start): string {
  return `${(pageMs / 1000).toFixed(2)} s, ${(pageMs / nodeMs).toFixed(0)} x an empty program, peak ${peakMb.toFixed(0)} MB`;
}

try {
  console.log(`first start: ${line(await start())}`);
  const later: Start[] = [];
  for (let n = 0; n < LATER; n += 1) later.push(await start());
  later.sort((a, b) => a.pageMs - b.pageMs);
  const median = later[LATER >> 1];
  if (median === undefined) throw new Error('No start was measured.');
  const slowest = later.at(-1);
  const seconds = (began: Start | undefined): string => ((began?.pageMs ?? Number.NaN) / 1000).toFixed(2);
  console.log(`later starts: median ${line(median)}; ${seconds(later[0])} to ${seconds(slowest)} s`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
