import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { TutorDeps } from '../tutor/deps.ts';
import type { ReviewDeps } from '../tutor/view-review.ts';
import { callerOf, isHttps, type Web, type WebEnv } from './caller.ts';
import { apiError } from './api/reply.ts';
import { keptOf, loginPage } from './pages/instructor-login.tsx';
import { readForm } from './read-form.ts';
import { renderPage } from './render.tsx';
import { href, routes } from './routes.ts';

export const INSTRUCTOR_COOKIE = 'viva_instructor';

/**
 * Lets only instructors by; everybody else is asked for the token first, and a form they sent is kept meanwhile. Where there is no access at
 * all, there is no such page.
 */
export function requireInstructor({ deps, instructor }: Web): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (instructor === null) return c.notFound();
    c.header('Cache-Control', 'private, no-store');
    const pass = getCookie(c, INSTRUCTOR_COOKIE);
    if (pass !== undefined && instructor.holdsPass(pass, deps.now())) return next();
    const wanted = c.req.path;
    if (c.req.method === 'GET')
      return c.redirect(`${href(routes.instructorLogin, {})}?next=${encodeURIComponent(wanted)}`, 303);
    const asked = await renderPage(c, loginPage({ next: wanted, kept: keptOf(await readForm(c)), problem: null }), 401);
    asked.headers.set('Cache-Control', 'private, no-store');
    return asked;
  };
}

/**
 * The same for programs: the token itself as a bearer token, or an instructor's cookie. Wrong tokens take tries as at the login, and
 * where none is left the right one is not looked at either.
 */
export function requireInstructorCall(web: Web): MiddlewareHandler<WebEnv> {
  const { deps, instructor } = web;
  return async (c, next) => {
    if (instructor === null) return c.notFound();
    const pass = getCookie(c, INSTRUCTOR_COOKIE);
    if (pass !== undefined && instructor.holdsPass(pass, deps.now())) return next();
    const bearer = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const address = triesOf(c, web);
    if (bearer !== undefined && !(await instructor.hasTry(address)))
      return c.json(
        apiError('rate-limited', 'Too many wrong tokens came from here.', 'Wait a quarter of an hour.'),
        429,
      );
    if (bearer !== undefined && instructor.isToken(bearer)) return next();
    if (bearer !== undefined) await instructor.takeTry(address);
    c.header('WWW-Authenticate', 'Bearer realm="Viva instructors"');
    const fix =
      'Send Authorization: Bearer with the instructor token, which is in instructor-token of the data folder.';
    return c.json(apiError('unauthorized', 'This is for instructors.', fix), 401);
  };
}

export function keepPass(c: Context<WebEnv>, args: { web: Web; pass: string; lifeSeconds: number }): void {
  for (const path of [href(routes.instructor, {}), routes.api.instructor]) {
    setCookie(c, INSTRUCTOR_COOKIE, args.pass, {
      httpOnly: true,
      sameSite: 'Strict',
      secure: isHttps(c, args.web.limits),
      path,
      maxAge: args.lifeSeconds,
    });
  }
}

/** What settling verdicts works with: everything of the tutor, and the folder that answers may be added in. */
export function reviewDeps({ deps, instructor }: Web): TutorDeps & ReviewDeps {
  return { ...deps, contentRoot: instructor?.contentRoot ?? null };
}

/** The address a try counts against. */
export function triesOf(c: Context<WebEnv>, { limits }: Web): string {
  return callerOf(c, limits).address;
}
