import { DrizzleQueryError } from 'drizzle-orm';

/** What a log line says of an error: JSON, without what learners wrote and without keys. */
export type ErrorDescription = {
  type: string;
  message: string;
  code?: string | number;
  stack?: string;
  cause?: ErrorDescription;
};

const longestMessage = 2_000;
const longestStack = 6_000;
const deepestCause = 5;
const hidden = '[hidden]';

/**
 * Describes anything that was thrown, for pino's `err` and `error`. An Error's own properties are left out, for a driver
 * keeps the values of the failed query there; a drizzle query error repeats them in its message and stack too, so of that
 * one only the cause's words and its own stack frames are told.
 * `secrets`: what this deployment keeps to itself; hidden wherever it stands, besides anything shaped like a key.
 */
export function describeError(
  thrown: unknown,
  { secrets = [] }: { secrets?: readonly string[] } = {},
): ErrorDescription {
  const hide = (text: string): string => hideKeys(text, secrets);
  return describe(thrown, { hide, depth: 0 });
}

function describe(thrown: unknown, at: { hide: (text: string) => string; depth: number }): ErrorDescription {
  if (!(thrown instanceof Error)) {
    // A thrown object may hold anything; its type is all that is safe to tell.
    return { type: typeof thrown, message: short(at.hide(String(asPrimitive(thrown))), longestMessage) };
  }
  const queryFailed = thrown instanceof DrizzleQueryError;
  const told = queryFailed ? causeOf(thrown) : thrown;
  const code = told && codeOf(told);
  const stack = queryFailed ? framesOf(thrown) : thrown.stack;
  const deeper = at.depth < deepestCause ? told?.cause : undefined;
  return {
    type: queryFailed ? 'DrizzleQueryError' : thrown.name,
    message: short(at.hide(told ? messageOf(told) : 'A query failed.'), longestMessage),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack: short(at.hide(stack), longestStack) }),
    ...(deeper !== undefined && deeper !== null && { cause: describe(deeper, { ...at, depth: at.depth + 1 }) }),
  };
}

/** What the driver threw, past every layer that repeats the query. */
function causeOf({ cause }: DrizzleQueryError): Error | undefined {
  if (cause instanceof DrizzleQueryError) return causeOf(cause);
  return cause instanceof Error ? cause : undefined;
}

/** Node's own AggregateError, from trying several addresses, has its words one level down. */
function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  const each: unknown[] = error.errors;
  return each.map((one) => (one instanceof Error ? one.message : typeof one)).join('; ');
}

function codeOf(error: Error): string | number | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? code : undefined;
}

/** The stack below the message. Lines are not told apart by their looks: an answer may have one that looks like a frame. */
function framesOf({ stack = '', message }: Error): string | undefined {
  const begins = stack.indexOf(message);
  return begins < 0 ? undefined : stack.slice(begins + message.length).trimStart();
}

function asPrimitive(thrown: unknown): unknown {
  return typeof thrown === 'object' || typeof thrown === 'function' ? Object.prototype.toString.call(thrown) : thrown;
}

function hideKeys(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) if (secret !== '') shown = shown.replaceAll(secret, hidden);
  return (
    shown
      // Providers repeat a masked or partial key in their 401s.
      .replace(/\bsk-[\w*.…-]{4,}/g, hidden)
      .replace(/\bBearer\s+[^\s"',;]+/gi, `Bearer ${hidden}`)
      .replace(/((?:key|token|secret|password)["']?\s*[=:]\s*["']?)[^\s"',;&]{8,}/gi, `$1${hidden}`)
      .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, `$1${hidden}@`)
  );
}

function short(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
