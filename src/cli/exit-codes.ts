import type { VivaErrorCode } from '../core/errors.ts';

/** What a command leaves behind for scripts; printed by `viva --help`. */
export const exitCodes = {
  ok: 0,
  /** The command ran and found what it looks for: lint problems, a fallen gate. */
  found: 1,
  /** Wrong arguments, configuration or content. */
  usage: 2,
  /** The judge could not grade. */
  ungraded: 3,
  /** The data folder, the database or the server cannot be used now. */
  unavailable: 4,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
  /** A fault of Viva's own. */
  internal: 70,
} as const;

/** The one table from error code to exit code. */
export function exitCodeOf(code: VivaErrorCode): number {
  switch (code) {
    case 'config-invalid':
    case 'content-invalid':
    case 'content-not-found':
    case 'item-not-found':
    case 'set-not-found':
    case 'input-invalid':
      return exitCodes.usage;
    case 'judge-unavailable':
      return exitCodes.ungraded;
    case 'data-dir-locked':
    case 'data-dir-unusable':
    case 'database-unreachable':
    case 'migration-failed':
    case 'server-unreachable':
      return exitCodes.unavailable;
    case 'internal':
      return exitCodes.internal;
    default:
      return code satisfies never;
  }
}
