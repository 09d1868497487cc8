import { VivaError } from '../../core/errors.ts';
import { isNumberLabel, readLabel } from '../../core/rating-label.ts';
import type { ImportMap } from './import-map.ts';
import type { ImportedCriterion, ImportedVerdict, ImportFault } from './imported-set.ts';
import { scoreCriteria, scoreVerdicts, stepScale, type ScoreScale } from './scores.ts';

/** One rater's scores of an answer by criterion name: in marks, or as a share where a verdict was written out in words. */
export type Scored = Record<string, Score>;
export type Score = number | { share: number };

/** How the scores of one criterion become verdicts; `lossy` where the verdicts do not tell all scores apart. */
type CriterionScale = { scale: ScoreScale; rename: string | null; lossy: boolean };

/** An item's criteria, and the scale of each score that its raters gave. */
export type ItemScores = { criteria: ImportedCriterion[]; scales: Map<string, CriterionScale> };

/**
 * Works out an item's criteria from what its raters gave. A score outside the marks there are is listed, and taken out of its row.
 * @throws VivaError `input-invalid` where full marks are not known.
 */
export function criteriaOfItem(args: {
  key: string;
  map: ImportMap;
  read: { ofItem: (key: string, column: string | undefined) => string };
  rated: readonly { file: string; line: number; scores: ReadonlyMap<string, Scored> }[];
  faults: ImportFault[];
}): ItemScores {
  const { key, map, read, rated } = args;
  const whole = read.ofItem(key, map.expects) || read.ofItem(key, map.reference);
  const named = map.criteria.length > 0 ? map.criteria : [{ name: 'score', expects: undefined, points: undefined }];
  const several = named.length > 1;
  if (map.scores === 'steps' && several) {
    throw new VivaError('input-invalid', {
      message: 'Scores of several criteria cannot be spread over steps.',
      fix: 'Leave --scores steps away, or import one criterion.',
    });
  }
  const criteria: ImportedCriterion[] = [];
  const scales = new Map<string, CriterionScale>();
  for (const { name, expects, points } of named) {
    const max = fullMarks({ key, map, read, scores: scoresOf(rated, name), points });
    dropOutside({ name, min: map.min, max, rated, faults: args.faults });
    const scores = scoresOf(rated, name);
    const scale = scaleOf({ key, map, max, scores });
    const own = read.ofItem(key, expects) || (several ? `Does well on "${name}". ${whole}` : whole);
    const made = scoreCriteria({ scale, expects: own });
    criteria.push(...made.map((criterion) => (several ? { ...criterion, name } : criterion)));
    scales.set(name, { scale, rename: several ? name : null, lossy: isLossy({ scale, scores }) });
  }
  return { criteria, scales };
}

function scoresOf(rated: readonly { scores: ReadonlyMap<string, Scored> }[], name: string): Score[] {
  return rated.flatMap(({ scores }) => [...scores.values()].flatMap((own) => own[name] ?? []));
}

function dropOutside(args: {
  name: string;
  min: number;
  max: number;
  rated: readonly { file: string; line: number; scores: ReadonlyMap<string, Scored> }[];
  faults: ImportFault[];
}): void {
  const { name, min, max } = args;
  for (const { file, line, scores } of args.rated) {
    for (const [rater, own] of scores) {
      const score = own[name];
      if (typeof score !== 'number' || (score >= min && score <= max)) continue;
      args.faults.push({
        file,
        line,
        what: `${rater}'s score ${score} is not between ${min} and ${max}; taken for missing`,
      });
      delete own[name];
    }
  }
}

/** The verdicts that one rater's scores of an answer come to. */
export function verdictsOf(args: {
  scores: Scored;
  scales: ReadonlyMap<string, CriterionScale>;
}): Record<string, ImportedVerdict> {
  const verdicts: Record<string, ImportedVerdict> = {};
  for (const [name, score] of Object.entries(args.scores)) {
    const known = args.scales.get(name);
    if (known === undefined) continue;
    const made = scoreVerdicts({ scale: known.scale, score: marksOf(score, known.scale) });
    for (const [criterion, verdict] of Object.entries(made)) verdicts[known.rename ?? criterion] = verdict;
  }
  return verdicts;
}

function fullMarks(args: {
  key: string;
  map: ImportMap;
  read: { ofItem: (key: string, column: string | undefined) => string };
  scores: readonly Score[];
  points: number | undefined;
}): number {
  const { key, map, scores } = args;
  const given = scores.filter((score) => typeof score === 'number');
  const highest = given.reduce((most, score) => Math.max(most, score), map.min);
  const label = readLabel(args.read.ofItem(key, map.points));
  const told = label !== null && isNumberLabel(label) ? Number(label) : (args.points ?? map.max);
  const max = told === 'observed' ? highest : (told ?? (highest <= 1 ? 1 : undefined));
  if (max === undefined) {
    throw new VivaError('input-invalid', {
      message: `What are full marks? Scores on item "${key}" go up to ${highest}.`,
      fix: 'Say it with --max, such as --max 5; --max observed takes the highest mark given on each item, --points names a column.',
    });
  }
  return max > map.min ? max : map.min + 1;
}

function scaleOf(args: { key: string; map: ImportMap; max: number; scores: readonly Score[] }): ScoreScale {
  const { key, map, max } = args;
  const verdicts = {
    kind: 'verdicts' as const,
    max,
    metFrom: map.metFrom ?? max,
    partialAbove: map.partialAbove ?? map.min,
  };
  const marks = args.scores.map((score) =>
    typeof score === 'number' ? score : map.min + score.share * (max - map.min),
  );
  if (map.scores === 'steps') {
    const steps = stepScale({ scores: marks, min: map.min, max });
    if (steps !== undefined) return steps;
    throw new VivaError('input-invalid', {
      message: `The scores on item "${key}" need more than 8 steps, or 16 half ones.`,
      fix: 'Leave --scores steps away: scores then become met, partial or missed.',
    });
  }
  const halfWay = marks.some((score) => score > verdicts.partialAbove && score < verdicts.metFrom);
  // Nobody gave half the marks: then there is no half-way level, and a judge may not give one either.
  return halfWay ? verdicts : { ...verdicts, partialAbove: verdicts.metFrom };
}

/** Full and no marks can be told from the verdict; of marks between it says only that they are. */
function isLossy({ scale, scores }: { scale: ScoreScale; scores: readonly Score[] }): boolean {
  if (scale.kind === 'steps') return false;
  return scores.some((score) => typeof score === 'number' && score !== scale.max && score !== 0);
}

function marksOf(score: Score, scale: ScoreScale): number {
  if (typeof score === 'number') return score;
  return scale.kind === 'verdicts' ? score.share * scale.max : scale.min + score.share * scale.step * scale.steps;
}
