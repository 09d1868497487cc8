import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswersPolicy } from '../../core/course.ts';
import { assetHref } from '../assets.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** The course a page belongs to, for the navigation; null where it belongs to none. */
export type PageCourse = { id: string; title: string; answers: AnswersPolicy } | null;
export type PageSection = 'course' | 'practise' | 'progress' | 'spot' | 'answers' | 'other';

export type LayoutProps = {
  title: string;
  course: PageCourse;
  section: PageSection;
  /** Seconds after which a browser without JavaScript loads the page again; null where nothing is awaited. */
  refreshSeconds: number | null;
  children: Child;
};

// htmx would inline a style element, evaluate strings and keep pages in localStorage; the policy forbids the first two.
const htmxConfig = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  historyCacheSize: 0,
  selfRequestsOnly: true,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});

/** The whole document round one page. */
export function Layout({ title, course, section, refreshSeconds, children }: LayoutProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{strings.titled(title)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={htmxConfig} />
        {refreshSeconds !== null && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <link rel="icon" href={assetHref('favicon.svg')} type="image/svg+xml" />
        <link rel="preload" href={assetHref('literata-latin.woff2')} as="font" type="font/woff2" crossorigin="" />
        <link rel="stylesheet" href={assetHref('viva.css')} />
        <script src={assetHref('htmx.js')} defer></script>
        <script src={assetHref('htmx-sse.js')} defer></script>
        <script src={assetHref('viva.js')} defer></script>
      </head>
      <body>
        <a class="skip" href="#content">
          {strings.skip}
        </a>
        <header class="masthead">
          <a class="brand" href={href(routes.home, {})}>
            {strings.brand}
          </a>
          {course && <CourseLinks course={course} section={section} />}
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <footer class="colophon">
          <p>{strings.footer}</p>
          <p class="colophon-links">
            <a href={href(routes.yours, {})}>{strings.memory.nav.yours}</a>
          </p>
        </footer>
        <p id="announcer" class="unseen" role="status" aria-live="polite"></p>
      </body>
    </html>
  );
}

function CourseLinks({ course, section }: { course: NonNullable<PageCourse>; section: PageSection }): JSX.Element {
  const links = [
    { at: 'course', to: href(routes.course, { course: course.id }), text: strings.nav.course },
    { at: 'practise', to: href(routes.practise, { course: course.id }), text: strings.memory.nav.practise },
    { at: 'progress', to: href(routes.progress, { course: course.id }), text: strings.memory.nav.progress },
    { at: 'spot', to: href(routes.spot, { course: course.id }), text: strings.nav.spot },
    ...(course.answers === 'closed'
      ? []
      : [{ at: 'answers', to: href(routes.answers, { course: course.id }), text: strings.nav.answers }]),
  ];
  return (
    <nav aria-label={strings.nav.label}>
      <ul>
        {links.map(({ at, to, text }) => (
          <li>
            <a href={to} {...(at === section ? { 'aria-current': 'true' } : {})}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
