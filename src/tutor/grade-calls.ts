import { setImmediate as nextTurn } from 'node:timers/promises';
import { findCourseItem, type Content } from '../bank/content.ts';
import type { Outcome, UngradedReason } from '../core/grade.ts';
import { gradeAnswer } from '../judge/grade-answer.ts';
import type { Judge, JudgeTask } from '../judge/judge.ts';
import type { CallRecord } from '../store/run-folder.ts';
import type { Call } from './plan-calibration.ts';

/** What a call may cost, in micro-dollars; null where the price is not known. */
export type CallCosts = { expected: (task: JudgeTask) => number | null; worst: (task: JudgeTask) => number | null };

/** `costMicroUsd`: spent so far; a call whose provider does not say counts with the most it can have cost. Null where no price is known. */
export type Progress = { done: number; total: number; costMicroUsd: number | null };

/** How far a run got. `records` has one record a call that was made, stored ones included. */
export type GradedCalls = {
  status: 'complete' | 'stopped' | 'budget' | 'judge-down';
  records: CallRecord[];
  /** Why the judge cannot be reached; empty unless it is down. */
  detail: string;
};

/** Nothing of these is the answer's fault, so a run that is taken up again asks anew. */
const worldFaults: readonly UngradedReason[] = [
  'unauthorized',
  'forbidden',
  'not-found',
  'bad-request',
  'rate-limited',
  'provider-error',
  'unreachable',
  'timeout',
  'cancelled',
  'internal',
];

/** So many calls in a row that fail through the world's fault mean that the next will too. */
const DOWN_AFTER = 5;

/**
 * Makes the calls that are not stored yet, in order, `concurrency` at a time, and hands each outcome to `append` before it counts as done.
 * Stops taking up calls when `stop` aborts, when what was spent and what may be spent by the calls under way would go beyond the budget, or
 * when the judge fails again and again through no fault of the answers. Calls under way are always waited for: they are paid for.
 */
export async function gradeCalls(
  args: {
    calls: readonly Call[];
    stored: readonly CallRecord[];
    concurrency: number;
    budgetMicroUsd: number | null;
    stop: AbortSignal;
    onProgress: (progress: Progress) => void;
  },
  deps: { content: Content; judge: Judge; costs: CallCosts; append: (record: CallRecord) => Promise<void> },
): Promise<GradedCalls> {
  const { calls, budgetMicroUsd, onProgress } = args;
  const records = new Map(
    args.stored.filter((record) => !isWorldFault(record.outcome)).map((record) => [keyOf(record), record]),
  );
  const callOf = new Map(calls.map((call) => [keyOf({ ...call, answer: call.answer.id }), call]));
  const pending = calls.filter((call) => !records.has(keyOf({ ...call, answer: call.answer.id })));
  const underWay = new Map<Promise<void>, number>();
  let spent = args.stored.reduce<number | null>((total, record) => {
    const call = callOf.get(keyOf(record));
    return call === undefined ? total : addCost(total, chargeOf({ call, outcome: record.outcome }, deps));
  }, 0);
  let done = calls.length - pending.length;
  let failuresInRow = 0;
  let detail = '';

  async function grade(call: Call): Promise<void> {
    // A judge that never waits would keep Ctrl-C and the progress line waiting until the end.
    await nextTurn();
    const outcome = await gradeRated(call, deps);
    const record = { set: call.set, answer: call.answer.id, replica: call.replica, outcome };
    spent = addCost(spent, chargeOf({ call, outcome }, deps));
    failuresInRow = isWorldFault(outcome) ? failuresInRow + 1 : 0;
    if (outcome.status === 'ungraded') detail = outcome.detail;
    await deps.append(record);
    records.set(keyOf(record), record);
    done += 1;
    onProgress({ done, total: calls.length, costMicroUsd: spent });
  }

  function wouldOverrun(call: Call): boolean {
    if (budgetMicroUsd === null) return false;
    return (spent ?? 0) + sum([...underWay.values()]) + (worstOf(call, deps) ?? 0) > budgetMicroUsd;
  }

  let status: GradedCalls['status'] = 'complete';
  for (const call of pending) {
    while (underWay.size > 0 && (underWay.size >= args.concurrency || wouldOverrun(call)))
      await Promise.race(underWay.keys());
    if (args.stop.aborted) status = 'stopped';
    else if (failuresInRow >= Math.max(DOWN_AFTER, args.concurrency)) status = 'judge-down';
    else if (wouldOverrun(call)) status = 'budget';
    if (status !== 'complete') break;
    const running: Promise<void> = grade(call).finally(() => underWay.delete(running));
    underWay.set(running, worstOf(call, deps) ?? 0);
  }
  await Promise.all(underWay.keys());
  const made = [...records.values()].filter((record) => callOf.has(keyOf(record)));
  return { status, records: made, detail: status === 'judge-down' ? detail : '' };
}

/** The task of one call; undefined where its item is gone. */
export function taskOf(call: Call, content: Content): JudgeTask | undefined {
  const found = findCourseItem(content, call.answer.item);
  if (!found) return undefined;
  const { item, rubric, rubricHash } = found;
  const { text, option } = call.answer;
  return { item, rubric, rubricHash, answer: text, option: option ?? null, replica: call.replica };
}

async function gradeRated(call: Call, deps: { content: Content; judge: Judge }): Promise<Outcome> {
  const task = taskOf(call, deps.content);
  // Lint refuses an eval answer without its item; a set that changed meanwhile must still not count as graded.
  if (!task)
    return {
      status: 'ungraded',
      reason: 'internal',
      detail: `There is no item "${call.answer.item}".`,
      provenance: null,
    };
  return gradeAnswer(task, { judge: deps.judge, tryNumber: 1, signal: new AbortController().signal });
}

function worstOf(call: Call, deps: { content: Content; costs: CallCosts }): number | null {
  const task = taskOf(call, deps.content);
  return task === undefined ? 0 : deps.costs.worst(task);
}

/** What an outcome cost: nothing where no judge was asked, and the most it can have cost where the provider does not say. */
function chargeOf(
  { call, outcome }: { call: Call; outcome: Outcome },
  deps: { content: Content; costs: CallCosts },
): number | null {
  if (outcome.status === 'returned' || outcome.provenance === null) return 0;
  return outcome.provenance.costMicroUsd ?? worstOf(call, deps);
}

function isWorldFault(outcome: Outcome): boolean {
  return outcome.status === 'ungraded' && worldFaults.includes(outcome.reason);
}

function keyOf({ set, answer, replica }: { set: string; answer: string; replica: number }): string {
  return `${set} ${answer} ${replica}`;
}

function addCost(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
