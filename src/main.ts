import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { questionsOf } from './bank/content.ts';
import type { CalibrationVerbs } from './cli/calibration-program.ts';
import { printBank, printProblems } from './cli/content-commands.ts';
import { exitCodes } from './cli/exit-codes.ts';
import { printGrade } from './cli/grade-command.ts';
import { runCli, type JudgeChoice, type Verbs } from './cli/program.ts';
import type { Streams } from './cli/streams.ts';
import { readConfig, type Config } from './config.ts';
import { VivaError } from './core/errors.ts';
import { loadSoundContent } from './load-sound-content.ts';

const streams: Streams = {
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
  readText: async (path) => {
    if (path === '-') return text(process.stdin);
    return readFile(path, 'utf8').catch((cause: unknown) => {
      throw new VivaError('input-invalid', {
        message: `The file ${path} cannot be read.`,
        fix: 'Name a readable file, or - for standard input.',
        cause,
      });
    });
  },
  interactive: process.stderr.isTTY,
  colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
  width: Math.min(process.stdout.columns || 100, 120),
};

/** The configuration with `--judge` on top of VIVA_JUDGE and `--model` on top of VIVA_MODEL. */
function configFor(judge: JudgeChoice, model: string | null = null): Config {
  return readConfig({
    ...process.env,
    ...(judge === 'configured' ? {} : { VIVA_JUDGE: judge }),
    ...(model === null ? {} : { VIVA_MODEL: model }),
  });
}

/** Aborts at Ctrl-C; a second one ends the process at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

// Each command loads what it needs when it is run: a server, a database and a language model take a second to load.
const verbs: Verbs = {
  serve: async () => {
    const config = readConfig(process.env);
    const content = loadSoundContent(config.contentRoot);
    // Whoever awaits it hears of it; until then it is nobody's unhandled rejection.
    content.catch(() => undefined);
    const { serve } = await import('./serve.ts');
    await serve({ config, content });
    return exitCodes.ok;
  },

  grade: async ({ item, answer, option, judge, json, why }) => {
    const config = configFor(judge);
    const content = await loadSoundContent(config.contentRoot);
    const [{ openJudge }, { gradeText }] = await Promise.all([
      import('./open-judge.ts'),
      import('./tutor/grade-text.ts'),
    ]);
    const { readDeploymentSecret } = await import('./deployment-secret.ts');
    const secret = await readDeploymentSecret(config.dataDir);
    const { judge: opened } = await openJudge({ config: config.judge, secret, questions: questionsOf(content) });
    const written = await streams.readText(answer);
    const graded = await gradeText(
      { itemId: item, answer: written, option, signal: interruptSignal() },
      { content, judge: opened },
    );
    return printGrade({ item, graded, json, why, streams });
  },

  calibrate: async (args) => (await loadCalibrationVerbs()).calibrate(args),
  runs: async (args) => (await loadCalibrationVerbs()).runs(args),
  compare: async (args) => (await loadCalibrationVerbs()).compare(args),
  publish: async (args) => (await loadCalibrationVerbs()).publish(args),
  checkBaseline: async (args) => (await loadCalibrationVerbs()).checkBaseline(args),

  lint: async ({ json }) => {
    const [{ createCueJudge }, { readContentFiles }, { lintContent }] = await Promise.all([
      import('./judge/embedded/embedded-judge.ts'),
      import('./bank/load-content.ts'),
      import('./tutor/lint-content.ts'),
    ]);
    const config = configFor('embedded');
    const problems = await lintContent(await readContentFiles(config.contentRoot), {
      embeddedJudge: createCueJudge({ now: () => performance.now() }),
      signal: interruptSignal(),
    });
    return printProblems({ problems, json, streams });
  },

  bank: async ({ json }) =>
    printBank({ content: await loadSoundContent(configFor('embedded').contentRoot), json, streams }),

  evals: async ({ json }) => {
    const { printEvals } = await import('./cli/evals-command.ts');
    return printEvals({ content: await loadSoundContent(configFor('embedded').contentRoot), json, streams });
  },

  rate: async ({ set, rater, who, items }) => {
    const [{ runRating }, { agreementWithOthers, keepRating, planRating }, { openKeys }] = await Promise.all([
      import('./cli/rate-command.ts'),
      import('./tutor/rate-answers.ts'),
      import('./cli/open-keys.ts'),
    ]);
    const { contentRoot } = configFor('embedded');
    const plan = planRating({ set, rater, items }, { content: await loadSoundContent(contentRoot) });
    const keys = openKeys(process.stdin);
    try {
      return await runRating({
        set,
        plan,
        keep: (answerId, rating) =>
          keepRating({ set, rater, who: who ?? `${rater}, a person`, answerId, ...rating }, { contentRoot }),
        agreement: async () => {
          const { evalSets } = await loadSoundContent(contentRoot);
          return agreementWithOthers({ answers: evalSets.find((one) => one.set.id === set)?.answers ?? [], rater });
        },
        keys,
        streams,
      });
    } finally {
      keys.close();
    }
  },

  doctor: async (args) => (await loadJudgeVerbs()).doctor(args),
  prompt: async (args) => (await loadJudgeVerbs()).prompt(args),

  schema: async ({ out }) => {
    const { contentJsonSchemas } = await import('./bank/json-schemas.ts');
    await mkdir(out, { recursive: true });
    for (const [name, schema] of Object.entries(contentJsonSchemas())) {
      await writeFile(join(out, name), schema);
      streams.out(`${join(out, name)}\n`);
    }
    return exitCodes.ok;
  },

  agreement: async (args) => (await loadTableVerbs()).agreement(args),
  estimate: async (args) => (await loadTableVerbs()).estimate(args),
  import: async (args) => (await loadTableVerbs()).import(args),

  review: async (args) => {
    const { review } = await import('./review-verb.ts');
    return review(args, { streams, env: process.env, input: process.stdin });
  },
};

async function loadCalibrationVerbs(): Promise<CalibrationVerbs> {
  const { calibrationVerbs } = await import('./calibration-verbs.ts');
  return calibrationVerbs({ streams, configFor, interruptSignal });
}

async function loadJudgeVerbs(): Promise<Pick<Verbs, 'doctor' | 'prompt'>> {
  const { judgeVerbs } = await import('./judge-verbs.ts');
  return judgeVerbs({ streams, interrupt: interruptSignal });
}

async function loadTableVerbs(): Promise<Pick<Verbs, 'agreement' | 'estimate' | 'import'>> {
  const { tableVerbs } = await import('./table-verbs.ts');
  return tableVerbs(streams);
}

/** The version in package.json. */
function readVersion(): string {
  const found = /"version":\s*"([^"]+)"/.exec(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return found?.[1] ?? 'unknown';
}

// A reader that has seen enough, such as `head`, closes the pipe: no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : exitCodes.internal),
);

process.exitCode = await runCli({ args: process.argv.slice(2), streams, verbs, version: readVersion() });
