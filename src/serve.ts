import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { pino } from 'pino';
import type { Content } from './bank/content.ts';
import type { Config } from './config.ts';
import { VivaError } from './core/errors.ts';
import { openJudge } from './open-judge.ts';
import { openQueue } from './queue/queue.ts';
import { openDatabase } from './store/database.ts';
import { getOrCreateSetting } from './store/settings.ts';
import { createAttemptChanges } from './tutor/attempt-changes.ts';
import type { TutorDeps } from './tutor/deps.ts';
import { giveUpAttempt, gradeAttempt } from './tutor/grade-attempt.ts';
import { createApp } from './web/app.tsx';

/** Attempts one process grades at once; the judge's own limit holds the endpoint's concurrency below that. */
const GRADING_CONCURRENCY = 32;

/**
 * Runs the tutor until SIGINT or SIGTERM: database, queue, judge, worker and web server in one process.
 * Resolves when everything is closed again. @throws VivaError where the world does not allow it to start.
 */
export async function serve({ config, content }: { config: Config; content: Content }): Promise<void> {
  const log = pino({ level: config.logLevel });
  const database = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log });
  try {
    const queue = await openQueue({ database, log, longestGradeMs: longestGradeMs(config) });
    const secret = await getOrCreateSetting(database.db, 'answer-tag-secret', () => randomBytes(32).toString('hex'));
    const { judge, card } = openJudge({ config: config.judge, secret });
    const deps: TutorDeps = {
      content,
      database,
      queue,
      judge,
      judgeCard: card,
      attemptChanges: createAttemptChanges(),
      now: () => new Date(),
      newId: randomUUID,
      random: Math.random,
      log,
    };
    await queue.work((job) => gradeAttempt(job, deps), {
      concurrency: GRADING_CONCURRENCY,
      onExhausted: (job) => giveUpAttempt(job, deps),
    });
    const server = await startServer({ config, app: createApp({ deps, limits: { trustProxy: config.trustProxy } }) });
    const { port } = server.address;
    log.info(
      { judge: card.judge, model: card.model, database: database.kind },
      `Viva is at http://${shownHost(config.host)}:${port}`,
    );
    await stopSignal();
    log.info({}, 'stopping: new requests are refused, gradings under way are finished or put back');
    await server.close();
    await queue.stop();
  } finally {
    await database.close();
  }
}

/** One reply, one repair and the waits between tries. */
function longestGradeMs({ judge }: Config): number {
  return judge.kind === 'embedded' ? 0 : 2 * judge.timeoutMs + 60_000;
}

async function startServer(args: {
  config: Config;
  app: { fetch: Parameters<typeof listen>[0]['fetch'] };
}): Promise<{ address: AddressInfo; close: () => Promise<void> }> {
  const { host, port } = args.config;
  const server = listen({ fetch: args.app.fetch, hostname: host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new VivaError('config-invalid', {
      message: `Cannot listen on ${host}:${port} (${cause instanceof Error ? cause.message : String(cause)}).`,
      fix: 'Stop whatever uses that port, or set PORT to another one.',
      cause,
    });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return {
    address,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // Live grades hold their connections open for minutes; their pages reconnect by themselves.
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function stopSignal(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
