import { href, routes } from './routes.ts';

/**
 * The address of a turn, or of what is posted to it. It carries the chapter its learner drills (null: all of them), so that nothing
 * need remember it.
 */
export function trialHref({ trialId, from }: { trialId: string; from: string | null }): string {
  return withFrom(href(routes.trial, { trial: trialId }), from);
}

export function withFrom(path: string, from: string | null): string {
  return from === null ? path : `${path}?${new URLSearchParams({ from }).toString()}`;
}
