// Tokens and cost of one grade, for the whole bank and its dev answers: `npm run bench:tokens`
// Beside ours: the same rubric asked one criterion a call, and two judges from npm where a folder has them:
//   npm i --prefix /tmp/judges autoevals openevals openai && npm run bench:tokens -- --judges /tmp/judges
// Input is what would be sent, counted with o200k_base (a provider adds a few tokens a message). Output is the median length of the
// replies in reader-replies.jsonl, which a language model wrote that saw nothing but our prompts (docs/decisions/0008-judge-trials.md).
import { readFileSync } from 'node:fs';
import { getEncoding } from 'js-tiktoken';
import { z } from 'zod';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import type { CourseItem } from '../../src/bank/content.ts';
import type { Rubric } from '../../src/core/rubric.ts';
import { messagesOf } from '../../src/judge/openai/openai-judge.ts';
import { findPrice, pricesDate } from '../../src/judge/openai/price.ts';
import { replySchema } from '../../src/judge/openai/reply-schema.ts';
import { readPeerCalls, type PeerCall } from './peer-judges.ts';

const MODEL = 'gpt-4.1-mini';
const encoding = getEncoding('o200k_base');
const tokens = (text: string): number => encoding.encode(text, 'all', []).length;
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

type Answer = { text: string; option: number | null };
type Cost = { calls: number; prefix: number; schema: number; input: number; output: number };

const Reply = z.object({
  criteria: z.record(z.string(), z.unknown()),
  misconceptions: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.unknown()).optional(),
  next: z.string(),
});
const replies = readFileSync(new URL('reader-replies.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => z.object({ reply: Reply }).parse(JSON.parse(line)).reply);
/** Tokens a finding takes in the readers' replies, and what every reply has besides: brackets, errors, the next step. */
const findingTokens = median(replies.flatMap(({ criteria }) => Object.values(criteria).map(sizeOf)));
const misconceptionTokens = median(
  replies.flatMap(({ misconceptions = {} }) => Object.values(misconceptions).map(sizeOf)),
);
const restTokens = median(
  replies.map(({ next, errors = [] }) => sizeOf({ criteria: {}, misconceptions: {}, errors, next })),
);

function sizeOf(part: unknown): number {
  return tokens(JSON.stringify(part)) + 4;
}

function callOf(args: { courseItem: CourseItem; rubric: Rubric; answer: Answer }): Omit<Cost, 'calls'> {
  const { rubric, answer } = args;
  const { item, rubricHash } = args.courseItem;
  const task = { item, rubric, rubricHash, answer: answer.text, option: answer.option, replica: 0 };
  const { system, user } = messagesOf({ task, secret: 'bench', repair: null });
  const prefix = tokens(system);
  return {
    prefix,
    schema: tokens(JSON.stringify(replySchema(rubric).json)),
    input: prefix + tokens(user),
    output: restTokens + findingTokens * rubric.criteria.length + misconceptionTokens * rubric.misconceptions.length,
  };
}

function ours(courseItem: CourseItem, answer: Answer): Cost {
  return { calls: 1, ...callOf({ courseItem, rubric: courseItem.rubric, answer }) };
}

/** One call a criterion and one for the misconceptions: the same words, the same examples, each call with its own part of the rubric. */
function perCriterion(courseItem: CourseItem, answer: Answer): Cost {
  const { rubric } = courseItem;
  const [first] = rubric.criteria;
  const parts: Rubric[] = rubric.criteria.map((criterion) => ({
    ...rubric,
    criteria: [criterion],
    misconceptions: [],
  }));
  if (first && rubric.misconceptions.length > 0) parts.push({ ...rubric, criteria: [] });
  const calls = parts.map((part) => callOf({ courseItem, rubric: part, answer }));
  return {
    calls: calls.length,
    prefix: sum(calls.map(({ prefix }) => prefix)),
    schema: sum(calls.map(({ schema }) => schema)),
    input: sum(calls.map(({ input }) => input)),
    output: sum(calls.map(({ output }) => output)),
  };
}

/** What grading costs with the prefix in the provider's cache, and without, in micro-dollars. */
function price(cost: Cost): { cold: number; warm: number } {
  const listed = findPrice(MODEL);
  if (!listed) throw new Error(`${MODEL} has no listed price.`);
  const output = cost.output * listed.output;
  return {
    cold: cost.input * listed.input + output,
    warm: cost.prefix * listed.cached + (cost.input - cost.prefix) * listed.input + output,
  };
}

const content = assembleContent(await readContentFiles('.'));
const items = content.courses.flatMap((course) => course.items);
const answers = content.evalSets
  .filter(({ set }) => set.id === 'post-training')
  .flatMap((loaded) => loaded.answers.filter(({ split }) => split === 'dev'));
/** An item's answer of middling length, so that one long answer does not speak for it. */
const cases = items.flatMap((courseItem) => {
  const own = answers.filter(({ item }) => item === courseItem.item.id).sort((a, b) => a.text.length - b.text.length);
  const answer = own[Math.floor(own.length / 2)];
  return answer ? [{ courseItem, answer: { text: answer.text, option: answer.option ?? null } }] : [];
});

function show(name: string, costs: Cost[]): void {
  const figure = (pick: (cost: Cost) => number): string => String(Math.round(median(costs.map(pick)))).padStart(8);
  const share = median(costs.map(({ prefix, input }) => prefix / input));
  console.log(
    `${name.padEnd(34)}${figure(({ calls }) => calls)}${figure(({ input }) => input)}` +
      `${`${Math.round(100 * share)} %`.padStart(8)}${figure(({ output }) => output)}` +
      `${figure((cost) => price(cost).cold)}${figure((cost) => price(cost).warm)}`,
  );
}

console.log(`${cases.length} items, the dev answer of median length of each; medians over items.`);
console.log(
  `${''.padEnd(34)}${['calls', 'input', 'cached', 'output', 'µ$ cold', 'µ$ warm'].map((name) => name.padStart(8)).join('')}`,
);
const own = cases.map(({ courseItem, answer }) => ours(courseItem, answer));
show('Viva: one call, with feedback', own);
show(
  'one call a criterion, same words',
  cases.map(({ courseItem, answer }) => perCriterion(courseItem, answer)),
);
const folder = process.argv[process.argv.indexOf('--judges') + 1];
if (process.argv.includes('--judges') && folder !== undefined) {
  const asked = cases.map(({ courseItem: { item }, answer }) => ({
    question: item.prompt,
    reference: item.reference,
    answer: answer.text,
  }));
  for (const { name, calls } of await readPeerCalls({ folder, asked })) show(name, calls.map(costOfPeer));
} else {
  console.log('autoevals and openevals: not measured (see the head of test/bench/prompt-tokens.ts)');
}
const past = own.filter(({ prefix }) => prefix >= 1024).length;
console.log(`Prefix of at least 1,024 tokens, from which providers cache: ${past} of ${own.length} items.`);
console.log(
  `The reply's schema comes to a median of ${median(own.map(({ schema }) => schema))} tokens more where it is sent.`,
);
console.log(`Prices: ${MODEL}, listed ${pricesDate}. Replies: ${replies.length}.`);

function costOfPeer({ prefix, input, output }: PeerCall): Cost {
  return { calls: 1, prefix: tokens(prefix), schema: 0, input: tokens(input), output: tokens(output) };
}
