import type { Grade, Outcome, Provenance } from '../core/grade.ts';
import { gradeOption, scorePoints } from '../core/points.ts';
import type { Thresholds } from '../core/publish-decision.ts';
import { words } from '../core/text.ts';
import { applyThreshold } from './doubt.ts';
import { hintsShown, finalityOf, writeFeedback, writeNotes } from './feedback.ts';
import { groundJudgment } from './ground.ts';
import { createLeakGuard } from './guard.ts';
import type { Judge, JudgeTask, Judgment } from './judge.ts';
import { screenAnswer } from './screen.ts';
import { storableOutcome } from './storable-text.ts';
import { verifyCheck } from './verify.ts';

/**
 * Where an answer becomes a grade: screen -> verify -> judge -> ground -> threshold -> score -> feedback (each note through the
 * guard), in words a database can hold.
 * Only the judge is slow, paid or outside; everything else is code over the answer and its rubric.
 * Fails closed: whatever goes wrong, the outcome says so and holds no point that was not earned.
 * @param tryNumber counted from 1; picks the rung of each hint ladder.
 * @param thresholds what was published for this judge; below it a person decides.
 */
export async function gradeAnswer(
  task: JudgeTask,
  call: { judge: Judge; tryNumber: number; signal: AbortSignal; thresholds?: Thresholds | null },
): Promise<Outcome> {
  const blankWhy = task.item.kind === 'choice' && words(task.answer).length === 0;
  const returned = blankWhy ? undefined : screenAnswer({ item: task.item, answer: task.answer });
  if (returned) return returned;

  const failedChecks = findFailedChecks(task);
  const judgment = blankWhy ? judgeBlankWhy(task) : await call.judge(task, { signal: call.signal });
  if (judgment.status === 'ungraded') return storableOutcome(judgment);

  const grounded = applyThreshold(groundJudgment({ task, judgment, failedChecks }), call.thresholds ?? null);
  return storableOutcome(composeGrade({ task, judgment, grounded, tryNumber: call.tryNumber }));
}

function composeGrade(args: {
  task: JudgeTask;
  judgment: Extract<Judgment, { status: 'judged' }>;
  grounded: ReturnType<typeof groundJudgment>;
  tryNumber: number;
}): Grade {
  const { task, judgment, grounded, tryNumber } = args;
  const { item, rubric, option } = task;
  const points = scorePoints({
    item,
    rubric,
    option,
    verdicts: grounded.verdicts,
    misconceptions: grounded.misconceptions,
  });
  const guard = createLeakGuard({ item, rubric, said: saidSoFar(task, tryNumber) });
  const notes = new Map(judgment.criteria.map(({ criterion, note }) => [criterion, note]));
  const verdicts = writeNotes({ rubric, verdicts: grounded.verdicts, notes, guard, tryNumber });
  const finality = finalityOf({ points, rubric, ...grounded });
  const optionGrade = gradeOption({ item, option });
  const feedback = writeFeedback({
    rubric,
    finality,
    verdicts,
    misconceptions: grounded.misconceptions,
    option: optionGrade,
    judgeNext: judgment.next,
    guard,
  });
  return {
    status: finality.status,
    points,
    option: optionGrade,
    verdicts,
    misconceptions: grounded.misconceptions,
    ...(grounded.otherErrors.length > 0 ? { otherErrors: grounded.otherErrors } : {}),
    feedback,
    provenance: judgment.provenance,
  };
}

/** Ids of the criteria whose number the answer does not state. */
function findFailedChecks({ item, rubric, answer }: JudgeTask): Set<string> {
  const checks = rubric.criteria.flatMap(({ check }) => (check ? [check] : []));
  const failed = rubric.criteria.filter(({ check }) => {
    if (check === undefined) return false;
    const others = checks.filter((other) => other !== check);
    return !verifyCheck({ check, answer, prompt: item.prompt, others }).passed;
  });
  return new Set(failed.map(({ id }) => id));
}

/** All that the learner has written or been shown: a note that repeats it gives nothing away. */
function saidSoFar({ item, rubric, answer }: JudgeTask, tryNumber: number): string[] {
  const shown = rubric.criteria.flatMap((criterion) => [criterion.asks, ...hintsShown({ criterion, tryNumber })]);
  const options = item.kind === 'choice' ? item.options.map(({ text }) => text) : [];
  return [item.prompt, ...options, answer, ...shown];
}

/** A choice item without a why earns its option's share only; there is nothing for a judge to read. */
function judgeBlankWhy({ rubric, rubricHash }: JudgeTask): Judgment {
  const provenance: Provenance = {
    judge: 'code',
    model: 'none',
    promptVersion: 'none',
    rubricHash,
    requestKey: 'none',
    tokensIn: null,
    tokensOut: null,
    costMicroUsd: 0,
    latencyMs: 0,
  };
  return {
    status: 'judged',
    criteria: rubric.criteria.map(({ id }) => ({
      criterion: id,
      verdict: 'missed',
      quotes: [],
      reasoning: 'The why was left blank.',
      confidence: 1,
      note: '',
    })),
    misconceptions: rubric.misconceptions.map(({ id }) => ({
      misconception: id,
      verdict: 'not-held',
      quotes: [],
      confidence: 1,
    })),
    next: '',
    provenance,
  };
}
