import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/web/app.tsx';
import { highlightHtml } from '../../src/web/parts/highlighted.tsx';
import { renderInline } from '../../src/web/markdown.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { scriptJudge } from './scripted-judge.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

let tutor: TestTutor;
let visitor: Visitor;
beforeAll(async () => {
  tutor = await openTestTutor({ judge: scriptJudge().judge, work: 'never' });
});
afterAll(async () => {
  await tutor.close();
});
beforeEach(() => {
  visitor = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
});

const chapter = '/courses/demo/answers/1';
const get = async (path: string): Promise<string> => (await visitor.get(path)).text();

describe('reading answers', () => {
  test('opening a chapter, or any link into it, makes nobody a learner and shows no answer', async () => {
    for (const path of [
      '/courses/demo/answers',
      chapter,
      `${chapter}?open=*`,
      `${chapter}?open=lora-count#lora-count`,
    ]) {
      expect(await get(path)).not.toContain('Two low-rank factors');
    }
    expect(visitor.cookie()).toBe('');
    expect(textOf(await get(chapter))).toContain('2 questions will then count as seen.');
  });

  test('one answer opens by its button, and only its question counts as seen', async () => {
    const response = await visitor.post(chapter, { item: 'lora-count' });
    expect([response.status, locationOf(response)]).toEqual([303, `${chapter}?open=lora-count#lora-count`]);
    const html = await get(locationOf(response));
    expect(html).toMatch(/<details class="recap shown" open="">/);
    expect(textOf(html)).toContain('Two low-rank factors are trained');
    expect(textOf(html)).toContain('1 question will then count as seen.');
    expect(textOf(await get('/items/lora-count'))).toContain('You have seen the answer to this question');
    expect(textOf(await get('/items/kl-choice'))).not.toContain('You have seen the answer');
  });

  test('all answers of a page open at once, and fold again without another question being asked', async () => {
    expect(locationOf(await visitor.post(chapter, { item: '*', page: '1' }))).toBe(`${chapter}?open=*`);
    const open = await get(`${chapter}?open=*`);
    expect(open.match(/<details class="recap shown" open="">/g)).toHaveLength(2);
    expect(open).toContain('Fold all answers');
    const folded = await get(chapter);
    expect(folded).not.toContain('shown" open');
    expect(folded).toContain(`href="${chapter}?open=*"`);
    expect(folded).not.toContain('method="post"');
    expect(textOf(await get('/courses/demo/answers'))).toContain('2 questions, all seen');
  });

  test('a question that is not of this chapter opens nothing', async () => {
    expect((await visitor.post(chapter, { item: 'nowhere' })).status).toBe(404);
    expect((await visitor.post(chapter)).status).toBe(404);
    expect((await visitor.post('/courses/demo/answers/9', { item: '*' })).status).toBe(404);
    expect(visitor.cookie()).toBe('');
  });

  test('a course that keeps its answers closed says so to a GET and to a POST', async () => {
    const [loaded] = tutor.deps.content.courses;
    const content = {
      courses: [{ ...loaded!, course: { ...loaded!.course, answers: 'closed' as const } }],
      evalSets: [],
    };
    const shut = createVisitor(createApp({ deps: { ...tutor.deps, content }, limits: {} }));
    for (const reply of [
      await shut.get('/courses/demo/answers'),
      await shut.get('/courses/demo/answers?q=rank'),
      await shut.get(chapter),
      await shut.post(chapter, { item: '*' }),
    ]) {
      expect([reply.status, textOf(await reply.text())]).toEqual([
        403,
        expect.stringContaining('The answers are closed'),
      ]);
    }
    expect(shut.cookie()).toBe('');
  });
});

describe('searching', () => {
  test('marks what was found, links to the question and its answer, and keeps what was asked in the form', async () => {
    const html = await get('/courses/demo/answers?q=PENALTY+drifts&concept=');
    expect(textOf(html)).toContain('Nothing found');
    expect(textOf(html)).not.toContain('Searched only in');
    const found = await get('/courses/demo/answers?q=Policy');
    expect(textOf(found)).toContain('1 question found');
    expect(found).toContain('A drifting <mark class="found">policy</mark>');
    expect(found).toContain(`href="${chapter}?open=kl-choice#kl-choice"`);
    expect(found).toContain('value="Policy"');
  });

  test('says again what an answer costs, and that a concept narrows the search, with the way out', async () => {
    const html = await get('/courses/demo/answers?q=nowhere+at+all&concept=adapters');
    expect(textOf(html)).toContain('Nothing found Searched only in questions on Adapters.');
    expect(html).toContain('href="/courses/demo/answers?q=nowhere+at+all">Search all concepts');
    for (const path of ['/courses/demo/answers?q=Policy', chapter]) {
      expect([path, textOf(await get(path))]).toEqual([
        path,
        expect.stringContaining('Its question then counts as seen'),
      ]);
    }
    await visitor.post(chapter, { item: '*', page: '1' });
    expect(textOf(await get(chapter))).not.toContain('Its question then counts as seen');
  });

  test('takes what is typed as text', async () => {
    const html = await get(`/courses/demo/answers?q=${encodeURIComponent('<script>"(')}`);
    expect(html).toContain('value="&lt;script&gt;&quot;("');
    expect(html).toContain('Nothing found');
  });

  test('marks words in rendered text only, never in a formula, a tag or an entity', () => {
    const html = highlightHtml(renderInline('A *lambda* & `mi` of $\\lambda$ amp'), ['lambda', 'mi', 'em', 'amp']);
    expect(String(html)).toContain(
      '<em><mark class="found">lambda</mark></em> &amp; <code><mark class="found">mi</mark></code>',
    );
    expect(String(html)).toMatch(/<math[^>]*>(?:(?!found).)*<\/math>/s);
    expect(String(html)).toContain('<mark class="found">amp</mark>');
  });
});
