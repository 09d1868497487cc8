import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { contentJsonSchemas } from './bank/json-schemas.ts';
import { lintFiles } from './bank/lint.ts';
import { assembleContent, contentInvalid, readContentFiles } from './bank/load-content.ts';
import { readSource } from './bank/read-source.ts';
import type { Content } from './bank/content.ts';
import { printAgreement } from './cli/agreement-command.ts';
import { createProgress, printCalibration } from './cli/calibrate-command.ts';
import { printBank, printProblems } from './cli/content-commands.ts';
import { printEstimate } from './cli/estimate-command.ts';
import { exitCodes } from './cli/exit-codes.ts';
import { printImport } from './cli/import-command.ts';
import { printGrade } from './cli/grade-command.ts';
import { runCli, type JudgeChoice, type Verbs } from './cli/program.ts';
import type { Streams } from './cli/streams.ts';
import { readConfig, type Config } from './config.ts';
import { VivaError } from './core/errors.ts';
import { openJudge } from './open-judge.ts';
import { calibrate } from './tutor/calibrate.ts';
import { estimateRate } from './tutor/estimate-rate.ts';
import { gradeText } from './tutor/grade-text.ts';
import { importSet } from './tutor/import-set.ts';
import { lintContent, lintCues } from './tutor/lint-content.ts';
import { measureAgreement } from './tutor/measure-agreement.ts';

/** Judge calls of a calibration run that are under way at once where the judge sets no limit of its own. */
const CALIBRATION_CONCURRENCY = 16;

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

/** The configuration with `--judge` on top of VIVA_JUDGE. */
function configFor(judge: JudgeChoice): Config {
  return readConfig(judge === 'configured' ? process.env : { ...process.env, VIVA_JUDGE: judge });
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

  calibrate: async ({ set, judge, split, resamples, json }) => {
    const config = configFor(judge);
    const content = await loadContent(config);
    const { judge: opened, card } = openJudge({ config: config.judge, secret: randomUUID() });
    const onProgress = createProgress({ streams, label: 'graded' });
    const outcome = await calibrate(
      { setId: set, split, resamples, concurrency: CALIBRATION_CONCURRENCY, signal: interruptSignal(), onProgress },
      { content, judge: opened, judgeCard: card },
    );
    return printCalibration({ set, outcome, json, streams });
  },

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

  agreement: async ({ file, json, ...request }) => {
    const measured = measureAgreement({ name: file, text: await readTableText(file), request });
    return printAgreement({ measured, json, streams });
  },

  estimate: async ({ file, json, ...columns }) => {
    const estimated = estimateRate({ name: file, text: await readTableText(file), ...columns });
    return printEstimate({ estimated, json, streams });
  },

  import: async ({ json, ...request }) => printImport({ outcome: await importSet(request), json, streams }),
};

/** A table from a file in whatever encoding, or from standard input for "-". */
async function readTableText(file: string): Promise<string> {
  if (file === '-') return streams.readText(file);
  const { text: written, note } = await readSource(file);
  if (note !== null) streams.err(`${file}: ${note}.\n`);
  return written;
}

/** The version in package.json. */
function readVersion(): string {
  const found = /"version":\s*"([^"]+)"/.exec(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return found?.[1] ?? 'unknown';
}

process.exitCode = await runCli({ args: process.argv.slice(2), streams, verbs, version: readVersion() });
