import type { Provenance } from '../core/grade.ts';
import type { Rubric } from '../core/rubric.ts';
import { addUp } from './add-up.ts';
import type { AskedJudge, CriterionFinding, Judge, JudgeTask, Judgment, MisconceptionFinding } from './judge.ts';

type Judged = Extract<Judgment, { status: 'judged' }>;

/**
 * A judge that asks another one `size` times, each time with the criteria in another order, and keeps what most replies say. Where no
 * verdict has more than half of the seats, the verdict is `unsure`. `decidedBy` tells how steady each verdict was: `panel:2/3`.
 * A confidence is the winners' mean times their share. Fails closed: where fewer than a majority of the members judged, the
 * answer is ungraded for the first member's reason.
 * Orders are fixed per seat, so the static part of each seat's prompt stays the same and providers' caches hit.
 * @param size odd, 3 or more
 */
export function createPanel({ member, size }: { member: AskedJudge; size: number }): AskedJudge {
  const seats = Array.from({ length: size }, (_, seat) => seat + 1);
  const taskOf = (task: JudgeTask, seat: number): JudgeTask => ({
    ...task,
    rubric: inSeatOrder(task.rubric, seat),
    // Seats of repeat runs must not share requests: run r has seats r·size+1 … r·size+size.
    replica: task.replica * size + seat,
  });
  const judge: Judge = async (task, call) => {
    const replies = await Promise.all(seats.map((seat) => member.judge(taskOf(task, seat), call)));
    const judged = replies.filter((reply) => reply.status === 'judged');
    const failed = replies.find((reply) => reply.status === 'ungraded');
    if (judged.length * 2 <= size && failed !== undefined) return failed;
    return convene({ task, judged, size, requestKey: member.requestKeyOf(taskOf(task, 1)) });
  };
  return {
    judge,
    requestKeyOf: (task) => `panel-${size}:${member.requestKeyOf(taskOf(task, 1))}`,
    mostMicroUsd: (task) => {
      const one = member.mostMicroUsd(task);
      return one === null ? null : one * size;
    },
  };
}

/** The rubric with its criteria turned by as many places as the seat has: each criterion meets each place, and a seat is always the same. */
function inSeatOrder(rubric: Rubric, seat: number): Rubric {
  const turn = <One>(list: readonly One[]): One[] => {
    const by = list.length === 0 ? 0 : seat % list.length;
    return [...list.slice(by), ...list.slice(0, by)];
  };
  return { ...rubric, criteria: turn(rubric.criteria), misconceptions: turn(rubric.misconceptions) };
}

function convene(args: { task: JudgeTask; judged: readonly Judged[]; size: number; requestKey: string }): Judgment {
  const { task, judged, size, requestKey } = args;
  const criteria = task.rubric.criteria.map(({ id }): CriterionFinding => {
    const said = judged.flatMap((one) => one.criteria.filter(({ criterion }) => criterion === id));
    const { winners, share } = majorityOf(said, size);
    const [best] = winners;
    if (best === undefined) {
      const reasoning = `The panel is divided: ${said.map(({ verdict }) => verdict).join(', ')}.`;
      return {
        criterion: id,
        verdict: 'unsure',
        quotes: quotesOf(said),
        reasoning,
        confidence: 0,
        note: '',
        decidedBy: seatsOf(0, size),
      };
    }
    return { ...best, confidence: meanConfidence(winners) * share, decidedBy: seatsOf(winners.length, size) };
  });
  const misconceptions = task.rubric.misconceptions.map(({ id }): MisconceptionFinding => {
    const said = judged.flatMap((one) => one.misconceptions.filter(({ misconception }) => misconception === id));
    const { winners, share } = majorityOf(said, size);
    const [best] = winners;
    if (best === undefined)
      return {
        misconception: id,
        verdict: 'unsure',
        quotes: quotesOf(said),
        confidence: 0,
        decidedBy: seatsOf(0, size),
      };
    return { ...best, confidence: meanConfidence(winners) * share, decidedBy: seatsOf(winners.length, size) };
  });
  const [first] = judged;
  return {
    status: 'judged',
    criteria,
    misconceptions,
    errors: first?.errors ?? [],
    next: first?.next ?? '',
    provenance: provenanceOf({ judged, task, requestKey }),
  };
}

/** Findings with the verdict of more than half of all seats, the surest first; none where no verdict has that many. */
function majorityOf<Finding extends { verdict: string; confidence: number }>(
  said: readonly Finding[],
  size: number,
): { winners: Finding[]; share: number } {
  for (const { verdict } of said) {
    const winners = said.filter((finding) => finding.verdict === verdict);
    if (winners.length * 2 > size)
      return { winners: winners.sort((a, b) => b.confidence - a.confidence), share: winners.length / size };
  }
  return { winners: [], share: 0 };
}

function meanConfidence(findings: readonly { confidence: number }[]): number {
  return findings.reduce((sum, { confidence }) => sum + confidence, 0) / findings.length;
}

function quotesOf(findings: readonly { quotes: string[] }[]): string[] {
  return [...new Set(findings.flatMap(({ quotes }) => quotes))];
}

function seatsOf(winners: number, size: number): string {
  return `panel:${winners}/${size}`;
}

function provenanceOf(args: { judged: readonly Judged[]; task: JudgeTask; requestKey: string }): Provenance {
  const all = args.judged.map(({ provenance }) => provenance);
  const [first] = all;
  return {
    judge: 'panel',
    model: first?.model ?? 'none',
    promptVersion: first?.promptVersion ?? 'none',
    rubricHash: args.task.rubricHash,
    requestKey: args.requestKey,
    ...addUp(all),
    // They are asked at the same time.
    latencyMs: Math.max(0, ...all.map(({ latencyMs }) => latencyMs)),
  };
}
