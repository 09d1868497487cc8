import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { callerOf, isHttps, type Web, type WebEnv } from './caller.ts';
import { href, routes } from './routes.ts';

export const INSTRUCTOR_COOKIE = 'viva_instructor';

/** Lets only instructors by; everybody else is asked for the token first. Where there is no access at all, there is no such page. */
export function requireInstructor({ deps, instructor }: Web): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (instructor === null) return c.notFound();
    c.header('Cache-Control', 'private, no-store');
    const pass = getCookie(c, INSTRUCTOR_COOKIE);
    if (pass !== undefined && instructor.holdsPass(pass, deps.now())) return next();
    const login = href(routes.instructorLogin, {});
    const wanted = c.req.method === 'GET' ? `?next=${encodeURIComponent(c.req.path)}` : '';
    return c.redirect(`${login}${wanted}`, 303);
  };
}

export function keepPass(c: Context<WebEnv>, args: { web: Web; pass: string; lifeSeconds: number }): void {
  setCookie(c, INSTRUCTOR_COOKIE, args.pass, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isHttps(c, args.web.limits),
    path: href(routes.instructor, {}),
    maxAge: args.lifeSeconds,
  });
}

/** The address a try counts against. */
export function triesOf(c: Context<WebEnv>, { limits }: Web): string {
  return callerOf(c, limits).address;
}
