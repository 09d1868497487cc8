import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../bank/content.ts';
import type { CalibrationReport } from '../calibration/report-schema.ts';
import { PublishedFile, type PublishDecision, type Thresholds } from '../core/publish-decision.ts';

/** What holds for one judge in one course; `stale` where rubrics or prompt have changed since it was measured. */
export type Published = { thresholds: Thresholds; stale: boolean; decision: PublishDecision };

/**
 * The newest decision about a judge among the sets of a course; undefined where nobody decided. A stale one still holds, for it only ever
 * leaves more to people, and says that the judge should be calibrated again.
 */
export function findPublished(
  args: { course: string; judge: string; model: string; promptVersion: string | null },
  { content }: { content: Content },
): Published | undefined {
  const decision = content.evalSets
    .filter(({ set }) => set.course === args.course)
    .flatMap(({ published }) => published ?? [])
    .filter(({ judge, model }) => judge === args.judge && model === args.model)
    .sort((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1))[0];
  if (!decision) return undefined;
  const otherPrompt = args.promptVersion !== null && decision.promptVersion !== args.promptVersion;
  const stale = otherPrompt || decision.rubricSetHash !== rubricSetHash({ course: args.course, content });
  return { thresholds: decision.thresholds, stale, decision };
}

export type PublishOutcome =
  { status: 'published'; path: string; decision: PublishDecision } | { status: 'nothing-to-publish'; reason: string };

/** Writes the decision that follows from a report into the eval set's folder, over an earlier one about the same judge. */
export async function publishReport(
  args: { report: CalibrationReport; contentRoot: string },
  deps: { content: Content; now: () => Date },
): Promise<PublishOutcome> {
  const { report } = args;
  const { fitted } = report.threshold;
  if (fitted.status === 'undefined') return { status: 'nothing-to-publish', reason: fitted.reason };
  const loaded = deps.content.evalSets.find(({ set }) => set.id === report.set.id);
  if (!loaded) return { status: 'nothing-to-publish', reason: `There is no eval set "${report.set.id}" any more.` };
  const decision: PublishDecision = {
    judge: report.judge.name,
    model: report.judge.model,
    promptVersion: report.judge.promptVersion,
    rubricSetHash: rubricSetHash({ course: loaded.set.course, content: deps.content }),
    thresholds: { verdict: fitted.confidence },
    mayGradeAlone: report.summary.mayGradeAlone,
    gates: report.gates.map(({ gate, status, slice }) => ({
      gate,
      status,
      slice: slice && `${slice.by} ${slice.value}`,
    })),
    ratedBy: report.ratings.answersByKind,
    run: report.run?.id ?? 'none',
    publishedAt: deps.now().toISOString(),
  };
  const folder = join(args.contentRoot, 'evals', report.set.id);
  const path = join(folder, 'published.json');
  const others = (await readDecisions(path)).filter(
    ({ judge, model }) => judge !== decision.judge || model !== decision.model,
  );
  const file: PublishedFile = { version: 1, set: report.set.id, decisions: [...others, decision] };
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.part`, `${JSON.stringify(file, null, 2)}\n`, { flush: true });
  await rename(`${path}.part`, path);
  return { status: 'published', path, decision };
}

/** SHA-256 over what a judge reads of every item of a course. */
export function rubricSetHash({ course, content }: { course: string; content: Content }): string {
  const items = content.courses.find((entry) => entry.course.id === course)?.items ?? [];
  const hashes = items.map(({ item, rubricHash }) => `${item.id} ${rubricHash}`).sort();
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}

async function readDecisions(path: string): Promise<PublishDecision[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? [] : PublishedFile.parse(JSON.parse(text)).decisions;
}
