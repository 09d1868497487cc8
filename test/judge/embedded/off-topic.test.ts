import { describe, expect, test } from 'vitest';
import { assembleContent, readContentFiles } from '../../../src/bank/load-content.ts';
import { isOffTopic } from '../../../src/judge/embedded/off-topic.ts';

const content = assembleContent(await readContentFiles('.'));
const items = content.courses.flatMap((course) => course.items);

const elsewhere = [
  'My grandmother kept bees behind the house and every autumn we would help her carry the frames to the shed and taste the honey.',
  'The match ended two to one after a late goal; the crowd was loud and the keeper made three good saves in the first half.',
];

describe('what an answer is about', () => {
  test('an answer about something else is off-topic for every item', () => {
    const passed = items.flatMap(({ item, rubric }) =>
      elsewhere
        .filter((answer) => !isOffTopic({ item, rubric, answer }))
        .map((answer) => `${item.id}: ${answer.slice(0, 20)}`),
    );
    expect(items.length).toBeGreaterThan(0);
    expect(passed.length / (items.length * elsewhere.length)).toBeLessThan(0.05);
  });

  test('exemplars that earn something are on topic, but for one in a hundred', () => {
    const exemplars = items.flatMap(({ item, rubric }) =>
      rubric.exemplars.map((exemplar) => ({ item, rubric, exemplar })),
    );
    const earning = exemplars.filter(({ exemplar }) =>
      Object.values(exemplar.verdicts).some((verdict) => verdict !== 'missed'),
    );
    const refused = earning.filter(({ item, rubric, exemplar }) =>
      isOffTopic({ item, rubric, answer: exemplar.answer }),
    );
    expect(refused.length).toBeLessThanOrEqual(Math.ceil(earning.length / 100));
  });

  test("an answer that works out the question's own figure is on topic, in whatever words", () => {
    const found = items.find(({ item }) => item.id === 'fri-2b-grpo-advantage');
    if (!found) throw new Error('The item is gone.');
    expect(isOffTopic({ ...found, answer: elsewhere[0]! })).toBe(true);
    expect(isOffTopic({ ...found, answer: `${elsewhere[0]!} The mean of it all is 0.5.` })).toBe(false);
  });

  test('a terse answer is never off-topic', () => {
    for (const { item, rubric } of items) expect(isOffTopic({ item, rubric, answer: '131,072, I think' })).toBe(false);
  });
});
