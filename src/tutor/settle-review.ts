import { findCourseItem } from '../bank/content.ts';
import { AuthoredId } from '../core/ids.ts';
import { decimalPoints } from '../core/points.ts';
import type { SettledVerdict } from '../core/settled-grade.ts';
import type { TutorDeps } from './deps.ts';
import type {
  AnswerReview,
  JoinReply,
  JoinRequest,
  SettleRequest,
  SettleReviewOutcome,
  VerdictReview,
} from './review-view.ts';
import { settleVerdict } from './settle-verdict.ts';
import { findVerdict, viewAnswerReview, type ReviewDeps } from './view-review.ts';

type SettleDeps = ReviewDeps & Pick<TutorDeps, 'now' | 'attemptChanges'>;

/**
 * Settles one verdict and, where asked, adds the answer to an eval set as rated by this person. A rating takes this person's own
 * verdict on everything in the rubric; without it nothing is settled or added. Where they say otherwise than what stands, that is settled too,
 * so that the rating is the grade the learner sees. What is settled stays settled where the answer cannot be added.
 */
export async function settleReview(request: SettleRequest, deps: SettleDeps): Promise<SettleReviewOutcome> {
  const { attempt: attemptId, settledBy, join } = request;
  const main = settledVerdict(request);
  if (main === undefined)
    return { status: 'invalid', message: `"${request.verdict}" is no verdict on a ${request.kind}.` };
  const answer = await viewAnswerReview({ attemptId }, deps);
  if (answer === undefined) return { status: 'not-found' };

  const rating = join === null ? null : rateAll({ answer, main, join, settledBy });
  if (rating?.status === 'invalid') return rating;
  const settled = await settleVerdict({ ...main, attemptId, settledBy, note: request.note }, deps);
  if (settled.status !== 'settled') return settled;
  let { points } = settled.attempt;
  for (const other of rating?.toSettle ?? []) {
    const also = await settleVerdict({ ...other, attemptId, settledBy, note: '' }, deps);
    if (also.status === 'settled') points = also.attempt.points;
  }
  return {
    status: 'settled',
    points: { low: decimalPoints(points.low), high: decimalPoints(points.high), max: decimalPoints(points.max) },
    replaced: settled.replaced,
    joined: join === null || rating === null ? null : await joinSet({ answer, main, join, rating, settledBy }, deps),
  };
}

type Rated = {
  status: 'rated';
  rater: string;
  all: SettledVerdict[];
  /** Those that are not what stands now or are contested, but for the one that is settled anyway. */
  toSettle: SettledVerdict[];
};

/** The person's verdict on everything, or what is missing for it. What this very person settled before need not be said again. */
function rateAll(args: {
  answer: AnswerReview;
  main: SettledVerdict;
  join: JoinRequest;
  settledBy: string;
}): Rated | { status: 'invalid'; message: string } {
  const { answer, main, join, settledBy } = args;
  if (!answer.evalSets.includes(join.set)) {
    const known = answer.evalSets.join(', ') || 'none';
    return { status: 'invalid', message: `This answer can join these eval sets: ${known}; "${join.set}" is not one.` };
  }
  const rater = raterId(settledBy);
  if (rater === undefined)
    return { status: 'invalid', message: 'An eval set names its raters in Latin letters: write your name so.' };
  const all: SettledVerdict[] = [];
  const toSettle: SettledVerdict[] = [];
  const missing: string[] = [];
  for (const verdict of answer.verdicts) {
    const isMain = verdict.kind === main.kind && verdict.target === main.target;
    const said = isMain ? main : (pickedVerdict(verdict, join) ?? ownVerdict(verdict, settledBy));
    if (said === undefined || !verdict.choices.includes(said.verdict)) {
      missing.push(`“${verdict.text}”`);
      continue;
    }
    all.push(said);
    const stands = verdict.settled?.verdict ?? verdict.judged.verdict;
    if (!isMain && (said.verdict !== stands || verdict.appeal?.status === 'open')) toSettle.push(said);
  }
  if (missing.length === 0) return { status: 'rated', rater, all, toSettle };
  const message = `To add the answer, decide everything in it yourself. Still open: ${missing.join(' ')}`;
  return { status: 'invalid', message };
}

async function joinSet(
  args: { answer: AnswerReview; main: SettledVerdict; join: JoinRequest; rating: Rated; settledBy: string },
  deps: SettleDeps,
): Promise<JoinReply> {
  const { answer, join, rating, settledBy } = args;
  const { content, contentRoot } = deps;
  const found = findCourseItem(content, answer.item.id);
  if (contentRoot === null || found === undefined)
    return { status: 'refused', message: 'The eval sets are not at hand here.' };
  const taken = content.evalSets
    .find(({ set }) => set.id === join.set)
    ?.set.provenance.raters.find(({ id, kind }) => id === rating.rater && kind !== 'human');
  if (taken !== undefined) {
    const message = `"${taken.id}" is a ${taken.kind} in set.yaml, and what is rated here is a person's: write your name in full.`;
    return { status: 'refused', message };
  }
  const verdicts = rating.all.flatMap((said) =>
    said.kind === 'criterion' ? [[said.target, said.verdict] as const] : [],
  );
  const held = rating.all.filter((said) => said.kind === 'misconception' && said.verdict === 'held');
  const isAppeal = findVerdict(answer, args.main)?.appeal != null;
  // Loaded only here: most servers never write an eval set, and the linter takes its time to load.
  const { addEvalAnswer } = await import('../bank/add-eval-answer.ts');
  const added = await addEvalAnswer({
    root: contentRoot,
    content,
    set: join.set,
    answer: {
      item: answer.item.id,
      option: answer.option,
      text: answer.answer,
      split: join.split,
      tags: ['from-review', isAppeal ? 'appeal' : 'abstention'],
      rating: {
        rater: rating.rater,
        raterKind: 'human',
        verdicts: Object.fromEntries(verdicts),
        misconceptions: held.map(({ target }) => target),
      },
      who: `${settledBy.trim()}, a person who settled abstentions and appeals with the judge's reasoning in view`,
    },
  });
  switch (added.status) {
    case 'added':
      return { status: 'joined', set: join.set, id: added.id, split: join.split };
    case 'there-already':
      return { status: 'there-already', set: join.set, id: added.id };
    case 'refused':
      return { status: 'refused', message: added.problems.join(' ') };
    default:
      return added satisfies never;
  }
}

/** "Ada Lovelace" is rater `ada-lovelace`; undefined where no letter is left. */
function raterId(name: string): string | undefined {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return AuthoredId.safeParse(id).data;
}

function settledVerdict({
  kind,
  target,
  verdict,
}: Pick<SettleRequest, 'kind' | 'target' | 'verdict'>): SettledVerdict | undefined {
  const ofMisconception = verdict === 'held' || verdict === 'not-held';
  if (kind === 'criterion') return ofMisconception ? undefined : { kind, target, verdict };
  return ofMisconception ? { kind, target, verdict } : undefined;
}

function pickedVerdict({ kind, target }: VerdictReview, join: JoinRequest): SettledVerdict | undefined {
  const verdict = kind === 'criterion' ? join.verdicts[target] : join.misconceptions[target];
  return verdict === undefined ? undefined : settledVerdict({ kind, target, verdict });
}

function ownVerdict({ kind, target, settled }: VerdictReview, settledBy: string): SettledVerdict | undefined {
  if (settled === null || settled.by.trim() !== settledBy.trim()) return undefined;
  return settledVerdict({ kind, target, verdict: settled.verdict });
}
