import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { AuthoredId } from '../../core/ids.ts';
import { Split } from '../../core/eval-set.ts';
import {
  SettleRequest,
  VerdictKind,
  type AnswerReview,
  type JoinReply,
  type OpenReviewView,
  type VerdictReview,
} from '../../tutor/review-view.ts';
import { settleReview } from '../../tutor/settle-review.ts';
import { findVerdict, viewAnswerReview, viewOpenReviews, type ReviewDeps } from '../../tutor/view-review.ts';
import { isHttps, type Web, type WebEnv } from '../caller.ts';
import { requireInstructor, reviewDeps } from '../instructor.ts';
import { otherField, type SettleState } from '../parts/settle-form.tsx';
import { readField, readForm } from '../read-form.ts';
import { renderPage } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { reviewListPage, reviewPage } from './review-pages.tsx';

/** Reviews a page lists; whoever has settled these sees the next. */
export const REVIEWS_LISTED = 100;

// Spares whoever settles thirty in a row typing their name thirty times.
const NAME_COOKIE = 'viva_reviewer';
const NAME_LIFE_SECONDS = 180 * 24 * 60 * 60;

/** The pages on which instructors settle abstentions and appeals. */
export function reviewPages(web: Web): Hono<WebEnv> {
  const pages = new Hono<WebEnv>();
  const deps = reviewDeps(web);
  pages.use(routes.instructorReviews, requireInstructor(web));
  pages.use(routes.instructorReview, requireInstructor(web));

  pages.get(routes.instructorReviews, async (c) => {
    const reviews = await viewOpenReviews({ limit: REVIEWS_LISTED + 1 }, deps);
    return renderPage(c, reviewListPage({ reviews, most: REVIEWS_LISTED, done: doneOf(c) }));
  });

  pages.get(routes.instructorReview, async (c) => {
    const found = await findCase(c.req.param(), deps);
    if (found === undefined) return c.notFound();
    const state: SettleState = { fields: new Map([['name', getCookie(c, NAME_COOKIE) ?? '']]), problem: null };
    return renderPage(c, reviewPage({ ...found, state, notice: null }));
  });

  pages.post(routes.instructorReview, async (c) => {
    const found = await findCase(c.req.param(), deps);
    if (found === undefined) return c.notFound();
    const fields = await readForm(c);
    const refuse = (problem: string): Promise<Response> =>
      renderPage(c, reviewPage({ ...found, state: { fields, problem }, notice: null }), 422);
    const request = SettleRequest.safeParse(requestOf({ ...found, fields }));
    if (readField(fields, 'name').trim() === '') return refuse(strings.review.need.name);
    if (!request.success) return refuse(strings.review.need.verdict);
    const outcome = await settleReview(request.data, deps);
    switch (outcome.status) {
      case 'not-found':
        return c.notFound();
      case 'invalid':
        return refuse(outcome.message);
      case 'settled': {
        keepName(c, { web, name: request.data.settledBy });
        const { joined } = outcome;
        if (joined === null || joined.status === 'joined') return c.redirect(listHref({ outcome: joined }), 303);
        const again = (await findCase(c.req.param(), deps)) ?? found;
        const notice = `${strings.review.settled} ${strings.review.joined(joined)}`;
        return renderPage(c, reviewPage({ ...again, state: { fields, problem: null }, notice }));
      }
      default:
        return outcome satisfies never;
    }
  });

  return pages;
}

async function findCase(
  named: Record<string, string>,
  deps: ReviewDeps,
): Promise<{ answer: AnswerReview; verdict: VerdictReview } | undefined> {
  const kind = VerdictKind.safeParse(named['kind']).data;
  const answer = await viewAnswerReview({ attemptId: named['attempt'] ?? '' }, deps);
  if (kind === undefined || answer === undefined) return undefined;
  const verdict = findVerdict(answer, { kind, target: named['target'] ?? '' });
  return verdict && { answer, verdict };
}

/** The form as the request it stands for; what is missing fails the request's own check. */
function requestOf(args: {
  answer: AnswerReview;
  verdict: VerdictReview;
  fields: Map<string, string>;
}): Record<string, unknown> {
  const { answer, verdict, fields } = args;
  const picked = (kind: VerdictKind): Record<string, string> =>
    Object.fromEntries(
      answer.verdicts.flatMap((other) => {
        const said = readField(fields, otherField(other));
        return other.kind === kind && said !== '' ? [[other.target, said]] : [];
      }),
    );
  const join = {
    set: readField(fields, 'set'),
    split: readField(fields, 'split'),
    verdicts: picked('criterion'),
    misconceptions: picked('misconception'),
  };
  return {
    attempt: answer.attempt,
    kind: verdict.kind,
    target: verdict.target,
    verdict: readField(fields, 'verdict'),
    settledBy: readField(fields, 'name'),
    note: readField(fields, 'note'),
    join: readField(fields, 'join') === '' ? null : join,
  };
}

function keepName(c: Context<WebEnv>, { web, name }: { web: Web; name: string }): void {
  setCookie(c, NAME_COOKIE, name, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isHttps(c, web.limits),
    path: href(routes.instructor, {}),
    maxAge: NAME_LIFE_SECONDS,
  });
}

/** The list, told what was just done. */
function listHref({ outcome }: { outcome: Extract<JoinReply, { status: 'joined' }> | null }): string {
  const list = href(routes.instructorReviews, {});
  if (outcome === null) return `${list}?settled`;
  return `${list}?${new URLSearchParams({ settled: '', set: outcome.set, id: outcome.id, split: outcome.split }).toString()}`;
}

/** What the address says was just done. It is shown as text, so only ids are taken from it. */
function doneOf(c: Context<WebEnv>): string | null {
  const { settled, ...query } = c.req.query();
  if (settled === undefined) return null;
  const [set, id, split] = [
    AuthoredId.safeParse(query['set']),
    AuthoredId.safeParse(query['id']),
    Split.safeParse(query['split']),
  ];
  if (!set.success || !id.success || !split.success) return strings.review.settled;
  const joined = strings.review.joined({ status: 'joined', set: set.data, id: id.data, split: split.data });
  return `${strings.review.settled} ${joined}`;
}

/** The way from the page of calibration runs to what waits, with how much that is. */
export async function ReviewsLink({ web }: { web: Web }): Promise<JSX.Element> {
  const waiting: OpenReviewView[] = await viewOpenReviews({ limit: REVIEWS_LISTED + 1 }, reviewDeps(web));
  const more = waiting.length > REVIEWS_LISTED;
  return (
    <p class="reviews-link">
      <a href={href(routes.instructorReviews, {})}>
        {strings.review.link({ count: more ? REVIEWS_LISTED : waiting.length, more })}
      </a>{' '}
      <span class="help">{strings.review.linkHelp}</span>
    </p>
  );
}
