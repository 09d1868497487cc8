import { findCourseItem, type CourseItem, type LoadedCourse } from '../bank/content.ts';
import type { Exemplar } from '../core/rubric.ts';
import { findQuote } from '../core/text.ts';
import { insertSightings, listSightings } from '../store/sightings.ts';
import { listReveals } from '../store/reveals.ts';
import { answerTrial as storeAnswer, findTrial, insertTrial, listTrials, type TrialRow } from '../store/trials.ts';
import type { TutorDeps } from './deps.ts';
import type { TrialView } from './learner-view.ts';

/** What stands in a trial for "there is no mistake in it". */
const NO_MISTAKE = 'none';
const NO_MISTAKE_TEXT = 'There is no mistake in it.';

type TrialDeps = Pick<TutorDeps, 'content' | 'database' | 'now' | 'newId' | 'random'>;

export type StartOutcome =
  { status: 'started'; trialId: string } | { status: 'nothing-to-spot' } | { status: 'not-found' };

/**
 * Starts a turn: a plausible answer, right or wrong, to a question of the course, one whose answer the learner has already seen
 * where there is one left. A drilled question counts as seen, because the turn shows answers to it.
 */
export async function startTrial(
  { courseId, learnerId }: { courseId: string; learnerId: string },
  deps: TrialDeps,
): Promise<StartOutcome> {
  const loaded = deps.content.courses.find(({ course }) => course.id === courseId);
  if (!loaded) return { status: 'not-found' };
  const chosen = await chooseItem({ loaded, learnerId }, deps);
  const exemplar = chosen && chooseExemplar(chosen, deps.random);
  if (!chosen || exemplar === undefined) return { status: 'nothing-to-spot' };
  const trialId = deps.newId();
  const now = deps.now();
  await deps.database.transaction(async (tx) => {
    await insertTrial(tx, { id: trialId, learnerId, course: courseId, itemId: chosen.item.id, exemplar, now });
    await insertSightings(tx, { learnerId, course: courseId, itemIds: [chosen.item.id], where: 'drill', now });
  });
  return { status: 'started', trialId };
}

