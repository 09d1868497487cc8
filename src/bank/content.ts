import type { Course } from '../core/course.ts';
import type { EvalAnswer, EvalSet } from '../core/eval-set.ts';
import type { PublishDecision } from '../core/publish-decision.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';

/** An item with the rubric that grades it. */
export type CourseItem = { item: Item; rubric: Rubric; rubricHash: string };

export type LoadedCourse = {
  course: Course;
  /** In the order of the chapters; in a chapter the easier first, then by file name. */
  items: CourseItem[];
};

export type LoadedEvalSet = {
  set: EvalSet;
  answers: EvalAnswer[];
  /** What was published on the strength of this set; absent where nothing was. */
  published?: PublishDecision[];
};

/** Everything authors wrote, checked. */
export type Content = { courses: LoadedCourse[]; evalSets: LoadedEvalSet[] };

/** Every question of every course. */
export function questionsOf(content: Content): CourseItem[] {
  return content.courses.flatMap(({ items }) => items);
}

/** An item and the course it belongs to. Item ids are unique across courses (lint sees to it). */
export function findCourseItem(content: Content, itemId: string): (CourseItem & { course: Course }) | undefined {
  for (const { course, items } of content.courses) {
    const found = items.find(({ item }) => item.id === itemId);
    if (found) return { ...found, course };
  }
  return undefined;
}
