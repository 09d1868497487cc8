import { addUp } from './add-up.ts';
import type { AskedJudge, Judge, JudgeTask, Judgment } from './judge.ts';

type Judged = Extract<Judgment, { status: 'judged' }>;

/** Which findings of the first judge go to the second: those it is unsure of, and those it holds with less confidence than this. */
export type DoubtRule = { confidenceBelow: number };

/**
 * A judge that hands what it doubts to a second one. The second sees the same question and answer, but only the doubtful criteria and
 * misconceptions; what it decides replaces the first's finding and says so in `decidedBy`. Where it is unsure too, or gives no
 * judgment, the first's finding stands, and so does its doubt. What the first is sure of is never asked again.
 */
export function createEscalation(args: {
  first: AskedJudge;
  second: AskedJudge;
  /** Names the second in `decidedBy`, such as its model. */
  secondName: string;
  doubt: DoubtRule;
}): AskedJudge {
  const { first, second, secondName, doubt } = args;
  const judge: Judge = async (task, call) => {
    const judgment = await first.judge(task, call);
    if (judgment.status === 'ungraded') return judgment;
    const doubted = findDoubted({ judgment, doubt });
    if (doubted.criteria.size === 0 && doubted.misconceptions.size === 0) return judgment;
    const answer = await second.judge(narrowTask({ task, doubted }), call);
    if (answer.status === 'ungraded') return judgment;
    return merge({ judgment, answer, doubted, decidedBy: `second:${secondName}` });
  };
  return {
    judge,
    requestKeyOf: (task) => `${first.requestKeyOf(task)}+second:${secondName}:${doubt.confidenceBelow}`,
    mostMicroUsd: (task) => {
      const [one, two] = [first.mostMicroUsd(task), second.mostMicroUsd(task)];
      return one === null || two === null ? null : one + two;
    },
  };
}

type Doubted = { criteria: ReadonlySet<string>; misconceptions: ReadonlySet<string> };

function findDoubted({ judgment, doubt }: { judgment: Judged; doubt: DoubtRule }): Doubted {
  const isDoubtful = ({ verdict, confidence }: { verdict: string; confidence: number }): boolean =>
    verdict === 'unsure' || confidence < doubt.confidenceBelow;
  return {
    criteria: new Set(judgment.criteria.filter(isDoubtful).map(({ criterion }) => criterion)),
    misconceptions: new Set(judgment.misconceptions.filter(isDoubtful).map(({ misconception }) => misconception)),
  };
}

/** The task with only what is in doubt. A rubric needs a criterion, so where only misconceptions are, the first goes along unheeded. */
function narrowTask({ task, doubted }: { task: JudgeTask; doubted: Doubted }): JudgeTask {
  const { rubric } = task;
  const criteria = rubric.criteria.filter(({ id }) => doubted.criteria.has(id));
  const misconceptions = rubric.misconceptions.filter(({ id }) => doubted.misconceptions.has(id));
  return {
    ...task,
    rubric: { ...rubric, criteria: criteria.length > 0 ? criteria : rubric.criteria.slice(0, 1), misconceptions },
  };
}

function merge(args: { judgment: Judged; answer: Judged; doubted: Doubted; decidedBy: string }): Judgment {
  const { judgment, answer, doubted, decidedBy } = args;
  return {
    ...judgment,
    criteria: judgment.criteria.map((finding) => {
      if (!doubted.criteria.has(finding.criterion)) return finding;
      const second = answer.criteria.find(({ criterion }) => criterion === finding.criterion);
      return second === undefined || second.verdict === 'unsure' ? finding : { ...second, decidedBy };
    }),
    misconceptions: judgment.misconceptions.map((finding) => {
      if (!doubted.misconceptions.has(finding.misconception)) return finding;
      const second = answer.misconceptions.find(({ misconception }) => misconception === finding.misconception);
      return second === undefined || second.verdict === 'unsure' ? finding : { ...second, decidedBy };
    }),
    provenance: {
      ...judgment.provenance,
      ...addUp([judgment.provenance, answer.provenance]),
      latencyMs: judgment.provenance.latencyMs + answer.provenance.latencyMs,
    },
  };
}
