import type { Grade } from './grade.ts';
import type { Item } from './item.ts';
import { scorePoints, verdictPoints } from './points.ts';
import type { Rubric } from './rubric.ts';

/** A person's verdict on one criterion or misconception. A person decides: there is no `unsure`. */
export type SettledVerdict =
  | { kind: 'criterion'; target: string; verdict: 'met' | 'partial' | 'missed' }
  | { kind: 'misconception'; target: string; verdict: 'held' | 'not-held' };

/**
 * The grade with a person's verdicts in the place of the judge's, and its points anew from them and the rubric. `provisional`
 * where the points are still a range. Evidence, notes, feedback and provenance stay the judge's. Verdicts on what the grade or
 * the rubric does not have change nothing.
 */
export function settleGrade(args: {
  item: Item;
  rubric: Rubric;
  grade: Grade;
  settled: readonly SettledVerdict[];
}): Grade {
  const { item, rubric, grade, settled } = args;
  if (settled.length === 0) return grade;
  const criteria = new Map(rubric.criteria.map((criterion) => [criterion.id, criterion]));
  const verdicts = grade.verdicts.map((entry) => {
    const criterion = criteria.get(entry.criterion);
    const person = settled.find(({ kind, target }) => kind === 'criterion' && target === entry.criterion);
    if (criterion === undefined || person?.kind !== 'criterion') return entry;
    return { ...entry, verdict: person.verdict, points: verdictPoints(criterion, person.verdict) };
  });
  const misconceptions = grade.misconceptions.map((entry) => {
    const person = settled.find(({ kind, target }) => kind === 'misconception' && target === entry.id);
    return person?.kind === 'misconception' ? { ...entry, verdict: person.verdict } : entry;
  });
  const points = scorePoints({ item, rubric, option: grade.option?.picked ?? null, verdicts, misconceptions });
  return { ...grade, status: points.low === points.high ? 'graded' : 'provisional', points, verdicts, misconceptions };
}
