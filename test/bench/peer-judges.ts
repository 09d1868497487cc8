import { createServer } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One call as a judge from npm sent it: everything that goes in, what of it is the same for every answer, and the reply it was given. */
export type PeerCall = { input: string; prefix: string; output: string };

type Asked = { question: string; reference: string; answer: string };

/**
 * Lets two judges from npm grade the same answers against a server that writes down what it is sent. Their replies are the shortest that
 * they take: a choice or score with one sentence of reasons.
 * @param folder has `node_modules` with autoevals, openevals and openai.
 */
export async function readPeerCalls(args: {
  folder: string;
  asked: readonly Asked[];
}): Promise<{ name: string; calls: PeerCall[] }[]> {
  const calls: PeerCall[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { call, message } = answerTo(JSON.parse(body) as ChatBody);
      calls.push(call);
      const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: null, ...message } }];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model: 'm', choices }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const baseURL = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`;
  const load = loaderFor(args.folder);
  try {
    const results: { name: string; calls: PeerCall[] }[] = [];
    for (const [name, grade] of [
      ['autoevals Factuality', await openAutoevals(load, baseURL)],
      ['openevals correctness', await openOpenevals(load, baseURL)],
    ] as const) {
      for (const one of args.asked) await grade(one);
      results.push({ name, calls: calls.splice(0) });
    }
    return results;
  } finally {
    server.close();
  }
}

type ChatBody = {
  messages: { role: string; content: string }[];
  tools?: { function: { name: string } }[];
  response_format?: unknown;
};
type Grade = (asked: Asked) => Promise<unknown>;
type Load = (name: string) => Promise<Record<string, (...args: unknown[]) => unknown>>;

function loaderFor(folder: string): Load {
  const require = createRequire(join(resolve(folder), 'index.js'));
  return async (name) => (await import(pathToFileURL(require.resolve(name)).href)) as Awaited<ReturnType<Load>>;
}

async function openAutoevals(load: Load, openAiBaseUrl: string): Promise<Grade> {
  const { Factuality } = await load('autoevals');
  return async ({ question, reference, answer }) =>
    await Factuality?.({
      input: question,
      output: answer,
      expected: reference,
      model: 'gpt-4o',
      openAiApiKey: 'none',
      openAiBaseUrl,
    });
}

async function openOpenevals(load: Load, baseURL: string): Promise<Grade> {
  const { createLLMAsJudge, CORRECTNESS_PROMPT } = await load('openevals');
  const { OpenAI } = await load('openai');
  const client = Reflect.construct(OpenAI ?? Object, [{ apiKey: 'none', baseURL }]) as unknown;
  const judge = createLLMAsJudge?.({
    prompt: CORRECTNESS_PROMPT,
    feedbackKey: 'correctness',
    judge: client,
    model: 'gpt-4o',
  }) as ((asked: unknown) => Promise<unknown>) | undefined;
  return async ({ question, reference, answer }) =>
    judge?.({ inputs: question, outputs: answer, referenceOutputs: reference });
}

const reason = 'The submission agrees with the expert answer on the main point and leaves out one of its two reasons.';

function answerTo(body: ChatBody): { call: PeerCall; message: Record<string, unknown> } {
  const text = body.messages.map(({ content }) => content).join('\n');
  const extra = JSON.stringify(body.tools ?? body.response_format ?? '');
  const [tool] = body.tools ?? [];
  const reply = tool ? { reasons: reason, choice: 'A' } : { reasoning: reason, score: true };
  const output = JSON.stringify(reply);
  const message = tool
    ? { tool_calls: [{ id: 't', type: 'function', function: { name: tool.function.name, arguments: output } }] }
    : { content: output };
  // Providers cache from 1,024 tokens on; both prompts are shorter, question and answer included.
  return { call: { input: `${text}\n${extra}`, prefix: '', output }, message };
}
