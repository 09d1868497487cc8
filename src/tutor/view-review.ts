import { findCourseItem, type Content } from '../bank/content.ts';
import type { Grade } from '../core/grade.ts';
import { isCorrect } from '../core/item.ts';
import { decimalPoints, thousandths } from '../core/points.ts';
import { listAppeals, type AppealRow } from '../store/appeals.ts';
import { findAttempt, type AttemptRow } from '../store/attempts.ts';
import { listSettlements, type SettlementRow } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';
import { listOpenReviews } from './list-open-reviews.ts';
import type { AnswerReview, OpenReviewView, VerdictKind, VerdictReview } from './review-view.ts';
import { isUuid } from './view-attempt.ts';

/** `contentRoot`: the folder that answers can be added to eval sets in; null where there is none. */
export type ReviewDeps = Pick<TutorDeps, 'content' | 'database'> & { contentRoot: string | null };

/** What waits for a person, oldest first, each with the whole answer. */
export async function viewOpenReviews({ limit }: { limit: number }, deps: ReviewDeps): Promise<OpenReviewView[]> {
  const open = await listOpenReviews({ limit }, deps);
  const answers = new Map<string, AnswerReview>();
  for (const attemptId of new Set(open.map((review) => review.attemptId))) {
    const answer = await viewAnswerReview({ attemptId }, deps);
    if (answer !== undefined) answers.set(attemptId, answer);
  }
  return open.flatMap(({ attemptId, kind, target, since, appeal }): OpenReviewView[] => {
    const answer = answers.get(attemptId);
    if (answer === undefined) return [];
    return [{ ...answer, kind, target, why: appeal === null ? 'abstention' : 'appeal', since: since.toISOString() }];
  });
}

/** One graded answer with all its verdicts, settled ones too; undefined where there is none, or its item has left the bank. */
export async function viewAnswerReview(
  { attemptId }: { attemptId: string },
  deps: ReviewDeps,
): Promise<AnswerReview | undefined> {
  if (!isUuid(attemptId)) return undefined;
  const { db } = deps.database;
  const attempt = await findAttempt(db, attemptId);
  const outcome = attempt?.outcome ?? null;
  if (attempt === undefined || outcome === null || !('verdicts' in outcome)) return undefined;
  const [settlements, appeals] = [await listSettlements(db, { attemptId }), await listAppeals(db, { attemptId })];
  return answerOf({ attempt, grade: outcome, settlements, appeals, deps });
}

/** The verdict of an answer that an address names. */
export function findVerdict(
  answer: AnswerReview,
  { kind, target }: { kind: VerdictKind; target: string },
): VerdictReview | undefined {
  return answer.verdicts.find((verdict) => verdict.kind === kind && verdict.target === target);
}

function answerOf(args: {
  attempt: AttemptRow;
  grade: Grade;
  settlements: readonly SettlementRow[];
  appeals: readonly AppealRow[];
  deps: ReviewDeps;
}): AnswerReview | undefined {
  const { attempt, grade, deps } = args;
  const found = findCourseItem(deps.content, attempt.itemId);
  if (found === undefined) return undefined;
  const { course, item, rubricHash } = found;
  return {
    attempt: attempt.id,
    course: { id: course.id, title: course.title },
    item: {
      id: item.id,
      title: item.title,
      prompt: item.prompt,
      reference: item.reference,
      options:
        item.kind === 'choice'
          ? item.options.map((option, index) => ({ number: index + 1, text: option.text, correct: isCorrect(option) }))
          : [],
    },
    answer: attempt.answer,
    option: attempt.option,
    points: {
      low: decimalPoints(attempt.pointsLow ?? grade.points.low),
      high: decimalPoints(attempt.pointsHigh ?? grade.points.high),
      max: decimalPoints(attempt.pointsMax ?? grade.points.max),
    },
    judgedBy: { judge: grade.provenance.judge, model: grade.provenance.model },
    rubricChanged: attempt.rubricHash !== rubricHash,
    verdicts: verdictsOf({ ...args, rubric: found.rubric }),
    evalSets: deps.contentRoot === null ? [] : evalSetsOf({ content: deps.content, courseId: course.id }),
  };
}

function verdictsOf(args: {
  grade: Grade;
  rubric: Content['courses'][number]['items'][number]['rubric'];
  settlements: readonly SettlementRow[];
  appeals: readonly AppealRow[];
}): VerdictReview[] {
  const { grade, rubric } = args;
  const criteria = rubric.criteria.flatMap((criterion): VerdictReview[] => {
    const judged = grade.verdicts.find((entry) => entry.criterion === criterion.id);
    if (judged === undefined) return [];
    const { verdict, confidence, evidence, reasoning, barred } = judged;
    return [
      {
        kind: 'criterion',
        target: criterion.id,
        text: criterion.asks,
        expects: criterion.expects,
        partial: criterion.partial ?? null,
        points: decimalPoints(thousandths(criterion.points)),
        caps: null,
        choices: criterion.partial === undefined ? ['met', 'missed'] : ['met', 'partial', 'missed'],
        judged: { verdict, confidence, evidence, reasoning, barred },
        ...standingOf({ ...args, kind: 'criterion', target: criterion.id }),
      },
    ];
  });
  const misconceptions = rubric.misconceptions.flatMap((misconception): VerdictReview[] => {
    const judged = grade.misconceptions.find(({ id }) => id === misconception.id);
    if (judged === undefined) return [];
    const { verdict, confidence, evidence } = judged;
    return [
      {
        kind: 'misconception',
        target: misconception.id,
        text: misconception.claim,
        expects: misconception.refutes,
        partial: null,
        points: null,
        caps: misconception.caps ?? null,
        choices: ['held', 'not-held'],
        judged: { verdict, confidence, evidence, reasoning: '', barred: null },
        ...standingOf({ ...args, kind: 'misconception', target: misconception.id }),
      },
    ];
  });
  return [...criteria, ...misconceptions];
}

function standingOf(args: {
  kind: VerdictKind;
  target: string;
  settlements: readonly SettlementRow[];
  appeals: readonly AppealRow[];
}): Pick<VerdictReview, 'settled' | 'appeal'> {
  const same = ({ kind, target }: { kind: string; target: string }): boolean =>
    kind === args.kind && target === args.target;
  const settled = args.settlements.find(same);
  const appeal = args.appeals.find(same);
  return {
    settled:
      settled === undefined
        ? null
        : {
            verdict: settled.verdict,
            by: settled.settledBy,
            note: settled.note,
            at: settled.createdAt.toISOString(),
          },
    appeal:
      appeal === undefined
        ? null
        : { reason: appeal.reason, status: appeal.status, createdAt: appeal.createdAt.toISOString() },
  };
}

/** The course's sets of rated answers. A set of attacks is no place for what a learner wrote in earnest. */
function evalSetsOf({ content, courseId }: { content: Content; courseId: string }): string[] {
  const attacks = new Set(content.evalSets.map(({ set }) => set.robustness));
  return content.evalSets.flatMap(({ set }) => (set.course === courseId && !attacks.has(set.id) ? [set.id] : []));
}
