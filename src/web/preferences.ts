import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isHttps } from './caller.ts';
import type { WebLimits } from './limits.ts';

const PREDICT_COOKIE = 'viva_predict';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Whether forms ask for a prediction; they do until this browser said otherwise. */
export function predictsFirst(c: Context): boolean {
  return getCookie(c, PREDICT_COOKIE) !== 'off';
}

export function rememberPredicting(c: Context, { to, limits }: { to: 'on' | 'off'; limits: WebLimits }): void {
  setCookie(c, PREDICT_COOKIE, to, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c, limits),
    path: '/',
    maxAge: YEAR_SECONDS,
  });
}
