import type { Course } from '../core/course.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';
import type { Report } from './lint-report.ts';
import { lintMath } from './lint-math.ts';

/** Checks one bank item against its course and rubric. */
export function lintItem(args: {
  item: Item;
  fileName: string;
  course: Course;
  rubric: Rubric | undefined;
  itemIds: ReadonlySet<string>;
  /** Whether its course has other items. */
  hasOthers: boolean;
  report: Report;
}): void {
  const { item, fileName, course, rubric, report } = args;
  if (item.id !== fileName)
    report(
      ['id'],
      `the item id is "${item.id}" but its file is "${fileName}"`,
      `write id: ${fileName}, or rename the file`,
    );
  if (!course.chapters.some(({ id }) => id === item.chapter)) {
    const known = course.chapters.map(({ id }) => id).join(', ');
    report(['chapter'], `unknown chapter "${item.chapter}"`, `use one of course.yaml: ${known}`);
  }
  if (!course.concepts.some(({ id }) => id === item.concept)) {
    const known = course.concepts.map(({ id }) => id).join(', ');
    report(['concept'], `unknown concept "${item.concept}"`, `use one of course.yaml: ${known}`);
  }
  if (item.next.length === 0 && args.hasOthers) report(['next'], 'nothing to do next', 'name 1 to 3 items of the bank');
  for (const [index, id] of item.next.entries()) {
    if (id === item.id) report(['next', index], 'an item cannot be its own next', 'name another item');
    else if (!args.itemIds.has(id)) report(['next', index], `unknown item "${id}"`, 'name an item of the bank');
  }
  lintMath({ text: item.prompt, at: ['prompt'], report });
  lintMath({ text: item.reference, at: ['reference'], report });
  if (item.kind === 'choice') lintOptions({ item, rubric, report });
}

function lintOptions(args: {
  item: Extract<Item, { kind: 'choice' }>;
  rubric: Rubric | undefined;
  report: Report;
}): void {
  const { item, rubric, report } = args;
  const texts = new Set<string>();
  for (const [index, option] of item.options.entries()) {
    const at = ['options', index];
    if (texts.has(option.text)) report(at, `the option "${option.text}" stands twice`, 'reword or remove one');
    texts.add(option.text);
    lintMath({ text: option.text, at: [...at, 'text'], report });
    if ('correct' in option) continue;
    lintMath({ text: option['why-wrong'], at: [...at, 'why-wrong'], report });
    const { misconception } = option;
    if (misconception !== undefined && rubric && !rubric.misconceptions.some(({ id }) => id === misconception)) {
      report(
        [...at, 'misconception'],
        `unknown misconception "${misconception}"`,
        `use an id of the misconceptions in the rubric of ${item.id}`,
      );
    }
  }
}
