import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { AttemptStatus } from '../../tutor/learner-view.ts';
import { viewAttempt } from '../../tutor/view-attempt.ts';
import { watchAttempt } from '../../tutor/watch-attempt.ts';
import { callerOf, type Web, type WebEnv } from '../caller.ts';
import { openApiPath, routes } from '../routes.ts';
import { apiNotFound, jsonReply, rejectInvalid } from './reply.ts';
import { ErrorReply } from './schemas.ts';

/** Proxies close a connection on which nothing moves, most of them after 30 or 60 s. */
const KEEP_ALIVE_MS = 15_000;

const events = createRoute({
  method: 'get',
  path: openApiPath(routes.api.events),
  summary: 'Follow one attempt until it is settled',
  description:
    'Server-sent events named stored, grading, graded, provisional, returned and ungraded: the present status at once, then each change. ' +
    'The data of each is the attempt as GET /api/attempts/{attempt} gives it. The stream ends when the attempt is settled.',
  request: { params: z.object({ attempt: z.string() }) },
  responses: {
    200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'The events.' },
    404: jsonReply(ErrorReply, "No such attempt, or another learner's."),
    429: jsonReply(ErrorReply, 'This learner or address follows too many attempts at once.'),
  },
});

export function eventsApi(web: Web): OpenAPIHono<WebEnv> {
  const { deps, guard, limits } = web;
  const api = new OpenAPIHono<WebEnv>({ defaultHook: rejectInvalid });

  api.openapi(events, async (c) => {
    const key = { attemptId: c.req.valid('param').attempt, learnerId: c.get('learnerId') };
    if (!(await viewAttempt(key, deps))) return c.json(apiNotFound('attempt'), 404);
    const seat = guard.watch(callerOf(c, limits));
    if (!seat) {
      c.header('Retry-After', '5');
      const message = 'Too many attempts are being followed at once.';
      const fix = 'Close other streams, or read the attempt by GET /api/attempts/{attempt}.';
      return c.json({ error: { code: 'rate-limited', message, fix } }, 429);
    }
    // nginx would hold the events back to fill a buffer.
    c.header('X-Accel-Buffering', 'no');
    const correlationId = c.get('correlationId');
    return streamSSE(c, async (stream) => {
      try {
        await follow(stream, { ...key, web });
      } catch (error) {
        // The client comes back by itself and is told the status then.
        deps.log.error({ err: error, correlationId, attemptId: key.attemptId }, 'following an attempt failed');
      } finally {
        seat.leave();
      }
    });
  });

  return api;
}

async function follow(
  stream: SSEStreamingApi,
  { attemptId, learnerId, web }: { attemptId: string; learnerId: string | null; web: Web },
): Promise<void> {
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  const keepAlive = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS);
  try {
    let told: AttemptStatus | undefined;
    for await (const status of watchAttempt({ attemptId, learnerId, signal: gone.signal }, web.deps)) {
      // The attempt may have moved on since: name the event by what its data says, and say nothing twice.
      const view = status === told ? undefined : await viewAttempt({ attemptId, learnerId }, web.deps);
      if (!view || view.status === told) continue;
      told = view.status;
      await stream.writeSSE({ event: view.status, data: JSON.stringify(view) });
    }
  } finally {
    clearInterval(keepAlive);
  }
}
