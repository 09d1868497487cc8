import { cutAnswer, overlap, sentencesAround, type Piece } from '../core/answer-pieces.ts';
import { words } from '../core/text.ts';
import type { Transaction } from '../store/executor.ts';
import { insertSightings, listSightings } from '../store/sightings.ts';
import { listReveals } from '../store/reveals.ts';
import {
  answerTrial as storeAnswer,
  countTurns,
  findTrial,
  insertTrial,
  listRecentTurns,
  markTrialSuspect,
  type TrialRow,
} from '../store/trials.ts';
import { chooseStimulus, TURNS_OF_LATE } from './choose-stimulus.ts';
import type { TutorDeps } from './deps.ts';
import { canBePointedAt, evidenceOf, findStimulus, listStimuli, type Stimulus } from './drill-stimuli.ts';
import { ANOTHER, composeTrialView, judgedAgainst, NO_MISTAKE, WITHDRAWN, type TrialView } from './trial-view.ts';
import { isUuid } from './view-attempt.ts';

/** Characters a reason may have: half a page. */
export const LONGEST_WHY = 2_000;

type TrialKey = { trialId: string; learnerId: string | null };
type StartDeps = Pick<TutorDeps, 'content' | 'database' | 'now' | 'newId' | 'random'>;

export type StartOutcome =
  { status: 'started'; trialId: string } | { status: 'nothing-to-spot' } | { status: 'not-found' };

/**
 * Starts a turn: a plausible answer, right or wrong, to a question of the course, or of one of its chapters. A drilled question counts
 * as seen, because the turn shows answers to it. A turn left open before stays open and counts as nothing.
 */
export async function startTrial(
  args: { courseId: string; chapterId: string | null; learnerId: string },
  deps: StartDeps,
): Promise<StartOutcome> {
  const { courseId, chapterId, learnerId } = args;
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded || (chapterId !== null && !loaded.course.chapters.some(({ id }) => id === chapterId)))
    return { status: 'not-found' };
  const { db } = deps.database;
  const key = { learnerId, course: courseId };
  const seen = [...(await listReveals(db, key)), ...(await listSightings(db, key))];
  const recent = await listRecentTurns(db, { ...key, limit: TURNS_OF_LATE });
  const stimulus = chooseStimulus({
    stimuli: listStimuli(deps.content, courseId).filter(
      ({ courseItem }) => chapterId === null || courseItem.item.chapter === chapterId,
    ),
    shown: await countTurns(db, key),
    recent: recent.map(({ itemId, holds, answered }) => ({ itemId, holds: answered ? holds : null })),
    seen: new Set(seen.map(({ itemId }) => itemId)),
    random: deps.random,
  });
  if (stimulus === undefined) return { status: 'nothing-to-spot' };
  const trialId = deps.newId();
  const itemId = stimulus.courseItem.item.id;
  const holds = stimulus.held.length > 0;
  const now = deps.now();
  await deps.database.transaction(async (tx) => {
    await insertTrial(tx, { id: trialId, ...key, itemId, ...stimulus.place, holds, now });
    await insertSightings(tx, { ...key, itemIds: [itemId], where: 'drill', now });
  });
  return { status: 'started', trialId };
}

/** The turn as its learner may see it; undefined where it is not theirs, or what it showed has left the content. */
export async function viewTrial(
  key: TrialKey,
  deps: Pick<TutorDeps, 'content' | 'database' | 'judgeCard'>,
): Promise<TrialView | undefined> {
  const found = await findOwnTrial(key, deps);
  const loaded = found && deps.content.courses.find(({ course }) => course.id === found.trial.course);
  return found && loaded && composeTrialView({ ...found, course: loaded.course, judgeCard: deps.judgeCard });
}

/**
 * The first word on a turn: is there a mistake? A no ends it; after a yes the learner says which, where and why. Said once: whoever goes
 * back and says otherwise changes nothing.
 */
