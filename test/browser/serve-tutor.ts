import { once } from 'node:events';
import { serve } from '@hono/node-server';
import type { Judge } from '../../src/judge/judge.ts';
import { createApp } from '../../src/web/app.tsx';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

export type ServedTutor = { url: string; tutor: TestTutor; stop: () => Promise<void> };

/** The tutor in this process, on a free port, with a judge the test holds the strings of. */
export async function serveTutor(judge: Judge): Promise<ServedTutor> {
  const tutor = await openTestTutor({ judge });
  const server = serve({ fetch: createApp({ deps: tutor.deps, limits: {} }).fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    tutor,
    stop: async () => {
      server.close();
      await tutor.close();
    },
  };
}
