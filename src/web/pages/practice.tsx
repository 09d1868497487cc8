import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { submitAnswer } from '../../tutor/submit-answer.ts';
import { retryAttempt } from '../../tutor/retry-attempt.ts';
import { revealItem } from '../../tutor/reveal-item.ts';
import { viewSessionPlace } from '../../tutor/session.ts';
import { viewAttempt } from '../../tutor/view-attempt.ts';
import { viewItem } from '../../tutor/view-item.ts';
import { callerOf, ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { readField, readForm } from '../read-form.ts';
import { renderPage } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { attemptPage } from './attempt.tsx';
import { itemPage, type FormState } from './item.tsx';

/** The walk of one answer: question, hand in, marked up, another try, reveal. */
export function practicePages(web: Web): Hono<WebEnv> {
  const { deps, limits, guard } = web;
  const pages = new Hono<WebEnv>();

  pages.get(routes.item, async (c) => {
    const view = await viewItem({ itemId: c.req.param('item'), learnerId: c.get('learnerId') }, deps);
    if (!view) return c.notFound();
    const place = await viewSessionPlace({ itemId: view.id, learnerId: c.get('learnerId') }, deps);
    // What is due is said from memory: the last answer would be read off.
    const { answer, option } = (place.isDue ? null : view.latest) ?? { answer: '', option: null };
    const form = { answer, option, idempotencyKey: deps.newId(), problems: [] };
    return renderPage(c, itemPage({ view, form, place }));
  });

  pages.post(routes.submit, async (c) => {
    const form = await readForm(c);
    const sent = {
      answer: readField(form, 'answer'),
      option: readOption(readField(form, 'option')),
      idempotencyKey: readField(form, 'key') || deps.newId(),
    };
    const allowance = await guard.write(callerOf(c, limits));
    if (allowance.status === 'limited') {
      c.header('Retry-After', String(allowance.retryAfterSeconds));
      const message = strings.error['rate-limited'].text(allowance.retryAfterSeconds);
      return renderAgain(c, { sent: { ...sent, problems: [{ field: 'form', message }] }, status: 429 });
    }
    const itemId = c.req.param('item');
    if (!(await viewItem({ itemId, learnerId: null }, deps))) return c.notFound();
    const learnerId = await ensureLearner(c, web);
    const outcome = await submitAnswer({ learnerId, itemId, ...sent, idempotencyKey: keyOf(sent) }, deps);
    switch (outcome.status) {
      case 'accepted':
        return c.redirect(href(routes.attempt, { attempt: outcome.attemptId }), 303);
      case 'invalid':
        return renderAgain(c, { sent: { ...sent, problems: outcome.problems }, status: 422 });
      case 'not-found':
        return c.notFound();
      default:
        return outcome satisfies never;
    }
  });

  pages.get(routes.attempt, async (c) => {
    const learnerId = c.get('learnerId');
    const view = await viewAttempt({ attemptId: c.req.param('attempt'), learnerId }, deps);
    const item = view && (await viewItem({ itemId: view.item.id, learnerId }, deps));
    if (!view || !item) return c.notFound();
    const place = await viewSessionPlace({ itemId: item.id, learnerId }, deps);
    return renderPage(c, attemptPage({ view, item, place, idempotencyKey: deps.newId() }));
  });

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

  async function renderAgain(
    c: Context<WebEnv, typeof routes.submit>,
    { sent, status }: { sent: FormState; status: 422 | 429 },
  ): Promise<Response> {
    const key = { itemId: c.req.param('item'), learnerId: c.get('learnerId') };
    const view = await viewItem(key, deps);
    const place = await viewSessionPlace(key, deps);
    return view ? renderPage(c, itemPage({ view, form: sent, place }), status) : c.notFound();
  }

  return pages;
}

/**
 * The key a form's submit is known by: the page's own and what was written on it. A double click is one attempt; whoever goes
 * back in the browser and writes something else makes another.
 */
function keyOf({ idempotencyKey, answer, option }: Omit<FormState, 'problems'>): string {
  const text = createHash('sha256')
    .update(JSON.stringify([answer, option]))
    .digest('hex')
    .slice(0, 32);
  return `${idempotencyKey.slice(0, 100)} ${text}`;
}

function readOption(text: string): number | null {
  return /^\d{1,2}$/.test(text) ? Number(text) : null;
}
