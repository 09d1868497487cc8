import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { calibrateCommand, type CalibrateArgs, type CalibrateDeps } from '../../src/cli/calibrate-command.ts';
import { createCalibrationProgress, describeProgress, duration } from '../../src/cli/calibrate-progress.ts';
import { printBaselines, printComparison } from '../../src/cli/lab-commands.ts';
import { printRuns } from '../../src/cli/runs-command.ts';
import type { Streams } from '../../src/cli/streams.ts';
import type { Judge } from '../../src/judge/judge.ts';
import { replayBaseline, setsWithBaseline } from '../../src/tutor/baseline.ts';
import { compareStoredRuns } from '../../src/tutor/compare-stored-runs.ts';
import { listRuns } from '../../src/tutor/list-runs.ts';
import { factorJudge, labContent, runDeps } from '../fixtures/finished-run.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-cli-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const plain: CalibrateArgs = {
  set: 'demo-set',
  split: null,
  runs: 1,
  limit: null,
  robustness: true,
  concurrency: 1,
  budgetUsd: null,
  resamples: 100,
  out: null,
  resume: null,
  fresh: false,
  gate: false,
  baseline: null,
  publish: false,
  writeBaseline: false,
  yes: false,
  json: false,
};

type Said = { code: number; out: string; err: string; asked: string[] };

/** Runs `viva calibrate` in-process. `answer`: what the person at the terminal says; null where nobody sits there. */
async function calibrate(
  args: Partial<CalibrateArgs>,
  change: { judge?: Judge; deps?: Partial<CalibrateDeps>; answer?: boolean | null } = {},
): Promise<Said> {
  const { streams, said } = captured();
  const asked: string[] = [];
  const answer = change.answer ?? null;
  const code = await calibrateCommand(
    { ...plain, ...args },
    {
      ...runDeps(change.judge ?? factorJudge().judge),
      streams,
      confirm:
        answer === null
          ? null
          : (question) => {
              asked.push(question);
              return Promise.resolve(answer);
            },
      concurrency: 1,
      runsDir: join(root, 'runs'),
      contentRoot: root,
      clock: () => 0,
      stop: new AbortController().signal,
      ...change.deps,
    },
  );
  return { code, ...said(), asked };
}

function captured(): { streams: Streams; said: () => { out: string; err: string } } {
  let [out, err] = ['', ''];
  const streams: Streams = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readText: () => Promise.resolve(''),
    interactive: false,
    colour: false,
    width: 100,
  };
  return { streams, said: () => ({ out, err }) };
}

const costing = (microUsd: number | null): Partial<CalibrateDeps> => ({
  costs: { expected: () => microUsd, worst: () => microUsd },
});

