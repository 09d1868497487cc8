import { resolve } from 'node:path';
import { z } from 'zod';
import { VivaError } from './core/errors.ts';
import type { SpendingLimits } from './tutor/spending.ts';

const wholeNumber = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, `write a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `write a whole number from ${least} to ${most}`);

const share = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'write a number from 0 to 1')
  .transform(Number);

const usd = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'write an amount in US dollars, like 2.50')
  .transform((text) => Math.round(Number(text) * 1e6));

const url = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'write an http:// or https:// address',
  );

/** Every environment variable Viva reads: its default, its check and its line in the README. */
const Environment = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. `0.0.0.0` opens the tutor to the network.'),
  PORT: wholeNumber(0, 65_535).default(3000).describe('Port to listen on; 0 picks a free one.'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'write a postgres:// address')
    .optional()
    .describe('PostgreSQL for answers, grades and jobs. Without it: an embedded database in `VIVA_DATA_DIR`.'),
  VIVA_DATA_DIR: z
    .string()
    .default('.viva')
    .describe(
      'Folder of the embedded database (one process at a time), and with either database of calibration runs, the instructor token and a secret.',
    ),
  VIVA_CONTENT: z.string().default('.').describe('Folder that holds `bank/`, `rubrics/` and `evals/`.'),
  VIVA_JUDGE: z
    .enum(['auto', 'embedded', 'openai', 'recorded'], 'write auto, embedded, openai or recorded')
    .default('auto')
    .describe(
      'Who grades. `auto`: `openai` where a key or a base URL is set, else `embedded`. `recorded` asks nobody and replays `VIVA_RECORDING`.',
    ),
  OPENAI_API_KEY: z.string().optional().describe('Key for the endpoint. Not needed where the endpoint asks for none.'),
  OPENAI_BASE_URL: url.optional().describe('Any OpenAI-compatible endpoint, such as `http://127.0.0.1:11434/v1`.'),
  VIVA_MODEL: z
    .string()
    .optional()
    .describe('Model that grades. `gpt-4.1-mini` where only a key is set; needed beside a base URL.'),
  VIVA_JUDGE_TIMEOUT_MS: wholeNumber(1_000, 3_600_000)
    .default(60_000)
    .describe('Milliseconds to wait for one whole reply of the model.'),
  VIVA_JUDGE_CONCURRENCY: wholeNumber(1, 256)
    .default(8)
    .describe('Answers that may be at the endpoint at once, at most; fewer where it turns some away.'),
  VIVA_REASONING_EFFORT: z
    .enum(['minimal', 'low', 'medium', 'high'], 'write minimal, low, medium or high')
    .optional()
    .describe('How much a reasoning model thinks before it writes.'),
  VIVA_PANEL: wholeNumber(1, 9)
    .refine((size) => size % 2 === 1, 'write an odd number, so that there is a majority')
    .default(1)
    .describe(
      'Replies a verdict is the majority of, each with the criteria in another order; 3 costs three times as much.',
    ),
  VIVA_SECOND_MODEL: z
    .string()
    .optional()
    .describe(
      'Model at the same endpoint that decides what the first one doubts; only those criteria are asked again.',
    ),
  VIVA_DOUBT_BELOW: share.default(0.6).describe('Confidence below which a verdict goes to `VIVA_SECOND_MODEL`.'),
  VIVA_PRICES: z
    .string()
    .optional()
    .describe('JSON file of prices in the form of `src/judge/openai/prices.json`, read before that one.'),
  VIVA_RECORDING: z
    .string()
    .optional()
    .describe('JSONL file that judgments of the model are added to, and replayed from, by request key.'),
  VIVA_BUDGET_DAY_USD: usd.optional().describe('The most that grading may cost on one UTC day.'),
  VIVA_BUDGET_LEARNER_USD: usd.optional().describe('The same for one learner.'),
  VIVA_BUDGET_ADDRESS_USD: usd.optional().describe('The same for one address, of which only a hash is kept.'),
  VIVA_TRUST_PROXY: z
    .enum(['yes', 'no'], 'write yes or no')
    .default('no')
    .describe('`yes` only behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto itself.'),
  VIVA_INSTRUCTOR_TOKEN: z
    .string()
    .min(16, 'write at least 16 characters')
    .optional()
    .describe(
      'What lets instructors in at `/instructor`. Without it: a random one in `VIVA_DATA_DIR/instructor-token`.',
    ),
  VIVA_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'write debug, info, warn, error or silent')
    .default('info')
    .describe('Least serious line the log shows.'),
});

const DEFAULT_MODEL = 'gpt-4.1-mini';

