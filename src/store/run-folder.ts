import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RunFacts } from '../calibration/report-schema.ts';
import { VivaError } from '../core/errors.ts';
import { Split } from '../core/eval-set.ts';
import { Outcome } from '../core/grade.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';

const count = z.int().min(0);

/** What a run asks and of whom. Two runs that ask the same continue one another; what was stored of other content does not. */
export const RunAsk = z.object({
  set: z.string(),
  robustness: z.string().nullable(),
  judge: z.string(),
  model: z.string(),
  promptVersion: z.string(),
  split: z.union([Split, z.literal('all')]),
  /** Whether dev answers are graded beside those of the split. */
  withDev: z.boolean(),
  runs: z.int().min(1),
  limit: z.int().min(1).nullable(),
  seed: z.int(),
});
export type RunAsk = z.infer<typeof RunAsk>;

/** What a list of runs shows without opening their reports. */
export const RunHeadline = z.object({
  title: z.string(),
  answers: count,
  agreement: z.number().nullable(),
  quadraticKappa: z.number().nullable(),
  mayGradeAlone: z.enum(['yes', 'no', 'cannot-say']),
  costMicroUsd: count.nullable(),
});
export type RunHeadline = z.infer<typeof RunHeadline>;

/** run.json: what was asked, and how far it got. */
export const RunFile = z.object({
  version: z.literal(1),
  id: z.string(),
  ask: RunAsk,
  contentHash: z.string(),
  total: count,
  startedAt: z.iso.datetime(),
  finished: z.object({ at: z.iso.datetime(), partial: RunFacts.shape.partial, headline: RunHeadline }).nullable(),
});
export type RunFile = z.infer<typeof RunFile>;

/** One line of outcomes.jsonl: what became of one call. The last line of a key counts. */
export const CallRecord = z.object({ set: z.string(), answer: z.string(), replica: z.int().min(1), outcome: Outcome });
export type CallRecord = z.infer<typeof CallRecord>;

/** An open run: what is stored of it, and a way to add to it. */
export type OpenRun = {
  dir: string;
  file: RunFile;
  stored: CallRecord[];
  /** Resolves once the record is on the disk. Records that come while one is written go there together. */
  append: (record: CallRecord) => Promise<void>;
  /** Writes a file of the run whole or not at all. */
  write: (name: string, text: string) => Promise<void>;
  finish: (finished: NonNullable<RunFile['finished']>) => Promise<void>;
  close: () => Promise<void>;
};

const RUN_FILE = 'run.json';
const OUTCOMES_FILE = 'outcomes.jsonl';

/** Begins a run in a folder of its own. @throws VivaError input-invalid where the folder holds another run. */
export async function createRun({ dir, file }: { dir: string; file: RunFile }): Promise<OpenRun> {
  if (existsSync(join(dir, RUN_FILE))) {
    throw new VivaError('input-invalid', {
      message: `${dir} holds the run ${(await readRunFile(dir))?.id ?? '(unreadable)'} already.`,
      fix: 'Name another folder with --out, or remove that one.',
    });
  }
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new VivaError('data-dir-unusable', {
      message: `The folder ${dir} cannot be made (${cause instanceof Error ? cause.message : String(cause)}).`,
      fix: 'Set VIVA_DATA_DIR, or --out, to a folder that this user may write to.',
      cause,
    });
  });
  const lock = await lockRun(dir);
  await writeWhole(join(dir, RUN_FILE), formatJson(file));
  return openLocked({ dir, file, lock });
}

/** Opens a run that was begun before, to go on with it. @throws VivaError data-dir-locked where another process works on it. */
export async function openRun(dir: string): Promise<OpenRun> {
  const lock = await lockRun(dir);
  const file = await readRunFile(dir);
  if (file === undefined) {
    await lock.release();
    throw new VivaError('input-invalid', {
      message: `There is no readable run in ${dir}.`,
      fix: 'List runs with: viva runs.',
    });
  }
  return openLocked({ dir, file, lock });
}

/** run.json of a folder; undefined where there is none, or one this version cannot read. */
export async function readRunFile(dir: string): Promise<RunFile | undefined> {
  const text = await readFile(join(dir, RUN_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return RunFile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Every readable run below a folder, the newest first. */
export async function listRunFolders(runsDir: string): Promise<{ dir: string; file: RunFile }[]> {
  const names = await readdir(runsDir).catch(() => []);
  const runs: { dir: string; file: RunFile }[] = [];
  for (const name of names) {
    const dir = join(runsDir, name);
    const file = await readRunFile(dir);
    if (file !== undefined) runs.push({ dir, file });
  }
  return runs.sort((one, other) => (one.file.startedAt < other.file.startedAt ? 1 : -1));
}

async function openLocked(args: { dir: string; file: RunFile; lock: FolderLock }): Promise<OpenRun> {
  const { dir, lock } = args;
  const path = join(dir, OUTCOMES_FILE);
  const stored = await readOutcomes(path);
  const log = await open(path, 'a', 0o600);
  let waiting: string[] = [];
  let flushing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    await log.appendFile(lines.join(''));
    await log.datasync();
  }

  return {
    dir,
    file: args.file,
    stored,
    append: (record) => {
      waiting.push(`${JSON.stringify(record)}\n`);
      flushing = flushing.then(flush);
      return flushing;
    },
    write: (name, text) => writeWhole(join(dir, name), text),
    finish: (finished) => writeWhole(join(dir, RUN_FILE), formatJson({ ...args.file, finished })),
    close: async () => {
      await flushing;
      await log.close();
      await lock.release();
    },
  };
}

/**
 * The records that are whole. A process killed while it wrote leaves half a line at the end; it is cut off here, or the next record would
 * be glued to it. A broken line elsewhere is a fault of the disk and throws.
 */
async function readOutcomes(path: string): Promise<CallRecord[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) {
    const file = await open(path, 'r+');
    await file.truncate(Buffer.byteLength(text.slice(0, end)));
    await file.datasync();
    await file.close();
  }
  return text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => parseRecord({ line, where: `${path}:${index + 1}` }));
}

function parseRecord({ line, where }: { line: string; where: string }): CallRecord {
  try {
    return CallRecord.parse(JSON.parse(line));
  } catch (cause) {
    throw new VivaError('data-dir-unusable', {
      message: `${where} cannot be read.`,
      fix: 'Remove that line; its answer is then graded again.',
      cause,
    });
  }
}

function lockRun(dir: string): Promise<FolderLock> {
  return lockFolder({ locks: join(dir, '.lock'), guarded: dir });
}

/** A reader sees the old text or the new one, never half of it, also after a power cut. */
async function writeWhole(path: string, text: string): Promise<void> {
  const half = `${path}.part`;
  await writeFile(half, text, { mode: 0o600, flush: true });
  await rename(half, path);
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
