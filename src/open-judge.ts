import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JudgeConfig } from './config.ts';
import { createEmbeddedJudge } from './judge/embedded/embedded-judge.ts';
import type { Judge } from './judge/judge.ts';
import { createOpenAiJudge } from './judge/openai/openai-judge.ts';
import type { JudgeCard } from './tutor/learner-view.ts';

const RANDOM_STEPS = 2 ** 32;

/**
 * Builds the configured judge and the card that tells people who reads their answers.
 * @param secret the deployment's; keys the tag round the answer in a prompt.
 */
export function openJudge({ config, secret }: { config: JudgeConfig; secret: string }): {
  judge: Judge;
  card: JudgeCard;
} {
  const now = (): number => performance.now();
  switch (config.kind) {
    case 'embedded':
      return {
        judge: createEmbeddedJudge({ now }),
        card: { judge: 'embedded', model: 'embedded', readBy: 'this server' },
      };
    case 'openai': {
      const { apiKey, baseUrl, model, timeoutMs, concurrency } = config;
      const judge = createOpenAiJudge({
        apiKey,
        baseUrl,
        model,
        timeoutMs,
        concurrency,
        secret,
        ports: {
          now,
          random: () => randomInt(RANDOM_STEPS - 1) / RANDOM_STEPS,
          sleep: async (ms, signal) => void (await delay(ms, undefined, { signal })),
        },
      });
      return {
        judge,
        card: { judge: 'openai', model, readBy: baseUrl === null ? 'api.openai.com' : new URL(baseUrl).host },
      };
    }
    default:
      return config satisfies never;
  }
}
