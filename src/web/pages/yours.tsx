import { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { countFlashcards } from '../../tutor/collect-flashcards.ts';
import { carryLearner, createTransferCode } from '../../tutor/carry-learner.ts';
import {
  eraseLearner,
  LONGEST_NAME,
  nameLearner,
  viewOwnLearner,
  type OwnLearnerView,
} from '../../tutor/own-learner.ts';
import { callerOf, forgetLearner, rememberLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { Exports, type CourseShown } from '../parts/exports.tsx';
import { Icon } from '../parts/icon.tsx';
import type { PageCourse } from '../parts/layout.tsx';
import { Day } from '../parts/session-bar.tsx';
import { readField, readForm } from '../read-form.ts';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { carryPage } from './carry.tsx';

/** What the server keeps of whoever asks: to name, carry to another device, take away or delete. */
export function yoursPages(web: Web): Hono<WebEnv> {
  const { deps, limits, guard } = web;
  const pages = new Hono<WebEnv>();
  const own = (learnerId: string | null): Promise<OwnLearnerView | null> => viewOwnLearner({ learnerId }, deps);
  // The frame shows the way back into the only course there is.
  const frame = deps.content.courses.length === 1 ? (deps.content.courses[0]?.course ?? null) : null;
  const listCourses = (learnerId: string | null): Promise<CourseShown[]> =>
    Promise.all(
      deps.content.courses.map(async ({ course: { id, title } }) => ({
        id,
        title,
        flashcards: await countFlashcards({ courseId: id, learnerId }, deps),
      })),
    );

  pages.get(routes.yours, async (c) => {
    const learner = await own(c.get('learnerId'));
    const added = Number(c.req.query('added') ?? Number.NaN);
    const carried = learner !== null && Number.isSafeInteger(added) && added >= 0;
    const message = carried
      ? strings.memory.carry.carried(added)
      : learner === null && c.req.query('deleted') !== undefined
        ? strings.memory.yours.erased
        : null;
    const courses = await listCourses(c.get('learnerId'));
    return renderPage(c, yoursPage({ learner, courses, frame, code: null, message }));
  });

  pages.post(routes.name, limitWrites(web), async (c) => {
    const learnerId = c.get('learnerId');
    if (learnerId !== null) await nameLearner({ learnerId, name: readField(await readForm(c), 'name') }, deps);
    return c.redirect(href(routes.yours, {}), 303);
  });

  // Rendered at once: the code is kept as a hash only and cannot be shown a second time.
  pages.post(routes.transferCode, limitWrites(web), async (c) => {
    const learnerId = c.get('learnerId');
    const learner = await own(learnerId);
    if (learnerId === null || learner === null) return c.redirect(href(routes.yours, {}), 303);
    const { code, expiresAt } = await createTransferCode({ learnerId }, deps);
    const minutes = Math.round((expiresAt.getTime() - deps.now().getTime()) / 60_000);
    const where = new URL(href(routes.carry, {}), c.req.url).href;
    const courses = await listCourses(learnerId);
    return renderPage(c, yoursPage({ learner, courses, frame, code: { code, minutes, where }, message: null }));
  });

  pages.get(routes.erase, async (c) => {
    return renderPage(c, erasePage({ learner: await own(c.get('learnerId')), frame }));
  });

  pages.post(routes.erase, limitWrites(web), async (c) => {
    const learnerId = c.get('learnerId');
    if (learnerId !== null) await eraseLearner({ learnerId }, deps);
    forgetLearner(c);
    // Drafts live in the browser alone; this asks it to drop them too.
    c.header('Clear-Site-Data', '"storage"');
    return c.redirect(`${href(routes.yours, {})}?deleted`, 303);
  });

  pages.get(routes.carry, async (c) => {
    const attempts = (await own(c.get('learnerId')))?.attempts ?? 0;
    return renderPage(c, carryPage({ attempts, problem: null, code: '', frame }));
  });

  pages.post(routes.carry, async (c) => {
    const deviceLearnerId = c.get('learnerId');
    const code = readField(await readForm(c), 'code');
    const attempts = (await own(deviceLearnerId))?.attempts ?? 0;
    const allowance = await guard.tryCode(callerOf(c, limits));
    if (allowance.status === 'limited') {
      c.header('Retry-After', String(allowance.retryAfterSeconds));
      const problem = strings.error['rate-limited'].text(allowance.retryAfterSeconds);
      return renderPage(c, carryPage({ attempts, problem, code, frame }), 429);
    }
    const outcome = await carryLearner({ code, deviceLearnerId }, deps);
    switch (outcome.status) {
      case 'carried':
        rememberLearner(c, { learnerId: outcome.learnerId, token: outcome.token, limits });
        return c.redirect(`${href(routes.yours, {})}?added=${outcome.merged}`, 303);
      case 'same-learner':
        return renderPage(c, carryPage({ attempts, problem: strings.memory.carry.same, code, frame }), 422);
      case 'unknown-code':
        return renderPage(c, carryPage({ attempts, problem: strings.memory.carry.unknown, code, frame }), 422);
      default:
        return outcome satisfies never;
    }
  });

  return pages;
}

type YoursProps = {
  learner: OwnLearnerView | null;
  courses: CourseShown[];
  frame: PageCourse;
  /** A code that was just made; it is never shown again. */
  code: { code: string; minutes: number; where: string } | null;
  message: string | null;
};

export function yoursPage({ learner, courses, frame, code, message }: YoursProps): Page {
  const { yours } = strings.memory;
  return {
    title: yours.title,
    course: frame,
    section: 'other',
    body: (
      <div class="page yours">
        <header class="page-head">
          <h1>{learner?.name ?? yours.title}</h1>
          {message !== null && (
            <p class="notice" role="status">
              <Icon name="complete" /> {message}
            </p>
          )}
          <p class="lead">{learner === null ? yours.visitor : yours.kept(learner)}</p>
          {learner !== null && (
            <p class="label">
              {yours.since} <Day iso={learner.since} />
            </p>
          )}
        </header>
        {learner !== null && <NameForm name={learner.name} />}
        <h2 id="device">{yours.device}</h2>
        {learner !== null && <DeviceCode code={code} />}
        <p>
          <a href={href(routes.carry, {})}>{yours.enterCode}</a>
        </p>
        {learner !== null && (
          <>
            <Exports courses={courses} />
            <h2>{yours.erase}</h2>
            <p class="help">{yours.eraseHelp}</p>
            <p>
              <a class="button danger" href={href(routes.erase, {})}>
                {yours.eraseGo}
              </a>
            </p>
          </>
        )}
      </div>
    ),
  };
}

function NameForm({ name }: { name: string | null }): JSX.Element {
  const { yours } = strings.memory;
  return (
    <form class="short-form" method="post" action={href(routes.name, {})}>
      <h2>{yours.name}</h2>
      <label class="field-label" for="name">
        {yours.nameLabel}
      </label>
      <p class="help" id="name-help">
        {yours.nameHelp}
      </p>
      <p class="field-row">
        <input
          id="name"
          name="name"
          type="text"
          value={name ?? ''}
          maxlength={LONGEST_NAME}
          autocomplete="nickname"
          aria-describedby="name-help"
        />
        <button type="submit">{yours.nameSave}</button>
      </p>
    </form>
  );
}

function DeviceCode({ code }: { code: YoursProps['code'] }): JSX.Element {
  const { yours } = strings.memory;
  return (
    <form class="short-form" method="post" action={`${href(routes.transferCode, {})}#device`}>
      <p class="help">{yours.deviceHelp}</p>
      {code !== null && (
        <div class="code-shown" role="status">
          <p class="label">{yours.code}</p>
          {/* Spelled out for ears; the space is for eyes and may be typed or not. */}
          <p class="code" aria-label={[...code.code].join(' ')}>
            {code.code.slice(0, 4)} {code.code.slice(4)}
          </p>
          <p class="help">
            {yours.codeWhere} <strong>{code.where}</strong> {yours.codeHelp(code)}
          </p>
        </div>
      )}
      <button type="submit">{yours.makeCode}</button>
    </form>
  );
}

/** Asks once before everything goes. */
export function erasePage({ learner, frame }: { learner: OwnLearnerView | null; frame: PageCourse }): Page {
  const { yours } = strings.memory;
  return {
    title: yours.eraseTitle,
    course: frame,
    section: 'other',
    body: (
      <div class="page message">
        <p class="eyebrow">
          <a href={href(routes.yours, {})}>
            <Icon name="back" /> {yours.back}
          </a>
        </p>
        <h1>{yours.eraseTitle}</h1>
        {learner === null ? (
          <p class="lead">{yours.eraseVisitor}</p>
        ) : (
          <>
            <p>{yours.eraseText(learner)}</p>
            <p>
              {yours.eraseFirst}{' '}
              <a href={href(routes.exportJson, {})} download>
                {yours.json}
              </a>
            </p>
            <form class="turn-foot" method="post" action={href(routes.erase, {})}>
              <button type="submit" class="danger">
                {yours.eraseYes}
              </button>
              <a href={href(routes.yours, {})}>{yours.eraseNo}</a>
            </form>
          </>
        )}
      </div>
    ),
  };
}
