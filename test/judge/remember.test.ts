import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Judgment } from '../../src/judge/judge.ts';
import { createRecordedJudge } from '../../src/judge/recorded.ts';
import { openRecording } from '../../src/judge/recording.ts';
import { rememberJudgments } from '../../src/judge/remember.ts';
import { taskOf } from './openai/support.ts';
import { judgmentOf, live, refusal, scripted } from './scripted.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-replies-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = (): string => join(folder, 'replies.jsonl');
const noFailure = (error: unknown): never => {
  throw error;
};

/** A judge whose replies come when the test says so. */
function held() {
  const waiting: ((judgment: Judgment) => void)[] = [];
  const asked = scripted(() => new Promise<Judgment>((resolve) => waiting.push(resolve)));
  const signals: AbortSignal[] = [];
  const judge = {
    ...asked,
    judge: (...args: Parameters<typeof asked.judge>) => {
      signals.push(args[1].signal);
      return asked.judge(...args);
    },
  };
  return { judge, tasks: asked.tasks, signals, reply: (judgment: Judgment) => waiting.shift()?.(judgment) };
}

const until = (condition: () => boolean) => expect.poll(condition).toBe(true);

describe('a request that is asked twice', () => {
  test('at the same time shares one call', async () => {
    const { judge, tasks, reply } = held();
    const remembered = rememberJudgments({ asked: judge, replies: openRecording(path()), onStoreFailure: noFailure });
    const both = Promise.all([remembered.judge(taskOf(), live()), remembered.judge(taskOf(), live())]);
    await until(() => tasks.length === 1);
    reply(judgmentOf());
    expect(await both).toEqual([judgmentOf(), judgmentOf()]);
    expect(tasks).toHaveLength(1);
  });

  test('one after the other is judged once, also by the next process, and says that it was', async () => {
    const asked = scripted(() => judgmentOf());
    const first = rememberJudgments({ asked, replies: openRecording(path()), onStoreFailure: noFailure });
    await first.judge(taskOf(), live());
    const next = rememberJudgments({ asked, replies: openRecording(path()), onStoreFailure: noFailure });
    expect(await next.judge(taskOf(), live())).toMatchObject({ ...judgmentOf(), provenance: { replayed: true } });
    expect(asked.tasks).toHaveLength(1);
    await next.judge(taskOf({ replica: 1 }), live());
    expect(asked.tasks).toHaveLength(2);
  });

  test('is judged afresh after a failure: nothing that went wrong is kept', async () => {
    const asked = scripted((_task, nth) => (nth === 1 ? refusal : judgmentOf()));
    const remembered = rememberJudgments({ asked, replies: openRecording(path()), onStoreFailure: noFailure });
    expect(await remembered.judge(taskOf(), live())).toEqual(refusal);
    expect(await remembered.judge(taskOf(), live())).toEqual(judgmentOf());
  });

  test('is called off when everybody who waited has gone, and not before', async () => {
    const { judge, tasks, signals, reply } = held();
    const remembered = rememberJudgments({ asked: judge, replies: openRecording(path()), onStoreFailure: noFailure });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = remembered.judge(taskOf(), { signal: one.signal });
    const second = remembered.judge(taskOf(), { signal: two.signal });
    await until(() => tasks.length === 1);
    one.abort();
    expect(await first).toMatchObject({ status: 'ungraded', reason: 'cancelled' });
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    expect(await second).toMatchObject({ status: 'ungraded', reason: 'cancelled' });
    expect(signals[0]?.aborted).toBe(true);
    reply(refusal);
  });

  test('is judged where the store is broken: the saving is lost, not the grade', async () => {
    const failures: unknown[] = [];
    const broken = { find: () => Promise.reject(new Error('disk')), insert: () => Promise.reject(new Error('disk')) };
    const asked = scripted(() => judgmentOf());
    // What it returns must not pass for a judgment.
    const onStoreFailure = (error: unknown): number => failures.push(error);
    const remembered = rememberJudgments({ asked, replies: broken, onStoreFailure });
    expect(await remembered.judge(taskOf(), live())).toEqual(judgmentOf());
    expect(failures).toHaveLength(2);
  });
});

describe('a recording', () => {
  test('is replayed without asking anybody, and is an error where it holds nothing', async () => {
    const asked = scripted(() => judgmentOf());
    await rememberJudgments({ asked, replies: openRecording(path()), onStoreFailure: noFailure }).judge(
      taskOf(),
      live(),
    );
    const recorded = createRecordedJudge({ named: asked, replies: openRecording(path()) });
    expect(await recorded.judge(taskOf(), live())).toMatchObject({ status: 'judged', provenance: { replayed: true } });
    await expect(recorded.judge(taskOf({ answer: 'Another.' }), live())).rejects.toMatchObject({
      code: 'judge-unavailable',
    });
    expect(recorded.mostMicroUsd(taskOf())).toBe(0);
  });

  test('loses the one line a crash tore, and keeps the rest', async () => {
    const replies = openRecording(path());
    for (const key of ['a', 'b']) await replies.insert(key, judgmentOf());
    const text = await readFile(path(), 'utf8');
    await writeFile(path(), text.slice(0, -40));
    const again = openRecording(path());
    expect(await again.find('a')).toEqual(judgmentOf());
    expect(await again.find('b')).toBeUndefined();
  });
});
