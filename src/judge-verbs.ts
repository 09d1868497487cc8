import { questionsOf, type CourseItem } from './bank/content.ts';
import type { Verbs } from './cli/program.ts';
import { printDoctor, type DoctorReport, type JudgeSetup } from './cli/doctor-command.ts';
import { printPrompt } from './cli/prompt-command.ts';
import type { Streams } from './cli/streams.ts';
import { readConfig, type Config } from './config.ts';
import { readDeploymentSecret } from './deployment-secret.ts';
import { pricesDate } from './judge/openai/price.ts';
import { loadSoundContent } from './load-sound-content.ts';
import { openJudge } from './open-judge.ts';
import { openModel, pricesOf } from './open-model.ts';
import { checkJudge } from './tutor/check-judge.ts';
import { showPrompt } from './tutor/show-prompt.ts';

/** The commands that look into the judge: `viva doctor` and `viva prompt`. */
export function judgeVerbs(args: { streams: Streams; interrupt: () => AbortSignal }): Pick<Verbs, 'doctor' | 'prompt'> {
  const { streams, interrupt } = args;
  return {
    doctor: async ({ json }) => {
      const config = readConfig(process.env);
      const content = await loadSoundContent(config.contentRoot);
      const secret = await readDeploymentSecret(config.dataDir);
      const { judge, capabilities } = await askable({ config, secret, questions: questionsOf(content) });
      const checks = await checkJudge({ signal: interrupt() }, { content, judge });
      const report: DoctorReport = { setup: setupOf(config), checks, findings: capabilities() };
      return printDoctor({ report, json, streams });
    },

    prompt: async ({ item, answer, option, json }) => {
      const config = readConfig(process.env);
      const content = await loadSoundContent(config.contentRoot);
      const secret = await readDeploymentSecret(config.dataDir);
      const written = await streams.readText(answer);
      return printPrompt({
        shown: showPrompt({ itemId: item, answer: written, option, secret }, { content }),
        item,
        json,
        streams,
      });
    },
  };
}

/** A model is asked directly, past cache and recording: a doctor listens to the patient. */
async function askable({
  config,
  secret,
  questions,
}: {
  config: Config;
  secret: string;
  questions: readonly CourseItem[];
}): Promise<Pick<ReturnType<typeof openModel>, 'judge' | 'capabilities'>> {
  if (config.judge.kind === 'openai') return openModel({ config: config.judge, model: config.judge.model, secret });
  const { judge } = await openJudge({ config: config.judge, secret, questions });
  return { judge, capabilities: () => null };
}

function setupOf({ judge, budget }: Config): JudgeSetup {
  const usd = (microUsd: number | null): number | null => (microUsd === null ? null : microUsd / 1e6);
  const budgets = [
    { name: 'a day', usd: usd(budget.dayMicroUsd) },
    { name: 'a learner and day', usd: usd(budget.learnerMicroUsd) },
    { name: 'an address and day', usd: usd(budget.addressMicroUsd) },
  ];
  if (judge.kind === 'embedded') {
    return {
      judge: 'embedded',
      model: 'embedded',
      endpoint: 'this machine',
      key: 'not set',
      price: null,
      pricesDate,
      budgets,
    };
  }
  return {
    judge: judge.kind,
    model: judge.model,
    endpoint: judge.baseUrl ?? 'https://api.openai.com/v1',
    key: judge.apiKey === null ? 'not set' : 'set',
    price: pricesOf(judge)(judge.model),
    pricesDate,
    budgets,
  };
}
