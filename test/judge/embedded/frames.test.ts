import { beforeAll, describe, expect, test } from 'vitest';
import { assembleContent, readContentFiles } from '../../../src/bank/load-content.ts';
import type { CourseItem } from '../../../src/bank/content.ts';
import { createEmbeddedJudge } from '../../../src/judge/embedded/embedded-judge.ts';
import { findFrames, isApart } from '../../../src/judge/embedded/frames.ts';
import { gradeAnswer } from '../../../src/judge/grade-answer.ts';

const judge = createEmbeddedJudge({ now: () => 0 });
let full: { courseItem: CourseItem; answer: string }[];
beforeAll(async () => {
  const content = assembleContent(await readContentFiles('.'));
  const everyThird = content.courses.flatMap(({ items }) => items).filter((_, at) => at % 3 === 0);
  full = everyThird.flatMap((courseItem) =>
    courseItem.rubric.exemplars
      .filter(({ verdicts }) => courseItem.rubric.criteria.every(({ id }) => verdicts[id] === 'met'))
      .map(({ answer }) => ({ courseItem, answer })),
  );
});

/** The share of its criteria's points that an answer earns for certain. */
async function shareOf(courseItem: CourseItem, answer: string): Promise<number> {
  const task = { ...courseItem, answer, option: null, replica: 0 };
  const outcome = await gradeAnswer(task, { judge, tryNumber: 1, signal: new AbortController().signal });
  if (!('verdicts' in outcome)) return 0;
  const points = outcome.verdicts.map(({ points: earned, max }) => ({ earned, max }));
  return points.reduce((sum, { earned }) => sum + earned, 0) / points.reduce((sum, { max }) => sum + max, 0);
}

async function meanShare(rewrite: (answer: string) => string): Promise<number> {
  let sum = 0;
  for (const { courseItem, answer } of full) sum += await shareOf(courseItem, rewrite(answer));
  return sum / full.length;
}

const sentences = (answer: string): string[] =>
  answer.split(/(?<=[.!?])\s+(?=["'(]?[\p{Lu}\p{N}])|\n+/u).map((text) => text.trim());
const lower = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
const open = (text: string): string => text.replace(/[.!?]+$/u, '');
const each =
  (rewrite: (sentence: string) => string) =>
  (answer: string): string =>
    sentences(answer).map(rewrite).join(' ');

describe('a full answer that its writer takes back earns next to nothing', () => {
  test.each([
    ['"That is wrong." after every sentence', each((text) => `${text} That is wrong.`)],
    ['"It is wrong to say that" before every sentence', each((text) => `It is wrong to say that ${lower(text)}`)],
    ['"It is not true that" before every sentence', each((text) => `It is not true that ${lower(text)}`)],
    [
      '"Some people say … They are all wrong."',
      (answer: string) => `Some people say that ${lower(answer)} They are all wrong.`,
    ],
    ['"None of this is true." at the end', (answer: string) => `${answer} None of this is true.`],
    ['every sentence a question', each((text) => `${open(text)}?`)],
  ])(
    '%s',
    async (_, rewrite) => {
      expect(full.length).toBeGreaterThan(20);
      expect(await meanShare(rewrite)).toBeLessThanOrEqual(0.1);
    },
    60_000,
  );
});

describe('a full answer keeps its points', () => {
  test.each([
    ['as it stands', (answer: string) => answer],
    ['with a question of its own before it', (answer: string) => `Why is that so? ${answer}`],
    [
      'with a common mistake named and turned down first',
      (answer: string) => `A common mistake is to guess here. ${answer}`,
    ],
    [
      'with a view rejected at the end',
      (answer: string) => `${answer} Some people say it is all luck. They are wrong.`,
    ],
  ])(
    '%s',
    async (_, rewrite) => {
      expect(await meanShare(rewrite)).toBeGreaterThan(0.97);
    },
    60_000,
  );
});

describe('"No," answers a question as often as it rejects', () => {
  const framed = (text: string): boolean[] =>
    findFrames(
      [...text.matchAll(/[^.!?]+[.!?]/gu)].map(([one], at, all) => {
        const start = all.slice(0, at).join('').length;
        return { start, end: start + one.length, text: one };
      }),
    ).map((frames) => frames.some(isApart));

  test('what was stated before it stands', () => {
    expect(
      framed('Such a gap comes up in 3 of 100 trials if the drug does nothing. No, she may not write that.')[0],
    ).toBe(false);
  });

  test.each([
    'Some people say that RL alone is enough. No, it needs a start.',
    'Is RL alone enough? No, it needs a start.',
  ])('what was reported or asked does not: %s', (text) => {
    expect(framed(text)[0]).toBe(true);
  });
});
