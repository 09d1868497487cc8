import { correctOption, isCorrect, type ChoiceItem, type Item } from '../core/item.ts';
import type { Exemplar, Rubric } from '../core/rubric.ts';
import type { AuthoredFile } from './authored-file.ts';
import type { Report } from './lint-report.ts';
import type { CourseFiles } from './load-content.ts';

/** Criteria of a free-response rubric: fewer hide what was missed behind one number, more are no longer read apart. */
const CRITERIA = { least: 3, most: 6 };
/** Hints of a criterion: one to point, one to help further. */
const FEWEST_HINTS = 2;
/** The wrong answer everybody expects, and one that real learners hold. */
const FEWEST_MISCONCEPTIONS = 2;
/** With fewer choice items than this the places of the right options say nothing. */
const FEWEST_CHOICE_ITEMS = 6;
/** No place may hold more of a course's right options than this, or "take the third" is a strategy. */
const LARGEST_SHARE_OF_ONE_PLACE = 0.5;

/** The house rules of a course with `standard: full`, beyond what every rubric must have to be graded by. */
export function lintStandard(course: CourseFiles, reportIn: (file: AuthoredFile<unknown>) => Report): void {
  const itemOf = new Map(course.items.map(({ value }) => [value.id, value]));
  for (const file of course.rubrics) {
    const item = itemOf.get(file.value.item);
    if (item) lintRubricStandard({ rubric: file.value, item, report: reportIn(file) });
  }
  for (const file of course.items) if (file.value.kind === 'choice') lintOptions(file.value, reportIn(file));
  lintPlaces(course, reportIn);
}

function lintRubricStandard({ rubric, item, report }: { rubric: Rubric; item: Item; report: Report }): void {
  const { criteria, misconceptions, exemplars } = rubric;
  if (item.kind === 'free-response' && criteria.length < CRITERIA.least) {
    const what = `${criteria.length} criteria where the course asks for ${CRITERIA.least} to ${CRITERIA.most}`;
    report(['criteria'], what, 'split what an answer visibly does into criteria of its own');
  }
  if (criteria.length > CRITERIA.most) {
    const what = `${criteria.length} criteria where the course asks for at most ${CRITERIA.most}`;
    report(['criteria'], what, 'join those that are always met together');
  }
  for (const [index, { id, hints }] of criteria.entries()) {
    if (hints.length >= FEWEST_HINTS) continue;
    report(['criteria', index, 'hints'], `one hint for "${id}"`, 'add a second that helps further without telling');
  }
  if (misconceptions.length < FEWEST_MISCONCEPTIONS) {
    const what = `${misconceptions.length} misconceptions where the course asks for ${FEWEST_MISCONCEPTIONS}`;
    report(misconceptions.length > 0 ? ['misconceptions'] : ['item'], what, 'add a common wrong answer');
  }
  const middling = ({ verdicts }: Exemplar): boolean => {
    const said = criteria.map(({ id }) => verdicts[id]);
    return said.some((verdict) => verdict !== 'missed') && said.some((verdict) => verdict !== 'met');
  };
  if (exemplars.length > 0 && !exemplars.some(middling))
    report(['exemplars'], 'no exemplar is middling', 'add one that gets some of it: those are the hard ones to grade');
}

function lintOptions(item: ChoiceItem, report: Report): void {
  for (const [index, option] of item.options.entries()) {
    if (isCorrect(option) || option.misconception !== undefined) continue;
    const what = `option ${index + 1} reveals no misconception`;
    report(['options', index], what, 'name the one that leads a learner to it; write it into the rubric if it is new');
  }
}

/** Learners count: the right option must not stand in one place most of the time. */
function lintPlaces(course: CourseFiles, reportIn: (file: AuthoredFile<unknown>) => Report): void {
  const places = course.items.flatMap(({ value }) => (value.kind === 'choice' ? [correctOption(value)] : []));
  if (places.length < FEWEST_CHOICE_ITEMS) return;
  for (const place of new Set(places)) {
    const here = places.filter((other) => other === place).length;
    if (here <= places.length * LARGEST_SHARE_OF_ONE_PLACE) continue;
    const what = `the right option is the ${place}. in ${here} of ${places.length} choice items`;
    reportIn(course.course)(['standard'], what, 'move the right option of some of them');
  }
}
