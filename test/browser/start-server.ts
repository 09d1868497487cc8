import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type RunningServer = { url: string; stop: () => Promise<void> };

/** Viva as an operator starts it: a process of its own, on a free port, with a fresh data folder and the demo course. */
export async function startServer(): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-browser-'));
  const server = spawn(process.execPath, ['src/viva.js', 'serve'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      VIVA_DATA_DIR: dataDir,
      VIVA_CONTENT: process.env['VIVA_BROWSER_CONTENT'] ?? join(root, 'test/browser/content'),
      VIVA_JUDGE: 'embedded',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const line of createInterface({ input: server.stdout })) {
    said += `${line}\n`;
    const url = /Viva is at (http:\/\/[\d.]+:\d+)/.exec(line)?.[1];
    if (url === undefined) continue;
    server.stdout.resume();
    return {
      url,
      stop: async () => {
        const gone = once(server, 'exit');
        server.kill('SIGTERM');
        await gone;
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  }
  throw new Error(`The server did not start:\n${said}`);
}
