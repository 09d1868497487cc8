import { Hono } from 'hono';
import { findAsset } from './assets.ts';
import type { WebEnv } from './caller.ts';
import { routes } from './routes.ts';

/** Styles, scripts, fonts and pictures, all from our own origin. */
export function assetRoutes(): Hono<WebEnv> {
  const assets = new Hono<WebEnv>();
  assets.get(routes.asset, (c) => {
    const asset = findAsset(c.req.param('name'));
    if (!asset) return c.notFound();
    // An old page may ask for an old version: it gets today's file, but must not keep it under the old name.
    const current = asset.version === c.req.param('version');
    c.header('Cache-Control', current ? 'public, max-age=31536000, immutable' : 'no-store');
    c.header('Content-Type', asset.type);
    return c.body(asset.body);
  });
  return assets;
}
