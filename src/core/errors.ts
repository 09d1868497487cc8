/** Every way the world around Viva can be broken. Expected outcomes are returned as unions, never thrown. */
export const vivaErrorCodes = [
  'config-invalid',
  'content-invalid',
  'content-not-found',
  'data-dir-locked',
  'data-dir-unusable',
  'database-unreachable',
  'migration-failed',
  'item-not-found',
  'set-not-found',
  'input-invalid',
  'judge-unavailable',
  'server-unreachable',
  'internal',
] as const;

export type VivaErrorCode = (typeof vivaErrorCodes)[number];

/**
 * A broken world: something outside this code must change before the call can work.
 * `message` says what failed and why; `fix` is an instruction to whoever can mend it.
 */
export class VivaError extends Error {
  readonly code: VivaErrorCode;
  readonly fix: string;

  constructor(code: VivaErrorCode, details: { message: string; fix: string; cause?: unknown }) {
    super(details.message, { cause: details.cause });
    this.name = 'VivaError';
    this.code = code;
    this.fix = details.fix;
  }
}
