import {
  falseAlarmRate,
  hitRate,
  sensitivity,
  turnsMissing,
  type DetectionTally,
} from '../calibration/signal-detection.ts';
import type { Statistic } from '../calibration/statistic.ts';
import type { AnswersPolicy } from '../core/course.ts';
import { countTurns, findOpenTrial, type TurnCount } from '../store/trials.ts';
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
};

/** What there is to drill in a course, and how its learner has done so far. */
export type DrillView = {
  course: { id: string; title: string; answers: AnswersPolicy };
  /** Chapters with something to drill; `questions` counts those that can come up. */
  chapters: { id: string; title: string; questions: number }[];
  /** Other courses that can be drilled. */
  others: { id: string; title: string }[];
  /** The newest turn that was begun and not answered. */
  open: { trialId: string; title: string } | null;
  turns: number;
  tally: DetectionTally;
  hitRate: Statistic;
  falseAlarmRate: Statistic;
  sensitivity: Statistic;
  /** Turns until d′ can be given. */
  turnsMissing: number;
  /** Most missed first. */
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
  for (const { picked, turns, answered, ...shown } of counts) {
    const stimulus = answered && picked !== null ? findStimulus(content, shown) : undefined;
    if (!stimulus || picked === null) continue;
    const { item, rubric } = stimulus.courseItem;
    const seen = kindOf({ holds: true, picked }) === 'hit';
    for (const { id, claim } of rubric.misconceptions) {
      if (!stimulus.held.some((held) => held.id === id)) continue;
      const blank = { claim, item: { id: item.id, title: item.title }, met: 0, seen: 0, named: 0 };
      const before = records.get(`${item.id}/${id}`) ?? blank;
      records.set(`${item.id}/${id}`, {
        ...before,
        met: before.met + turns,
        seen: before.seen + (seen ? turns : 0),
        named: before.named + (picked === id ? turns : 0),
      });
    }
  }
  const missed = ({ met, named }: MistakeRecord): number => met - named;
  return [...records.values()].sort((a, b) => missed(b) - missed(a) || b.met - a.met);
}
