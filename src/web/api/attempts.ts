import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { contestVerdict } from '../../tutor/contest-verdict.ts';
import { revealItem } from '../../tutor/reveal-item.ts';
import { submitAnswer } from '../../tutor/submit-answer.ts';
import { viewAttempt } from '../../tutor/view-attempt.ts';
import { viewItem } from '../../tutor/view-item.ts';
import { callerOf, ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { href, openApiPath, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { apiNotFound, jsonReply, rejectInvalid } from './reply.ts';
import { AppealBody, AttemptReply, ErrorReply, SubmitBody, SubmitReply } from './schemas.ts';

const params = z.object({ attempt: z.string() });
const limited = jsonReply(ErrorReply, 'Too many requests; Retry-After says how many seconds to wait.');
const unknown = jsonReply(ErrorReply, "No such attempt, or another learner's.");

const submit = createRoute({
  method: 'post',
  path: openApiPath(routes.api.attempts),
  summary: 'Hand in an answer; it is stored and will be graded',
  request: {
    headers: z.object({
      'idempotency-key': z
        .string()
        .optional()
        .describe('The same key with the same answer gives the same attempt; with another answer it is refused.'),
    }),
    body: { content: { 'application/json': { schema: SubmitBody } }, required: true },
  },
  responses: {
    202: jsonReply(SubmitReply, 'Stored. A new learner gets a cookie with it; only that cookie reads the attempt.'),
    404: jsonReply(ErrorReply, 'No such item.'),
    413: jsonReply(ErrorReply, 'The body is larger than 64 kB.'),
    422: jsonReply(ErrorReply, 'The answer, option or key cannot be taken.'),
    429: limited,
  },
});

const getAttempt = createRoute({
  method: 'get',
  path: openApiPath(routes.api.attempt),
  summary: 'One attempt as its learner may see it now',
  request: { params },
  responses: { 200: jsonReply(AttemptReply, 'The attempt.'), 404: unknown },
});

const reveal = createRoute({
  method: 'post',
  path: openApiPath(routes.api.reveal),
  summary: "Reveal the item's reference and rubric to this learner, for good; later attempts are practice",
  request: { params },
  responses: { 200: jsonReply(AttemptReply, 'The attempt with its reveal.'), 404: unknown, 429: limited },
});

const contest = createRoute({
  method: 'post',
  path: openApiPath(routes.api.appeals),
  summary: 'Contest one verdict; a person settles it, and their verdict then stands in the attempt',
  request: { params, body: { content: { 'application/json': { schema: AppealBody } }, required: true } },
  responses: {
    201: jsonReply(AttemptReply, 'The attempt with the appeal.'),
    404: unknown,
    409: jsonReply(ErrorReply, 'Not graded yet, contested before, or settled by a person.'),
    422: jsonReply(ErrorReply, 'No such verdict, or the reason cannot be taken.'),
    429: limited,
  },
});

export function attemptsApi(web: Web): OpenAPIHono<WebEnv> {
  const { deps } = web;
  const api = new OpenAPIHono<WebEnv>({ defaultHook: rejectInvalid });
  api.post(routes.api.attempts, limitWrites(web));
  api.post(routes.api.reveal, limitWrites(web));
  api.post(routes.api.appeals, limitWrites(web));

  api.openapi(submit, async (c) => {
    const { item: itemId, answer, option = null, prediction = null } = c.req.valid('json');
    const idempotencyKey = c.req.valid('header')['idempotency-key'] ?? null;
    if (!(await viewItem({ itemId, learnerId: null }, deps))) return c.json(apiNotFound('item'), 404);
    const learnerId = await ensureLearner(c, web);
    const { address } = callerOf(c, web.limits);
    const sent = { learnerId, itemId, answer, option, prediction, idempotencyKey, address };
    const outcome = await submitAnswer(sent, deps);
    switch (outcome.status) {
      case 'accepted': {
        const attempt = outcome.attemptId;
        const view = outcome.repeated ? await viewAttempt({ attemptId: attempt, learnerId }, deps) : undefined;
        const links = {
          self: href(routes.api.attempt, { attempt }),
          events: href(routes.api.events, { attempt }),
          reveal: href(routes.api.reveal, { attempt }),
          page: href(routes.attempt, { attempt }),
        };
        c.header('Location', links.self);
        return c.json({ id: attempt, status: view?.status ?? ('stored' as const), links }, 202);
      }
      case 'not-found':
        return c.json(apiNotFound('item'), 404);
      case 'invalid': {
        const message = outcome.problems.map(({ field, message }) => `${field}: ${message}`).join(' ');
        const fix = 'Mend the fields named in the message and send it again.';
        return c.json({ error: { code: 'input-invalid', message, fix } }, 422);
      }
      default:
        return outcome satisfies never;
    }
  });

  api.openapi(getAttempt, async (c) => {
    const key = { attemptId: c.req.valid('param').attempt, learnerId: c.get('learnerId') };
    const view = await viewAttempt(key, deps);
    return view ? c.json(view, 200) : c.json(apiNotFound('attempt'), 404);
  });

  api.openapi(reveal, async (c) => {
    const key = { attemptId: c.req.valid('param').attempt, learnerId: c.get('learnerId') };
    const view = await revealItem(key, deps);
    return view ? c.json(view, 200) : c.json(apiNotFound('attempt'), 404);
  });

  api.openapi(contest, async (c) => {
    const key = { attemptId: c.req.valid('param').attempt, learnerId: c.get('learnerId') };
    const contested = await contestVerdict({ ...key, ...c.req.valid('json') }, deps);
    switch (contested.status) {
      case 'contested': {
        const view = await viewAttempt(key, deps);
        return view ? c.json(view, 201) : c.json(apiNotFound('attempt'), 404);
      }
      case 'not-found':
        return c.json(apiNotFound('attempt'), 404);
      case 'invalid': {
        const fix = 'Number the verdict as GET /api/attempts/{attempt} does, and give a reason.';
        const message = `${contested.field}: ${contested.message}`;
        return c.json({ error: { code: 'input-invalid', message, fix } }, 422);
      }
      case 'refused': {
        const fix = 'Read the attempt: `status`, `appeals` and `settled` say how the verdict stands.';
        return c.json({ error: { code: contested.why, message: strings.contest.refused[contested.why], fix } }, 409);
      }
      default:
        return contested satisfies never;
    }
  });

  return api;
}
