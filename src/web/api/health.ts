import { Hono } from 'hono';
import { isReady } from '../../tutor/is-ready.ts';
import type { Web, WebEnv } from '../caller.ts';
import { routes } from '../routes.ts';

/** For whoever restarts or routes: alive (this process answers), ready (an answer handed in now would be graded). */
export function healthRoutes({ deps }: Web): Hono<WebEnv> {
  const health = new Hono<WebEnv>();
  health.get(routes.healthz, (c) => c.json({ status: 'alive' }));
  health.get(routes.readyz, async (c) =>
    (await isReady(deps)) ? c.json({ status: 'ready' }) : c.json({ status: 'not-ready' }, 503),
  );
  return health;
}
