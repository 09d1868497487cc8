import { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ItemView, TrialView } from '../../tutor/learner-view.ts';
import { answerTrial, startTrial, viewTrial } from '../../tutor/spot-the-mistake.ts';
import { viewCourse } from '../../tutor/view-course.ts';
import { viewItem } from '../../tutor/view-item.ts';
import { ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import type { Note } from '../margin-notes.ts';
import { renderInline, renderMarkdown } from '../markdown.ts';
import { Icon } from '../parts/icon.tsx';
import type { PageCourse } from '../parts/layout.tsx';
import { AnswerText, noteId } from '../parts/marked-answer.tsx';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { readField, readForm } from '../read-form.ts';

export function spotPages(web: Web): Hono<WebEnv> {
  const { deps } = web;
  const pages = new Hono<WebEnv>();

  pages.get(routes.spot, async (c) => {
    const course = await viewCourse({ courseId: c.req.param('course'), learnerId: c.get('learnerId') }, deps);
    return course ? renderPage(c, spotPage({ course, nothing: false })) : c.notFound();
  });

  pages.post(routes.spot, limitWrites(web), async (c) => {
    const courseId = c.req.param('course');
    const course = await viewCourse({ courseId, learnerId: c.get('learnerId') }, deps);
    if (!course) return c.notFound();
    const learnerId = await ensureLearner(c, web);
    const started = await startTrial({ courseId, learnerId }, deps);
    switch (started.status) {
      case 'started':
        return c.redirect(href(routes.trial, { trial: started.trialId }), 303);
      case 'nothing-to-spot':
        return renderPage(c, spotPage({ course, nothing: true }));
      case 'not-found':
        return c.notFound();
      default:
        return started satisfies never;
    }
  });

  pages.get(routes.trial, async (c) => {
    const view = await viewTrial({ trialId: c.req.param('trial'), learnerId: c.get('learnerId') }, deps);
    const item = view && (await viewItem({ itemId: view.item.id, learnerId: c.get('learnerId') }, deps));
    return view && item ? renderPage(c, trialPage({ view, item, problem: null })) : c.notFound();
  });

  pages.post(routes.trial, limitWrites(web), async (c) => {
    const key = { trialId: c.req.param('trial'), learnerId: c.get('learnerId') };
    const picked = Number(readField(await readForm(c), 'picked'));
    const answered = await answerTrial({ ...key, picked }, deps);
    switch (answered.status) {
      case 'answered':
        return c.redirect(`${href(routes.trial, { trial: key.trialId })}#verdict`, 303);
      case 'not-found':
        return c.notFound();
      case 'invalid': {
        const view = await viewTrial(key, deps);
        const item = view && (await viewItem({ itemId: view.item.id, learnerId: key.learnerId }, deps));
        if (!view || !item) return c.notFound();
        return renderPage(c, trialPage({ view, item, problem: strings.spot.pickOne }), 422);
      }
      default:
        return answered satisfies never;
    }
  });

  return pages;
}

/** What the drill is, and the button that starts a turn. */
export function spotPage({ course, nothing }: { course: NonNullable<PageCourse>; nothing: boolean }): Page {
  return {
    title: strings.spot.title,
    course,
    section: 'spot',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>{strings.spot.title}</h1>
          <p class="lead">{strings.spot.about}</p>
          <p class="notice">
            <Icon name="revealed" /> {strings.spot.notice}
          </p>
        </header>
        {nothing ? (
          <p role="status">{strings.spot.nothing}</p>
        ) : (
          <StartButton courseId={course.id} label={strings.spot.start} />
        )}
      </div>
    ),
  };
}

function StartButton({ courseId, label }: { courseId: string; label: string }): JSX.Element {
  return (
    <form method="post" action={href(routes.spot, { course: courseId })}>
      <button type="submit" class="primary">
        {label}
      </button>
    </form>
  );
}

/** One turn: the question, what somebody answered, and the choices or, once answered, the explanation. */
export function trialPage(args: { view: TrialView; item: ItemView; problem: string | null }): Page {
  const { view, item, problem } = args;
  const { outcome } = view;
  return {
    title: `${strings.spot.title}: ${view.item.title}`,
    course: item.course,
    section: 'spot',
    body: (
      <article class="page trial">
        <header class="page-head">
          <p class="eyebrow">{strings.spot.title}</p>
          <h1>{view.item.title}</h1>
        </header>
        <div class="prose prompt">{renderMarkdown(view.item.prompt)}</div>
        <section aria-labelledby="trial-answer">
          <h2 id="trial-answer">{strings.spot.answer}</h2>
          <div class="marked somebody">
            <AnswerText answer={view.answer} notes={outcome === null ? [] : mistakeNotes(outcome)} />
          </div>
        </section>
        {outcome === null ? (
          <Choices view={view} problem={problem} />
        ) : (
          <Explained view={view} outcome={outcome} courseId={item.course.id} />
        )}
      </article>
    ),
  };
}

function Choices({ view, problem }: { view: TrialView; problem: string | null }): JSX.Element {
  return (
    <form class="answer-form" method="post" action={href(routes.trial, { trial: view.id })}>
      {problem !== null && (
        <p class="problems" role="alert">
          <Icon name="alert" /> {problem}
        </p>
      )}
      <fieldset class="options">
        <legend>{strings.spot.choose}</legend>
        {view.choices.map(({ number, text }) => (
          <label class="option">
            <input type="radio" name="picked" value={String(number)} required />
            <span>{renderInline(text)}</span>
          </label>
        ))}
      </fieldset>
      <p class="form-foot">
        <button type="submit" class="primary">
          {strings.spot.submit}
        </button>
      </p>
    </form>
  );
}

function Explained(args: {
  view: TrialView;
  outcome: NonNullable<TrialView['outcome']>;
  courseId: string;
}): JSX.Element {
  const { view, outcome, courseId } = args;
  const { correct, explanation } = outcome;
  return (
    <section class="explained-turn" aria-labelledby="verdict">
      <h2 id="verdict" tabindex={-1} class={correct ? 'turn-right' : 'turn-wrong'}>
        <Icon name={correct ? 'met' : 'wrong-turn'} /> {correct ? strings.spot.right : strings.spot.wrong}
      </h2>
      {!correct && explanation === null && <p>{strings.spot.notHeld}</p>}
      <ul class="plain-list turn-choices">
        {view.choices.map(({ number, text }) => (
          <li class={number === outcome.right ? 'is-right' : number === outcome.picked ? 'is-picked' : 'is-other'}>
            {renderInline(text)}{' '}
            {number === outcome.right && (
              <span class="tag tag-met">
                <Icon name="met" /> {strings.spot.rightChoice}
              </span>
            )}{' '}
            {number === outcome.picked && <span class="tag tag-plain">{strings.spot.yourChoice}</span>}
          </li>
        ))}
      </ul>
      {explanation !== null && (
        <dl id={noteId('A')} class="explanation">
          <dt>{strings.reveal.tempts}</dt>
          <dd>{renderInline(explanation.tempts)}</dd>
          <dt>{strings.reveal.refutes}</dt>
          <dd>{renderInline(explanation.refutes)}</dd>
        </dl>
      )}
      <div class="turn-foot">
        <StartButton courseId={courseId} label={strings.spot.next} />
        <a href={href(routes.item, { item: view.item.id })}>{strings.spot.own}</a>
      </div>
    </section>
  );
}

function mistakeNotes({ evidence }: NonNullable<TrialView['outcome']>): Note[] {
  return [{ name: 'A', kind: 'wrong-turn', word: strings.wrongTurn, worth: null, asks: '', text: '', evidence }];
}
