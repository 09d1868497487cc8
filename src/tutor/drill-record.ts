import {
  falseAlarmRate,
  hitRate,
  sensitivity,
  turnsMissing,
  type DetectionTally,
} from '../calibration/signal-detection.ts';
import type { Statistic } from '../calibration/statistic.ts';
import type { AnswersPolicy } from '../core/course.ts';
import { countTurns, findOpenTrial, listRecentTurns, type TurnCount } from '../store/trials.ts';
import type { TutorDeps } from './deps.ts';
import { findStimulus, listStimuli } from './drill-stimuli.ts';
import { kindOf, type DetectionKind } from './trial-view.ts';

/** One common mistake this learner has met in the drill, and how they fared. */
export type MistakeRecord = {
  claim: string;
  item: { id: string; title: string };
  /** Turns whose answer held it; in how many of them a mistake was seen, and in how many it was named. */
  met: number;
  seen: number;
  named: number;
  /** The newest turn that held it, where it is explained. */
  trialId: string;
};

/** Turns in one chapter that are no coincidence any more. */
const TURNS_IN_ONE_CHAPTER = 3;

/** What there is to drill in a course, and how its learner has done so far. */
export type DrillView = {
  course: { id: string; title: string; answers: AnswersPolicy };
  /** Chapters with something to drill; `questions` counts those that can come up. */
  chapters: { id: string; title: string; questions: number }[];
  /** Other courses that can be drilled. */
  others: { id: string; title: string }[];
  /** The chapter the last turns were all from, most likely because its learner chose it; null where there is no such. */
  lately: string | null;
  /** The last turn, where it was not answered. */
  open: { trialId: string; title: string } | null;
  turns: number;
  tally: DetectionTally;
  hitRate: Statistic;
  falseAlarmRate: Statistic;
  sensitivity: Statistic;
  /** Turns until d′ can be given. */
  turnsMissing: number;
  /** Those oftenest not seen first, then those oftenest seen and not named. */
  mistakes: MistakeRecord[];
};

/** The drill of one course as this learner sees it before a turn. Claims are those of turns they have answered. */
export async function viewDrill(
  { courseId, learnerId }: { courseId: string; learnerId: string | null },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<DrillView | undefined> {
  const { content } = deps;
  const course = content.courses.find((loaded) => loaded.course.id === courseId)?.course;
  if (!course) return undefined;
  const stimuli = listStimuli(content, courseId);
  const key = { learnerId: learnerId ?? '', course: courseId };
  const counts = learnerId === null ? [] : await countTurns(deps.database.db, key);
  const open = learnerId === null ? undefined : await findOpenTrial(deps.database.db, key);
  const openItem = open && findStimulus(content, open)?.courseItem.item;
  const tally = tallyOf(counts, deps);
  return {
    course: { id: course.id, title: course.title, answers: course.answers },
    chapters: course.chapters.flatMap(({ id, title }) => {
      const items = stimuli.filter(({ courseItem }) => courseItem.item.chapter === id).map((one) => one.courseItem);
      return items.length === 0 ? [] : [{ id, title, questions: new Set(items).size }];
    }),
    others: content.courses
      .filter((other) => other.course.id !== courseId && listStimuli(content, other.course.id).length > 0)
      .map((other) => ({ id: other.course.id, title: other.course.title })),
    lately: learnerId === null ? null : await chapterLately(key, deps),
    open: open && openItem ? { trialId: open.id, title: openItem.title } : null,
    turns: tally.hits + tally.misses + tally.falseAlarms + tally.correctRejections,
    tally,
    hitRate: hitRate(tally),
    falseAlarmRate: falseAlarmRate(tally),
    sensitivity: sensitivity(tally),
    turnsMissing: turnsMissing(tally),
    mistakes: recordMistakes(counts, deps),
  };
}

/** How many calls of a learner in one course were right, and which way the others were wrong. */
export async function viewTally(
  { learnerId, courseId }: { learnerId: string; courseId: string },
  deps: Pick<TutorDeps, 'content' | 'database'>,
): Promise<DetectionTally> {
  return tallyOf(await countTurns(deps.database.db, { learnerId, course: courseId }), deps);
}

async function chapterLately(
  key: { learnerId: string; course: string },
  { content, database }: Pick<TutorDeps, 'content' | 'database'>,
): Promise<string | null> {
  const recent = await listRecentTurns(database.db, { ...key, limit: TURNS_IN_ONE_CHAPTER });
  const items = content.courses.find(({ course }) => course.id === key.course)?.items ?? [];
  const chapters = recent.map(({ itemId }) => items.find(({ item }) => item.id === itemId)?.item.chapter);
  const [last] = chapters;
  const enough = chapters.length === TURNS_IN_ONE_CHAPTER && chapters.every((chapter) => chapter === last);
  return enough ? (last ?? null) : null;
}

/** Undefined where the turns are open, or from before it was kept what was there and their answer has left the content. */
function kindOfTurns(turns: TurnCount, { content }: Pick<TutorDeps, 'content'>): DetectionKind | undefined {
  if (!turns.answered || turns.picked === null) return undefined;
  const now = findStimulus(content, turns);
  const holds = turns.holds ?? (now && now.held.length > 0);
  return holds === undefined ? undefined : kindOf({ holds, picked: turns.picked });
}

function tallyOf(counts: readonly TurnCount[], deps: Pick<TutorDeps, 'content'>): DetectionTally {
  const kinds = counts.map((one) => ({ kind: kindOfTurns(one, deps), turns: one.turns }));
  const sum = (kind: DetectionKind): number =>
    kinds.filter((one) => one.kind === kind).reduce((total, { turns }) => total + turns, 0);
  return {
    hits: sum('hit'),
    misses: sum('miss'),
    falseAlarms: sum('false-alarm'),
    correctRejections: sum('correct-rejection'),
  };
}

function recordMistakes(counts: readonly TurnCount[], { content }: Pick<TutorDeps, 'content'>): MistakeRecord[] {
  const records = new Map<string, MistakeRecord>();
  const oldestFirst = counts.toSorted((a, b) => a.newestAt.getTime() - b.newestAt.getTime());
  for (const { picked, turns, answered, newest: trialId, ...shown } of oldestFirst) {
    const stimulus = answered && picked !== null ? findStimulus(content, shown) : undefined;
    if (!stimulus || picked === null) continue;
    const { item, rubric } = stimulus.courseItem;
    const seen = kindOf({ holds: true, picked }) === 'hit';
    for (const { id, claim } of rubric.misconceptions) {
      if (!stimulus.held.some((held) => held.id === id)) continue;
      const blank = { claim, item: { id: item.id, title: item.title }, met: 0, seen: 0, named: 0, trialId };
      const before = records.get(`${item.id}/${id}`) ?? blank;
      records.set(`${item.id}/${id}`, {
        ...before,
        trialId,
        met: before.met + turns,
        seen: before.seen + (seen ? turns : 0),
        named: before.named + (picked === id ? turns : 0),
      });
    }
  }
  const unseen = ({ met, seen }: MistakeRecord): number => met - seen;
  const unnamed = ({ seen, named }: MistakeRecord): number => seen - named;
  return [...records.values()].sort((a, b) => unseen(b) - unseen(a) || unnamed(b) - unnamed(a) || b.met - a.met);
}
