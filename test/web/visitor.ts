import type { Hono } from 'hono';
import type { WebEnv } from '../../src/web/caller.ts';

/** Somebody with a browser's manners: keeps cookies, follows nothing by itself, says where a form comes from. */
export type Visitor = {
  get: (path: string) => Promise<Response>;
  post: (path: string, fields?: Record<string, string>) => Promise<Response>;
  json: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  cookie: () => string;
};

export function createVisitor(app: Pick<Hono<WebEnv>, 'request'>): Visitor {
  const jar = new Map<string, string>();
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> => {
    const headers = { ...init.headers, ...(jar.size === 0 ? {} : { cookie: cookies() }) };
    const response = await app.request(path, { ...init, headers });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  return {
    get: (path) => send(path, {}),
    post: (path, fields = {}) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
    },
    json: (path, body = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    cookie: cookies,
  };
}

/** Where a redirect goes; empty where the reply is none. */
export function locationOf(response: Response): string {
  return response.headers.get('location') ?? '';
}

/** The text a reader of the page sees, roughly: no tags, entities resolved. */
export function textOf(html: string): string {
  return unescaped(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

/** What a browser reads an attribute as. */
export function unescaped(html: string): string {
  const entities: Record<string, string> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };
  return html.replace(/&(quot|#39|lt|gt|amp);/g, (whole, name: string) => entities[name] ?? whole);
}
