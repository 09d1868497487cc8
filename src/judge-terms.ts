import type { JudgeConfig, OpenAiConfig } from './config.ts';
import { EMBEDDED_VERSION } from './judge/embedded/embedded-judge.ts';
import type { JudgeTask } from './judge/judge.ts';
import type { Price } from './judge/openai/price.ts';
import { PROMPT_VERSION, systemPrompt } from './judge/openai/prompt.ts';
import type { JudgeName } from './tutor/compose-report.ts';
import { pricesOf } from './open-model.ts';
import type { CallCosts } from './tutor/grade-calls.ts';

/** A judge before it is asked anything: what its grades will call it, what a call costs, how many it takes at once. */
export type JudgeTerms = { name: JudgeName; costs: CallCosts; concurrency: number };

/** Measured on this bank's prompts with the o200k encoding: 4.16; rather too few than too many. */
const CHARACTERS_A_TOKEN = 4;
/** Tokens of the reply schema, which providers count as input: 624 on average over this bank. */
const SCHEMA_TOKENS = 625;
/** Reply tokens, a guess from the length of the fields: quotes, two sentences of reasoning, a note. The progress line shows what it really costs. */
const REPLY = { base: 60, criterion: 150, misconception: 45 };
/** The bound the judge sets on a reply (openai-judge.ts), doubled where it repairs a reply that was cut off. */
const LONGEST = { base: 3_000, criterion: 400, misconception: 150 };
/** Arithmetic on one core: more at once would only wait for each other. */
const CODE_CONCURRENCY = 4;

/** The terms of the configured judge. Unknown prices make unknown costs, never free ones. */
export function judgeTerms(config: JudgeConfig): JudgeTerms {
  switch (config.kind) {
    case 'embedded':
      return {
        name: { name: 'embedded', model: 'embedded', promptVersion: EMBEDDED_VERSION },
        costs: { expected: () => 0, worst: () => 0 },
        concurrency: CODE_CONCURRENCY,
      };
    case 'openai':
      return {
        name: nameOf(config),
        costs: costsOf(config),
        concurrency: config.concurrency,
      };
    case 'recorded':
      return { name: nameOf(config), costs: { expected: () => 0, worst: () => 0 }, concurrency: CODE_CONCURRENCY };
    default:
      return config satisfies never;
  }
}

function nameOf({ model, panel }: OpenAiConfig): JudgeName {
  return { name: panel === 1 ? 'openai' : 'panel', model, promptVersion: PROMPT_VERSION };
}

/** Every seat of a panel is a call; the second model is one more where anything is in doubt, which is not known beforehand. */
function costsOf(config: OpenAiConfig): CallCosts {
  const price = pricesOf(config);
  const first = costsAt(price(config.model));
  const second = config.secondModel === null ? null : costsAt(price(config.secondModel));
  const sum = (one: number | null, other: number | null): number | null =>
    one === null || other === null ? null : config.panel * one + other;
  return {
    expected: (task) => sum(first.expected(task), 0),
    worst: (task) => sum(first.worst(task), second === null ? 0 : second.worst(task)),
  };
}

function costsAt(price: Price | null): CallCosts {
  if (price === null) return { expected: () => null, worst: () => null };
  return {
    expected: (task) => tokensIn(task) * price.input + reply(task, REPLY) * price.output,
    // One call, and one repair with twice the room.
    worst: (task) => 2 * tokensIn(task) * price.input + 3 * reply(task, LONGEST) * price.output,
  };
}

function tokensIn({ item, rubric, answer }: JudgeTask): number {
  return SCHEMA_TOKENS + (systemPrompt({ item, rubric }).length + answer.length) / CHARACTERS_A_TOKEN;
}

function reply({ rubric }: JudgeTask, size: { base: number; criterion: number; misconception: number }): number {
  return size.base + size.criterion * rubric.criteria.length + size.misconception * rubric.misconceptions.length;
}