/** The turn as its learner may see it: the explanation only once it is answered. */
export async function viewTrial(
  { trialId, learnerId }: { trialId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<TrialView | undefined> {
  const found = await findOwnTrial({ trialId, learnerId }, deps);
  return found && composeView(found);
}

export type AnswerTrialOutcome =
  { status: 'answered'; view: TrialView } | { status: 'not-found' } | { status: 'invalid'; message: string };

/** Answers a turn with the number of a choice. A turn is answered once; a second answer changes nothing. */
export async function answerTrial(
  { trialId, learnerId, picked }: { trialId: string; learnerId: string | null; picked: number },
  deps: Pick<TutorDeps, 'content' | 'database' | 'now'>,
): Promise<AnswerTrialOutcome> {
  const found = await findOwnTrial({ trialId, learnerId }, deps);
  if (!found) return { status: 'not-found' };
  const choices = choiceIds(found.courseItem);
  const choice = choices[picked - 1];
  if (choice === undefined) return { status: 'invalid', message: `Pick one of the choices 1 to ${choices.length}.` };
  const correct = choice === rightChoice(found.exemplar);
  await storeAnswer(deps.database.db, { id: trialId, picked: choice, correct, now: deps.now() });
  const view = await viewTrial({ trialId, learnerId }, deps);
  return view ? { status: 'answered', view } : { status: 'not-found' };
}

type FoundTrial = { trial: TrialRow; courseItem: CourseItem; exemplar: Exemplar };

async function findOwnTrial(
  { trialId, learnerId }: { trialId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<FoundTrial | undefined> {
  if (learnerId === null || !/^[0-9a-f-]{36}$/i.test(trialId)) return undefined;
  const trial = await findTrial(deps.database.db, trialId);
  if (trial?.learnerId !== learnerId) return undefined;
  const courseItem = findCourseItem(deps.content, trial.itemId);
  const exemplar = trial.exemplar === null ? undefined : courseItem?.rubric.exemplars[trial.exemplar];
  return courseItem && exemplar ? { trial, courseItem, exemplar } : undefined;
}

function composeView({ trial, courseItem, exemplar }: FoundTrial): TrialView {
  const { item, rubric } = courseItem;
  const ids = choiceIds(courseItem);
  const claims = new Map(rubric.misconceptions.map(({ id, claim }) => [id, claim]));
  const right = rightChoice(exemplar);
  const held = rubric.misconceptions.find(({ id }) => id === right);
  return {
    id: trial.id,
    item: { id: item.id, title: item.title, prompt: item.prompt },
    answer: exemplar.answer,
    choices: ids.map((id, index) => ({ number: index + 1, text: claims.get(id) ?? NO_MISTAKE_TEXT })),
    outcome:
      trial.picked === null
        ? null
        : {
            picked: ids.indexOf(trial.picked) + 1,
            right: ids.indexOf(right) + 1,
            correct: trial.picked === right,
            evidence: exemplar.misconceptions.flatMap(
              ({ span }) => findQuote({ answer: exemplar.answer, quote: span }) ?? [],
            ),
            explanation: held ? { claim: held.claim, tempts: held.tempts, refutes: held.refutes } : null,
          },
  };
}

function choiceIds({ rubric }: CourseItem): string[] {
  return [...rubric.misconceptions.map(({ id }) => id), NO_MISTAKE];
}

function rightChoice(exemplar: Exemplar): string {
  return exemplar.misconceptions[0]?.id ?? NO_MISTAKE;
}

/** Questions whose answer the learner has seen come first, until all their exemplars were drilled; then fresh ones. Least drilled first. */
async function chooseItem(
  { loaded, learnerId }: { loaded: LoadedCourse; learnerId: string },
  deps: TrialDeps,
): Promise<CourseItem | undefined> {
  const key = { learnerId, course: loaded.course.id };
  const { db } = deps.database;
  const trials = (await listTrials(db, { learnerId })).filter(({ course }) => course === key.course);
  const seen = new Set(
    [...(await listReveals(db, key)), ...(await listSightings(db, key))].map(({ itemId }) => itemId),
  );
  const drilled = new Map<string, number>();
  for (const { itemId } of trials) drilled.set(itemId, (drilled.get(itemId) ?? 0) + 1);
  const candidates = loaded.items
    // A why without the option it explains is a riddle: choice items are not drilled.
    .filter(({ item }) => item.kind === 'free-response')
    .filter(({ rubric }) => rubric.misconceptions.length > 0 && rubric.exemplars.some(isDrillable))
    .map((courseItem) => {
      const turns = drilled.get(courseItem.item.id) ?? 0;
      const fresh = turns < courseItem.rubric.exemplars.filter(isDrillable).length;
      const rank = !fresh ? 2 : seen.has(courseItem.item.id) ? 0 : 1;
      return { courseItem, rank, turns, tie: deps.random() };
    })
    .sort((a, b) => a.rank - b.rank || a.turns - b.turns || a.tie - b.tie);
  return candidates[0]?.courseItem;
}

/** Wrong and right answers come up equally often, so that "there is always a mistake" is no strategy. */
function chooseExemplar({ rubric }: CourseItem, random: () => number): number | undefined {
  const indexed = rubric.exemplars
    .map((exemplar, index) => ({ exemplar, index }))
    .filter(({ exemplar }) => isDrillable(exemplar));
  const wrong = indexed.filter(({ exemplar }) => exemplar.misconceptions.length > 0);
  const right = indexed.filter(({ exemplar }) => exemplar.misconceptions.length === 0);
  const preferred = random() < 0.5 ? wrong : right;
  const pool = preferred.length > 0 ? preferred : indexed;
  return pool[Math.floor(random() * pool.length)]?.index;
}

/** An answer with two mistakes has no single right choice; one without a mistake must be right throughout, or "no mistake" misleads. */
function isDrillable({ misconceptions, verdicts }: Exemplar): boolean {
  if (misconceptions.length === 1) return true;
  return misconceptions.length === 0 && Object.values(verdicts).every((verdict) => verdict === 'met');
}
