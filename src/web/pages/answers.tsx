import { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswersChapterView, CourseView } from '../../tutor/learner-view.ts';
import { readAnswers } from '../../tutor/read-answers.ts';
import { viewCourse } from '../../tutor/view-course.ts';
import { ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { renderMarkdown } from '../markdown.ts';
import { Icon } from '../parts/icon.tsx';
import { Reveal } from '../parts/reveal.tsx';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { messagePage } from './message.tsx';

export function answersPages(web: Web): Hono<WebEnv> {
  const { deps } = web;
  const pages = new Hono<WebEnv>();

  pages.get(routes.answers, async (c) => {
    const view = await viewCourse({ courseId: c.req.param('course'), learnerId: c.get('learnerId') }, deps);
    if (!view) return c.notFound();
    return view.answers === 'closed' ? renderPage(c, closedPage(view), 403) : renderPage(c, answersPage(view));
  });

  // Reading writes: what was shown is remembered as seen.
  pages.get(routes.answersChapter, limitWrites(web), async (c) => {
    const { course: courseId, chapter: chapterId } = c.req.param();
    const course = await viewCourse({ courseId, learnerId: c.get('learnerId') }, deps);
    if (!course?.chapters.some(({ id }) => id === chapterId)) return c.notFound();
    if (course.answers === 'closed') return renderPage(c, closedPage(course), 403);
    const learnerId = await ensureLearner(c, web);
    const answers = await readAnswers({ courseId, chapterId, learnerId }, deps);
    switch (answers.status) {
      case 'open':
        return renderPage(c, answersChapterPage({ course, view: answers.view }));
      case 'closed':
        return renderPage(c, closedPage(course), 403);
      case 'not-found':
        return c.notFound();
      default:
        return answers satisfies never;
    }
  });

  return pages;
}

/** The chapters, with the invitation to try first. */
export function answersPage(view: CourseView): Page {
  return {
    title: strings.answers.title,
    course: view,
    section: 'answers',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>{strings.answers.title}</h1>
          <p class="lead">{strings.answers.invite}</p>
          <p class="notice">
            <Icon name="revealed" /> {strings.answers.warning}
          </p>
          {view.answers === 'after-reveal' && <p class="aside">{strings.answers.afterReveal}</p>}
        </header>
        <ol class="plain-list chapters">
          {view.chapters.map(({ id, title, items }, index) => (
            <li>
              <h2>
                <span class="chapter-number">{index + 1}</span> {title}
              </h2>
              <p class="label">{strings.answers.questions(items.length)}</p>
              {items.length > 0 && (
                <p>
                  <a href={href(routes.answersChapter, { course: view.id, chapter: id })}>
                    {strings.answers.open} <span class="unseen">{title}</span> <Icon name="next" />
                  </a>
                </p>
              )}
            </li>
          ))}
        </ol>
      </div>
    ),
  };
}

/** One chapter's answers, each with the way back to its question. */
export function answersChapterPage({ course, view }: { course: CourseView; view: AnswersChapterView }): Page {
  return {
    title: `${strings.answers.title}: ${view.chapter.title}`,
    course,
    section: 'answers',
    body: (
      <div class="page with-margin">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.answers, { course: view.course.id })}>
              <Icon name="back" /> {strings.answers.all}
            </a>
          </p>
          <h1>{view.chapter.title}</h1>
          <p class="lead">{strings.answers.title}</p>
          {view.newlySeen > 0 && (
            <p class="notice">
              <Icon name="revealed" /> {strings.answers.seen({ newly: view.newlySeen, all: view.items.length })}
            </p>
          )}
        </header>
        <div class="column">
          {view.items.length === 0 && <p>{strings.answers.none}</p>}
          {view.items.map((item) => (
            <Answer item={item} />
          ))}
        </div>
        {view.items.length > 0 && (
          <nav class="facts contents" aria-label={strings.answers.contents}>
            <h2>{strings.answers.contents}</h2>
            <ol class="plain-list">
              {view.items.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ol>
          </nav>
        )}
      </div>
    ),
  };
}

function Answer({ item }: { item: AnswersChapterView['items'][number] }): JSX.Element {
  return (
    <article class="answer" aria-labelledby={item.id}>
      <h2 id={item.id}>{item.title}</h2>
      <p class="label">
        {strings.kind[item.kind]} · {item.concept} ·{' '}
        <a href={href(routes.item, { item: item.id })}>
          {strings.answers.back} <span class="unseen">{item.title}</span>
        </a>
      </p>
      <div class="prose prompt">{renderMarkdown(item.prompt)}</div>
      <Reveal reveal={item.reveal} level={3} />
    </article>
  );
}

function closedPage(course: CourseView): Page {
  return messagePage({
    title: strings.answers.closedTitle,
    text: strings.answers.closed,
    course,
    kept: null,
    correlationId: null,
  });
}
