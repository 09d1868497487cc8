import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Judged } from './judgment-schema.ts';
import type { KeptJudgment, ReplyStore } from './remember.ts';

const Line = z.object({ requestKey: z.string(), judgment: Judged });

/**
 * Judgments by request key in a JSONL file, one a line, added to at the end. A line that is cut off or not ours is passed over,
 * so a crash while writing costs that one judgment. The first judgment of a key counts.
 */
export function openRecording(path: string): ReplyStore {
  let loaded: Promise<Map<string, KeptJudgment>> | undefined;
  const load = (): NonNullable<typeof loaded> => (loaded ??= readRecording(path));
  // One line after the other: two appends at once could tear each other.
  let writing: Promise<void> = Promise.resolve();
  return {
    find: async (requestKey) => (await load()).get(requestKey),
    insert: async (requestKey, judgment) => {
      const known = await load();
      if (known.has(requestKey)) return;
      known.set(requestKey, judgment);
      writing = writing.then(async () => {
        await mkdir(dirname(path), { recursive: true });
        await appendFile(path, `${JSON.stringify({ requestKey, judgment })}\n`);
      });
      await writing;
    },
  };
}

async function readRecording(path: string): Promise<Map<string, KeptJudgment>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const found = new Map<string, KeptJudgment>();
  for (const line of text.split('\n')) {
    const parsed = Line.safeParse(parseJson(line));
    if (parsed.success && !found.has(parsed.data.requestKey)) found.set(parsed.data.requestKey, parsed.data.judgment);
  }
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