/** What the environment asks for, checked. */
export type Config = {
  host: string;
  port: number;
  databaseUrl: string | null;
  dataDir: string;
  contentRoot: string;
  judge: JudgeConfig;
  budget: SpendingLimits;
  trustProxy: boolean;
  /** Null where the one in the data folder holds. */
  instructorToken: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** What an OpenAI-compatible endpoint is asked with. */
export type OpenAiConfig = {
  apiKey: string | null;
  baseUrl: string | null;
  model: string;
  timeoutMs: number;
  concurrency: number;
  reasoningEffort: 'minimal' | 'low' | 'medium' | 'high' | null;
  panel: number;
  secondModel: string | null;
  /** 0 to 1 */
  doubtBelow: number;
  pricesFile: string | null;
  recording: string | null;
};

export type JudgeConfig =
  { kind: 'embedded' } | ({ kind: 'openai' } & OpenAiConfig) | ({ kind: 'recorded'; recording: string } & OpenAiConfig);

/**
 * Reads the whole configuration from an environment. An empty variable counts as unset.
 * @throws VivaError('config-invalid') that lists every problem with its mend, not only the first.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    throw configInvalid(parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`));
  }
  const values = parsed.data;
  const judge = chooseJudge(values);
  if (judge.status === 'invalid') throw configInvalid(judge.problems);
  return {
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: resolve(values.VIVA_DATA_DIR),
    contentRoot: resolve(values.VIVA_CONTENT),
    judge: judge.judge,
    budget: {
      dayMicroUsd: values.VIVA_BUDGET_DAY_USD ?? null,
      learnerMicroUsd: values.VIVA_BUDGET_LEARNER_USD ?? null,
      addressMicroUsd: values.VIVA_BUDGET_ADDRESS_USD ?? null,
    },
    instructorToken: values.VIVA_INSTRUCTOR_TOKEN ?? null,
    trustProxy: values.VIVA_TRUST_PROXY === 'yes',
    logLevel: values.VIVA_LOG,
  };
}

/** The README's table of variables, from the schema above, so that it cannot rot. */
export function configTable(): string {
  const rows = Object.entries(Environment.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined);
    const shown = fallback.success && fallback.data !== undefined ? `\`${String(fallback.data)}\`` : '—';
    return `| \`${name}\` | ${shown} | ${schema.description ?? ''} |`;
  });
  return ['| variable | default | what it does |', '|---|---|---|', ...rows].join('\n');
}

function chooseJudge(
  values: z.output<typeof Environment>,
): { status: 'chosen'; judge: JudgeConfig } | { status: 'invalid'; problems: string[] } {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, VIVA_MODEL: model } = values;
  const reachable = apiKey !== undefined || baseUrl !== undefined;
  if (values.VIVA_JUDGE === 'embedded' || (values.VIVA_JUDGE === 'auto' && !reachable))
    return { status: 'chosen', judge: { kind: 'embedded' } };
  const problems: string[] = [];
  const recording = values.VIVA_RECORDING === undefined ? null : resolve(values.VIVA_RECORDING);
  const options = {
    apiKey: apiKey ?? null,
    baseUrl: baseUrl ?? null,
    model: model ?? DEFAULT_MODEL,
    timeoutMs: values.VIVA_JUDGE_TIMEOUT_MS,
    concurrency: values.VIVA_JUDGE_CONCURRENCY,
    reasoningEffort: values.VIVA_REASONING_EFFORT ?? null,
    panel: values.VIVA_PANEL,
    secondModel: values.VIVA_SECOND_MODEL ?? null,
    doubtBelow: values.VIVA_DOUBT_BELOW,
    pricesFile: values.VIVA_PRICES === undefined ? null : resolve(values.VIVA_PRICES),
    recording,
  };
  if (values.VIVA_JUDGE === 'recorded') {
    if (recording !== null) return { status: 'chosen', judge: { kind: 'recorded', ...options, recording } };
    const problem = 'VIVA_RECORDING: VIVA_JUDGE=recorded replays a file; name it, or choose another judge';
    return { status: 'invalid', problems: [problem] };
  }
  if (!reachable)
    problems.push(
      'VIVA_JUDGE: openai needs OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint that asks for no key; set one, or write VIVA_JUDGE=embedded',
    );
  if (baseUrl !== undefined && model === undefined)
    problems.push('VIVA_MODEL: name the model that the endpoint at OPENAI_BASE_URL should grade with');
  if (problems.length > 0) return { status: 'invalid', problems };
  return { status: 'chosen', judge: { kind: 'openai', ...options } };
}

function configInvalid(problems: readonly string[]): VivaError {
  return new VivaError('config-invalid', {
    message: `The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n  ${problems.join('\n  ')}`,
    fix: 'Change these environment variables and start again; README.md lists them all.',
  });
}
