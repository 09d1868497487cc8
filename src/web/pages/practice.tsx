import { Hono, type Context } from 'hono';
import { contestVerdict } from '../../tutor/contest-verdict.ts';
import type { ItemView } from '../../tutor/learner-view.ts';
import { submitAnswer } from '../../tutor/submit-answer.ts';
import { retryAttempt } from '../../tutor/retry-attempt.ts';
import { revealItem } from '../../tutor/reveal-item.ts';
import { viewSessionPlace, type SessionPlace } from '../../tutor/session.ts';
import { findOwnAttempt, isUuid, viewAttemptWithItem } from '../../tutor/view-attempt.ts';
import { viewItem } from '../../tutor/view-item.ts';
import { callerOf, ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import type { FormProblem, FormState } from '../form-state.ts';
import { renderWritten } from '../markdown.ts';
import { verdictNamed, type ContestState } from '../parts/contest.tsx';
import { predictsFirst, rememberPredicting } from '../preferences.ts';
import { predictionOf, readAnswerForm, submitKey } from '../read-answer-form.ts';
import { readField, readForm } from '../read-form.ts';
import { renderPage, type Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { attemptPage } from './attempt.tsx';
import { itemPage, type Beginning } from './item.tsx';

/** The walk of one answer: question, hand in, marked up, another try, reveal, and where a mark is wrong, a person. */
export function practicePages(web: Web): Hono<WebEnv> {
  const { deps, limits, guard } = web;
  const pages = new Hono<WebEnv>();

  pages.get(routes.item, async (c) => {
    const view = await viewItem({ itemId: c.req.param('item'), learnerId: c.get('learnerId') }, deps);
    if (!view) return c.notFound();
    const place = await viewSessionPlace({ itemId: view.id, learnerId: c.get('learnerId') }, deps);
    // What is due is said from memory: the last answer would be read off.
    const beginning = c.req.query('fresh') === undefined && !place.isDue ? beginningOf(view) : 'empty';
    const visit = c.get('learnerId') === null ? deps.newId() : '';
    const form = openForm({ view, beginning, visit });
    return renderPage(c, itemPageAt({ view, form, beginning, predicts: predictsFirst(c), place }));
  });

  pages.post(routes.submit, async (c) => {
    const sent = readAnswerForm(await readForm(c));
    const allowance = await guard.write(callerOf(c, limits));
    if (allowance.status === 'limited') {
      c.header('Retry-After', String(allowance.retryAfterSeconds));
      const message = strings.error['rate-limited'].text(allowance.retryAfterSeconds);
      return renderAgain(c, { sent, problems: [{ field: 'form', message }], status: 429 });
    }
    const itemId = c.req.param('item');
    if (!(await viewItem({ itemId, learnerId: null }, deps))) return c.notFound();
    const prediction = predictionOf(sent);
    if (sent.problems.length > 0 || prediction === undefined) {
      const unsure = prediction === undefined ? [{ field: 'prediction', message: strings.predict.missing }] : [];
      return renderAgain(c, { sent, problems: [...sent.problems, ...unsure], status: 422 });
    }
    const learnerId = await ensureLearner(c, web, isUuid(sent.visit) ? sent.visit : null);
    const { address } = callerOf(c, limits);
    const { answer, option } = sent;
    const idempotencyKey = sent.idempotencyKey === '' ? deps.newId() : submitKey(sent);
    const outcome = await submitAnswer(
      { learnerId, itemId, answer, option, prediction, idempotencyKey, address },
      deps,
    );
    switch (outcome.status) {
      case 'accepted': {
        const newStart = await isForgotten({ key: sent.idempotencyKey, learnerId });
        const to = `${href(routes.attempt, { attempt: outcome.attemptId })}${newStart ? '?new-start' : ''}`;
        // A script that handed it in wants to know where it is, not to read the page twice (RFC 7240).
        if (c.req.header('prefer') === 'return=minimal') return c.body(null, 201, { Location: to });
        return c.redirect(to, 303);
      }
      case 'invalid':
        return renderAgain(c, { sent, problems: outcome.problems, status: 422 });
      case 'not-found':
        return c.notFound();
      default:
        return outcome satisfies never;
    }
  });

  // The form as typed, with the predictions switched or the text previewed; nothing is stored but the preference.
  pages.post(routes.draft, limitWrites(web), async (c) => {
    const fields = await readForm(c);
    const then = readField(fields, 'then');
    const view = await viewItem({ itemId: c.req.param('item'), learnerId: c.get('learnerId') }, deps);
    if (!view) return c.notFound();
    const place = await viewSessionPlace({ itemId: view.id, learnerId: c.get('learnerId') }, deps);
    const switched = then === 'predict-on' ? 'on' : then === 'predict-off' ? 'off' : null;
    if (switched !== null) rememberPredicting(c, { to: switched, limits });
    const predicts = switched === null ? predictsFirst(c) : switched === 'on';
    const form = { ...readAnswerForm(fields), previewed: then === 'preview' };
    return renderPage(c, itemPageAt({ view, form, beginning: beginningOf(view), predicts, place }));
  });

  pages.post(routes.preview, async (c) => {
    const allowance = await guard.preview(callerOf(c, limits));
    if (allowance.status === 'limited') return c.body(null, 429);
    c.header('Cache-Control', 'private, no-store');
    return c.html(renderWritten(readField(await readForm(c), 'text')));
  });

  // Before a script hands in: a reply lost on the way must not cost the cookie too, or the second sending would be a stranger's.
  pages.post(routes.welcome, async (c) => {
    if (c.get('learnerId') === null) {
      const allowance = await guard.write(callerOf(c, limits));
      if (allowance.status === 'limited') return c.body(null, 429, { 'Retry-After': `${allowance.retryAfterSeconds}` });
    }
    await ensureLearner(c, web);
    return c.body(null, 204);
  });

  pages.get(routes.attempt, (c) => renderAttempt(c, { contest: null, status: 200 }));

  pages.post(routes.reveal, limitWrites(web), async (c) => {
    const attemptId = c.req.param('attempt');
    const view = await revealItem({ attemptId, learnerId: c.get('learnerId') }, deps);
    return view ? c.redirect(`${href(routes.attempt, { attempt: attemptId })}#reveal-title`, 303) : c.notFound();
  });

  pages.post(routes.retry, limitWrites(web), async (c) => {
    const attemptId = c.req.param('attempt');
    const outcome = await retryAttempt({ attemptId, learnerId: c.get('learnerId') }, deps);
    if (outcome.status === 'not-found') return c.notFound();
    // Settled meanwhile, or taken up: either way the attempt's own page says how it stands.
    return c.redirect(href(routes.attempt, { attempt: attemptId }), 303);
  });

  pages.post(routes.contest, limitWrites(web), async (c) => {
    const form = await readForm(c);
    const sent = { verdict: readField(form, 'verdict'), reason: readField(form, 'reason') };
    const named = verdictNamed(sent.verdict) ?? { kind: 'criterion' as const, ordinal: 0 };
    const attempt = c.req.param('attempt');
    const key = { attemptId: attempt, learnerId: c.get('learnerId') };
    const contested = await contestVerdict({ ...key, ...named, reason: sent.reason }, deps);
    switch (contested.status) {
      case 'not-found':
        return c.notFound();
      case 'invalid':
        return renderAttempt(c, { contest: { ...sent, problem: contested.message }, status: 422 });
      case 'contested':
      case 'refused':
        // Refused: contested or settled meanwhile, as the page says.
        return c.redirect(`${href(routes.attempt, { attempt })}#contest`, 303);
      default:
        return contested satisfies never;
    }
  });

  async function renderAttempt(
    c: Context<WebEnv, typeof routes.attempt>,
    { contest, status }: { contest: ContestState; status: 200 | 422 },
  ): Promise<Response> {
    const learnerId = c.get('learnerId');
    const found = await viewAttemptWithItem({ attemptId: c.req.param('attempt'), learnerId }, deps);
    if (!found) return c.notFound();
    const { view, item } = found;
    const newStart = c.req.query('new-start') !== undefined;
    const place = await viewSessionPlace({ itemId: item.id, learnerId }, deps);
    const page = { view, item, place, idempotencyKey: pageKey(item), predicts: predictsFirst(c), contest, newStart };
    return renderPage(c, attemptPageAt(page), status);
  }

  async function renderAgain(
    c: Context<WebEnv, typeof routes.submit>,
    { sent, problems, status }: { sent: FormState; problems: FormProblem[]; status: 422 | 429 },
  ): Promise<Response> {
    const key = { itemId: c.req.param('item'), learnerId: c.get('learnerId') };
    const view = await viewItem(key, deps);
    if (!view) return c.notFound();
    const place = await viewSessionPlace(key, deps);
    const page = { view, form: { ...sent, problems }, beginning: beginningOf(view), predicts: predictsFirst(c), place };
    return renderPage(c, itemPageAt(page), status);
  }

  /** Whether the form was made for a learner this browser no longer is: it names an attempt, and that is not theirs. */
  async function isForgotten({ key, learnerId }: { key: string; learnerId: string }): Promise<boolean> {
    if (!isUuid(key)) return false;
    return (await findOwnAttempt({ attemptId: key, learnerId }, deps)) === undefined;
  }

  return pages;
}

function itemPageAt(props: Parameters<typeof itemPage>[0]): Page {
  return inSession(itemPage({ ...props, view: onTheWay(props.view, props.place) }), props.place);
}

function attemptPageAt(props: Parameters<typeof attemptPage>[0]): Page {
  return inSession(attemptPage({ ...props, item: onTheWay(props.item, props.place) }), props.place);
}

/** In a session the menu marks where it was begun. */
function inSession(page: Page, { session }: SessionPlace): Page {
  return session === null ? page : { ...page, section: 'practise' };
}

/** In a session what comes next is the session's to say. */
function onTheWay(view: ItemView, { session }: SessionPlace): ItemView {
  return session === null ? view : { ...view, next: [] };
}

/** Where a page stands: the same for every tab and every reload until another attempt is handed in. */
function pageKey({ id, attempts }: ItemView): string {
  return attempts.at(-1)?.id ?? `first ${id}`;
}

/** A question answered in full is explained anew, from memory; else the next try goes on from the last. */
function beginningOf({ attempts }: ItemView): Beginning {
  const points = attempts.findLast((attempt) => attempt.points !== null)?.points;
  return attempts.length === 0 || (points && points.low === points.max) ? 'empty' : 'last-answer';
}

function openForm(args: { view: ItemView; beginning: Beginning; visit: string }): FormState {
  const { view, beginning, visit } = args;
  const { answer, option } = (beginning === 'empty' ? null : view.latest) ?? { answer: '', option: null };
  const prediction = { covered: [], sure: null };
  return { answer, option, prediction, idempotencyKey: pageKey(view), visit, problems: [], previewed: false };
}
