import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content, CourseItem } from '../../src/bank/content.ts';
import type { Course } from '../../src/core/course.ts';
import { insertReveal } from '../../src/store/reveals.ts';
import { insertSightings, listSightings } from '../../src/store/sightings.ts';
import { openAnswers, readChapter, viewAnswers } from '../../src/tutor/read-answers.ts';
import { searchAnswers } from '../../src/tutor/search-answers.ts';
import { viewItem } from '../../src/tutor/view-item.ts';
import { judgmentOf, loraCourseItem } from '../fixtures/lora.ts';
import { demoContent, demoCourse, openTestTutor, type TestTutor } from '../fixtures/tutor.ts';

let tutor: TestTutor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: () => Promise.resolve(judgmentOf({ criteria: {} })), work: 'never' });
});
afterAll(async () => {
  await tutor.close();
});

const first = { page: 1 };

function withCourse(changes: Partial<Course>, items = demoContent.courses[0]?.items ?? []): typeof tutor.deps {
  const content: Content = { courses: [{ course: { ...demoCourse, ...changes }, items }], evalSets: [] };
  return { ...tutor.deps, content };
}

describe('reading answers', () => {
  test('looking at a chapter shows its questions without answers, and marks nothing', async () => {
    const learnerId = await tutor.newLearner();
    const reader = { courseId: 'demo', learnerId };
    expect(await readChapter({ ...reader, chapterId: '1', at: first }, tutor.deps)).toMatchObject({
      status: 'open',
      view: {
        items: [
          { id: 'lora-count', mark: 'new', seen: false, reveal: null },
          { id: 'kl-choice', mark: 'new', seen: false, reveal: null },
        ],
      },
    });
    await viewAnswers(reader, tutor.deps);
    await searchAnswers({ ...reader, query: 'LoRA', conceptId: null }, tutor.deps);
    expect(await listSightings(tutor.deps.database.db, { learnerId, course: 'demo' })).toEqual([]);
  });

  test('an answer asked for is shown from then on, and its question counts as seen', async () => {
    const learnerId = await tutor.newLearner();
    expect(await openAnswers({ courseId: 'demo', learnerId, itemIds: ['lora-count'] }, tutor.deps)).toEqual({
      status: 'opened',
    });
    const chapter = await readChapter({ courseId: 'demo', chapterId: '1', learnerId, at: first }, tutor.deps);
    expect(chapter).toMatchObject({
      view: {
        items: [
          {
            id: 'lora-count',
            mark: 'read',
            seen: true,
            reveal: { criteria: [{ expects: expect.any(String) as string }, {}, {}] },
          },
          { id: 'kl-choice', seen: false, reveal: null },
        ],
      },
    });
    expect(await viewAnswers({ courseId: 'demo', learnerId }, tutor.deps)).toMatchObject({
      view: {
        chapters: [
          { questions: 2, seen: 1 },
          { questions: 0, seen: 0 },
        ],
      },
    });
    expect(await viewItem({ itemId: 'lora-count', learnerId }, tutor.deps)).toMatchObject({ standing: 'after-seeing' });
    expect(await viewItem({ itemId: 'kl-choice', learnerId }, tutor.deps)).toMatchObject({ standing: 'counted' });
  });

  test('opening again keeps the first time, and what was met in the drill stays so', async () => {
    const learnerId = await tutor.newLearner();
    const { db } = tutor.deps.database;
    const seen = { learnerId, course: 'demo', itemIds: ['kl-choice'], where: 'drill' as const, now: tutor.deps.now() };
    await insertSightings(db, seen);
    const all = { courseId: 'demo', learnerId, itemIds: ['lora-count', 'kl-choice', 'nowhere'] };
    await openAnswers(all, tutor.deps);
    const before = await listSightings(db, { learnerId, course: 'demo' });
    await openAnswers(all, tutor.deps);
    expect(await listSightings(db, { learnerId, course: 'demo' })).toEqual(before);
    const chapter = await readChapter({ courseId: 'demo', chapterId: '1', learnerId, at: first }, tutor.deps);
    expect(chapter).toMatchObject({ view: { items: [{ mark: 'read' }, { mark: 'drilled' }] } });
  });

  test('a course that opens its answers after the reveal lists what was revealed, and opens nothing else', async () => {
    const learnerId = await tutor.newLearner();
    const deps = withCourse({ answers: 'after-reveal' });
    const reader = { courseId: 'demo', learnerId };
    await insertReveal(deps.database.db, { learnerId, course: 'demo', itemId: 'kl-choice', now: deps.now() });
    expect(await openAnswers({ ...reader, itemIds: ['lora-count', 'kl-choice'] }, deps)).toEqual({ status: 'opened' });
    expect(await listSightings(deps.database.db, { learnerId, course: 'demo' })).toEqual([]);
    expect(await readChapter({ ...reader, chapterId: '1', at: first }, deps)).toMatchObject({
      view: { items: [{ id: 'kl-choice', mark: 'revealed', reveal: { reference: expect.any(String) as string } }] },
    });
    expect(await searchAnswers({ ...reader, query: 'LoRA', conceptId: null }, deps)).toMatchObject({
      view: { found: [] },
    });
  });

  test('a course that keeps its answers closed says so, whatever is asked', async () => {
    const deps = withCourse({ answers: 'closed' });
    const reader = { courseId: 'demo', learnerId: await tutor.newLearner() };
    const closed = { status: 'closed' };
    expect(await viewAnswers(reader, deps)).toEqual(closed);
    expect(await readChapter({ ...reader, chapterId: '1', at: first }, deps)).toEqual(closed);
    expect(await openAnswers({ ...reader, itemIds: ['lora-count'] }, deps)).toEqual(closed);
    expect(await searchAnswers({ ...reader, query: 'x', conceptId: null }, deps)).toEqual(closed);
    expect(await viewAnswers({ ...reader, courseId: 'nowhere' }, deps)).toEqual({ status: 'not-found' });
  });

  test('a long chapter comes in pages, and an item is found on its own', async () => {
    const items = Array.from({ length: 14 }, (_, index): CourseItem => {
      const id = `lora-${String(index)}`;
      return {
        ...loraCourseItem,
        item: { ...loraCourseItem.item, id },
        rubric: { ...loraCourseItem.rubric, item: id },
      };
    });
    const deps = withCourse({}, items);
    const reader = { courseId: 'demo', learnerId: null, chapterId: '1' };
    const idsAt = async (at: { page: number } | { itemId: string }): Promise<[number, string | undefined, number]> => {
      const read = await readChapter({ ...reader, at }, deps);
      if (read.status !== 'open') throw new Error(read.status);
      return [read.view.page, read.view.items[0]?.id, read.view.items.length];
    };
    expect(await idsAt({ page: 1 })).toEqual([1, 'lora-0', 12]);
    expect(await idsAt({ page: 2 })).toEqual([2, 'lora-12', 2]);
    expect(await idsAt({ page: 9 })).toEqual([1, 'lora-0', 12]);
    expect(await idsAt({ page: Number.NaN })).toEqual([1, 'lora-0', 12]);
    expect(await idsAt({ itemId: 'lora-13' })).toEqual([2, 'lora-12', 2]);
    expect(await idsAt({ itemId: randomUUID() })).toEqual([1, 'lora-0', 12]);
  });
});

