import { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { turnsOf, type DetectionTally } from '../../calibration/signal-detection.ts';
import { viewTally } from '../../tutor/drill-record.ts';
import type { ComingBackView, HistoryEntryView } from '../../tutor/memory-view.ts';
import { findOwnName } from '../../tutor/own-learner.ts';
import { viewHistory, viewProgress, type HistoryView, type ProgressView } from '../../tutor/view-progress.ts';
import type { Web, WebEnv } from '../caller.ts';
import { renderInline } from '../markdown.ts';
import { Icon } from '../parts/icon.tsx';
import { MasteryBar } from '../parts/mastery-bar.tsx';
import { MasteryMap } from '../parts/mastery-map.tsx';
import { SelfCalibration } from '../parts/self-calibration.tsx';
import { Day } from '../parts/session-bar.tsx';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** Dates shown before the rest is folded away. */
const CALENDAR_SHOWN = 8;

/** What was shown, what fades, when it comes back, and everything handed in. */
export function progressPages({ deps }: Web): Hono<WebEnv> {
  const pages = new Hono<WebEnv>();

  pages.get(routes.progress, async (c) => {
    const learnerId = c.get('learnerId');
    const view = await viewProgress({ courseId: c.req.param('course'), learnerId }, deps);
    if (!view) return c.notFound();
    const drill = learnerId === null ? null : await viewTally({ courseId: view.course.id, learnerId }, deps);
    return renderPage(c, progressPage({ view, drill, name: await findOwnName({ learnerId }, deps) }));
  });

  pages.get(routes.history, async (c) => {
    const asked = Number(c.req.query('page') ?? 1);
    const page = Number.isSafeInteger(asked) ? asked : 1;
    const view = await viewHistory({ courseId: c.req.param('course'), learnerId: c.get('learnerId'), page }, deps);
    return view ? renderPage(c, historyPage(view)) : c.notFound();
  });

  return pages;
}

/** `drill`: how the learner did in Spot the mistake; null for a visitor. */
type ProgressProps = { view: ProgressView; drill: DetectionTally | null; name: string | null };

export function progressPage({ view, drill, name }: ProgressProps): Page {
  const { progress, calibration } = strings.memory;
  const { course, all } = view;
  const played = drill !== null && turnsOf(drill) > 0;
  return {
    title: progress.title,
    course,
    section: 'progress',
    body: (
      <div class="page progress">
        <header class="page-head">
          <h1>{name === null ? progress.title : progress.named(name)}</h1>
          <p class="lead">{view.recent.length === 0 ? progress.none : progress.lead(all)}</p>
          {all.due > 0 && (
            <p class="notice">
              <Icon name="due" />{' '}
              <span>
                {progress.dueNow(all.due)}{' '}
                <a href={href(routes.practise, { course: course.id })}>{progress.practiseThem}</a>
              </span>
            </p>
          )}
        </header>
        <section class="wide" aria-labelledby="map">
          <h2 id="map">{progress.map}</h2>
          <p class="help map-help">{progress.mapHelp}</p>
          <MasteryMap chapters={view.chapters} />
        </section>
        <section aria-labelledby="concepts">
          <h2 id="concepts">{progress.concepts}</h2>
          <ul class="choices">
            {view.concepts.map(({ title, mastery }) => (
              <li class="choice">
                <h3>{title}</h3>
                <p class="help">{strings.memory.group(mastery)}</p>
                <MasteryBar mastery={mastery} />
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="calendar">
          <h2 id="calendar">{progress.calendar}</h2>
          <p class="help">{view.comingBack.length === 0 ? progress.calendarNone : progress.calendarHelp}</p>
          <Calendar entries={view.comingBack} />
        </section>
        <section class="wide" aria-labelledby="calibration">
          <h2 id="calibration">{calibration.title}</h2>
          <SelfCalibration view={view.calibration} />
        </section>
        {view.recent.length > 0 && (
          <section aria-labelledby="recent">
            <h2 id="recent">{progress.recent}</h2>
            <Entries entries={view.recent} />
            <p>
              <a href={href(routes.history, { course: course.id })}>
                {progress.all} <Icon name="next" />
              </a>
            </p>
          </section>
        )}
        <section aria-labelledby="drill">
          <h2 id="drill">{progress.drill}</h2>
          <p>{played ? progress.drillLine(drill) : progress.drillNone}</p>
          <p>
            <a href={`${href(routes.spot, { course: course.id })}${played ? '#record' : ''}`}>
              {played ? progress.drillMore : progress.drillTry} <Icon name="next" />
            </a>
          </p>
        </section>
        <section aria-labelledby="elsewhere">
          <h2 id="elsewhere">{progress.elsewhere}</h2>
          <p>
            <a href={href(routes.yours, {})}>{progress.yours}</a>
          </p>
        </section>
      </div>
    ),
  };
}

function Calendar({ entries }: { entries: ComingBackView[] }): JSX.Element {
  const later = entries.slice(CALENDAR_SHOWN);
  return (
    <>
      <CalendarList entries={entries.slice(0, CALENDAR_SHOWN)} />
      {later.length > 0 && (
        <details class="more">
          <summary>{strings.memory.progress.later(later.length)}</summary>
          <CalendarList entries={later} />
        </details>
      )}
    </>
  );
}

function CalendarList({ entries }: { entries: ComingBackView[] }): JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <ol class="plain-list rows">
      {entries.map(({ id, title, due, isDue, thisTime }) => (
        <li class="row">
          <a class="row-title" href={href(routes.item, { item: id })}>
            {title}
          </a>
          <span class={isDue ? 'row-figure is-due' : 'row-figure'}>
            {isDue ? (
              <>
                <Icon name="due" /> {strings.memory.due}
              </>
            ) : (
              <Day iso={due} />
            )}
          </span>
          {thisTime.length > 0 && (
            <span class="help row-more">
              {strings.memory.progress.missed} {thisTime.map((asks, index) => [index > 0 && ' · ', renderInline(asks)])}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

export function historyPage(view: HistoryView): Page {
  const { history } = strings.memory;
  const { course, entries, page, pages, attempts } = view;
  return {
    title: history.title,
    course,
    section: 'progress',
    body: (
      <div class="page">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.progress, { course: course.id })}>
              <Icon name="back" /> {history.back}
            </a>
          </p>
          <h1>{history.title}</h1>
          <p class="lead">{attempts === 0 ? history.none : history.lead(attempts)}</p>
        </header>
        <Entries entries={entries} />
        {pages > 1 && <Paging courseId={course.id} page={page} pages={pages} />}
      </div>
    ),
  };
}

function Entries({ entries }: { entries: HistoryEntryView[] }): JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <ol class="plain-list rows">
      {entries.map((entry) => (
        <li class="row">
          {entry.title === null ? (
            <span class="row-title">{strings.memory.history.gone}</span>
          ) : (
            <a class="row-title" href={href(routes.attempt, { attempt: entry.id })}>
              {entry.title}
            </a>
          )}
          <span class="row-figure">
            {entry.points === null ? strings.attempt.status[entry.status] : strings.points(entry.points)}
          </span>
          <span class="label row-more">
            <time datetime={entry.createdAt}>{strings.time(entry.createdAt)}</time>,{' '}
            {strings.attempt.standing[entry.standing] || strings.memory.history.try(entry)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Paging({ courseId, page, pages }: { courseId: string; page: number; pages: number }): JSX.Element {
  const { history } = strings.memory;
  const at = (number: number): string => `${href(routes.history, { course: courseId })}?page=${number}`;
  return (
    <nav class="paging" aria-label={history.pages}>
      {page > 1 ? (
        <a href={at(page - 1)} rel="prev">
          <Icon name="back" /> {history.newer}
        </a>
      ) : (
        <span></span>
      )}
      <span class="label">{history.page({ page, pages })}</span>
      {page < pages ? (
        <a href={at(page + 1)} rel="next">
          {history.older} <Icon name="next" />
        </a>
      ) : (
        <span></span>
      )}
    </nav>
  );
}
