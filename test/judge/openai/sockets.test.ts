import { createServer, type RequestListener, type Server } from 'node:http';
import { z } from 'zod';
import { afterEach, describe, expect, it } from 'vitest';
import { allGood, completion, goodText, rig, verdictsOf } from './support.ts';

const body = JSON.stringify(completion(goodText));

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A real server on loopback, for what happens below HTTP. Returns its base URL and how often it was asked. */
async function serve(
  ...listeners: [RequestListener, ...RequestListener[]]
): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const listener = listeners[Math.min(asked, listeners.length) - 1] ?? listeners[0];
    request.resume().on('end', () => listener(request, response));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/v1`, asked: () => asked };
}

const whole: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
};

/** Sends the body a little at a time, `pieces` in all. */
const drip =
  (pieces: number, everyMs: number): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const size = Math.ceil(body.length / pieces);
    let sent = 0;
    const timer = setInterval(() => {
      response.write(body.slice(sent, sent + size));
      sent += size;
      if (sent >= body.length) {
        clearInterval(timer);
        response.end();
      }
    }, everyMs);
    response.on('close', () => clearInterval(timer));
  };

/** Promises the whole body, sends half, hangs up. */
const cut: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
};

/** The same without a promised length, as streaming proxies do. */
const cutChunked: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
};

const reset: RequestListener = (request) => {
  request.socket.resetAndDestroy();
};

const silence: RequestListener = () => undefined;

describe('a connection', () => {
  it('that drips but is done in time is graded', async () => {
    const { url, asked } = await serve(drip(8, 5));
    expect(verdictsOf(await rig({ baseUrl: url }).judge())).toEqual(allGood);
    expect(asked()).toBe(1);
  });

  it.each([
    { name: 'drips for too long', listener: drip(400, 20) },
    { name: 'stays silent', listener: silence },
  ])('that $name ends at the time limit and is not tried again', async ({ listener }) => {
    const { url, asked } = await serve(listener, whole);
    const { judge, slept } = rig({ baseUrl: url, timeoutMs: 150 });
    expect(verdictsOf(await judge())).toBe('timeout');
    expect(asked()).toBe(1);
    expect(slept).toEqual([]);
  });

  it.each([
    { name: 'is reset', listener: reset },
    { name: 'is cut midway', listener: cut },
    { name: 'is cut midway without a promised length', listener: cutChunked },
  ])('that $name is tried again within bounds', async ({ listener }) => {
    const once = await serve(listener, whole);
    const first = rig({ baseUrl: once.url });
    expect(verdictsOf(await first.judge())).toEqual(allGood);
    expect(once.asked()).toBe(2);
    expect(first.slept).toEqual([250]);

    const always = await serve(listener);
    expect(verdictsOf(await rig({ baseUrl: always.url }).judge())).toBe('unreachable');
    expect(always.asked()).toBe(5);
  });

  it('to nowhere is unreachable', async () => {
    const { url } = await serve(whole);
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const judgment = await rig({ baseUrl: url }).judge();
    expect(verdictsOf(judgment)).toBe('unreachable');
    expect(judgment.status === 'ungraded' && judgment.detail).toContain('Check that the base URL is right');
  });

  it('is dropped when nobody waits for the reply any more', async () => {
    const controller = new AbortController();
    let closed: (() => void) | undefined;
    const hungUp = new Promise<void>((resolve) => (closed = resolve));
    const { url } = await serve((_, response) => {
      response.on('close', () => closed?.());
      response.writeHead(200, { 'content-type': 'application/json' }).write(body.slice(0, 10));
      controller.abort();
    });
    expect(verdictsOf(await rig({ baseUrl: url, timeoutMs: 600_000 }).judge(undefined, controller.signal))).toBe(
      'cancelled',
    );
    await hungUp;
  });
});
