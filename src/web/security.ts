import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { WebEnv } from './caller.ts';
import { refuse, tooLarge } from './errors.tsx';
import { LARGEST_BODY_BYTES } from './limits.ts';

const own = ["'self'"];
const nothing = ["'none'"];

/** Nothing is loaded from anywhere else and nothing inline runs, so text that slips through as markup can do no harm. */
export function securityHeaders(): MiddlewareHandler<WebEnv> {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: nothing,
      scriptSrc: own,
      styleSrc: own,
      fontSrc: own,
      imgSrc: own,
      connectSrc: own,
      formAction: own,
      frameAncestors: nothing,
      baseUri: nothing,
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    // Whether every host under this name speaks https is for the operator's proxy to promise, not for us.
    strictTransportSecurity: false,
    originAgentCluster: false,
  });
}

/** Forms are taken from our own pages only. Browsers say where a request comes from by Sec-Fetch-Site, older ones by Origin. */
export function refuseCrossSite(): MiddlewareHandler<WebEnv> {
  // By host: behind a proxy that ends https, our own idea of the protocol is wrong.
  return csrf({
    origin: (origin, c) =>
      URL.canParse(origin) && new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host),
  });
}

export function limitBodies(): MiddlewareHandler<WebEnv> {
  return bodyLimit({
    maxSize: LARGEST_BODY_BYTES,
    onError: (c: Context<WebEnv>) => refuse(c, { refusal: tooLarge, kept: null }),
  });
}

/** Replies of the API hold answers and reveals: no cache on the way keeps them. */
export function neverStored(): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    await next();
    c.header('Cache-Control', 'private, no-store');
  };
}
