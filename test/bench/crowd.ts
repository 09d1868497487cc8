// 200 answers at once against an endpoint that works on 20 and turns the rest away with 429: `npm run bench:crowd`.
// Prints the time as a ratio to the ideal (200 / 20 times the service time) and to clients that know the 20 beforehand, in one run.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createOpenAiJudge } from '../../src/judge/openai/openai-judge.ts';
import { completion, goodText, taskOf } from '../judge/openai/support.ts';

const ANSWERS = 200;
const ROOM = 20;
const SERVICE_MS = 1_000;

type Run = { seconds: number; graded: number; servedTwice: number; turnedAway: number };

async function run(args: { concurrency: number; retryAfterMs: number | null }): Promise<Run> {
  let working = 0;
  let turnedAway = 0;
  const served = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      if (working >= ROOM) {
        turnedAway += 1;
        const headers = args.retryAfterMs === null ? {} : { 'retry-after-ms': String(args.retryAfterMs) };
        response.writeHead(429, { 'content-type': 'application/json', ...headers });
        response.end('{"error":{"message":"Too many requests at once."}}');
        return;
      }
      working += 1;
      setTimeout(() => {
        working -= 1;
        const answer = /S1: (answer \d+)/.exec(body)?.[1] ?? body.slice(0, 40);
        served.set(answer, (served.get(answer) ?? 0) + 1);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(completion(goodText)));
      }, SERVICE_MS);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { judge } = createOpenAiJudge({
    apiKey: null,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    model: 'crowd',
    timeoutMs: 60_000,
    concurrency: args.concurrency,
    secret: 'bench',
    ports: {
      now: () => performance.now(),
      random: Math.random,
      sleep: async (ms, signal) => void (await delay(ms, undefined, { signal })),
    },
  });
  const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
  // The first call of a process learns what the endpoint understands; that is not what is measured here.
  await judge(taskOf({ answer: 'answer 9999' }), live());
  served.clear();
  const started = performance.now();
  const judgments = await Promise.all(
    Array.from({ length: ANSWERS }, (_, index) => judge(taskOf({ answer: `answer ${index}` }), live())),
  );
  const seconds = (performance.now() - started) / 1000;
  await new Promise((resolve) => server.close(resolve));
  return {
    seconds,
    graded: judgments.filter(({ status }) => status === 'judged').length,
    servedTwice: [...served.values()].filter((times) => times > 1).length,
    turnedAway,
  };
}

const ideal = ((ANSWERS / ROOM) * SERVICE_MS) / 1000;
const knowing = await run({ concurrency: ROOM, retryAfterMs: null });
console.log(`ideal ${ideal.toFixed(2)} s; clients that know the ${ROOM} beforehand ${knowing.seconds.toFixed(2)} s`);
for (const retryAfterMs of [null, 100]) {
  const crowd = await run({ concurrency: ANSWERS, retryAfterMs });
  const asked = retryAfterMs === null ? 'no Retry-After' : `Retry-After ${retryAfterMs} ms`;
  console.log(
    `${asked}: ${crowd.seconds.toFixed(2)} s, ${(crowd.seconds / ideal).toFixed(2)} x ideal, ${(crowd.seconds / knowing.seconds).toFixed(2)} x knowing; ` +
      `graded ${crowd.graded} of ${ANSWERS}, served twice ${crowd.servedTwice}, turned away ${crowd.turnedAway} times`,
  );
}