describe('viva calibrate', () => {
  test('prints the table on standard output, and everything else beside it', async () => {
    const { code, out, err } = await calibrate({});
    expect(code).toBe(0);
    expect(out).toContain('These ratings were made by the author');
    expect(err).toMatch(
      /^Run 20261127-1200-demo-set-scripted-\d+\. 6 answers and 2 attacks and rewordings by scripted; 8 to go, free\./,
    );
    expect(err).toMatch(/Report: .*report\.html/);
  });

  test('prints report.json with --json, and nothing that would spoil it', async () => {
    const { out } = await calibrate({ json: true });
    expect(JSON.parse(out)).toMatchObject({ version: 2, split: 'test' });
  });

  test('asks before it spends more than a dollar, and spends nothing after a no', async () => {
    const { judge, asked: judged } = factorJudge();
    const { code, asked, err } = await calibrate({}, { judge, answer: false, deps: costing(200_000) });
    expect(asked).toEqual(['What this costs is about $1.60. Go on? [y/N] ']);
    expect(code).toBe(2);
    expect(err).toContain('Nothing was spent.');
    expect(judged).toEqual([]);
    expect((await calibrate({}, { answer: true, deps: costing(200_000) })).code).toBe(0);
  });

  test('does not ask below a dollar, nor with --yes, nor where a budget keeps it below', async () => {
    expect((await calibrate({}, { answer: false, deps: costing(100_000) })).asked).toEqual([]);
    expect((await calibrate({ yes: true, fresh: true }, { answer: false, deps: costing(900_000) })).asked).toEqual([]);
    const held = await calibrate({ budgetUsd: 0.9, fresh: true }, { answer: false, deps: costing(200_000) });
    expect([held.code, held.asked]).toEqual([0, []]);
  });

  test('refuses where nobody can be asked, and says what to add', async () => {
    const { code, err } = await calibrate({}, { deps: costing(200_000) });
    expect(code).toBe(2);
    expect(err).toMatch(/about \$1\.60, and nobody is here to agree to it\.\nAdd --yes/);
    const unknown = await calibrate({ fresh: true }, { deps: costing(null) });
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('cannot be estimated')]);
  });

  test('holds no budget whose price it does not know', async () => {
    const { code, err } = await calibrate({ budgetUsd: 5, yes: true }, { deps: costing(null) });
    expect(code).toBe(2);
    expect(err).toContain('a budget cannot be held');
  });

  test('--gate exits with 1 and says which gate fell, by how much', async () => {
    // Gates need 50 ratings: the six answers, many times over.
    const [loaded, ...others] = labContent.evalSets;
    const many = Array.from({ length: 20 }, (_, copy) =>
      loaded!.answers.map((answer) => ({ ...answer, id: `${answer.id}-${copy}`, family: `${answer.id}-${copy}` })),
    ).flat();
    const content = { ...labContent, evalSets: [{ ...loaded!, answers: many }, ...others] };
    const fallen = await calibrate({ gate: true }, { deps: { content } });
    expect(fallen.code).toBe(1);
    expect(fallen.err).toMatch(
      /Gate fell: Do its points agree .* Asked: at least 0\.70\. Found: .* on the wrong side\./,
    );
    expect(fallen.err).toMatch(/\d gates? fell; (?:none is undecided|\d+ could not be decided for want of ratings)\./);
    // Six answers decide nothing, and nothing that is not decided falls.
    expect((await calibrate({ gate: true, robustness: false })).code).toBe(0);
  });

  test('stopped by Ctrl-C it keeps what it has, exits with 130 and says how to go on', async () => {
    const stop = AbortSignal.abort();
    const { code, err } = await calibrate({}, { deps: { stop } });
    expect(code).toBe(130);
    const id = /viva calibrate --resume (\S+)/.exec(err)?.[1];
    expect(err).toContain('Stopped after 0 of 8');
    const again = await calibrate({ set: null, resume: id ?? '' });
    expect(again.code).toBe(0);
    expect(again.err).toContain(`Going on with ${id}`);
  });

  test('exits with 3 where the judge cannot be reached', async () => {
    const down: Judge = () =>
      Promise.resolve({ status: 'ungraded', reason: 'unauthorized', detail: 'The key is wrong.', provenance: null });
    const { code, err } = await calibrate({}, { judge: down });
    expect([code, err]).toEqual([3, expect.stringContaining('the judge cannot grade (The key is wrong.)')]);
  });

  test('of a set that is not there, or has nothing in the split, exits with 2 and names what there is', async () => {
    expect(await calibrate({ set: 'none' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('demo-set, demo-attacks') as string,
    });
    const noDev = {
      ...labContent,
      evalSets: labContent.evalSets.map((one) => ({
        ...one,
        answers: one.answers.filter(({ split }) => split === 'test'),
      })),
    };
    expect(await calibrate({ split: 'dev' }, { deps: { content: noDev } })).toMatchObject({ code: 2 });
  });
});

