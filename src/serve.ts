import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { pino, type Logger } from 'pino';
import { questionsOf, type Content } from './bank/content.ts';
import type { Config, JudgeConfig } from './config.ts';
import { VivaError } from './core/errors.ts';
import { Judged } from './judge/judgment-schema.ts';
import type { ReplyStore } from './judge/remember.ts';
import { openJudge } from './open-judge.ts';
import { openQueue, type Queue } from './queue/queue.ts';
import { openDatabase, type Database } from './store/database.ts';
import { describeError, type ErrorDescription } from './store/describe-error.ts';
import { openInstructorToken, type InstructorToken } from './store/instructor-token.ts';
import { releaseBudgets } from './store/budgets.ts';
import { findJudgeReply, insertJudgeReply } from './store/judge-replies.ts';
import { getOrCreateSetting } from './store/settings.ts';
import { createAttemptChanges } from './tutor/attempt-changes.ts';
import type { TutorDeps } from './tutor/deps.ts';
import { giveUpJob, gradeJob } from './tutor/grade-job.ts';
import { runsFolder } from './tutor/prepare-run.ts';
import { createApp } from './web/app.tsx';
import { createInstructorAccess } from './web/instructor-access.ts';

/** The embedded judge is all arithmetic on one core, and a recording is in memory: more at once would only wait for each other. */
const CODE_CONCURRENCY = 4;

/**
 * Runs the tutor until SIGINT or SIGTERM: database, queue, judge, worker and web server in one process. The database opens while the content
 * is still being read.
 * Resolves when everything is closed again. @throws VivaError where the world does not allow it to start; everything is
 * closed again then too, so that the process can end by itself.
 */
export async function serve({ config, content }: { config: Config; content: Promise<Content> }): Promise<void> {
  const describe = (error: unknown): ErrorDescription => describeError(error, { secrets: secretsOf(config) });
  const log = pino({ level: config.logLevel, serializers: { err: describe, error: describe } });
  const database = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log });
  try {
    const queue = await openQueue({ database, log, longestGradeMs: longestGradeMs(config.judge) });
    try {
      await run({ config, content: await content, database, queue, log });
    } finally {
      await queue.stop();
    }
  } finally {
    await database.close();
  }
}

/** Listens, then works the queue, until a signal says stop; a process that cannot listen takes no job. */
async function run(args: {
  config: Config;
  content: Content;
  database: Database;
  queue: Queue;
  log: Logger;
}): Promise<void> {
  const { config, content, database, queue, log } = args;
  const secret = await getOrCreateSetting(database.db, 'answer-tag-secret', () => randomBytes(32).toString('hex'));
  // A killed process leaves money set aside; nobody else can be grading on an embedded database.
  if (database.kind === 'pglite') await releaseBudgets(database.db);
  const { judge, card, mostMicroUsd } = await openJudge({
    config: config.judge,
    secret,
    questions: questionsOf(content),
    replies: repliesIn(database, () => new Date()),
    onStoreFailure: (error) =>
      log.warn({ error }, 'the cache of judgments could not be used; the judge is asked instead'),
  });
  const deps: TutorDeps = {
    content,
    database,
    queue,
    judge,
    judgeCard: card,
    spending: {
      mostMicroUsd,
      limits: config.budget,
      hashAddress: (address) => createHmac('sha256', secret).update(address).digest('hex').slice(0, 32),
    },
    attemptChanges: createAttemptChanges(),
    now: () => new Date(),
    newId: randomUUID,
    random: Math.random,
    log,
  };
  const token = await openInstructorToken({ dataDir: config.dataDir });
  const instructor = createInstructorAccess({
    token: config.instructorToken ?? token.token,
    runsDir: runsFolder(config.dataDir),
    contentRoot: config.contentRoot,
  });
  const app = createApp({ deps, limits: { trustProxy: config.trustProxy }, instructor });
  const server = await startServer({ config, app });
  try {
    await queue.work((job) => gradeJob(job, deps), {
      concurrency: gradingConcurrency(config.judge),
      onExhausted: (job) => giveUpJob(job, deps),
    });
    const address = `http://${shownHost(config.host)}:${server.address.port}`;
    log.info({ judge: card.judge, model: card.model, database: database.kind }, `Viva is at ${address}`);
    // A person at a terminal looks for the address, not for a log line.
    if (process.stdout.isTTY) process.stdout.write(`\n  Open ${address}\n\n`);
    tellInstructors({ token, own: config.instructorToken !== null, address, log });
    await stopSignal();
    log.info({}, 'stopping: new requests are refused, gradings under way are finished or put back');
  } finally {
    await server.close();
  }
}

/** The database's table of judgments, as the cache the judge asks first. A row that an older version wrote otherwise counts as none. */
function repliesIn(database: Database, now: () => Date): ReplyStore {
  return {
    find: async (requestKey) => {
      const row = await findJudgeReply(database.db, requestKey);
      return row === undefined ? undefined : Judged.safeParse(row.judgment).data;
    },
    insert: (requestKey, judgment) => insertJudgeReply(database.db, { requestKey, judgment, now: now() }),
  };
}

/** Shows the token once, to a person at a terminal and never to a log; a log learns where it is kept. */
function tellInstructors(args: { token: InstructorToken; own: boolean; address: string; log: Logger }): void {
  const { token, own, address, log } = args;
  if (own) return;
  if (token.created && process.stdout.isTTY)
    process.stdout.write(
      `  Instructors: ${address}/instructor with the token ${token.token}\n  (kept in ${token.path})\n\n`,
    );
  else if (token.created) log.info({}, `instructors come in at ${address}/instructor with the token in ${token.path}`);
}

/** Attempts one process takes from the queue at once: as many as its judge works on, for a job's time runs from then on. */
export function gradingConcurrency(judge: JudgeConfig): number {
  return judge.kind === 'openai' ? judge.concurrency : CODE_CONCURRENCY;
}

/**
 * How long one grading may rightly take from when it is taken up: another call's reply, which the first calls of a process
 * wait for to learn what the endpoint understands; one reply and one repair of its own; and the waits between tries. A second
 * model comes after the first; a panel's members are asked together.
 */
export function longestGradeMs(judge: JudgeConfig): number {
  if (judge.kind !== 'openai') return 0;
  const calls = judge.secondModel === null ? 1 : 2;
  return calls * (3 * judge.timeoutMs + 60_000);
}

/** What this deployment's log must never show. */
function secretsOf({ judge, databaseUrl, instructorToken }: Config): string[] {
  const key = judge.kind === 'embedded' ? null : judge.apiKey;
  const password = databaseUrl !== null && URL.canParse(databaseUrl) ? new URL(databaseUrl).password : '';
  // A short password such as "viva" is a word of every line; in an address it is hidden by its place.
  return [key ?? '', password, instructorToken ?? ''].filter((secret) => secret.length >= 8);
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
