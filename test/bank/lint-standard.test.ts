import { describe, expect, test } from 'vitest';
import type { AuthoredFile } from '../../src/bank/authored-file.ts';
import { lintStandard } from '../../src/bank/lint-standard.ts';
import type { CourseFiles } from '../../src/bank/load-content.ts';
import { Course } from '../../src/core/course.ts';
import { Item } from '../../src/core/item.ts';
import { Rubric } from '../../src/core/rubric.ts';

const course = Course.parse({
  id: 'demo',
  title: 'Demo',
  about: 'A small course.',
  chapters: [{ id: '1', title: 'One' }],
  concepts: [{ id: 'adapters', title: 'Adapters' }],
  standard: 'full',
});

const shared = {
  title: 'A question',
  chapter: '1',
  concept: 'adapters',
  difficulty: 1,
  next: ['other'],
  prompt: 'Why?',
  reference: 'Because.',
};

function criterion(id: string, hints: string[] = ['Look.', 'Look closer.']) {
  return { id, points: 1, asks: 'What?', expects: 'That.', hints, cues: [['that']] };
}

function misconception(id: string) {
  return { id, claim: 'So.', nudge: 'Is it?', tempts: 'It looks so.', refutes: 'It is not.', cues: [['that']] };
}

const soundRubric = {
  criteria: ['a', 'b', 'c'].map((id) => criterion(id)),
  misconceptions: ['x', 'y'].map(misconception),
  exemplars: [
    { answer: 'All of it.', verdicts: { a: 'met', b: 'met', c: 'met' } },
    { answer: 'Some of it.', verdicts: { a: 'met', b: 'missed', c: 'missed' } },
  ],
};

function choiceItem(id: string, right: number, extra: object = {}) {
  const options = [1, 2, 3].map((place) =>
    place === right
      ? { text: 'Right', correct: true }
      : { text: 'Wrong', 'why-wrong': 'No.', misconception: 'x', ...extra },
  );
  return { id, kind: 'choice', ...shared, options, 'option-points': 1 };
}

/** What lintStandard says of one course, as `place: what`. */
function lint(args: { items: object[]; rubric?: object }): string[] {
  const file = <T>(path: string, value: T): AuthoredFile<T> => ({ path, value, lineOf: () => 1 });
  const items = args.items.map((value) => file('item', Item.parse(value)));
  const files: CourseFiles = {
    folder: 'demo',
    course: file('course', course),
    items,
    rubrics: items.map(({ value }) => file('rubric', Rubric.parse({ ...soundRubric, ...args.rubric, item: value.id }))),
  };
  const said: string[] = [];
  lintStandard(files, () => (at, what) => said.push(`${at.join('.')}: ${what}`));
  return said;
}

const explained = { id: 'one', kind: 'free-response', ...shared };

describe('a course with the full standard', () => {
  test('has nothing to mend where every rubric keeps the house rules', () => {
    expect(lint({ items: [explained] })).toEqual([]);
  });

  test.each([
    ['two criteria', { criteria: ['a', 'b'].map((id) => criterion(id)) }, 'criteria: 2 criteria where'],
    ['seven criteria', { criteria: [...'abcdefg'].map((id) => criterion(id)) }, 'criteria: 7 criteria where'],
    ['a single hint', { criteria: [...'abc'].map((id) => criterion(id, ['Look.'])) }, 'criteria.0.hints: one hint'],
    ['one misconception', { misconceptions: [misconception('x')] }, 'misconceptions: 1 misconceptions where'],
    ['no middling exemplar', { exemplars: soundRubric.exemplars.slice(0, 1) }, 'exemplars: no exemplar is middling'],
  ])('does not pass a rubric with %s', (_name, rubric, said) => {
    expect(lint({ items: [explained], rubric })).toContainEqual(expect.stringContaining(said));
  });

  test('lets the why of a choice question have a single criterion', () => {
    const rubric = {
      criteria: [criterion('a')],
      exemplars: [{ answer: 'Half.', verdicts: { a: 'partial' } }],
    };
    expect(lint({ items: [choiceItem('one', 2)], rubric })).toEqual([]);
  });

  test('wants the misconception behind every wrong option', () => {
    const bare = choiceItem('one', 1, { misconception: undefined });
    expect(lint({ items: [bare] })).toEqual([
      'options.1: option 2 reveals no misconception',
      'options.2: option 3 reveals no misconception',
    ]);
  });

  test('does not let "take the second" be a strategy', () => {
    const at = (places: number[]) => places.map((place, index) => choiceItem(`item-${index}`, place));
    expect(lint({ items: at([2, 2, 2, 2, 1, 3]) })).toEqual([
      'standard: the right option is the 2. in 4 of 6 choice items',
    ]);
    expect(lint({ items: at([2, 2, 2, 1, 1, 3]) })).toEqual([]);
  });
});
