import type { CourseItem } from './bank/content.ts';
import type { JudgeConfig, OpenAiConfig } from './config.ts';
import { createEmbeddedJudge } from './judge/embedded/embedded-judge.ts';
import type { Judge, JudgeTask } from './judge/judge.ts';
import type { ReplyStore } from './judge/remember.ts';
import type { JudgeCard } from './tutor/learner-view.ts';

export type OpenedJudge = {
  judge: Judge;
  card: JudgeCard;
  /** The most that judging a task can cost, in micro-dollars; null where the price is not known. */
  mostMicroUsd: (task: JudgeTask) => number | null;
};

/**
 * Builds the configured judge and the card that tells people who reads their answers.
 * @param secret the deployment's; keys the tag round the answer in a prompt.
 * @param questions all of the course: the embedded judge knows an answer to another question by them.
 * @param replies where a model's judgments are kept, so that the same request is not paid for twice; the recording, where one
 * is configured, comes first.
 */
export async function openJudge(args: {
  config: JudgeConfig;
  secret: string;
  questions: readonly CourseItem[];
  replies?: ReplyStore;
  onStoreFailure?: (error: unknown) => void;
}): Promise<OpenedJudge> {
  const { config } = args;
  switch (config.kind) {
    case 'embedded':
      return {
        judge: createEmbeddedJudge({ now, questions: args.questions }),
        card: { judge: 'embedded', model: 'embedded', readBy: 'this server' },
        mostMicroUsd: () => 0,
      };
    case 'openai':
    case 'recorded': {
      // A server that asks no model starts without the SDK.
      const { composeModelJudge } = await import('./open-model.ts');
      const { judge, mostMicroUsd } = composeModelJudge({ ...args, config });
      return { judge, card: cardOf(config), mostMicroUsd };
    }
    default:
      return config satisfies never;
  }
}

function cardOf(config: OpenAiConfig): JudgeCard {
  const { model, panel, secondModel, baseUrl } = config;
  const named = panel === 1 ? model : `${model} (${panel} replies)`;
  return {
    judge: 'openai',
    model: secondModel === null ? named : `${named}, and ${secondModel} where it is in doubt`,
    readBy: baseUrl === null ? 'api.openai.com' : new URL(baseUrl).host,
  };
}

function now(): number {
  return performance.now();
}
