import type { ReadStream } from 'node:tty';
import { openKeys } from './cli/open-keys.ts';
import { remoteDesk } from './cli/remote-desk.ts';
import { printOpenReviews, runReview, type ReviewDesk } from './cli/review-command.ts';
import type { ReviewVerbs } from './cli/review-options.ts';
import type { Streams } from './cli/streams.ts';
import { readConfig, type Config } from './config.ts';
import { VivaError } from './core/errors.ts';
import { loadSoundContent } from './load-sound-content.ts';
import { openDatabase, type Database } from './store/database.ts';
import { findInstructorToken } from './store/instructor-token.ts';
import { createAttemptChanges } from './tutor/attempt-changes.ts';
import { settleReview } from './tutor/settle-review.ts';
import { viewOpenReviews } from './tutor/view-review.ts';

type Around = { streams: Streams; env: Record<string, string | undefined>; input: ReadStream };

/** `viva review`: at the database where it can be opened, through the server that holds it otherwise, or at `--url`. */
export async function review(args: Parameters<ReviewVerbs['review']>[0], around: Around): Promise<number> {
  const { limit, settledBy, json } = args;
  const { streams, input } = around;
  const opened = await openDesk({ ...args, config: readConfig(around.env) });
  try {
    if (json) return await printOpenReviews({ desk: opened.desk, limit, streams });
    const keys = openKeys(input);
    try {
      return await runReview({ desk: opened.desk, limit, settledBy, keys, streams });
    } finally {
      keys.close();
    }
  } finally {
    await opened.close();
  }
}

type OpenedDesk = { desk: ReviewDesk; close: () => Promise<void> };

async function openDesk(args: { url: string | null; token: string | null; config: Config }): Promise<OpenedDesk> {
  const { url, config } = args;
  const nothing = (): Promise<void> => Promise.resolve();
  if (url !== null) return { desk: remoteDesk({ url, token: await tokenFor(args) }), close: nothing };
  try {
    const database = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl });
    return { desk: await localDesk({ config, database }), close: () => database.close() };
  } catch (error) {
    if (!(error instanceof VivaError) || error.code !== 'data-dir-locked') throw error;
    if (config.port === 0) {
      throw new VivaError('data-dir-locked', {
        message: `${error.message} With PORT=0 its address cannot be known here.`,
        fix: 'Give the address of that server with --url, or stop it.',
        cause: error,
      });
    }
    return { desk: remoteDesk({ url: addressOf(config), token: await tokenFor(args) }), close: nothing };
  }
}

async function localDesk({ config, database }: { config: Config; database: Database }): Promise<ReviewDesk> {
  try {
    const { contentRoot } = config;
    const content = await loadSoundContent(contentRoot);
    const deps = { content, database, contentRoot, attemptChanges: createAttemptChanges(), now: () => new Date() };
    return {
      list: ({ limit }) => viewOpenReviews({ limit }, deps),
      settle: (request) => settleReview(request, deps),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Where the server that holds this data folder listens, as its own HOST and PORT say. */
function addressOf({ host, port }: Config): string {
  const open = host === '0.0.0.0' || host === '::';
  const name = open ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function tokenFor({ token, config }: { token: string | null; config: Config }): Promise<string> {
  const found = token ?? config.instructorToken ?? (await findInstructorToken({ dataDir: config.dataDir }));
  if (found !== undefined) return found;
  throw new VivaError('config-invalid', {
    message: 'A running server lets only instructors settle verdicts, and there is no token here.',
    fix: 'Give it with --token or VIVA_INSTRUCTOR_TOKEN; the server keeps it in the file instructor-token of its data folder.',
  });
}
