import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenAiConfig, JudgeConfig } from './config.ts';
import { VivaError } from './core/errors.ts';
import { createEscalation } from './judge/escalate.ts';
import type { AskedJudge } from './judge/judge.ts';
import { createOpenAiJudge, type OpenAiJudge } from './judge/openai/openai-judge.ts';
import { findPrice, parsePrices, type Price } from './judge/openai/price.ts';
import { createPanel } from './judge/panel.ts';
import { openRecording } from './judge/recording.ts';
import { createRecordedJudge } from './judge/recorded.ts';
import { rememberJudgments, type ReplyStore } from './judge/remember.ts';

const RANDOM_STEPS = 2 ** 32;

/** One model behind the configured endpoint, without cache, panel or second model; for `viva doctor`. */
export function openModel(args: { config: OpenAiConfig; model: string; secret: string }): OpenAiJudge {
  const { config, model, secret } = args;
  const { apiKey, baseUrl, timeoutMs, concurrency, reasoningEffort } = config;
  return createOpenAiJudge({
    apiKey,
    baseUrl,
    model,
    timeoutMs,
    concurrency,
    reasoningEffort,
    secret,
    prices: pricesOf(config),
    ports: {
      now: () => performance.now(),
      random: () => randomInt(RANDOM_STEPS - 1) / RANDOM_STEPS,
      sleep: async (ms, signal) => void (await delay(ms, undefined, { signal })),
    },
  });
}

/** What the configuration says a model costs: its own file first, then the list that Viva ships. */
export function pricesOf({ pricesFile }: Pick<OpenAiConfig, 'pricesFile'>): (model: string) => Price | null {
  if (pricesFile === null) return findPrice;
  try {
    const own = parsePrices(JSON.parse(readFileSync(pricesFile, 'utf8')));
    return (model) => own(model) ?? findPrice(model);
  } catch (cause) {
    throw new VivaError('config-invalid', {
      message: `The price list ${pricesFile} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      fix: 'Write it in the form of src/judge/openai/prices.json, or unset VIVA_PRICES.',
      cause,
    });
  }
}

/** model -> cache -> panel, and the second model in the same way on top: each call is kept by itself, so a panel of three is never asked for two. */
export function composeModelJudge(args: {
  config: Extract<JudgeConfig, { kind: 'openai' | 'recorded' }>;
  secret: string;
  replies?: ReplyStore;
  onStoreFailure?: (error: unknown) => void;
}): AskedJudge {
  const { config, secret, onStoreFailure = () => undefined } = args;
  const replies = config.recording === null ? args.replies : openRecording(config.recording);
  const member = (model: string): AskedJudge => {
    const asked = openModel({ config, model, secret });
    if (replies === undefined) return asked;
    if (config.kind === 'recorded') return createRecordedJudge({ named: asked, replies });
    return rememberJudgments({ asked, replies, onStoreFailure });
  };
  const first = member(config.model);
  const seated = config.panel === 1 ? first : createPanel({ member: first, size: config.panel });
  if (config.secondModel === null) return seated;
  return createEscalation({
    first: seated,
    second: member(config.secondModel),
    secondName: config.secondModel,
    doubt: { confidenceBelow: config.doubtBelow },
  });
}
