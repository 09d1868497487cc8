import {
  falseAlarmRate,
  hitRate,
  sensitivity,
  turnsMissing,
  type DetectionTally,
} from '../calibration/signal-detection.ts';
import type { Statistic } from '../calibration/statistic.ts';
import type { AnswersPolicy } from '../core/course.ts';
import { listTurns, type TurnRow } from '../store/trials.ts';
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
  const turns = learnerId === null ? [] : await listTurns(deps.database.db, { learnerId, course: courseId });
  const tally = tallyOf(turns.flatMap((turn) => kindOfTurn(turn, deps) ?? []));
  const open = turns.find((turn) => turn.answeredAt === null && findStimulus(content, turn) !== undefined);
  return {
    course: { id: course.id, title: course.title, answers: course.answers },
    chapters: course.chapters.flatMap(({ id, title }) => {
      const items = stimuli.filter(({ courseItem }) => courseItem.item.chapter === id).map((one) => one.courseItem);
      return items.length === 0 ? [] : [{ id, title, questions: new Set(items).size }];
    }),
    others: content.courses
      .filter((other) => other.course.id !== courseId && listStimuli(content, other.course.id).length > 0)
      .map((other) => ({ id: other.course.id, title: other.course.title })),
    open: open ? { trialId: open.id, title: findStimulus(content, open)?.courseItem.item.title ?? '' } : null,
    turns: tally.hits + tally.misses + tally.falseAlarms + tally.correctRejections,
    tally,
    hitRate: hitRate(tally),
    falseAlarmRate: falseAlarmRate(tally),
    sensitivity: sensitivity(tally),
    turnsMissing: turnsMissing(tally),
    mistakes: recordMistakes(turns, deps),
  };
}

/** Undefined where the turn is open, or from before it was kept what was there and its answer has left the content. */
function kindOfTurn(turn: TurnRow, { content }: Pick<TutorDeps, 'content'>): DetectionKind | undefined {
  if (turn.answeredAt === null || turn.picked === null) return undefined;
  const now = findStimulus(content, turn);
  const holds = turn.holds ?? (now && now.held.length > 0);
  return holds === undefined ? undefined : kindOf({ holds, picked: turn.picked });
}

function tallyOf(kinds: readonly DetectionKind[]): DetectionTally {
  const count = (kind: DetectionKind): number => kinds.filter((one) => one === kind).length;
  return {
    hits: count('hit'),
    misses: count('miss'),
    falseAlarms: count('false-alarm'),
    correctRejections: count('correct-rejection'),
  };
}

function recordMistakes(turns: readonly TurnRow[], { content }: Pick<TutorDeps, 'content'>): MistakeRecord[] {
  const records = new Map<string, MistakeRecord>();
  for (const turn of turns) {
    const stimulus = turn.answeredAt === null ? undefined : findStimulus(content, turn);
    for (const { id } of stimulus?.held ?? []) {
      const { item, rubric } = stimulus?.courseItem ?? {};
      const claim = rubric?.misconceptions.find((misconception) => misconception.id === id)?.claim;
      if (!item || claim === undefined) continue;
      const key = `${item.id}/${id}`;
      const record = records.get(key) ?? { claim, item: { id: item.id, title: item.title }, met: 0, seen: 0, named: 0 };
      record.met += 1;
      if (kindOf({ holds: true, picked: turn.picked ?? '' }) === 'hit') record.seen += 1;
      if (turn.picked === id) record.named += 1;
      records.set(key, record);
    }
  }
  const missed = ({ met, named }: MistakeRecord): number => met - named;
  return [...records.values()].sort((a, b) => missed(b) - missed(a) || b.met - a.met);
}
