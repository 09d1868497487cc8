import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRuns } from '../calibration/compare-runs.ts';
import { ComparedAnswer, type Comparison } from '../calibration/comparison.ts';
import { VivaError } from '../core/errors.ts';
import { CALIBRATION_SEED } from './calibrate.ts';
import { findRun } from './prepare-run.ts';

/** A stored run by name, as a comparison needs it. @throws VivaError input-invalid where there is none, or it has no report yet. */
export async function readComparedRun(args: {
  name: string;
  runsDir: string;
}): Promise<{ name: string; answers: ComparedAnswer[] }> {
  const { dir, file } = await findRun(args);
  const text = await readFile(join(dir, 'paired.jsonl'), 'utf8').catch(() => null);
  if (text === null) {
    throw new VivaError('input-invalid', {
      message: `The run ${file.id} has no report yet, so there is nothing to compare with.`,
      fix: `Finish it with: viva calibrate --resume ${file.id}`,
    });
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return { name: file.id, answers: lines.map((line) => ComparedAnswer.parse(JSON.parse(line))) };
}

/** Two stored runs side by side; differences are second minus first. */
export async function compareStoredRuns(args: {
  first: string;
  second: string;
  runsDir: string;
  resamples: number;
}): Promise<Comparison> {
  const { runsDir, resamples } = args;
  const [first, second] = await Promise.all([
    readComparedRun({ name: args.first, runsDir }),
    readComparedRun({ name: args.second, runsDir }),
  ]);
  return compareRuns({ first, second, plan: { resamples, seed: CALIBRATION_SEED, level: 0.95 } });
}
