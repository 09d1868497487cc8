import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { contentJsonSchemas } from './bank/json-schemas.ts';
import { lintFiles } from './bank/lint.ts';
import { assembleContent, contentInvalid, readContentFiles } from './bank/load-content.ts';
import type { Content } from './bank/content.ts';
import { calibrationVerbs } from './calibration-verbs.ts';
import { printBank, printProblems } from './cli/content-commands.ts';
import { exitCodes } from './cli/exit-codes.ts';
import { printGrade } from './cli/grade-command.ts';
import { runCli, type JudgeChoice, type Verbs } from './cli/program.ts';
import type { Streams } from './cli/streams.ts';
import { readConfig, type Config } from './config.ts';
import { VivaError } from './core/errors.ts';
import { openJudge } from './open-judge.ts';
import { gradeText } from './tutor/grade-text.ts';
import { lintContent, lintCues } from './tutor/lint-content.ts';

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

/** Sound content or the error that lists what is wrong with it. */
async function loadContent(config: Config): Promise<Content> {
  const files = await readContentFiles(config.contentRoot);
  const problems = [...lintFiles(files), ...lintCues(files)];
  if (problems.length > 0) throw contentInvalid(problems);
  return assembleContent(files);
}

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

const verbs: Verbs = {
  serve: async () => {
    // Loaded only here: the other commands need neither a database nor a server.
    const { serve } = await import('./serve.ts');
    const config = readConfig(process.env);
    await serve({ config, content: await loadContent(config) });
    return exitCodes.ok;
  },

  grade: async ({ item, answer, option, judge, json }) => {
    const config = configFor(judge);
    const content = await loadContent(config);
    const { judge: opened } = openJudge({ config: config.judge, secret: randomUUID() });
    const written = await streams.readText(answer);
    const graded = await gradeText(
      { itemId: item, answer: written, option, signal: interruptSignal() },
      { content, judge: opened },
    );
    return printGrade({ item, graded, json, streams });
  },

  ...calibrationVerbs({ streams, configFor, loadContent, interruptSignal }),

  lint: async ({ json }) => {
    const config = configFor('embedded');
    const { judge: embeddedJudge } = openJudge({ config: { kind: 'embedded' }, secret: '' });
    const problems = await lintContent(await readContentFiles(config.contentRoot), {
      embeddedJudge,
      signal: interruptSignal(),
    });
    return printProblems({ problems, json, streams });
  },

  bank: async ({ json }) => printBank({ content: await loadContent(configFor('embedded')), json, streams }),

  schema: async ({ out }) => {
    await mkdir(out, { recursive: true });
    for (const [name, schema] of Object.entries(contentJsonSchemas())) {
      await writeFile(join(out, name), schema);
      streams.out(`${join(out, name)}\n`);
    }
    return exitCodes.ok;
  },
};

/** The version in package.json. */
function readVersion(): string {
  const found = /"version":\s*"([^"]+)"/.exec(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return found?.[1] ?? 'unknown';
}

process.exitCode = await runCli({ args: process.argv.slice(2), streams, verbs, version: readVersion() });
