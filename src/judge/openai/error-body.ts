import { z } from 'zod';

/** An error body in whichever of the usual shapes a server speaks. */
const ErrorWords = z.object({
  message: z.unknown().optional(),
  code: z.unknown().optional(),
  type: z.unknown().optional(),
  param: z.unknown().optional(),
  error: z.unknown().optional(),
  detail: z.unknown().optional(),
});

/** The endpoint's own words on a refusal; empty strings where it said nothing. */
export type ErrorBody = { message: string; code: string; type: string; param: string };

/** Reads an error body: OpenAI's `error` object, a bare `error` string, FastAPI's `detail`, a flat object, or plain text. */
export function readErrorBody(body: unknown): ErrorBody {
  const parsed = ErrorWords.safeParse(body);
  if (!parsed.success) return { message: words(body), code: '', type: '', param: '' };
  const { error, detail, message, code, type, param } = parsed.data;
  if (typeof error === 'object' && error !== null) return readErrorBody(error);
  return { message: words(error ?? message ?? detail), code: words(code), type: words(type), param: words(param) };
}

/**
 * Wraps fetch so that every refusal carries its words where the SDK looks for them: it keeps only an `error` field and would
 * drop what FastAPI and older vLLM servers say, from which capabilities are learned.
 */
export function withReadableErrors(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok) return response;
    const text = await response.text().catch(() => '');
    const headers = new Headers(response.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    headers.set('content-type', 'application/json');
    const status = response.status;
    return new Response(JSON.stringify({ error: readErrorBody(parsedOrText(text)) }), { status, headers });
  };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function words(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
