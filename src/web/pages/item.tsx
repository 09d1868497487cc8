import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ItemView } from '../../tutor/learner-view.ts';
import type { FormState } from '../form-state.ts';
import { notesDue } from '../margin-notes.ts';
import { AnswerForm } from '../parts/answer-form.tsx';
import { HintsDue } from '../parts/hints-due.tsx';
import type { SessionPlace } from '../../tutor/session.ts';
import { Icon } from '../parts/icon.tsx';
import { sectionOf, SessionBar } from '../parts/session-bar.tsx';
import { NextItems } from '../parts/next-items.tsx';
import { renderInline, renderMarkdown } from '../markdown.ts';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { chapterHref } from '../chapter-href.ts';
import { strings } from '../strings.ts';

/** Whether the form opens with an empty page, or with the last answer and the hints due in the margin. */
export type Beginning = 'empty' | 'last-answer';

/** The question, what a full answer covers, who reads it, and the form. */
export function itemPage(props: {
  view: ItemView;
  form: FormState;
  beginning: Beginning;
  predicts: boolean;
  place: SessionPlace;
}): Page {
  const { view, form, beginning, predicts, place } = props;
  const revising = beginning === 'last-answer' && view.attempts.length > 0;
  // In a session what comes next is the session's to say.
  const next = place.session === null ? view.next : [];
  return {
    title: view.title,
    course: view.course,
    section: sectionOf(props.place),
    body: (
      <article class="page with-margin">
        <header class="page-head">
          <p class="eyebrow">
            <a href={`${href(routes.course, { course: view.course.id })}#chapter-${view.chapter.id}`}>
              {view.chapter.title}
            </a>
          </p>
          <h1>{view.title}</h1>
          <SeenNotice view={view} />
        </header>
        <div class="column">
          <SessionBar itemId={view.id} place={place} at="question" />
          <div class="prose prompt">{renderMarkdown(view.prompt)}</div>
          <section class="asks" aria-labelledby="asks-title">
            <h2 id="asks-title">{strings.item.asks}</h2>
            <ol>
              {view.asks.map((asks) => (
                <li>{renderInline(asks)}</li>
              ))}
            </ol>
          </section>
        </div>
        <div class={revising ? 'try revising' : 'try'}>
          {revising && view.due !== null && <HintsDue notes={notesDue(view.due)} above={[]} />}
          <AnswerForm
            item={view}
            asks={view.asks}
            title={view.attempts.length === 0 ? strings.form.title : strings.form.again}
            submitLabel={view.attempts.length === 0 ? strings.form.submit : strings.form.submitAgain}
            standing={view.standing}
            judge={view.judge}
            newest={view.attempts.at(-1)?.id ?? null}
            form={form}
            predicts={predicts}
            {...(revising && form.problems.length === 0 ? { lead: <Prefilled itemId={view.id} /> } : {})}
          />
        </div>
        <section class="facts" aria-labelledby="facts-title">
          <h2 id="facts-title">{strings.item.facts}</h2>
          <Facts view={view} />
        </section>
        {view.attempts.length + next.length > 0 && (
          <section class="facts onwards" aria-label={strings.item.onwards}>
            <PastAttempts attempts={view.attempts} />
            <NextItems items={next} />
          </section>
        )}
      </article>
    ),
  };
}

function Prefilled({ itemId }: { itemId: string }): JSX.Element {
  return (
    <p class="help">
      {strings.form.prefilled} <a href={freshHref(itemId)}>{strings.form.fresh}</a>
    </p>
  );
}

/** The address of a question with nothing in the form: explaining from memory is practice of another kind. */
export function freshHref(itemId: string): string {
  return `${href(routes.item, { item: itemId })}?fresh`;
}

/** Said before anything else, because it changes what a try is worth. */
function SeenNotice({ view }: { view: ItemView }): JSX.Element {
  if (!view.revealed && view.standing !== 'after-seeing') return <></>;
  const { answers } = view.course;
  const listed = answers === 'open' || (answers === 'after-reveal' && view.revealed);
  const answer = { courseId: view.course.id, chapterId: view.chapter.id, page: 1, open: view.id, item: view.id };
  return (
    <p class="notice">
      <Icon name="revealed" />{' '}
      <span>
        {view.revealed ? strings.item.revealed : strings.item.seen}{' '}
        {listed && <a href={chapterHref(answer)}>{strings.item.readAgain}</a>}
      </span>
    </p>
  );
}

function Facts({ view }: { view: ItemView }): JSX.Element {
  return (
    <dl>
      <Fact term={strings.item.concept}>{view.concept}</Fact>
      <Fact term={strings.item.difficulty}>{strings.item.difficultyOf(view.difficulty)}</Fact>
      <Fact term={strings.item.worth}>
        {strings.item.worthOf(view.maxPoints)}
        {view.optionPoints !== null && `, ${strings.item.optionWorth(view.optionPoints)}`}
      </Fact>
      <Fact term={strings.item.tries}>{strings.item.triesOf(view.tries)}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: Child }): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The learner's attempts, newest first; `current` is the one the page already shows. */
export function PastAttempts({ attempts, current }: { attempts: ItemView['attempts']; current?: string }): JSX.Element {
  if (attempts.length === 0) return <></>;
  return (
    <>
      <h3>{strings.item.attempts}</h3>
      <ol class="plain-list attempts" reversed>
        {attempts.toReversed().map(({ id, status, points, standing, createdAt }) => (
          <li>
            <a href={href(routes.attempt, { attempt: id })} {...(id === current ? { 'aria-current': 'page' } : {})}>
              {points === null ? strings.attempt.status[status] : strings.points(points)}
            </a>{' '}
            <span class="label">
              {strings.attempt.standing[standing] !== '' && `${strings.attempt.standing[standing]}, `}
              <time datetime={createdAt}>{strings.time(createdAt)}</time>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
