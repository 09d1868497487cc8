import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { questionsOf } from './bank/content.ts';
import { calibrateCommand } from './cli/calibrate-command.ts';
import type { CalibrationVerbs } from './cli/calibration-program.ts';
import type { JudgeChoice } from './cli/judge-choice.ts';
import { printBaselines, printComparison, printPublished } from './cli/lab-commands.ts';
import { printRuns } from './cli/runs-command.ts';
import type { Streams } from './cli/streams.ts';
import type { Config } from './config.ts';
import { readDeploymentSecret } from './deployment-secret.ts';
import { judgeTerms } from './judge-terms.ts';
import { loadSoundContent } from './load-sound-content.ts';
import { openJudge } from './open-judge.ts';
import { replayBaseline, setsWithBaseline, type BaselineOutcome } from './tutor/baseline.ts';
import { compareStoredRuns } from './tutor/compare-stored-runs.ts';
import { listRuns, readReportOf } from './tutor/list-runs.ts';
import { publishReport } from './tutor/published.ts';
import { runsFolder } from './tutor/prepare-run.ts';

/** The commands of the calibration lab with everything they need from outside. */
export function calibrationVerbs(deps: {
  streams: Streams;
  configFor: (judge: JudgeChoice, model: string | null) => Config;
  interruptSignal: () => AbortSignal;
}): CalibrationVerbs {
  const { streams } = deps;
  return {
    calibrate: async ({ judge: choice, model, ...args }) => {
      const config = deps.configFor(choice, model);
      const content = await loadSoundContent(config.contentRoot);
      const { judge } = await openJudge({
        config: config.judge,
        secret: await readDeploymentSecret(config.dataDir),
        questions: questionsOf(content),
      });
      const { name: judgeName, costs, concurrency } = judgeTerms(config.judge);
      return calibrateCommand(args, {
        content,
        judge,
        judgeName,
        costs,
        concurrency,
        streams,
        confirm: process.stdin.isTTY && streams.interactive ? confirm : null,
        runsDir: runsFolder(config.dataDir),
        contentRoot: config.contentRoot,
        clock: () => performance.now(),
        stop: deps.interruptSignal(),
        now: () => new Date(),
        newId: () => randomBytes(8).toString('hex'),
      });
    },

    runs: async ({ json }) => {
      const { dataDir } = deps.configFor('embedded', null);
      return printRuns({ runs: await listRuns({ runsDir: runsFolder(dataDir) }), json, streams });
    },

    compare: async ({ json, ...args }) => {
      const { dataDir } = deps.configFor('embedded', null);
      const comparison = await compareStoredRuns({ ...args, runsDir: runsFolder(dataDir) });
      return printComparison({ comparison, json, streams });
    },

    publish: async ({ run }) => {
      const config = deps.configFor('embedded', null);
      const content = await loadSoundContent(config.contentRoot);
      const report = await readReportOf({ name: run, runsDir: runsFolder(config.dataDir) });
      const outcome = await publishReport(
        { report, contentRoot: config.contentRoot },
        { content, now: () => new Date() },
      );
      return printPublished({ outcome, streams });
    },

    checkBaseline: async ({ set }) => {
      const config = deps.configFor('embedded', null);
      const content = await loadSoundContent(config.contentRoot);
      const { judge } = await openJudge({ config: { kind: 'embedded' }, secret: '', questions: questionsOf(content) });
      const { name: judgeName, concurrency } = judgeTerms({ kind: 'embedded' });
      const { contentRoot } = config;
      const signal = deps.interruptSignal();
      const outcomes: BaselineOutcome[] = [];
      for (const setId of set === null ? await setsWithBaseline({ content, contentRoot }) : [set])
        outcomes.push(await replayBaseline({ setId, contentRoot, concurrency, signal }, { content, judge, judgeName }));
      return printBaselines({ outcomes, streams });
    },
  };
}

/** Ctrl-C and Ctrl-D mean no. */
async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const said = await new Promise<string>((resolve) => {
    terminal.on('SIGINT', () => resolve('')).on('close', () => resolve(''));
    terminal.question(question).then(resolve, () => resolve(''));
  });
  terminal.close();
  return /^y(es)?$/i.test(said.trim());
}
