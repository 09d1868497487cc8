import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiError } from '../errors.tsx';

/** One JSON reply as OpenAPI describes it. */
export function jsonReply<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): { content: { 'application/json': { schema: Schema } }; description: string } {
  return { content: { 'application/json': { schema } }, description };
}

/** The same for what does not exist and for what is another learner's, so that nobody learns which. */
export function apiNotFound(what: 'item' | 'attempt'): ApiError {
  const fix =
    what === 'item'
      ? 'Take an id from GET /api/items.'
      : 'Use an id that POST /api/attempts gave, with the cookie it came with.';
  return { error: { code: 'not-found', message: `There is no such ${what}.`, fix } };
}

export function apiError(code: string, message: string, fix: string): ApiError {
  return { error: { code, message, fix } };
}

/** A request that does not fit its schema: every problem at once, each with the field it is in. */
export function rejectInvalid(
  result: { success: true } | { success: false; error: z.ZodError },
  c: Context,
): Response | undefined {
  if (result.success) return undefined;
  const message = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  const fix = 'Send a body as /api/openapi.json describes it, with Content-Type: application/json.';
  return c.json<ApiError>({ error: { code: 'input-invalid', message, fix } }, 422);
}
