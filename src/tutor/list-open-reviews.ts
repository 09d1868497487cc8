import { findCourseItem, type Content } from '../bank/content.ts';
import type { CriterionGrade, Grade, Provenance } from '../core/grade.ts';
import type { Item } from '../core/item.ts';
import type { Criterion, Misconception } from '../core/rubric.ts';
import type { CriterionVerdict, Evidence, MisconceptionVerdict } from '../core/verdict.ts';
import { listOpenAppeals, type AppealRow } from '../store/appeals.ts';
import type { AttemptRow } from '../store/attempts.ts';
import { listProvisionalAttempts } from '../store/reviews.ts';
import { listSettlementsOfAttempts } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';

/** One verdict for a person to settle, with everything needed to do so and nothing that says whose answer it is. */
export type OpenReview = {
  attemptId: string;
  /** When it came up: contested, or left unsure by the judge, whichever was first. */
  since: Date;
  course: { id: string; title: string };
  item: Item;
  answer: string;
  /** The picked option of a choice item, counted from 1. */
  option: number | null;
  /** What the learner says against it; null where only the judge abstained. */
  appeal: { reason: string; createdAt: Date } | null;
  judgedBy: Pick<Provenance, 'judge' | 'model'>;
  /** The item or rubric was edited after this was judged, in what a judge reads: the verdict was about the older text. */
  rubricChanged: boolean;
} & ReviewedVerdict;

type Judged<Verdict> = { verdict: Verdict; evidence: Evidence[]; confidence: number };

/** What is to be settled. `kind` and `target` go to settleVerdict as they are. */
type ReviewedVerdict =
  | {
      kind: 'criterion';
      target: string;
      criterion: Criterion;
      /** `reasoning` is the judge's, for people who grade; `barred` says that code overruled it. */
      judged: Judged<CriterionVerdict> & { reasoning: string; barred: CriterionGrade['barred'] };
    }
  | {
      kind: 'misconception';
      target: string;
      misconception: Misconception;
      judged: Judged<MisconceptionVerdict>;
    };

/**
 * What waits for a person, oldest first: verdicts learners contest, and those the judge left `unsure` in attempts whose points
 * hang on them. A verdict that is both is one review. Items that have left the bank are left out.
 */
export async function listOpenReviews(
  { limit }: { limit: number },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<OpenReview[]> {
  const itemIds = deps.content.courses.flatMap(({ items }) => items.map(({ item }) => item.id));
  if (itemIds.length === 0) return [];
  const appealed = (await listOpenAppeals(deps.database.db, { itemIds, limit })).flatMap(({ appeal, attempt }) =>
    reviewOf({ ...appeal, since: appeal.createdAt, attempt, appeal, content: deps.content }),
  );
  const unsure = await listAbstentions({ itemIds, limit }, deps);
  const byVerdict = new Map(unsure.map((review) => [keyOf(review), review]));
  for (const review of appealed) {
    const before = byVerdict.get(keyOf(review));
    byVerdict.set(keyOf(review), { ...review, since: before?.since ?? review.since });
  }
  return [...byVerdict.values()].sort((a, b) => a.since.getTime() - b.since.getTime()).slice(0, limit);
}

/** At least `limit` unsettled abstentions where there are so many, oldest first. */
async function listAbstentions(
  { itemIds, limit }: { itemIds: readonly string[]; limit: number },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<OpenReview[]> {
  const found: OpenReview[] = [];
  for (let offset = 0; found.length < limit; offset += limit) {
    const attempts = await listProvisionalAttempts(deps.database.db, { itemIds, limit, offset });
    if (attempts.length === 0) break;
    const attemptIds = attempts.map(({ id }) => id);
    const settled = await listSettlementsOfAttempts(deps.database.db, { attemptIds });
    for (const attempt of attempts) {
      for (const { kind, target } of unsureOf({ attempt, content: deps.content })) {
        if (settled.some((by) => by.attemptId === attempt.id && by.kind === kind && by.target === target)) continue;
        const since = attempt.settledAt ?? attempt.createdAt;
        found.push(...reviewOf({ kind, target, since, attempt, appeal: null, content: deps.content }));
      }
    }
  }
  return found;
}

type Target = { kind: 'criterion' | 'misconception'; target: string };

/** The verdicts an attempt's points hang on: unsure criteria, and unsure misconceptions that cap the points. */
function unsureOf({ attempt, content }: { attempt: AttemptRow; content: Content }): Target[] {
  const grade = judgedGrade(attempt);
  const rubric = findCourseItem(content, attempt.itemId)?.rubric;
  if (grade === null || rubric === undefined) return [];
  const costly = new Set(rubric.misconceptions.flatMap(({ id, caps }) => (caps === undefined ? [] : [id])));
  return [
    ...grade.verdicts.flatMap(({ criterion, verdict }): Target[] =>
      verdict === 'unsure' ? [{ kind: 'criterion', target: criterion }] : [],
    ),
    ...grade.misconceptions.flatMap(({ id, verdict }): Target[] =>
      verdict === 'unsure' && costly.has(id) ? [{ kind: 'misconception', target: id }] : [],
    ),
  ];
}

/** None where the rubric, or the grade, no longer has what it is about: nobody could settle it. */
function reviewOf(
  args: Target & { since: Date; attempt: AttemptRow; appeal: AppealRow | null; content: Content },
): OpenReview[] {
  const { attempt, target } = args;
  const found = findCourseItem(args.content, attempt.itemId);
  const grade = judgedGrade(attempt);
  if (found === undefined || grade === null) return [];
  const { course, item, rubric, rubricHash } = found;
  const about = {
    attemptId: attempt.id,
    since: args.since,
    course: { id: course.id, title: course.title },
    item,
    answer: attempt.answer,
    option: attempt.option,
    appeal: args.appeal === null ? null : { reason: args.appeal.reason, createdAt: args.appeal.createdAt },
    judgedBy: { judge: grade.provenance.judge, model: grade.provenance.model },
    rubricChanged: attempt.rubricHash !== rubricHash,
  };
  switch (args.kind) {
    case 'criterion': {
      const criterion = rubric.criteria.find(({ id }) => id === target);
      const judged = grade.verdicts.find((entry) => entry.criterion === target);
      if (criterion === undefined || judged === undefined) return [];
      return [{ ...about, kind: 'criterion', target, criterion, judged }];
    }
    case 'misconception': {
      const misconception = rubric.misconceptions.find(({ id }) => id === target);
      const judged = grade.misconceptions.find(({ id }) => id === target);
      if (misconception === undefined || judged === undefined) return [];
      return [{ ...about, kind: 'misconception', target, misconception, judged }];
    }
    default:
      return args.kind satisfies never;
  }
}

function judgedGrade({ outcome }: AttemptRow): Grade | null {
  return outcome !== null && (outcome.status === 'graded' || outcome.status === 'provisional') ? outcome : null;
}

function keyOf({ attemptId, kind, target }: OpenReview): string {
  return `${attemptId} ${kind} ${target}`;
}
