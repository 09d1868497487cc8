import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { OpenReviewView, SettledReply, SettleRequest } from '../../tutor/review-view.ts';
import { settleReview } from '../../tutor/settle-review.ts';
import { viewOpenReviews } from '../../tutor/view-review.ts';
import type { Web, WebEnv } from '../caller.ts';
import { requireInstructorCall, reviewDeps } from '../instructor.ts';
import { openApiPath, routes } from '../routes.ts';
import { apiError, jsonReply, rejectInvalid } from './reply.ts';
import { ErrorReply } from './schemas.ts';

/** Reviews one reply may hold: each carries its whole answer. */
const MOST_REVIEWS = 500;

const Limit = z
  .string()
  .regex(/^\d+$/, 'write a whole number')
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= MOST_REVIEWS, `write a number from 1 to ${MOST_REVIEWS}`);

const security = [{ instructorToken: [] }];
const unauthorized = jsonReply(ErrorReply, 'The instructor token is missing or wrong.');
const limited = jsonReply(ErrorReply, 'Too many wrong tokens came from this address.');

const listReviews = createRoute({
  method: 'get',
  path: openApiPath(routes.api.reviews),
  summary: 'Verdicts that wait for a person, oldest first: abstentions of the judge and appeals of learners',
  security,
  request: {
    query: z.object({ limit: Limit.optional().openapi({ type: 'integer', minimum: 1, maximum: MOST_REVIEWS }) }),
  },
  responses: {
    200: jsonReply(
      z.object({ reviews: z.array(OpenReviewView) }).openapi('OpenReviewList'),
      'At most `limit` of them (50 where it is left out), each with the whole answer and nothing that says whose it is.',
    ),
    401: unauthorized,
    422: jsonReply(ErrorReply, 'The limit cannot be taken.'),
    429: limited,
  },
});

const settle = createRoute({
  method: 'post',
  path: openApiPath(routes.api.settleReview),
  summary: "Settle one verdict; it stands in the place of the judge's, which is kept beside it",
  security,
  request: {
    body: { content: { 'application/json': { schema: SettleRequest } }, required: true },
  },
  responses: {
    200: jsonReply(
      SettledReply,
      'Settled. `joined` says what became of adding the answer to an eval set; what is settled stays so either way.',
    ),
    401: unauthorized,
    404: jsonReply(ErrorReply, 'No such graded attempt, or its item has left the bank.'),
    422: jsonReply(
      ErrorReply,
      'The verdict, or the request to add the answer to an eval set, cannot be taken; nothing is settled.',
    ),
    429: limited,
  },
});

/** What instructors settle, for programs: `viva review` works through this while a server holds the data folder. */
export function reviewsApi(web: Web): OpenAPIHono<WebEnv> {
  const deps = reviewDeps(web);
  const api = new OpenAPIHono<WebEnv>({ defaultHook: rejectInvalid });
  api.openAPIRegistry.registerComponent('securitySchemes', 'instructorToken', { type: 'http', scheme: 'bearer' });
  api.use(routes.api.reviews, requireInstructorCall(web));
  api.use(routes.api.settleReview, requireInstructorCall(web));

  api.openapi(listReviews, async (c) => {
    const { limit = 50 } = c.req.valid('query');
    return c.json({ reviews: await viewOpenReviews({ limit }, deps) }, 200);
  });

  api.openapi(settle, async (c) => {
    const outcome = await settleReview(c.req.valid('json'), deps);
    switch (outcome.status) {
      case 'settled':
        return c.json(outcome, 200);
      case 'not-found': {
        const fix = 'Take attempt, kind and target from GET /api/instructor/reviews.';
        return c.json(apiError('not-found', 'There is no such graded attempt.', fix), 404);
      }
      case 'invalid': {
        const fix = 'Mend what the message names and send it again; nothing is settled yet.';
        return c.json(apiError('input-invalid', outcome.message, fix), 422);
      }
      default:
        return outcome satisfies never;
    }
  });

  return api;
}