describe('afterwards', () => {
  test('two runs are compared, at the end of the second or later', async () => {
    await calibrate({});
    const worse: Judge = async (task, call) => {
      const judged = await factorJudge().judge(task, call);
      if (judged.status !== 'judged') return judged;
      return {
        ...judged,
        criteria: judged.criteria.map((one) => ({ ...one, verdict: 'missed' as const, quotes: [] })),
      };
    };
    const [first] = await listRuns({ runsDir: join(root, 'runs') });
    const second = await calibrate({ baseline: first!.id, fresh: true }, { judge: worse });
    expect(second.out).toMatch(
      /On 4 test answers with 12 verdicts that both have, 3 verdicts flipped: 1 were mended, 2 broken/,
    );
    const runs = await listRuns({ runsDir: join(root, 'runs') });
    const { streams, said } = captured();
    const comparison = await compareStoredRuns({
      first: first!.id,
      second: runs.find(({ id }) => id !== first!.id)!.id,
      runsDir: join(root, 'runs'),
      resamples: 100,
    });
    expect(printComparison({ comparison, json: false, streams })).toBe(0);
    expect(said().out).toMatch(/a3\/both-factors\s+met\s+met\s+missed\s+broken/);
    await expect(
      compareStoredRuns({ first: '2026', second: 'x', runsDir: join(root, 'runs'), resamples: 10 }),
    ).rejects.toThrow(/runs begin with "2026"/);
  });

  test('the runs are listed, unfinished ones with the way to go on', async () => {
    await calibrate({ robustness: false });
    await calibrate({ fresh: true }, { deps: { stop: AbortSignal.abort() } });
    const { streams, said } = captured();
    printRuns({ runs: await listRuns({ runsDir: join(root, 'runs') }), json: false, streams });
    expect(said().out).toMatch(/cannot say/);
    expect(said().out).toMatch(/unfinished: viva calibrate --resume 2026/);
    const empty = captured();
    printRuns({ runs: [], json: false, streams: empty.streams });
    expect(empty.said().out).toContain('No runs yet');
  });

  test('a baseline is written from dev, holds for the same judge and catches one that got worse', async () => {
    await mkdir(join(root, 'evals', 'demo-set'), { recursive: true });
    const [loaded, ...others] = labContent.evalSets;
    const many = Array.from({ length: 10 }, (_, copy) =>
      loaded!.answers.map((answer) => ({
        ...answer,
        id: `${answer.id}-${copy}`,
        family: `${answer.id}-${copy}`,
        split: 'dev' as const,
      })),
    ).flat();
    const content = { ...labContent, evalSets: [{ ...loaded!, answers: many }, ...others] };
    const written = await calibrate({ writeBaseline: true, split: 'dev' }, { deps: { content } });
    expect(written.err).toContain('Baseline: ');
    expect(JSON.parse(await readFile(join(root, 'evals', 'demo-set', 'baseline.json'), 'utf8'))).toMatchObject({
      judge: 'scripted',
      answers: 60,
    });
    expect(await setsWithBaseline({ content, contentRoot: root })).toEqual(['demo-set']);

    const check = async (judge: Judge, model = 'scripted'): Promise<{ code: number; out: string; err: string }> => {
      const { streams, said } = captured();
      const judgeName = { name: 'scripted', model, promptVersion: '9' };
      const args = { setId: 'demo-set', contentRoot: root, concurrency: 1, signal: new AbortController().signal };
      const outcome = await replayBaseline(args, { content, judge, judgeName });
      return { code: printBaselines({ outcomes: [outcome], streams }), ...said() };
    };
    const { judge } = factorJudge();
    expect(await check(judge)).toMatchObject({ code: 0, out: expect.stringContaining('holds') as string });
    const silent: Judge = async (task, call) => {
      const judged = await judge(task, call);
      if (judged.status !== 'judged') return judged;
      return { ...judged, criteria: judged.criteria.map((one) => ({ ...one, verdict: 'unsure' as const })) };
    };
    expect(await check(silent)).toMatchObject({ code: 1, out: expect.stringContaining('WORSE') as string });
    expect(await check(judge, 'other')).toMatchObject({
      code: 1,
      err: expect.stringContaining('another judge') as string,
    });
  });

  test('no baseline is written of a run without dev answers', async () => {
    const { code, err } = await calibrate({ writeBaseline: true, split: 'test' });
    expect([code, err]).toEqual([2, expect.stringContaining('holds no dev answers')]);
    expect(existsSync(join(root, 'evals'))).toBe(false);
  });

  test('nothing is published where no threshold was found, and the exit code says so', async () => {
    const { code, err } = await calibrate({ publish: true });
    expect([code, err]).toEqual([1, expect.stringContaining('Nothing was published.')]);
  });
});

describe('progress', () => {
  test('says how many, how fast, what it cost and how long the rest takes', () => {
    expect(
      describeProgress({ progress: { done: 312, total: 670, costMicroUsd: 430_000 }, begun: 0, elapsedMs: 76_000 }),
    ).toBe('graded 312 of 670 · 4.1 a second · $0.43 so far · 1 min 27 s left');
    expect(
      describeProgress({ progress: { done: 300, total: 600, costMicroUsd: null }, begun: 200, elapsedMs: 10_000 }),
    ).toBe('graded 300 of 600 · 10 a second · cost unknown · 30 s left');
    expect([duration(7_400), duration(60_000), duration(7_500_000)]).toEqual(['7 s', '1 min', '2 h 5 min']);
  });

  test('is one line redrawn on a screen, and a line each tenth of the way in a log', () => {
    const lines: string[] = [];
    const err = (text: string): void => void lines.push(text);
    const log = createCalibrationProgress({ streams: { err, interactive: false }, now: () => 0, begun: 0 });
    for (let done = 1; done <= 100; done += 1) log.show({ done, total: 100, costMicroUsd: 0 });
    expect(lines).toHaveLength(10);
    expect(lines.every((line) => line.endsWith('\n'))).toBe(true);
    lines.length = 0;
    const screen = createCalibrationProgress({ streams: { err, interactive: true }, now: () => 0, begun: 0 });
    for (let done = 1; done <= 3; done += 1) screen.show({ done, total: 3, costMicroUsd: 0 });
    screen.end();
    expect(lines).toEqual(['\rgraded 1 of 3', '\rgraded 2 of 3', '\rgraded 3 of 3', '\n']);
  });
});
