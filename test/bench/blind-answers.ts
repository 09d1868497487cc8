// What the embedded judge makes of answers by writers who have seen neither its cues nor the rubrics: `npm run bench:blind`.
// test/content/blind-answers.jsonl holds, for each free-response item of chapter 1, three right answers, one that holds the item's common
// wrong belief and one that mentions it only to reject it. Written by language models; nobody outside has rated them. --misses lists every miss.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { findCourseItem } from '../../src/bank/content.ts';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import type { Outcome } from '../../src/core/grade.ts';
import { createEmbeddedJudge } from '../../src/judge/embedded/embedded-judge.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import type { JudgeTask } from '../../src/judge/judge.ts';

const BlindAnswer = z.object({
  id: z.string(),
  item: z.string(),
  kind: z.enum(['right', 'wrong', 'rejects']),
  belief: z.string().nullable(),
  text: z.string(),
});

const content = assembleContent(await readContentFiles('.'));
const judge = createEmbeddedJudge({ now: () => performance.now() });
const signal = new AbortController().signal;
const lines = (await readFile(new URL('../content/blind-answers.jsonl', import.meta.url), 'utf8')).trim().split('\n');
const answers = lines.map((line) => BlindAnswer.parse(JSON.parse(line)));

const misses: string[] = [];
let [rightEnough, named, falselyAccused, rejected] = [0, 0, 0, 0];
for (const { id, item: itemId, kind, belief, text } of answers) {
  const outcome = await grade(itemId, text);
  if (outcome.status === 'returned' || outcome.status === 'ungraded') throw new Error(`${id} was ${outcome.status}.`);
  const held = outcome.misconceptions.filter(({ verdict }) => verdict === 'held');
  const accused = held
    .map((entry) => `${entry.id} (${entry.evidence.map(({ quote }) => quote).join(' … ')})`)
    .join(', ');
  const share = outcome.points.low / outcome.points.max;
  if (kind === 'right') {
    if (share >= 0.7) rightEnough += 1;
    else misses.push(`${id}: ${Math.round(100 * share)} % of the points`);
    if (held.length > 0) {
      falselyAccused += 1;
      misses.push(`${id}: accused of ${accused}`);
    }
  } else if (kind === 'wrong') {
    if (held.some((entry) => entry.id === belief && entry.evidence.length > 0)) named += 1;
    else misses.push(`${id}: ${belief ?? ''} not named${accused ? `, but ${accused}` : ''}`);
  } else if (held.length === 0) rejected += 1;
  else misses.push(`${id}: accused of ${accused}`);
}

const items = [...new Set(answers.map(({ item }) => item))];
const offTopic =
  'My grandmother kept bees behind the house and every autumn we would help her carry the frames to the shed and taste the honey.';
let [echoes, empties, strays] = [0, 0, 0];
for (const itemId of items) {
  const prompt = findCourseItem(content, itemId)?.item.prompt ?? '';
  if ((await grade(itemId, prompt)).status === 'returned') echoes += 1;
  if ((await grade(itemId, ' \n ')).status === 'returned') empties += 1;
  const stray = await grade(itemId, offTopic);
  if ('points' in stray && stray.points.high === 0) strays += 1;
  else misses.push(`${itemId}: off-topic prose earned something`);
}

const of = (kind: string): number => answers.filter((answer) => answer.kind === kind).length;
console.log(`right answers with at least 70 % of the points: ${rightEnough} of ${of('right')}`);
console.log(`right answers accused of a misconception: ${falselyAccused} of ${of('right')}`);
console.log(`common wrong answers named with a quote: ${named} of ${of('wrong')}`);
console.log(`answers that only reject it, not accused: ${rejected} of ${of('rejects')}`);
console.log(
  `question echoes returned: ${echoes} of ${items.length}; empty ones: ${empties}; off-topic prose at 0 points: ${strays}`,
);
if (process.argv.includes('--misses')) for (const miss of misses) console.log(`  ${miss}`);

async function grade(itemId: string, answer: string): Promise<Outcome> {
  const found = findCourseItem(content, itemId);
  if (!found) throw new Error(`There is no item ${itemId}.`);
  const task: JudgeTask = { ...found, answer, option: null, replica: 0 };
  return gradeAnswer(task, { judge, tryNumber: 1, signal });
}
