import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswersChapterView } from '../../tutor/read-answers.ts';
import { renderMarkdown } from '../markdown.ts';
import { AnswerTag } from '../parts/answer-tag.tsx';
import { Icon } from '../parts/icon.tsx';
import { SeenWarning } from '../parts/seen-warning.tsx';
import { Reveal } from '../parts/reveal.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { ALL, chapterHref } from '../chapter-href.ts';
import { AnswerMeta, ToQuestion } from '../parts/answer-meta.tsx';

/** One page of a chapter: each question, with its answer where it counts as seen, else with the button that opens it. */
export function answersChapterPage({ view, open }: { view: AnswersChapterView; open: string | null }): Page {
  const { course, chapter, page } = view;
  const unseen = view.items.filter(({ seen }) => !seen).length;
  const self = { courseId: course.id, chapterId: chapter.id };
  return {
    title: `${strings.answers.title}: ${chapter.title}`,
    course,
    section: 'answers',
    body: (
      <div class="page with-margin">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.answers, { course: course.id })}>
              <Icon name="back" /> {strings.answers.all}
            </a>
          </p>
          <h1>{chapter.title}</h1>
          <p class="lead">{strings.answers.title}</p>
          {unseen > 0 && <SeenWarning course={course} />}
        </header>
        <div class="column">
          {view.items.length === 0 ? (
            <p>{strings.answers.none}</p>
          ) : (
            <OpenAll view={view} unseen={unseen} open={open} />
          )}
          {view.items.map((item) => (
            <Answer item={item} view={view} unfolded={open === ALL || open === item.id} />
          ))}
          {view.pages > 1 && (
            <nav class="pages" aria-label={strings.answers.pages}>
              {page > 1 && (
                <a href={chapterHref({ ...self, page: page - 1, open: null, item: null })} rel="prev">
                  <Icon name="back" /> {strings.answers.earlier}
                </a>
              )}
              <span class="label">{strings.answers.pageOf({ page, pages: view.pages })}</span>
              {page < view.pages && (
                <a href={chapterHref({ ...self, page: page + 1, open: null, item: null })} rel="next">
                  {strings.answers.later} <Icon name="next" />
                </a>
              )}
            </nav>
          )}
        </div>
        {view.contents.length > 0 && <Contents view={view} />}
      </div>
    ),
  };
}

function Contents({ view }: { view: AnswersChapterView }): JSX.Element {
  const self = { courseId: view.course.id, chapterId: view.chapter.id, open: null };
  return (
    <nav class="facts contents answers-contents" aria-label={strings.answers.contents}>
      <h2>{strings.answers.contents}</h2>
      <ol class="plain-list">
        {view.contents.map((entry) => (
          <li>
            <AnswerTag mark={entry.mark} worded={false} />
            <a
              href={
                entry.page === view.page ? `#${entry.id}` : chapterHref({ ...self, page: entry.page, item: entry.id })
              }
            >
              {entry.title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What opens every answer of the page: a form while some are unseen, for that marks them; then links that only unfold and fold. */
function OpenAll(args: { view: AnswersChapterView; unseen: number; open: string | null }): JSX.Element {
  const { view, unseen, open } = args;
  const self = { courseId: view.course.id, chapterId: view.chapter.id, page: view.page, item: null };
  if (unseen === 0) {
    return (
      <p class="open-all">
        {open === ALL ? (
          <a href={chapterHref({ ...self, open: null })}>{strings.answers.fold}</a>
        ) : (
          <a href={chapterHref({ ...self, open: ALL })}>{strings.answers.unfold}</a>
        )}
      </p>
    );
  }
  return (
    <form class="open-all" method="post" action={href(routes.answersChapter, pathOf(view))}>
      <input type="hidden" name="page" value={String(view.page)} />
      <button type="submit" name="item" value={ALL}>
        {strings.answers.openAll({ all: view.items.length, pages: view.pages })}
      </button>
      <span class="help">{strings.answers.openAllHelp(unseen)}</span>
    </form>
  );
}

function Answer(args: {
  item: AnswersChapterView['items'][number];
  view: AnswersChapterView;
  unfolded: boolean;
}): JSX.Element {
  const { item, view, unfolded } = args;
  return (
    <article class="answer" aria-labelledby={item.id}>
      <h2 id={item.id} tabindex={-1}>
        {item.title}
      </h2>
      <AnswerMeta entry={item}>{item.seen && <ToQuestion item={item} text={strings.answers.back} />}</AnswerMeta>
      <div class="prose prompt">{renderMarkdown(item.prompt)}</div>
      {item.reveal === null ? (
        <form class="open-one" method="post" action={href(routes.answersChapter, pathOf(view))}>
          <button type="submit" name="item" value={item.id}>
            {strings.answers.openOne} <span class="unseen">{item.title}</span>
          </button>{' '}
          <ToQuestion item={item} text={strings.answers.tryFirst} />
        </form>
      ) : (
        <details class="recap shown" open={unfolded}>
          <summary>
            {strings.reveal.title} <span class="unseen">{item.title}</span>
          </summary>
          <Reveal reveal={item.reveal} level={3} />
        </details>
      )}
    </article>
  );
}

function pathOf({ course, chapter }: AnswersChapterView): { course: string; chapter: string } {
  return { course: course.id, chapter: chapter.id };
}
