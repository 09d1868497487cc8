import type { EvalAnswer, Rating } from '../core/eval-set.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';
import { lintRobustness } from './lint-robustness.ts';
import type { ContentFiles, EvalFiles } from './load-content.ts';
import type { Problem } from './problem.ts';

type LineReport = (what: string, mend: string) => void;

/** Checks one eval set against the course it rates. */
export function lintEvalSet({
  evals,
  files,
  itemIds,
}: {
  evals: EvalFiles;
  files: ContentFiles;
  itemIds: ReadonlySet<string>;
}): Problem[] {
  const problems: Problem[] = [];
  const { set, folder, answers } = evals;
  if (set.value.id !== folder) {
    const what = `the set id is "${set.value.id}" but its folder is "${folder}"`;
    problems.push({
      file: set.path,
      line: set.lineOf(['id']),
      what,
      mend: `write id: ${folder}, or rename the folder`,
    });
  }
  const course = files.courses.find((entry) => entry.course.value.id === set.value.course);
  if (!course) {
    const what = `unknown course "${set.value.course}"`;
    problems.push({ file: set.path, line: set.lineOf(['course']), what, mend: 'use the id of a course in bank/' });
    return problems;
  }
  const itemOf = new Map(course.items.map(({ value }) => [value.id, value]));
  const rubricOf = new Map(course.rubrics.map(({ value }) => [value.item, value]));
  const raterKind = new Map(set.value.provenance.raters.map(({ id, kind }) => [id, kind]));
  const lineOfId = new Map<string, number>();
  const splitOf = new Map<string, { split: string; line: number }>();

  for (const { path, line, value } of answers) {
    const report: LineReport = (what, mend) => {
      problems.push({ file: path, line, what: `${value.id}: ${what}`, mend });
    };
    const earlier = lineOfId.get(value.id);
    if (earlier !== undefined) report(`the id stands on line ${earlier} too`, 'give one of them another id');
    lineOfId.set(value.id, line);
    const family = splitOf.get(value.family);
    if (family && family.split !== value.split) {
      report(
        `the family "${value.family}" is in ${family.split} on line ${family.line} and in ${value.split} here`,
        'keep a family in one split',
      );
    }
    splitOf.set(value.family, { split: value.split, line });
    lintAnswer({ answer: value, item: itemOf.get(value.item), itemIds, report });
    const rubric = rubricOf.get(value.item);
    for (const rating of value.ratings) {
      const kind = raterKind.get(rating.rater);
      if (kind === undefined)
        report(`unknown rater "${rating.rater}"`, 'name them in set.yaml under provenance.raters');
      else if (kind !== rating.raterKind)
        report(`"${rating.rater}" is ${kind} in set.yaml and ${rating.raterKind} here`, 'say who really rated');
      if (rubric) lintRating({ rating, rubric, report });
    }
  }
  return [...problems, ...lintRobustness({ evals, files })];
}

function lintAnswer(args: {
  answer: EvalAnswer;
  item: Item | undefined;
  itemIds: ReadonlySet<string>;
  report: LineReport;
}): void {
  const { answer, item, report } = args;
  if (!item) {
    if (!args.itemIds.has(answer.item)) report(`unknown item "${answer.item}"`, 'use an item of the course');
    return;
  }
  if (item.kind === 'free-response' && answer.option !== undefined)
    report('it picks an option of a question that has none', 'remove "option"');
  if (item.kind === 'choice' && (answer.option === undefined || answer.option > item.options.length)) {
    report('it picks no option of this choice item', `add "option": 1 to ${item.options.length}`);
  }
}

function lintRating({ rating, rubric, report }: { rating: Rating; rubric: Rubric; report: LineReport }): void {
  const known = new Map(rubric.criteria.map((criterion) => [criterion.id, criterion]));
  for (const id of rubric.imported === undefined ? known.keys() : [])
    if (!(id in rating.verdicts)) report(`${rating.rater} gave no verdict on "${id}"`, 'add it');
  for (const [id, verdict] of Object.entries(rating.verdicts)) {
    const criterion = known.get(id);
    if (!criterion) report(`unknown criterion "${id}"`, `use the criteria of rubric ${rubric.item}`);
    else if (verdict === 'partial' && criterion.partial === undefined)
      report(`"partial" on "${id}", which has no half-way`, 'decide met or missed');
  }
  for (const id of rating.rejects ?? []) {
    if (rating.misconceptions.includes(id)) report(`"${id}" is both held and rejected`, 'decide for one');
  }
  for (const id of Object.keys(rating.reasons ?? {})) {
    if (!known.has(id) && !rubric.misconceptions.some((misconception) => misconception.id === id))
      report(`a reason for "${id}", which the rubric does not have`, 'use its criteria and misconceptions');
  }
  for (const id of [...rating.misconceptions, ...(rating.rejects ?? [])]) {
    if (!rubric.misconceptions.some((misconception) => misconception.id === id)) {
      report(`unknown misconception "${id}"`, `use the misconceptions of rubric ${rubric.item}`);
    }
  }
}