describe('searching answers', () => {
  const search = async (args: { query: string; learnerId?: string | null; conceptId?: string | null }) => {
    const found = await searchAnswers({ courseId: 'demo', learnerId: null, conceptId: null, ...args }, tutor.deps);
    if (found.status !== 'open') throw new Error(found.status);
    return found.view.found.map(({ id, foundIn, excerpt }) => ({ id, foundIn, excerpt }));
  };

  test('finds every word in title or question, whatever the case, and quotes the sentence it stands in', async () => {
    expect(await search({ query: 'Adapter PARAMETERS' })).toEqual([
      { id: 'lora-count', foundIn: 'title', excerpt: null },
    ]);
    expect(await search({ query: 'what do you change' })).toEqual([
      { id: 'kl-choice', foundIn: 'prompt', excerpt: '… What do you change first?' },
    ]);
    expect(await search({ query: 'adapter unheard-of' })).toEqual([]);
  });

  test('keeps a formula whole in what it quotes', async () => {
    expect(await search({ query: 'projection' })).toEqual([
      { id: 'lora-count', foundIn: 'prompt', excerpt: expect.stringContaining('$d = 4096$') as string },
    ]);
  });

  test('does not tell what stands in an answer nobody has opened, and finds it there once it was', async () => {
    const learnerId = await tutor.newLearner();
    expect(await search({ query: 'low-rank', learnerId })).toEqual([]);
    await openAnswers({ courseId: 'demo', learnerId, itemIds: ['lora-count'] }, tutor.deps);
    expect(await search({ query: 'low-rank', learnerId })).toMatchObject([{ id: 'lora-count', foundIn: 'reference' }]);
  });

  test('a concept alone lists its questions', async () => {
    expect(await search({ query: '', conceptId: 'adapters' })).toHaveLength(2);
    expect(await search({ query: '', conceptId: 'none' })).toHaveLength(0);
  });
});
