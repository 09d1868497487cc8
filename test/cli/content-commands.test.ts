import { expect, test } from 'vitest';
import { printBank } from '../../src/cli/content-commands.ts';
import { keepStreams } from '../../src/cli/streams.ts';
import { demoCourse } from '../fixtures/tutor.ts';
import { choiceCourseItem, loraCourseItem } from '../fixtures/lora.ts';

function bank(items: (typeof loraCourseItem)[]): string {
  const { streams, printed } = keepStreams(80);
  printBank({ content: { courses: [{ course: demoCourse, items }], evalSets: [] }, json: false, streams });
  return printed.out;
}

test('viva bank counts one item as one', () => {
  expect(bank([loraCourseItem])).toMatch(/\n1 item\.\n$/);
  expect(bank([loraCourseItem, choiceCourseItem])).toMatch(/\n2 items\.\n$/);
});
