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

  test("an answer that works out the question's own figure is on topic, in however few words", () => {
    const found = items.find(({ item }) => item.id === 'fri-2b-grpo-advantage');
    const answer =
      'Mean = 0.5, so minus a half for the losers and plus a half for winners. If everybody gets the same, nothing. Choose puzzles neither trivial nor hopeless.';
    expect(found && isOffTopic({ ...found, answer })).toBe(false);
    expect(found && isOffTopic({ ...found, answer: answer.replace('0.5', 'something') })).toBe(true);
  });

  test('a terse answer is never off-topic', () => {
    for (const { item, rubric } of items) expect(isOffTopic({ item, rubric, answer: '131,072, I think' })).toBe(false);
  });
});
