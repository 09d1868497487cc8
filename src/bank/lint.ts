import type { AuthoredFile } from './authored-file.ts';
import { lintCopies } from './lint-copies.ts';
import { lintEvalSet } from './lint-eval-set.ts';
import { lintItem } from './lint-item.ts';
import { lintRubric } from './lint-rubric.ts';
import { lintStandard } from './lint-standard.ts';
import type { ContentFiles, CourseFiles } from './load-content.ts';
import { reportDuplicates, type Report } from './lint-report.ts';
import { sortProblems, type Problem } from './problem.ts';

/**
 * Every cross-check between authored files that needs no judge: ids, points, options, formulas, giveaways, copies.
 * Returns all problems at once, those of parsing included, sorted by file and line.
 */
export function lintFiles(files: ContentFiles): Problem[] {
  const problems = [...files.problems];
  const reportIn =
    (file: AuthoredFile<unknown>): Report =>
    (at, what, mend) => {
      problems.push({ file: file.path, line: file.lineOf(at), what, mend });
    };
  const ownerOf = new Map<string, string>();
  // A file that does not parse is reported as such; what refers to it is not wrong for that.
  const broken = new Set(files.problems.map(({ file }) => baseName(file)));
  const itemIds = new Set([...broken, ...files.courses.flatMap(({ items }) => items.map(({ value }) => value.id))]);

  for (const course of files.courses) {
    lintCourse(course, reportIn(course.course));
    for (const file of course.items) {
      const earlier = ownerOf.get(file.value.id);
      if (earlier !== undefined)
        reportIn(file)(
          ['id'],
          `the item id "${file.value.id}" stands in ${earlier} too`,
          'give one of them another id',
        );
      ownerOf.set(file.value.id, file.path);
      const rubric = course.rubrics.find(({ value }) => value.item === file.value.id)?.value;
      if (!rubric && !broken.has(file.value.id)) {
        reportIn(file)(
          ['id'],
          `no rubric grades "${file.value.id}"`,
          `write rubrics/${course.folder}/${file.value.id}.yaml`,
        );
      }
      lintItem({
        item: file.value,
        fileName: baseName(file.path),
        course: course.course.value,
        rubric,
        itemIds,
        hasOthers: course.items.length > 1,
        report: reportIn(file),
      });
    }
    for (const file of course.rubrics) {
      const item = course.items.find(({ value }) => value.id === file.value.item)?.value;
      if (!item && !itemIds.has(file.value.item)) {
        reportIn(file)(
          ['item'],
          `there is no item "${file.value.item}" in the bank of this course`,
          'write the item, or remove the rubric',
        );
      }
      lintRubric({ rubric: file.value, fileName: baseName(file.path), item, report: reportIn(file) });
    }
  }
  for (const course of files.courses) if (course.course.value.standard === 'full') lintStandard(course, reportIn);
  for (const evals of files.evals) problems.push(...lintEvalSet({ evals, files, itemIds }));
  problems.push(...lintCopies(files));
  return sortProblems(problems);
}

function lintCourse({ folder, course }: CourseFiles, report: Report): void {
  const { id, chapters, concepts } = course.value;
  if (id !== folder)
    report(
      ['id'],
      `the course id is "${id}" but its folder is "${folder}"`,
      `write id: ${folder}, or rename the folder`,
    );
  reportDuplicates({
    ids: chapters.map((chapter) => chapter.id),
    at: (index) => ['chapters', index, 'id'],
    noun: 'chapter',
    report,
  });
  reportDuplicates({
    ids: concepts.map((concept) => concept.id),
    at: (index) => ['concepts', index, 'id'],
    noun: 'concept',
    report,
  });
}

function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.ya?ml$/, '');
}
