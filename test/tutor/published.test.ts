import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readContentFiles } from '../../src/bank/load-content.ts';
import type { Content } from '../../src/bank/content.ts';
import type { CalibrationReport } from '../../src/calibration/report-schema.ts';
import { PublishedFile } from '../../src/core/publish-decision.ts';
import { findPublished, publishReport } from '../../src/tutor/published.ts';
import { judgmentOf, scriptedJudge } from '../fixtures/lora.ts';
import { openTestTutor } from '../fixtures/tutor.ts';
import { factorJudge, labContent, runDemo, runDeps } from '../fixtures/finished-run.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-publish-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const now = (): Date => new Date('2026-11-27T13:00:00Z');

async function reportWith(threshold: number | null): Promise<CalibrationReport> {
  const end = await runDemo({ dataDir: root, deps: runDeps(factorJudge().judge) });
  if (end.status !== 'done') throw new Error(end.status);
  const share = { status: 'value', value: 0.9, n: 10, interval: { status: 'undefined', reason: 'none' } } as const;
  const fitted =
    threshold === null
      ? ({ status: 'undefined', reason: 'Too few answers.' } as const)
      : ({ status: 'value', confidence: threshold, coverage: share, risk: share } as const);
  return { ...end.report, threshold: { ...end.report.threshold, fitted } };
}

async function withPublished(): Promise<Content> {
  const { decisions } = PublishedFile.parse(
    JSON.parse(await readFile(join(root, 'evals', 'demo-set', 'published.json'), 'utf8')),
  );
  return {
    ...labContent,
    evalSets: labContent.evalSets.map((one) => (one.set.id === 'demo-set' ? { ...one, published: decisions } : one)),
  };
}

const whom = { course: 'demo', judge: 'scripted', model: 'scripted', promptVersion: '1' };

describe('publishing a run', () => {
  test('stores what follows from it where the content is, and grading finds it', async () => {
    const outcome = await publishReport(
      { report: await reportWith(0.8), contentRoot: root },
      { content: labContent, now },
    );
    expect(outcome).toMatchObject({
      status: 'published',
      decision: {
        judge: 'scripted',
        thresholds: { verdict: 0.8 },
        // One attack of two got through.
        mayGradeAlone: 'no',
        ratedBy: { human: 0, author: 4, model: 0 },
        publishedAt: '2026-11-27T13:00:00.000Z',
      },
    });
    const content = await withPublished();
    expect(findPublished(whom, { content })).toMatchObject({ thresholds: { verdict: 0.8 }, stale: false });
    expect(findPublished({ ...whom, model: 'another' }, { content })).toBeUndefined();
    expect(findPublished({ ...whom, course: 'another' }, { content })).toBeUndefined();
  });

  test('leaves to a person what the judge of a learner is not sure enough of', async () => {
    await publishReport({ report: await reportWith(0.95), contentRoot: root }, { content: labContent, now });
    const quotes = ['both factors are trained'];
    const judge = scriptedJudge(
      judgmentOf({ criteria: { 'both-factors': { verdict: 'met', quotes, confidence: 0.9 } } }),
    );
    const verdictUnder = async (content: Content): Promise<unknown> => {
      const tutor = await openTestTutor({ judge: judge.judge, content });
      const learnerId = await tutor.newLearner();
      const { verdicts } = await tutor.answer({ learnerId, answer: 'I say both factors are trained.' });
      await tutor.close();
      return verdicts[0]?.verdict;
    };
    expect(await verdictUnder(await withPublished())).toBe('unsure');
    expect(await verdictUnder(labContent)).toBe('met');
  });

  test('takes the place of an earlier decision about the same judge and leaves those about others', async () => {
    const report = await reportWith(0.8);
    const deps = { content: labContent, now };
    await publishReport({ report, contentRoot: root }, deps);
    await publishReport({ report: { ...report, judge: { ...report.judge, model: 'other' } }, contentRoot: root }, deps);
    await publishReport({ report: await reportWith(0.6), contentRoot: root }, deps);
    const content = await withPublished();
    const decisions = content.evalSets.flatMap(({ published }) => published ?? []);
    expect(decisions.map(({ model, thresholds }) => [model, thresholds.verdict])).toEqual([
      ['other', 0.8],
      ['scripted', 0.6],
    ]);
  });

  test('still holds after rubrics or prompt have changed, for it only leaves more to people, but is called stale', async () => {
    await publishReport({ report: await reportWith(0.8), contentRoot: root }, { content: labContent, now });
    const content = await withPublished();
    expect(findPublished({ ...whom, promptVersion: '2' }, { content })).toMatchObject({ stale: true });
    const courses = content.courses.map((course) => ({
      ...course,
      items: course.items.map((one) => ({ ...one, rubricHash: `${one.rubricHash}x` })),
    }));
    expect(findPublished(whom, { content: { ...content, courses } })).toMatchObject({
      stale: true,
      thresholds: { verdict: 0.8 },
    });
  });

  test('publishes nothing where no threshold was found', async () => {
    const outcome = await publishReport(
      { report: await reportWith(null), contentRoot: root },
      { content: labContent, now },
    );
    expect(outcome).toEqual({ status: 'nothing-to-publish', reason: 'Too few answers.' });
  });

  test('a published.json that was broken by hand is a problem with a mend', async () => {
    const folder = join(root, 'evals', 'demo-set');
    await mkdir(join(root, 'bank'), { recursive: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'published.json'), '{"version":1,"set":"demo-set"}');
    const { problems } = await readContentFiles(root);
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: join('evals', 'demo-set', 'published.json'),
        mend: expect.stringContaining('publish') as string,
      }),
    );
  });
});
