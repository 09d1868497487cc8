import { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { CourseView, ItemCard } from '../../tutor/learner-view.ts';
import { listCourses, viewCourse } from '../../tutor/view-course.ts';
import type { Web, WebEnv } from '../caller.ts';
import { Icon } from '../parts/icon.tsx';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

export function coursePages({ deps }: Web): Hono<WebEnv> {
  const pages = new Hono<WebEnv>();

  pages.get(routes.home, (c) => {
    const courses = listCourses(deps);
    const [only] = courses;
    if (only !== undefined && courses.length === 1) return c.redirect(href(routes.course, { course: only.id }), 302);
    return renderPage(c, coursesPage(courses));
  });

  pages.get(routes.course, async (c) => {
    const view = await viewCourse({ courseId: c.req.param('course'), learnerId: c.get('learnerId') }, deps);
    return view ? renderPage(c, coursePage(view)) : c.notFound();
  });

  return pages;
}

export function coursesPage(courses: { id: string; title: string; about: string }[]): Page {
  return {
    title: strings.home.title,
    course: null,
    section: 'other',
    body: (
      <div class="page">
        <h1>{strings.home.title}</h1>
        {courses.length === 0 && <p>{strings.home.none}</p>}
        <ul class="plain-list courses">
          {courses.map(({ id, title, about }) => (
            <li>
              <h2>
                <a href={href(routes.course, { course: id })}>{title}</a>
              </h2>
              <p>{about}</p>
            </li>
          ))}
        </ul>
      </div>
    ),
  };
}

export function coursePage(view: CourseView): Page {
  return {
    title: view.title,
    course: view,
    section: 'course',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>{view.title}</h1>
          <p class="lead">{view.about}</p>
          <p class="how">{strings.course.how}</p>
          <Begin items={view.chapters.flatMap(({ items }) => items)} />
        </header>
        {view.chapters.length > 1 && (
          <nav class="chapter-links" aria-label={strings.course.chapters}>
            <ol class="plain-list">
              {view.chapters.map(({ id, title }, index) => (
                <li>
                  <span class="chapter-number">{index + 1}</span> <a href={`#chapter-${id}`}>{title}</a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        {view.chapters.map((chapter, index) => (
          <Chapter chapter={chapter} number={index + 1} />
        ))}
      </div>
    ),
  };
}

/** The way in: the question that was begun, else the first that is new; nothing where there is neither. */
function Begin({ items }: { items: readonly ItemCard[] }): JSX.Element {
  const begun = items.find(({ state }) => state === 'under-way');
  const item = begun ?? items.find(({ state }) => state === 'new');
  if (item === undefined) return <></>;
  const { start, goOn, onward } = strings.course;
  const words = begun ? goOn : items.every(({ state }) => state === 'new') ? start : onward;
  return (
    <p>
      <a class="button primary" href={href(routes.item, { item: item.id })}>
        {words}
      </a>
    </p>
  );
}

function Chapter({ chapter, number }: { chapter: CourseView['chapters'][number]; number: number }): JSX.Element {
  const complete = chapter.items.filter(({ state }) => state === 'complete').length;
  const headingId = `chapter-${chapter.id}`;
  return (
    <section class="chapter" aria-labelledby={headingId}>
      <header class="chapter-head">
        <h2 id={headingId} tabindex={-1}>
          <span class="chapter-number">{number}</span> {chapter.title}
        </h2>
        {chapter.items.length > 0 && (
          <p class="label">{strings.course.done({ complete, all: chapter.items.length })}</p>
        )}
      </header>
      {chapter.items.length === 0 ? (
        <p class="aside">{strings.course.empty}</p>
      ) : (
        <ul class="items">
          {chapter.items.map((item) => (
            <Card item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Card({ item }: { item: ItemCard }): JSX.Element {
  return (
    <li class={`item-card state-${item.state}`}>
      <a href={href(routes.item, { item: item.id })}>{item.title}</a>
      <p class="label">
        {strings.kind[item.kind]} · {item.concept} · {strings.difficulty(item.difficulty)}
      </p>
      <p class="label item-state">
        <Icon name={item.state} /> {strings.state[item.state]}
        {item.best !== null && `, ${strings.course.best(item.best)}`}
      </p>
    </li>
  );
}
