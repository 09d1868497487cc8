import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { type ErrorBody, readErrorBody } from './error-body.ts';
import { type Fault, type FaultName, plainFault } from './outcomes.ts';
import { readRetryAfter } from './retry.ts';

/** Names the fault of a call that threw. `ended` says who ended the call, where it was one of us. */
export function faultOfThrown(
  error: unknown,
  context: { ended: 'by-deadline' | 'by-caller' | 'not-by-us'; redact: (text: string) => string },
): Fault {
  if (context.ended === 'by-caller') return plainFault('cancelled');
  if (context.ended === 'by-deadline') return plainFault('timeout');
  if (error instanceof APIConnectionTimeoutError) return plainFault('timeout');
  if (error instanceof APIConnectionError) return plainFault('unreachable', { said: context.redact(causeOf(error)) });
  if (error instanceof APIError && typeof error.status === 'number') {
    const body = readErrorBody(error.error);
    return plainFault(nameOfStatus(error.status, body), {
      where: `status ${error.status}`,
      said: context.redact(body.message),
      retryAfterMs: error.headers instanceof Headers ? readRetryAfter(error.headers) : null,
    });
  }
  // The SDK reads the body outside its own error handling: undici says "terminated", and half a JSON text does not parse.
  if (error instanceof SyntaxError || (error instanceof TypeError && error.message === 'terminated')) {
    return plainFault('cut-reply', { said: context.redact(causeOf(error)) });
  }
  return plainFault('internal', { said: context.redact(error instanceof Error ? error.message : String(error)) });
}

const statusNames = new Map<number, FaultName>([
  [400, 'http-400'],
  [401, 'http-401'],
  [402, 'http-402'],
  [403, 'http-403'],
  [404, 'http-404'],
  [408, 'http-408'],
  [409, 'http-409'],
  [413, 'http-413'],
  [422, 'http-422'],
  [429, 'http-429'],
]);

/** Names the fault of a status and what the endpoint said with it. */
export function nameOfStatus(status: number, body: ErrorBody): FaultName {
  const said = `${body.code} ${body.type} ${body.message}`;
  const rejected = status === 400 || status === 403 || status === 422;
  if (rejected && /content[_ ]filter|content management policy|ResponsibleAI|flagged|moderation/i.test(said)) {
    return 'content-filter';
  }
  if (status === 400 && /json_validate_failed/.test(said)) return 'generation-failed';
  if (
    (status === 400 || status === 422 || status === 413) &&
    /context[_ ](?:length|window|size)|maximum context|prompt is too long|too many (?:input )?tokens/i.test(said)
  ) {
    return 'context-too-long';
  }
  if (status === 429 && /insufficient_quota|billing/i.test(said)) return 'quota-exhausted';
  return statusNames.get(status) ?? (status >= 500 ? 'http-5xx' : 'http-other');
}

function causeOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const deeper = cause.cause instanceof Error ? `: ${cause.cause.message}` : '';
  return `${cause.message}${deeper}`;
}
