// Engine time per grade, judge excluded: everything gradeAnswer does but the judge, over every exemplar of the course, with a judge that
// replies at once and says the most there is to ground, score and guard. Run: npm run bench
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import { createEmbeddedJudge } from '../../src/judge/embedded/embedded-judge.ts';
import type { Judge, JudgeTask } from '../../src/judge/judge.ts';

const ROUNDS = 20;

const content = assembleContent(await readContentFiles('.'));
const tasks: JudgeTask[] = content.courses.flatMap(({ items }) =>
  items.flatMap(({ item, rubric, rubricHash }) =>
    rubric.exemplars.map(({ answer }) => ({ item, rubric, rubricHash, answer, option: null, replica: 0 })),
  ),
);

/** Every criterion met with a real quote and a note to guard: no branch is cheaper than this. */
const instantJudge: Judge = (task) =>
  Promise.resolve({
    status: 'judged',
    criteria: task.rubric.criteria.map(({ id, hints }) => ({
      criterion: id,
      verdict: 'met',
      quotes: [task.answer.slice(0, 60), task.answer.slice(-60)],
      reasoning: 'It stands there.',
      confidence: 0.9,
      note: hints[0] ?? '',
    })),
    misconceptions: task.rubric.misconceptions.map(({ id }) => ({
      misconception: id,
      verdict: 'not-held',
      quotes: [],
      confidence: 0.9,
    })),
    next: 'What would you add?',
    provenance: {
      judge: 'instant',
      model: 'instant',
      promptVersion: '1',
      rubricHash: task.rubricHash,
      requestKey: '',
      tokensIn: null,
      tokensOut: null,
      costMicroUsd: null,
      latencyMs: 0,
    },
  });

async function measure(judge: Judge): Promise<number[]> {
  const signal = new AbortController().signal;
  for (const task of tasks) await gradeAnswer(task, { judge, tryNumber: 1, signal });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const task of tasks) {
      const start = performance.now();
      await gradeAnswer(task, { judge, tryNumber: 1, signal });
      times.push(performance.now() - start);
    }
  }
  return times.sort((a, b) => a - b);
}

function describe(name: string, times: readonly number[]): string {
  const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(2);
  return `${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, n = ${times.length}`;
}

const engine = await measure(instantJudge);
const embedded = await measure(createEmbeddedJudge({ now: () => performance.now() }));
console.log(describe('engine, judge excluded', engine));
console.log(describe('engine with the embedded judge', embedded));
