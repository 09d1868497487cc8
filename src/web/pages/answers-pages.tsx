import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswerEntry, AnswersChapterView, AnswersView } from '../../tutor/read-answers.ts';
import type { AnswerFound, AnswersSearch } from '../../tutor/search-answers.ts';
import { renderInline, renderMarkdown } from '../markdown.ts';
import { AnswerTag } from '../parts/answer-tag.tsx';
import { HighlightedText, highlightHtml } from '../parts/highlighted.tsx';
import { Icon } from '../parts/icon.tsx';
import { Reveal } from '../parts/reveal.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** Every question of a page at once; no item is called so, for ids hold no star. */
export const ALL = '*';

/** The address of one page of a chapter: `open` names the item whose answer is unfolded, or all; `item` where to begin reading. */
export function chapterHref(args: {
  courseId: string;
  chapterId: string;
  page: number;
  open: string | null;
  item: string | null;
}): string {
  const { courseId, chapterId, page, open, item } = args;
  const query = new URLSearchParams({
    ...(page > 1 && (open === null || open === ALL) ? { page: String(page) } : {}),
    ...(open === null ? {} : { open }),
  }).toString();
  const path = href(routes.answersChapter, { course: courseId, chapter: chapterId });
  return `${path}${query === '' ? '' : `?${query}`}${item === null ? '' : `#${item}`}`;
}

/** The chapters with the invitation to try first, or what a search found. */
export function answersPage({ view, search }: { view: AnswersView; search: AnswersSearch | null }): Page {
  return {
    title: strings.answers.title,
    course: view.course,
    section: 'answers',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>{strings.answers.title}</h1>
          {search === null && <Invitation view={view} />}
        </header>
        <SearchForm view={view} search={search} />
        {search === null ? <Chapters view={view} /> : <Found view={view} search={search} />}
      </div>
    ),
  };
}

/** Said before anything is opened; whoever searches has read it. */
function Invitation({ view }: { view: AnswersView }): JSX.Element {
  return (
    <>
      <p class="lead">{strings.answers.invite}</p>
      {view.course.answers === 'after-reveal' ? (
        <p class="aside">{strings.answers.afterReveal}</p>
      ) : (
        <p class="notice">
          <Icon name="revealed" /> {strings.answers.warning}
        </p>
      )}
    </>
  );
}

function SearchForm({ view, search }: { view: AnswersView; search: AnswersSearch | null }): JSX.Element {
  return (
    <form class="answers-search" method="get" action={href(routes.answers, { course: view.course.id })} role="search">
      <div class="search-words">
        <label class="field-label" for="q">
          {strings.answers.search}
        </label>
        <input id="q" type="search" name="q" maxlength={200} value={search?.query ?? ''} aria-describedby="q-help" />
      </div>
      <div class="search-concept">
        <label class="field-label" for="concept">
          {strings.answers.concept}
        </label>
        <select id="concept" name="concept">
          <option value="">{strings.answers.allConcepts}</option>
          {view.concepts.map(({ id, title }) => (
            <option value={id} selected={search?.conceptId === id}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">{strings.answers.find}</button>
      <p class="help" id="q-help">
        {strings.answers.searchHelp}
      </p>
    </form>
  );
}

function Chapters({ view }: { view: AnswersView }): JSX.Element {
  return (
    <ol class="plain-list chapters">
      {view.chapters.map(({ id, title, questions, seen }, index) => (
        <li>
          <h2>
            <span class="chapter-number">{index + 1}</span>{' '}
            {questions === 0 ? (
              title
            ) : (
              <a href={href(routes.answersChapter, { course: view.course.id, chapter: id })}>{title}</a>
            )}
          </h2>
          <p class="label">{strings.answers.questions({ questions, seen })}</p>
        </li>
      ))}
    </ol>
  );
}

function Found({ view, search }: { view: AnswersView; search: AnswersSearch }): JSX.Element {
  return (
    <section aria-labelledby="found">
      <h2 id="found" tabindex={-1}>
        {strings.answers.found(search.found.length)}
      </h2>
      <p class="label">
        <a href={href(routes.answers, { course: view.course.id })}>{strings.answers.clear}</a>
      </p>
      <ul class="plain-list answers-found">
        {search.found.map((entry) => (
          <FoundEntry entry={entry} terms={search.terms} courseId={view.course.id} />
        ))}
      </ul>
    </section>
  );
}

function FoundEntry(args: { entry: AnswerFound; terms: string[]; courseId: string }): JSX.Element {
  const { entry, terms, courseId } = args;
  const { id, title, excerpt, chapter } = entry;
  return (
    <li>
      <h3>
        <a href={chapterHref({ courseId, chapterId: chapter.id, page: 1, open: id, item: id })}>
          <HighlightedText text={title} terms={terms} />
        </a>
      </h3>
      {excerpt !== null && <p class="excerpt">{highlightHtml(renderInline(excerpt), terms)}</p>}
      <Meta entry={entry}>
        <ToQuestion item={entry} text={strings.answers.back} />
      </Meta>
    </li>
  );
}

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
      <Meta entry={item}>{item.seen && <ToQuestion item={item} text={strings.answers.back} />}</Meta>
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

function ToQuestion({ item, text }: { item: AnswerEntry; text: string }): JSX.Element {
  return (
    <a href={href(routes.item, { item: item.id })}>
      {text} <span class="unseen">{item.title}</span>
    </a>
  );
}

function Meta({ entry, children }: { entry: AnswerEntry; children: Child }): JSX.Element {
  return (
    <p class="label answer-meta">
      <AnswerTag mark={entry.mark} worded />
      <span>
        {strings.kind[entry.kind]} · {entry.concept}
      </span>{' '}
      {children}
    </p>
  );
}

function pathOf({ course, chapter }: AnswersChapterView): { course: string; chapter: string } {
  return { course: course.id, chapter: chapter.id };
}
