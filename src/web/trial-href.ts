import { href, routes } from './routes.ts';

/**
 * The address of a turn, or of what is posted to it. It carries the chapter its learner drills ('': all of them; null: not said), so that nothing
 * need remember it. `then` only makes it another address than the one the turn was answered at.
 */
export function trialHref(args: { trialId: string; from: string | null; then?: 'answered' }): string {
  const { trialId, from, then } = args;
  return withQuery(href(routes.trial, { trial: trialId }), { from, then: then ?? null });
}

/** A path with those of the values that are there as its query. */
export function withQuery(path: string, values: Record<string, string | null>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
