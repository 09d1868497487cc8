import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswersView } from '../../tutor/read-answers.ts';
import type { AnswerFound, AnswersSearch } from '../../tutor/search-answers.ts';
import { renderInline } from '../markdown.ts';
import { HighlightedText, highlightHtml } from '../parts/highlighted.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { chapterHref } from '../chapter-href.ts';
import { AnswerMeta, ToQuestion } from '../parts/answer-meta.tsx';
import { SeenWarning } from '../parts/seen-warning.tsx';

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
          {search === null && <p class="lead">{strings.answers.invite}</p>}
          <SeenWarning course={view.course} />
        </header>
        <SearchForm view={view} search={search} />
        {search === null ? <Chapters view={view} /> : <Found view={view} search={search} />}
      </div>
    ),
  };
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
      <ConceptFilter view={view} search={search} />
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

/** Said whatever was found: a filter left on from before is easily overlooked. */
function ConceptFilter({ view, search }: { view: AnswersView; search: AnswersSearch }): JSX.Element {
  const { answers } = strings;
  const concept = view.concepts.find(({ id }) => id === search.conceptId);
  if (concept === undefined || search.query === '') return <></>;
  const everywhere = new URLSearchParams({ q: search.query });
  return (
    <p>
      {answers.filtered(concept.title)}{' '}
      <a href={`${href(routes.answers, { course: view.course.id })}?${everywhere}`}>{answers.everywhere}</a>
    </p>
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
      <AnswerMeta entry={entry}>
        <ToQuestion item={entry} text={strings.answers.back} />
      </AnswerMeta>
    </li>
  );
}
