import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { findCourseItem, type Content } from '../bank/content.ts';
import { calibrationReport } from '../calibration/report.ts';
import type { RatedOutcome } from '../calibration/report-input.ts';
import type { CalibrationReport } from '../calibration/report-schema.ts';
import type { EvalAnswer, Split } from '../core/eval-set.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { Judge } from '../judge/judge.ts';
import type { JudgeCard } from './learner-view.ts';

/** Fixed, so that the same grades give the same intervals on every machine. */
const BOOTSTRAP_SEED = 20_261_123;

export type CalibrateOutcome =
  | { status: 'done'; report: CalibrationReport; graded: readonly RatedOutcome[] }
  | { status: 'not-found'; known: string[] }
  | { status: 'empty' }
  | { status: 'stopped'; done: number; total: number };

/**
 * Runs a judge over the rated answers of an eval set and compares its grades with the ratings.
 * `split` null takes both. `onProgress` hears how many are done of how many. The signal stops it between answers.
 */
export async function calibrate(
  args: {
    setId: string;
    split: Split | null;
    resamples: number;
    concurrency: number;
    signal: AbortSignal;
    onProgress: (done: number, total: number) => void;
  },
  deps: { content: Content; judge: Judge; judgeCard: JudgeCard },
): Promise<CalibrateOutcome> {
  const loaded = deps.content.evalSets.find(({ set }) => set.id === args.setId);
  if (!loaded) return { status: 'not-found', known: deps.content.evalSets.map(({ set }) => set.id) };
  const answers = loaded.answers.filter(({ split }) => args.split === null || split === args.split);
  if (answers.length === 0) return { status: 'empty' };

  const limit = pLimit(args.concurrency);
  let done = 0;
  const graded = await Promise.all(
    answers.map((answer) =>
      limit(async () => {
        // A judge that never waits would keep Ctrl-C and the progress line waiting until the end.
        await nextTurn();
        if (args.signal.aborted) return [];
        const outcome = await gradeRated({ answer, content: deps.content, judge: deps.judge, signal: args.signal });
        done += 1;
        args.onProgress(done, answers.length);
        return [{ answer, outcome }];
      }),
    ),
  );
  if (args.signal.aborted) return { status: 'stopped', done, total: answers.length };

  const outcomes = graded.flat();
  const { set } = loaded;
  const items = deps.content.courses.filter(({ course }) => course.id === set.course).flatMap((entry) => entry.items);
  const report = calibrationReport({
    set: { id: set.id, title: set.title, raters: set.provenance.raters },
    judge: judgeOf({ outcomes, card: deps.judgeCard }),
    split: args.split ?? 'all',
    items,
    answers: outcomes,
    robustness: null,
    repeated: [],
    courseItems: items.length,
    run: null,
    seed: BOOTSTRAP_SEED,
    resamples: args.resamples,
  });
  return { status: 'done', report, graded: outcomes };
}

async function gradeRated(args: {
  answer: EvalAnswer;
  content: Content;
  judge: Judge;
  signal: AbortSignal;
}): Promise<RatedOutcome['outcome']> {
  const { answer } = args;
  const found = findCourseItem(args.content, answer.item);
  // Lint refuses an eval answer without its item; a set that changed meanwhile must still not count as graded.
  if (!found)
    return { status: 'ungraded', reason: 'internal', detail: `There is no item "${answer.item}".`, provenance: null };
  const { item, rubric, rubricHash } = found;
  const task = { item, rubric, rubricHash, answer: answer.text, option: answer.option ?? null, replica: 0 };
  return gradeAnswer(task, { judge: args.judge, tryNumber: 1, signal: args.signal });
}

/** The judge as its own grades name it, its prompt version included. */
function judgeOf({ outcomes, card }: { outcomes: readonly RatedOutcome[]; card: JudgeCard }): {
  name: string;
  model: string;
  promptVersion: string;
} {
  for (const { outcome } of outcomes) {
    if (outcome.status === 'returned' || outcome.provenance === null || outcome.provenance.judge !== card.judge)
      continue;
    const { judge: name, model, promptVersion } = outcome.provenance;
    return { name, model, promptVersion };
  }
  return { name: card.judge, model: card.model, promptVersion: 'unknown' };
}
