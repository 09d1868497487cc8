import type { Context, ErrorHandler, MiddlewareHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { VivaError, type VivaErrorCode } from '../core/errors.ts';
import { callerOf, type Web, type WebEnv } from './caller.ts';
import { messagePage, type KeptForm } from './pages/message.tsx';
import type { PageCourse } from './parts/layout.tsx';
import { readField, readForm } from './read-form.ts';
import { renderPage } from './render.tsx';
import { href, routes } from './routes.ts';
import { strings } from './strings.ts';

/** The body of every error the API gives. */
export type ApiError = { error: { code: string; message: string; fix: string } };

type Refusal = {
  status: 400 | 403 | 404 | 413 | 422 | 429 | 500 | 503;
  code: string;
  title: string;
  text: string;
  fix: string;
};

const notFound: Refusal = {
  status: 404,
  code: 'not-found',
  ...strings.error['not-found'],
  fix: 'Check the address. Attempts can be read only with the cookie they were made with.',
};

export const tooLarge: Refusal = {
  status: 413,
  code: 'too-large',
  ...strings.error['too-large'],
  fix: 'Send at most 64 kilobytes; an answer has at most 8,000 characters.',
};

const crossSite: Refusal = {
  status: 403,
  code: 'cross-site',
  ...strings.error['cross-site'],
  fix: 'Send the request from this origin, or as application/json.',
};

const invalid: Refusal = {
  status: 400,
  code: 'input-invalid',
  ...strings.error.invalid,
  fix: 'Send a body as /api/openapi.json describes it.',
};

const unavailable: Refusal = {
  status: 503,
  code: 'unavailable',
  ...strings.error.unavailable,
  fix: 'Try again in a minute; /readyz says when it works.',
};

const internal: Refusal = {
  status: 500,
  code: 'internal',
  ...strings.error.internal,
  fix: 'Tell the operator the correlation id; the log names the cause under it.',
};

/** The one table from a broken world to a reply. What is not listed is a 500. */
const refusalOf: Partial<Record<VivaErrorCode, Refusal>> = {
  'input-invalid': invalid,
  'item-not-found': notFound,
  'set-not-found': notFound,
  'content-not-found': notFound,
  'database-unreachable': unavailable,
  'data-dir-locked': unavailable,
  'judge-unavailable': unavailable,
};

/** Nothing here, or not this learner's: the two look the same. */
export function replyNotFound({ deps }: Web): NotFoundHandler<WebEnv> {
  return async (c) => {
    const courses = deps.content.courses.map(({ course }) => course);
    // The course the address names, or the only one there is; never the one a hidden attempt belongs to.
    const course = courses.find(({ id }) => c.req.path.startsWith(`${href(routes.course, { course: id })}/`));
    const only = courses.length === 1 ? courses[0] : undefined;
    return refuse(c, { refusal: notFound, kept: await keepForm(c), course: course ?? only ?? null });
  };
}

/** The last word on anything thrown: the log gets the cause, the visitor a number to ask about, nobody a stack. */
export function replyToError({ deps }: Web): ErrorHandler<WebEnv> {
  return async (error, c) => {
    if (error instanceof HTTPException && error.status < 500) {
      return refuse(c, { refusal: error.status === 403 ? crossSite : invalid, kept: await keepForm(c) });
    }
    const refusal = (error instanceof VivaError ? refusalOf[error.code] : undefined) ?? internal;
    if (refusal.status >= 500) {
      const { method, path } = c.req;
      deps.log.error({ err: error, correlationId: c.get('correlationId'), method, path }, 'a request failed');
    }
    return refuse(c, { refusal, kept: await keepForm(c) });
  };
}

/** Turns away whoever writes more than anybody would by hand; text sent along is handed back. */
export function limitWrites({ guard, limits }: Web): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const allowance = await guard.write(callerOf(c, limits));
    if (allowance.status === 'allowed') return next();
    return refuseLimited(c, allowance.retryAfterSeconds);
  };
}

async function refuseLimited(c: Context<WebEnv>, seconds: number): Promise<Response> {
  c.header('Retry-After', String(seconds));
  const { title, text } = strings.error['rate-limited'];
  const fix = `Wait ${seconds} s, as Retry-After says, and send the same again.`;
  const refusal: Refusal = { status: 429, code: 'rate-limited', title, text: text(seconds), fix };
  return refuse(c, { refusal, kept: await keepForm(c) });
}

/** The fields of our forms that hold what somebody wrote. */
const WRITTEN_FIELDS = ['answer', 'more', 'reason', 'why', 'note'];

/** What somebody wrote and sent with a request that failed, so that the reply hands it back; null where they wrote nothing. */
async function keepForm(c: Context): Promise<KeptForm | null> {
  if (isApi(c) || c.req.method !== 'POST') return null;
  const fields = await readForm(c);
  const written = WRITTEN_FIELDS.some((name) => readField(fields, name).trim() !== '');
  return written ? { action: c.req.path, fields } : null;
}

/** A refusal as JSON under /api, as a page everywhere else. */
export async function refuse(
  c: Context<WebEnv>,
  { refusal, kept, course = null }: { refusal: Refusal; kept: KeptForm | null; course?: PageCourse },
): Promise<Response> {
  const { status, code, title, text, fix } = refusal;
  const correlationId = status >= 500 ? c.get('correlationId') : null;
  if (isApi(c)) {
    const message =
      correlationId === null ? `${title}. ${text}` : `${title}. ${text} Correlation id: ${correlationId}.`;
    return c.json<ApiError>({ error: { code, message, fix } }, status);
  }
  return renderPage(c, messagePage({ title, text, course, kept, correlationId }), status);
}

function isApi(c: Context): boolean {
  return c.req.path.startsWith('/api/');
}
