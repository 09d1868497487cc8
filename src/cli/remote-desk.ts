import { z } from 'zod';
import { VivaError } from '../core/errors.ts';
import { OpenReviewView, SettledReply } from '../tutor/review-view.ts';
import type { ReviewDesk } from './review-command.ts';

const OpenReviews = z.object({ reviews: z.array(OpenReviewView) });
const Failure = z.object({ error: z.object({ message: z.string(), fix: z.string() }) });

// The server reads its database and, to add an answer, its eval files: seconds at the most.
const TIMEOUT_MS = 60_000;

/**
 * What waits at a running server, settled through its API. `url` is its address, with the path it is served under if any.
 * Each call throws VivaError('server-unreachable') where nothing of Viva answers, and 'config-invalid' where the token is refused.
 */
export function remoteDesk({ url, token }: { url: string; token: string }): ReviewDesk {
  const call = async (path: string, init: RequestInit): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      // A redirect would carry the token along, and the API makes none.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw unreachable({ url, why: 'nothing answered there', cause });
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.status === 401 || response.status === 429) {
      throw new VivaError('config-invalid', {
        message: `The server at ${url} did not take the instructor token. ${Failure.safeParse(body).data?.error.message ?? ''}`,
        fix: 'Give the right one with --token or VIVA_INSTRUCTOR_TOKEN; the server keeps its own in the file instructor-token of its data folder.',
      });
    }
    return { status: response.status, body };
  };
  const strange = (status: number, body: unknown): VivaError => {
    const said = Failure.safeParse(body).data?.error.message;
    return unreachable({ url, why: said ?? `it answered ${status}, which is not what this version of Viva says` });
  };
  return {
    list: async ({ limit }) => {
      const { status, body } = await call(`/api/instructor/reviews?limit=${limit}`, {});
      const parsed = OpenReviews.safeParse(body);
      if (status !== 200 || !parsed.success) throw strange(status, body);
      return parsed.data.reviews;
    },
    settle: async (request) => {
      const sent = { method: 'POST', body: JSON.stringify(request) };
      const { status, body } = await call('/api/instructor/reviews/settle', sent);
      const failure = Failure.safeParse(body).data;
      if (status === 404 && failure) return { status: 'not-found' };
      if (status === 422 && failure) return { status: 'invalid', message: failure.error.message };
      const parsed = SettledReply.safeParse(body);
      if (status !== 200 || !parsed.success) throw strange(status, body);
      return parsed.data;
    },
  };
}

function unreachable({ url, why, cause }: { url: string; why: string; cause?: unknown }): VivaError {
  return new VivaError('server-unreachable', {
    message: `The server at ${url} cannot be asked: ${why}.`,
    fix: 'Check that it runs and that --url (or HOST and PORT) is its address.',
    cause,
  });
}
