import type { Judge } from '../../src/judge/judge.ts';
import { createApp } from '../../src/web/app.tsx';
import { listen } from '../fixtures/listen.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

export type ServedTutor = { url: string; tutor: TestTutor; stop: () => Promise<void> };

/** The tutor in this process, on a free port, with a judge the test holds the strings of. */
export async function serveTutor(judge: Judge): Promise<ServedTutor> {
  const tutor = await openTestTutor({ judge });
  const { url, close } = await listen(createApp({ deps: tutor.deps, limits: {} }));
  return {
    url,
    tutor,
    stop: async () => {
      close();
      await tutor.close();
    },
  };
}