export async function callTrial(
  { mistake, ...key }: TrialKey & { mistake: boolean },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<{ status: 'called' } | { status: 'not-found' }> {
  const found = await findOwnTrial(key, deps);
  if (!found) return { status: 'not-found' };
  const { db } = deps.database;
  const { id } = found.trial;
  if (mistake) {
    await markTrialSuspect(db, { id, picked: ANOTHER });
  } else {
    const correct = found.stimulus.held.length === 0;
    const silent = { span: null, spanHit: null, why: null };
    await storeAnswer(db, { id, after: 'nothing', picked: NO_MISTAKE, correct, ...silent, now: deps.now() });
  }
  return { status: 'called' };
}

/** Which mistake a learner sees: a claim by its number in the list, counted from 1; one that is not on it; or, on second thoughts, none. */
export type PickedMistake = number | 'another' | 'withdrawn';

export type AnswerTrialOutcome =
  | { status: 'answered'; waiting: boolean }
  | { status: 'not-found' }
  | { status: 'invalid'; problems: { field: 'picked' | 'answer'; message: string }[] };

/**
 * Which mistake, where, and why it is one. Which and where are graded here, by code; a reason that can be judged goes to the queue in
 * the same transaction, so a crash loses neither. A turn is answered once: a second answer changes nothing.
 * @param args.address where it was sent from, for budgets by address.
 * @param args.piece where it stands: a piece of the answer, counted from 1; null where the learner points at none or was not asked.
 */
export async function answerTrial(
  args: TrialKey & { picked: PickedMistake | null; piece: number | null; why: string; address?: string },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now' | 'queue' | 'spending'>,
): Promise<AnswerTrialOutcome> {
  const found = await findOwnTrial(args, deps);
  if (!found) return { status: 'not-found' };
  const { trial, stimulus } = found;
  const picked = pickedId(args.picked, stimulus);
  const why = args.why.toWellFormed().trim();
  const problems = findProblems({ picked, why, listed: stimulus.courseItem.rubric.misconceptions.length });
  if (problems.length > 0 || picked === undefined) return { status: 'invalid', problems };

  const pieces = canBePointedAt(stimulus) ? cutAnswer(stimulus.answer) : [];
  const span = args.piece === null ? undefined : pieces[args.piece - 1];
  const given = {
    id: trial.id,
    after: 'suspect' as const,
    picked,
    correct: stimulus.held.some(({ id }) => id === picked),
    span: span ?? null,
    spanHit: span === undefined ? null : isMarkedRightly({ span, stimulus }),
    why: words(why).length === 0 ? null : why,
    now: deps.now(),
  };
  const judged = judgedAgainst({ trial: given, stimulus }) !== undefined;
  const stored = await deps.database.transaction(async (tx) => {
    if (!(await storeAnswer(tx, given))) return false;
    if (judged) await enqueueWhy(tx, { trialId: trial.id, address: args.address }, deps);
    return true;
  });
  if (stored && judged) deps.queue.wake();
  return { status: 'answered', waiting: stored && judged };
}

/** Asks for a reason to be judged, if the caller's transaction commits. Its job bears the turn's own id. */
export async function enqueueWhy(
  tx: Transaction,
  { trialId, address }: { trialId: string; address: string | undefined },
  deps: Pick<TutorDeps, 'queue' | 'spending'>,
): Promise<void> {
  const addressHash = address === undefined ? null : (deps.spending?.hashAddress(address) ?? null);
  await deps.queue.enqueueGrading(tx, { attemptId: trialId, addressHash });
}

export async function findOwnTrial(
  { trialId, learnerId }: TrialKey,
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<{ trial: TrialRow; stimulus: Stimulus } | undefined> {
  if (learnerId === null || !isUuid(trialId)) return undefined;
  const trial = await findTrial(deps.database.db, trialId);
  if (trial?.learnerId !== learnerId) return undefined;
  const stimulus = findStimulus(deps.content, trial);
  // An author who has since found a mistake in it, or mended one, has made it another answer than the one that was called.
  const same = stimulus && (trial.holds === null || trial.holds === stimulus.held.length > 0);
  return same ? { trial, stimulus } : undefined;
}

function pickedId(picked: PickedMistake | null, { courseItem }: Stimulus): string | undefined {
  if (picked === 'another') return ANOTHER;
  if (picked === 'withdrawn') return WITHDRAWN;
  return picked === null ? undefined : courseItem.rubric.misconceptions[picked - 1]?.id;
}

/**
 * By code, against the words an author marked: these, or others of the same sentence, for half a thought is the thought. Null where
 * nobody marked any, and where there are none to mark.
 */
function isMarkedRightly({ span, stimulus }: { span: Piece; stimulus: Stimulus }): boolean | null {
  const evidence = evidenceOf(stimulus);
  if (evidence.length === 0) return null;
  const { answer } = stimulus;
  return evidence.some((place) => overlap({ answer, one: span, other: sentencesAround({ answer, place }) }));
}

function findProblems(args: {
  picked: string | undefined;
  why: string;
  listed: number;
}): { field: 'picked' | 'answer'; message: string }[] {
  const problems: { field: 'picked' | 'answer'; message: string }[] = [];
  if (args.picked === undefined)
    problems.push({ field: 'picked', message: 'Pick which mistake it is, or one of the last two lines.' });
  if (args.why.length > LONGEST_WHY) {
    const message = `Your reason has ${args.why.length} characters; the most is ${LONGEST_WHY}. One or two sentences are enough.`;
    problems.push({ field: 'answer', message });
  }
  if (args.why.includes('\u0000'))
    problems.push({
      field: 'answer',
      message: 'Your reason holds a NUL character, which cannot be stored. Remove it.',
    });
  return problems;
}
