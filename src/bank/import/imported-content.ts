import { Course } from '../../core/course.ts';
import { EvalSet } from '../../core/eval-set.ts';
import { FreeResponseItem } from '../../core/item.ts';
import { Rubric } from '../../core/rubric.ts';
import { idsOf } from './authored-ids.ts';
import type { ImportedItem, ImportedSet } from './imported-set.ts';
import { plainMarkdown, shortTitle } from './plain-text.ts';

/** What an imported criterion hints: neutral, so that it gives nothing away whatever the criterion is about. */
const HINT = 'What does the question ask that your answer leaves out?';

/** The course of an imported set, with its chapters for concepts too. */
export function courseOf(args: { set: ImportedSet; course: string; chapters: ReadonlyMap<string, string> }): Course {
  const { set, course } = args;
  const chapters = [...args.chapters].map(([title, id]) => ({ id, title: shortTitle(title) || id }));
  return Course.parse({
    id: course,
    title: shortTitle(set.title),
    about: `Imported by \`viva import\` to measure judges; its rubrics hold no hints, cues or exemplars of an author's. Source: ${set.source}.`,
    chapters,
    // The same ids: outside data rarely knows more than one division of its items.
    concepts: chapters,
  });
}

/** A question as a bank item; where its texts are not in the data, they say so. */
export function itemOf(args: { item: ImportedItem; id: string; chapter: string; next: string[] }): FreeResponseItem {
  const { item, id, chapter, next } = args;
  return FreeResponseItem.parse({
    id,
    kind: 'free-response',
    title: shortTitle(item.title) || id,
    chapter,
    concept: chapter,
    difficulty: 3,
    next,
    prompt: plainMarkdown(item.prompt) || `Question ${item.key}; its wording is not in the imported files.`,
    reference: plainMarkdown(item.reference) || 'The imported files hold no model answer.',
  });
}

/** The rubric of an imported question: marked as imported, without cues and exemplars. */
export function rubricOf(args: { item: ImportedItem; id: string; source: string }): Rubric {
  const { item, id, source } = args;
  const criterionIds = idsOf(item.criteria.map(({ name }) => name));
  const single = item.criteria.length === 1;
  return Rubric.parse({
    item: id,
    imported: source,
    criteria: item.criteria.map(({ name, points, expects, partial }, index) => ({
      id: criterionIds.get(name),
      points,
      asks: single
        ? 'Does your answer do what the question asks?'
        : `Does your answer earn part ${index + 1} of the marks?`,
      expects: plainMarkdown(expects) || 'A right answer to the question; the imported files do not say more.',
      ...(partial === null ? {} : { partial: plainMarkdown(partial) }),
      hints: [HINT],
      cues: [],
    })),
    misconceptions: [],
    exemplars: [],
  });
}

/** The eval set, which says who rated and how. */
export function evalSetOf(args: {
  set: ImportedSet;
  course: string;
  raters: readonly { id: string; kind: string; who: string }[];
}): EvalSet {
  const { set, course, raters } = args;
  return EvalSet.parse({
    id: course,
    title: set.title,
    course,
    purpose: set.purpose,
    provenance: {
      raters: raters.map(({ id, kind, who }) => ({ id, kind, who })),
      how: set.how,
      when: set.when,
      licence: set.licence,
    },
  });
}
