import { Hono, type Context } from 'hono';
import {
  openAnswers,
  readChapter,
  viewAnswers,
  type AnswersChapterView,
  type AnswersDeps,
} from '../../tutor/read-answers.ts';
import { searchAnswers } from '../../tutor/search-answers.ts';
import { ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import type { PageCourse } from '../parts/layout.tsx';
import { readField, readForm } from '../read-form.ts';
import { renderPage } from '../render.tsx';
import { routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { ALL, chapterHref } from '../chapter-href.ts';
import { answersChapterPage } from './answers-chapter.tsx';
import { answersPage } from './answers-overview.tsx';
import { messagePage } from './message.tsx';

/** Reading answers: a GET shows what counts as seen already and changes nothing; answers are opened by a POST. */
export function answersPages(web: Web): Hono<WebEnv> {
  const { deps } = web;
  const pages = new Hono<WebEnv>();

  pages.get(routes.answers, async (c) => {
    const reader = { courseId: c.req.param('course'), learnerId: c.get('learnerId') };
    const view = await viewAnswers(reader, deps);
    if (view.status !== 'open') return turnAway(c, reader.courseId, view.status);
    const [query, concept] = [c.req.query('q') ?? '', c.req.query('concept') ?? ''];
    const conceptId = view.view.concepts.some(({ id }) => id === concept) ? concept : null;
    if (query.trim() === '' && conceptId === null) {
      return renderPage(c, answersPage({ view: view.view, search: null }));
    }
    const search = await searchAnswers({ ...reader, query, conceptId }, deps);
    if (search.status !== 'open') return turnAway(c, reader.courseId, search.status);
    return renderPage(c, answersPage({ view: view.view, search: search.view }));
  });

  pages.get(routes.answersChapter, async (c) => {
    const { course: courseId, chapter: chapterId } = c.req.param();
    const [page, open] = [Number(c.req.query('page')), c.req.query('open') ?? null];
    const at = open === null || open === ALL ? { page } : { itemId: open };
    const chapter = await readChapter({ courseId, chapterId, learnerId: c.get('learnerId'), at }, deps);
    if (chapter.status !== 'open') return turnAway(c, courseId, chapter.status);
    return renderPage(c, answersChapterPage({ view: chapter.view, open }));
  });

  pages.post(routes.answersChapter, limitWrites(web), async (c) => {
    const { course: courseId, chapter: chapterId } = c.req.param();
    const form = await readForm(c);
    const asked = readField(form, 'item');
    const at = asked === ALL ? { page: Number(readField(form, 'page')) } : { itemId: asked };
    const chapter = await readChapter({ courseId, chapterId, learnerId: c.get('learnerId'), at }, deps);
    if (chapter.status !== 'open') return turnAway(c, courseId, chapter.status);
    const items = itemsAsked(chapter.view, asked);
    if (items.length === 0) return c.notFound();
    const learnerId = await ensureLearner(c, web);
    await openAnswers({ courseId, learnerId, itemIds: items }, deps);
    const { page } = chapter.view;
    return c.redirect(chapterHref({ courseId, chapterId, page, open: asked, item: asked === ALL ? null : asked }), 303);
  });

  function turnAway(
    c: Context<WebEnv>,
    courseId: string,
    status: 'closed' | 'not-found',
  ): Response | Promise<Response> {
    if (status === 'not-found') return c.notFound();
    return renderPage(c, closedPage(courseOf(courseId, deps)), 403);
  }

  return pages;
}

/** The questions a POST asks for: all of the page, or the one it names. */
function itemsAsked({ items }: AnswersChapterView, asked: string): string[] {
  return items.filter(({ id }) => asked === ALL || id === asked).map(({ id }) => id);
}

function courseOf(courseId: string, { content }: Pick<AnswersDeps, 'content'>): PageCourse {
  const course = content.courses.find((loaded) => loaded.course.id === courseId)?.course;
  return course ? { id: course.id, title: course.title, answers: course.answers } : null;
}

function closedPage(course: PageCourse): ReturnType<typeof messagePage> {
  const { closedTitle: title, closed: text } = strings.answers;
  return messagePage({ title, text, course, kept: null, correlationId: null });
}
