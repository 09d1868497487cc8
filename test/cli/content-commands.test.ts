import { expect, test } from 'vitest';
import { printBank } from '../../src/cli/content-commands.ts';
import { Course } from '../../src/core/course.ts';
import { choiceCourseItem, loraCourseItem } from '../fixtures/lora.ts';

const course = Course.parse({
  id: 'demo',
  title: 'Demo',
  about: 'A small course.',
  chapters: [{ id: '1', title: 'One' }],
  concepts: [{ id: 'adapters', title: 'Adapters' }],
});

function bank(items: (typeof loraCourseItem)[]): string {
  let out = '';
  const streams = {
    out: (text: string) => (out += text),
    err: () => undefined,
    readText: () => Promise.resolve(''),
    interactive: false,
    colour: false,
    width: 80,
  };
  printBank({ content: { courses: [{ course, items }], evalSets: [] }, json: false, streams });
  return out;
}

test('viva bank counts one item as one', () => {
  expect(bank([loraCourseItem])).toMatch(/\n1 item\.\n$/);
  expect(bank([loraCourseItem, choiceCourseItem])).toMatch(/\n2 items\.\n$/);
});
