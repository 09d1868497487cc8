import { findCourseItem } from '../bank/content.ts';
import { insertAppeal, listAppeals } from '../store/appeals.ts';
import { lockLearnerOfAttempt } from '../store/learner-lives.ts';
import { lockAttempt } from '../store/reviews.ts';
import { listSettlements } from '../store/settlements.ts';
import type { TutorDeps } from './deps.ts';
import type { AppealView } from './learner-view.ts';
import { findOwnAttempt } from './view-attempt.ts';
import { shownMisconceptions } from './view-verdicts.ts';

/** Characters a reason may have: a paragraph or two for a person to read. */
export const LONGEST_REASON = 2_000;

export type ContestOutcome =
  | { status: 'contested' }
  /** Not this learner's attempt, or its item has left the bank. */
  | { status: 'not-found' }
  | { status: 'invalid'; field: 'verdict' | 'reason'; message: string }
  /** This verdict cannot be contested: there is none yet, it was contested before, or a person has settled it. */
  | { status: 'refused'; why: 'not-graded' | 'contested-before' | 'settled' };

/**
 * A learner says which verdict on their attempt is wrong, and why; a person will look. One appeal a verdict. `ordinal` counts
 * as the attempt's view does: criteria in the order of the rubric, misconceptions among those shown.
 */
export async function contestVerdict(
  args: {
    attemptId: string;
    learnerId: string | null;
    kind: AppealView['kind'];
    ordinal: number;
    reason: string;
  },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now' | 'newId'>,
): Promise<ContestOutcome> {
  const attempt = await findOwnAttempt(args, deps);
  const courseItem = attempt && findCourseItem(deps.content, attempt.itemId);
  if (!attempt || !courseItem) return { status: 'not-found' };
  const reason = args.reason.toWellFormed().replaceAll('\u0000', '').trim();
  if (reason.length === 0) {
    return { status: 'invalid', field: 'reason', message: 'Say in a sentence or two why the mark is wrong.' };
  }
  if (reason.length > LONGEST_REASON) {
    const message = `Your reason has ${reason.length} characters; the most is ${LONGEST_REASON}. Keep what matters and send it again.`;
    return { status: 'invalid', field: 'reason', message };
  }

  return deps.database.transaction(async (tx): Promise<ContestOutcome> => {
    // The learner first, as everywhere: the appeal's row waits for theirs.
    await lockLearnerOfAttempt(tx, attempt.id);
    // The person who settles it holds the same lock: an appeal comes before their verdict or is told of it.
    const locked = await lockAttempt(tx, attempt.id);
    if (locked?.status !== 'graded' && locked?.status !== 'provisional')
      return { status: 'refused', why: 'not-graded' };
    const settlements = await listSettlements(tx, { attemptId: attempt.id });
    const { outcome, learnerId } = locked;
    const targets =
      args.kind === 'criterion'
        ? courseItem.rubric.criteria.map(({ id }) => id)
        : shownMisconceptions({ courseItem, outcome, settlements });
    const target = targets[args.ordinal - 1];
    if (target === undefined) {
      return { status: 'invalid', field: 'verdict', message: 'Pick the mark you think is wrong.' };
    }
    const same = (entry: { kind: string; target: string }): boolean =>
      entry.kind === args.kind && entry.target === target;
    if ((await listAppeals(tx, { attemptId: attempt.id })).some(same))
      return { status: 'refused', why: 'contested-before' };
    if (settlements.some(same)) return { status: 'refused', why: 'settled' };
    const appeal = { id: deps.newId(), learnerId, attemptId: attempt.id, kind: args.kind, target, reason };
    const inserted = await insertAppeal(tx, { ...appeal, now: deps.now() });
    return inserted ? { status: 'contested' } : { status: 'refused', why: 'contested-before' };
  });
}
