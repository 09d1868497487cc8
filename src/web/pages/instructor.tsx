import { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { dollars } from '../../calibration/summary.ts';
import { reportStyle } from '../../report/html/report-style.ts';
import { renderReport } from '../../report/render-report.ts';
import { listRuns, readReport, type RunView } from '../../tutor/list-runs.ts';
import type { Web, WebEnv } from '../caller.ts';
import { PASS_LIFE_SECONDS } from '../instructor-access.ts';
import { keepPass, requireInstructor, triesOf } from '../instructor.ts';
import { readField, readForm } from '../read-form.ts';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { keptOf, loginPage } from './instructor-login.tsx';
import { messagePage } from './message.tsx';
import { ReviewsLink } from './reviews.tsx';

const answers = { yes: '✓ yes', no: '✗ no', 'cannot-say': '? not known' } as const;

/** The pages of instructors: the calibration runs of this deployment and their reports, behind a token. */
export function instructorPages(web: Web): Hono<WebEnv> {
  const pages = new Hono<WebEnv>();
  const { instructor, deps } = web;

  // The style sheet holds no secret, and the policy of every page lets style sheets of our own in.
  pages.get(routes.instructorStyle, (c) => c.body(reportStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  pages.get(routes.instructorLogin, (c) => {
    if (instructor === null) return c.notFound();
    return renderPage(c, loginPage({ next: c.req.query('next') ?? '', kept: new Map(), problem: null }));
  });

  pages.post(routes.instructorLogin, async (c) => {
    if (instructor === null) return c.notFound();
    const form = await readForm(c);
    const next = readField(form, 'next');
    const kept = keptOf(form);
    if (!(await instructor.takeTry(triesOf(c, web))))
      return renderPage(c, loginPage({ next, kept, problem: 'Too many tries. Wait a quarter of an hour.' }), 429);
    if (!instructor.isToken(readField(form, 'token')))
      return renderPage(c, loginPage({ next, kept, problem: 'That is not the token.' }), 422);
    keepPass(c, { web, pass: instructor.pass(deps.now()), lifeSeconds: PASS_LIFE_SECONDS });
    // What was sent when the pass had ended is sent again: a browser repeats this request, fields and all, at the address it was for.
    return c.redirect(ownPath(next), kept.size > 0 ? 307 : 303);
  });

  pages.post(routes.instructorLogout, (c) => {
    keepPass(c, { web, pass: '', lifeSeconds: 0 });
    return c.redirect(href(routes.instructorLogin, {}), 303);
  });

  pages.get(routes.instructor, requireInstructor(web), async (c) => {
    if (instructor === null) return c.notFound();
    return renderPage(
      c,
      runsPage({ runs: await listRuns({ runsDir: instructor.runsDir }), reviews: await ReviewsLink({ web }) }),
    );
  });

  pages.get(routes.instructorRun, requireInstructor(web), async (c) => {
    if (instructor === null) return c.notFound();
    const outcome = await readReport({ runsDir: instructor.runsDir, id: c.req.param('run') });
    switch (outcome.status) {
      case 'found':
        return c.html(
          renderReport(outcome.report, {
            home: { href: href(routes.instructor, {}), text: 'All calibration runs' },
            styleHref: href(routes.instructorStyle, {}),
          }),
        );
      case 'not-found':
        return c.notFound();
      case 'unfinished':
        return renderPage(c, noReport(`It is not finished. Go on with: viva calibrate --resume ${outcome.id}`));
      case 'other-version':
        return renderPage(
          c,
          noReport(
            'Another version of Viva wrote it. Its report.html in the folder of the run still opens in a browser.',
          ),
        );
      default:
        return outcome satisfies never;
    }
  });

  return pages;
}

/** Where to go after the login: a page for instructors, whatever the form says. */
function ownPath(next: string): string {
  const home = href(routes.instructor, {});
  return next === home || next.startsWith(`${home}/`) ? next : home;
}

function runsPage({ runs, reviews }: { runs: readonly RunView[]; reviews: JSX.Element }): Page {
  return {
    title: 'Calibration runs',
    course: null,
    section: 'other',
    body: (
      <div class="page">
        <header class="page-head">
          <h1>Calibration runs</h1>
          <p class="lead">How far the judge’s grades are the grades of people who rated the same answers.</p>
          {reviews}
        </header>
        {runs.length === 0 ? (
          <p>
            There are none yet. Begin one in the terminal: <code>npx viva calibrate post-training</code>
          </p>
        ) : (
          <ul class="plain-list runs">
            {runs.map((run) => (
              <RunCard run={run} />
            ))}
          </ul>
        )}
        <form method="post" action={href(routes.instructorLogout, {})}>
          <button type="submit" class="link">
            Leave
          </button>
        </form>
      </div>
    ),
  };
}

function RunCard({ run }: { run: RunView }): JSX.Element {
  const { id, set, split, model, startedAt, state, headline } = run;
  return (
    <li>
      <h2>{headline === null ? id : <a href={href(routes.instructorRun, { run: id })}>{headline.title}</a>}</h2>
      <p class="label">
        {model} · {set}, {split} · <time datetime={startedAt}>{startedAt.slice(0, 16).replace('T', ' ')} UTC</time>
      </p>
      {headline === null ? (
        <p>
          Not finished. Go on with: <code>viva calibrate --resume {id}</code>
        </p>
      ) : (
        <p>
          May it grade alone? <strong>{answers[headline.mayGradeAlone]}</strong>. {headlineWords(headline)}
          {state === 'partial' && ' The budget cut it short.'}
        </p>
      )}
    </li>
  );
}

function headlineWords({ answers: n, agreement, costMicroUsd }: NonNullable<RunView['headline']>): string {
  const agree = agreement === null ? '' : `, ${Math.round(100 * agreement)} of 100 verdicts are the raters’ own`;
  const cost = costMicroUsd === null || costMicroUsd === 0 ? '' : ` It cost ${dollars(costMicroUsd)}.`;
  return `${n} answers${agree}.${cost}`;
}

function noReport(text: string): Page {
  return messagePage({ title: 'This run has no report to show', text, course: null, kept: null, correlationId: null });
}
