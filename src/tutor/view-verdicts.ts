import type { CourseItem } from '../bank/content.ts';
import type { Feedback, Grade, Outcome } from '../core/grade.ts';
import { decimalPoints } from '../core/points.ts';
import { settleGrade } from '../core/settled-grade.ts';
import { finalityOf, writeFeedback } from '../judge/feedback.ts';
import type { AppealRow } from '../store/appeals.ts';
import type { SettlementRow } from '../store/settlements.ts';
import type { AppealView, NudgeView, VerdictView } from './learner-view.ts';

type Judged = { courseItem: CourseItem; outcome: Outcome | null; settlements: readonly SettlementRow[] };

/** The grade as it stands, people's verdicts in the place of the judge's; null where there is none. */
export function gradeOf({ courseItem, outcome, settlements }: Judged): Grade | null {
  if (outcome === null || outcome.status === 'returned' || outcome.status === 'ungraded') return null;
  const { item, rubric } = courseItem;
  return settleGrade({ item, rubric, grade: outcome, settled: settlements });
}

/** The part of a grade a learner may see before the reveal: ordinals, own quotes, notes, nudges of what is held. */
export function viewVerdicts(judged: Judged): { verdicts: VerdictView[]; nudges: NudgeView[] } {
  const grade = gradeOf(judged);
  if (grade === null) return { verdicts: [], nudges: [] };
  const { rubric } = judged.courseItem;
  const entryOf = new Map(grade.verdicts.map((entry) => [entry.criterion, entry]));
  const verdicts = rubric.criteria.flatMap((criterion, index): VerdictView[] => {
    const entry = entryOf.get(criterion.id);
    if (entry === undefined) return [];
    const { verdict, evidence } = entry;
    const settled = settledView({ ...judged, kind: 'criterion', target: criterion.id, judged: judgedVerdicts(judged) });
    // The hint that was due goes where a person finds the part in the answer.
    const note = settled !== null && verdict === 'met' ? '' : entry.note;
    const points = { points: decimalPoints(entry.points), max: decimalPoints(entry.max) };
    return [{ ordinal: index + 1, asks: criterion.asks, verdict, ...points, evidence, note, settled }];
  });
  const misconceptions = new Map(rubric.misconceptions.map((misconception) => [misconception.id, misconception]));
  const turnOf = new Map(grade.misconceptions.map((entry) => [entry.id, entry]));
  const nudges = shownMisconceptions(judged).map((id, index): NudgeView => {
    const entry = turnOf.get(id);
    return {
      ordinal: index + 1,
      nudge: misconceptions.get(id)?.nudge ?? '',
      evidence: entry?.evidence ?? [],
      held: entry?.verdict === 'held',
      settled: settledView({ ...judged, kind: 'misconception', target: id, judged: judgedTurns(judged) }),
    };
  });
  return { verdicts, nudges };
}

/**
 * Ids of the misconceptions a learner may hear of, in the order they are numbered: those the judge found held, as the rubric
 * has them, then those a person found. Numbered among these: the position in the rubric would tell how many others there are;
 * and a person's verdict never renumbers what a page has shown.
 */
export function shownMisconceptions({ courseItem, outcome, settlements }: Judged): string[] {
  if (outcome === null || !('misconceptions' in outcome)) return [];
  const held = new Set(outcome.misconceptions.filter(({ verdict }) => verdict === 'held').map(({ id }) => id));
  const ids = courseItem.rubric.misconceptions.map(({ id }) => id);
  const found = ids.filter(
    (id) =>
      !held.has(id) &&
      settlements.some(({ kind, target, verdict }) => kind === 'misconception' && target === id && verdict === 'held'),
  );
  return [...ids.filter((id) => held.has(id)), ...found];
}

/** This attempt's appeals by ordinal. One against what the rubric no longer has is left out. */
export function viewAppeals(args: Judged & { appeals: readonly AppealRow[] }): AppealView[] {
  const numbered = {
    criterion: args.courseItem.rubric.criteria.map(({ id }) => id),
    misconception: shownMisconceptions(args),
  };
  return args.appeals.flatMap(({ kind, target, reason, status, createdAt, settledAt }): AppealView[] => {
    const at = numbered[kind].indexOf(target);
    if (at < 0) return [];
    const times = { createdAt: createdAt.toISOString(), settledAt: settledAt?.toISOString() ?? null };
    return [{ kind, ordinal: at + 1, reason, status, ...times }];
  });
}

/** What the learner is told in prose; in the words of code where a person has changed what the judge's words were about. */
export function viewFeedback(judged: Judged): Feedback | null {
  const grade = gradeOf(judged);
  if (grade === null || judged.settlements.length === 0) return grade?.feedback ?? null;
  const { rubric } = judged.courseItem;
  const { points, verdicts, misconceptions, option } = grade;
  const finality = finalityOf({ points, verdicts, misconceptions, rubric });
  const guard = (): { status: 'leaks'; what: string } => ({ status: 'leaks', what: "the judge's own words" });
  return writeFeedback({ rubric, finality, verdicts, misconceptions, option, judgeNext: '', guard });
}

function settledView<Verdict>(args: {
  settlements: readonly SettlementRow[];
  kind: SettlementRow['kind'];
  target: string;
  judged: Map<string, Verdict>;
}): { judged: Verdict; note: string } | null {
  const settlement = args.settlements.find(({ kind, target }) => kind === args.kind && target === args.target);
  const judged = args.judged.get(args.target);
  return settlement === undefined || judged === undefined ? null : { judged, note: settlement.note };
}

function judgedVerdicts({ outcome }: Judged): Map<string, VerdictView['verdict']> {
  const entries = outcome !== null && 'verdicts' in outcome ? outcome.verdicts : [];
  return new Map(entries.map(({ criterion, verdict }) => [criterion, verdict]));
}

function judgedTurns({ outcome }: Judged): Map<string, 'held' | 'not-held' | 'unsure'> {
  const entries = outcome !== null && 'misconceptions' in outcome ? outcome.misconceptions : [];
  return new Map(entries.map(({ id, verdict }) => [id, verdict]));
}
