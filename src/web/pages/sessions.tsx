import { Hono, type Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { PracticeChoice } from '../../tutor/choose-items.ts';
import { startSession, viewPractice, type PracticeGroup, type PracticeView } from '../../tutor/practice.ts';
import { moveOn, viewSession, type SessionView } from '../../tutor/session.ts';
import { ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { Icon } from '../parts/icon.tsx';
import { MasteryBar } from '../parts/mastery-bar.tsx';
import { Day } from '../parts/session-bar.tsx';
import { readField, readForm } from '../read-form.ts';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

const sizes = [3, 5, 10, 20];
const USUAL_SIZE = 5;

/** What to practise, and the session that comes of it. Its questions are met on their own pages (practice.tsx). */
export function sessionPages(web: Web): Hono<WebEnv> {
  const { deps } = web;
  const pages = new Hono<WebEnv>();

  pages.get(routes.practise, async (c) => {
    const view = await viewPractice({ courseId: c.req.param('course'), learnerId: c.get('learnerId') }, deps);
    return view ? renderPage(c, practisePage({ view, nothing: false })) : c.notFound();
  });

  pages.post(routes.practise, limitWrites(web), async (c) => {
    const courseId = c.req.param('course');
    const form = await readForm(c);
    const choice = readChoice(readField(form, 'choose'));
    if (!deps.content.courses.some(({ course }) => course.id === courseId)) return c.notFound();
    if (choice === undefined) return nothingThere(c, courseId);
    const most = Number(readField(form, 'most')) || USUAL_SIZE;
    const learnerId = await ensureLearner(c, web);
    const started = await startSession({ courseId, learnerId, choice, most }, deps);
    switch (started.status) {
      case 'started':
        return c.redirect(href(routes.item, { item: started.itemId }), 303);
      case 'nothing-there':
        return nothingThere(c, courseId);
      case 'not-found':
        return c.notFound();
      default:
        return started satisfies never;
    }
  });

  pages.get(routes.session, async (c) => {
    const view = await viewSession({ sessionId: c.req.param('session'), learnerId: c.get('learnerId') }, deps);
    return view ? renderPage(c, sessionPage(view)) : c.notFound();
  });

  pages.post(routes.moveOn, limitWrites(web), async (c) => {
    const sessionId = c.req.param('session');
    const itemId = readField(await readForm(c), 'item');
    const moved = await moveOn({ sessionId, learnerId: c.get('learnerId'), itemId }, deps);
    switch (moved.status) {
      case 'next':
        return c.redirect(href(routes.item, { item: moved.itemId }), 303);
      case 'over':
        return c.redirect(href(routes.session, { session: sessionId }), 303);
      case 'not-found':
        return c.notFound();
      default:
        return moved satisfies never;
    }
  });

  async function nothingThere(c: Context<WebEnv>, courseId: string): Promise<Response> {
    const view = await viewPractice({ courseId, learnerId: c.get('learnerId') }, deps);
    return view ? renderPage(c, practisePage({ view, nothing: true }), 422) : c.notFound();
  }

  return pages;
}

/** "due", "mix", "chapter:2"; undefined for anything else. */
function readChoice(text: string): PracticeChoice | undefined {
  switch (text) {
    case 'due':
    case 'mistakes':
    case 'weakest':
    case 'mix':
      return { kind: text };
  }
  const [, kind, id] = /^(chapter|concept):([\w-]+)$/.exec(text) ?? [];
  return id !== undefined && (kind === 'chapter' || kind === 'concept') ? { kind, id } : undefined;
}

/** The choices, each with the number of questions behind it. One form: every button starts its own session. */
export function practisePage({ view, nothing }: { view: PracticeView; nothing: boolean }): Page {
  const { practise } = strings.memory;
  const dueNone =
    view.nextDue === null ? (
      practise.dueNone
    ) : (
      <>
        {practise.dueLater} <Day iso={view.nextDue} />.
      </>
    );
  return {
    title: practise.title,
    course: view.course,
    section: 'practise',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>{practise.title}</h1>
          <p class="lead">{practise.lead}</p>
          {view.underWay !== null && (
            <p class="notice">
              <Icon name="under-way" />{' '}
              <span>
                {practise.underWay(view.underWay)}{' '}
                <a href={href(routes.session, { session: view.underWay.id })}>{practise.goOn}</a>
              </span>
            </p>
          )}
          {nothing && (
            <p class="notice" role="alert">
              <Icon name="alert" /> {practise.nothing}
            </p>
          )}
        </header>
        <form class="practise" method="post" action={href(routes.practise, { course: view.course.id })}>
          <p class="practise-most">
            <label for="most">{practise.most}</label>{' '}
            <select id="most" name="most">
              {sizes.map((size) => (
                <option value={String(size)} selected={size === USUAL_SIZE}>
                  {strings.memory.questions(size)}
                </option>
              ))}
            </select>
          </p>
          <h2 id="needs">{practise.needs}</h2>
          <ul class="choices" aria-labelledby="needs">
            <Choice choose="due" title={practise.due} count={view.due} help={practise.dueHelp} none={dueNone} primary />
            <Choice
              choose="mistakes"
              title={practise.mistakes}
              count={view.mistakes}
              help={practise.mistakesHelp}
              none={practise.mistakesNone}
            />
            <Choice
              choose="weakest"
              title={practise.weakest}
              count={view.weakest}
              help={practise.weakestHelp}
              none={practise.weakestNone}
            />
            <Choice choose="mix" title={practise.mix} count={view.mix} help={practise.mixHelp} none={practise.empty} />
          </ul>
          <Groups id="chapters" title={practise.chapters} by="chapter" groups={view.chapters} numbered />
          <Groups id="concepts" title={practise.concepts} by="concept" groups={view.concepts} />
        </form>
      </div>
    ),
  };
}

function Choice(props: {
  choose: string;
  title: string;
  count: number;
  help: (count: number) => string;
  none: Child;
  primary?: boolean;
}): JSX.Element {
  const { choose, title, count, help, none, primary = false } = props;
  return (
    <li class="choice">
      <h3>{title}</h3>
      <p class="help">{count === 0 ? none : help(count)}</p>
      {count > 0 && <Start choose={choose} title={title} primary={primary} />}
    </li>
  );
}

function Groups(props: {
  id: string;
  title: string;
  by: 'chapter' | 'concept';
  groups: PracticeGroup[];
  numbered?: boolean;
}): JSX.Element {
  const { id, title, by, groups, numbered = false } = props;
  const { practise } = strings.memory;
  return (
    <>
      <h2 id={id}>{title}</h2>
      <ul class="choices" aria-labelledby={id}>
        {groups.map((group, index) => (
          <li class="choice">
            <h3>
              {numbered && <span class="chapter-number">{index + 1}</span>} {group.title}
            </h3>
            <p class="help">{group.mastery.all === 0 ? practise.empty : practise.stands(group)}</p>
            <MasteryBar mastery={group.mastery} />
            {group.mastery.all > 0 && <Start choose={`${by}:${group.id}`} title={group.title} primary={false} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Start({ choose, title, primary }: { choose: string; title: string; primary: boolean }): JSX.Element {
  return (
    <button
      type="submit"
      name="choose"
      value={choose}
      aria-label={strings.memory.practise.startOf(title)}
      {...(primary ? { class: 'primary' } : {})}
    >
      {strings.memory.practise.start}
    </button>
  );
}

/** A session: the way back into it, or what came of it. */
export function sessionPage(view: SessionView): Page {
  const { session } = strings.memory;
  const { next, steps } = view;
  const done = steps.filter(({ state }) => state === 'answered').length;
  return {
    title: session.title,
    course: view.course,
    section: 'practise',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>{session.title}</h1>
          <p class="lead">
            {next === null && session.over} {session.summary({ done, all: steps.length })}
          </p>
        </header>
        <p>
          {next === null ? (
            <a class="button primary" href={href(routes.practise, { course: view.course.id })}>
              {session.another} <Icon name="next" />
            </a>
          ) : (
            <a class="button primary" href={href(routes.item, { item: next.id })}>
              {session.goOn({ ordinal: next.ordinal, total: steps.length })} <Icon name="next" />
            </a>
          )}
        </p>
        <h2 id="steps">{session.list}</h2>
        <ol class="plain-list rows" aria-labelledby="steps">
          {steps.map((step) => (
            <Step step={step} />
          ))}
        </ol>
      </div>
    ),
  };
}

function Step({ step }: { step: SessionView['steps'][number] }): JSX.Element {
  const { attempt, comesBack } = step;
  return (
    <li class="row">
      <span class="row-title">
        <span class="chapter-number">{step.ordinal}</span>{' '}
        <a
          href={attempt === null ? href(routes.item, { item: step.id }) : href(routes.attempt, { attempt: attempt.id })}
        >
          {step.title}
        </a>
      </span>
      <span class="row-figure">
        {attempt === null
          ? strings.memory.session.state[step.state === 'skipped' ? 'skipped' : 'open']
          : attempt.points === null
            ? strings.attempt.status[attempt.status]
            : strings.points(attempt.points)}
      </span>
      {attempt !== null && comesBack !== null && (
        <span class="label row-more">
          {strings.memory.comesBack} <Day iso={comesBack} />
        </span>
      )}
    </li>
  );
}
