import pLimit from 'p-limit';
import type { Provenance } from '../../core/grade.ts';
import type { Judge, JudgeTask, Judgment } from '../judge.ts';
import { createEndpoint, type Endpoint, type EndpointOptions } from './endpoint.ts';
import { toFindings } from './findings.ts';
import { describeFault, type Fault, plainFault, ruleOf } from './outcomes.ts';
import { parseReply } from './parse-reply.ts';
import { addUsage, costMicroUsd, findPrice, type Price, type Usage } from './price.ts';
import { answerMessage, PROMPT_VERSION, systemPrompt } from './prompt.ts';
import { quarantine } from './quarantine.ts';
import { redact } from './redact.ts';
import { type Reply, replySchema } from './reply-schema.ts';
import { requestKey } from './request-key.ts';

export type OpenAiJudgeOptions = EndpointOptions & {
  /** Calls under way at once. */
  concurrency: number;
  /** Keys the tag round an answer; the deployment's own, and stable, or provider caches miss. */
  secret: string;
  /** Instead of the listed prices. */
  prices?: (model: string) => Price | null;
};

/** Steady verdicts matter more than varied prose. */
const parameters = { temperature: 0 };

/**
 * A judge that asks any OpenAI-compatible endpoint. Throws VivaError('config-invalid') here, for options that cannot work;
 * afterwards every failure is an `ungraded` judgment with its reason.
 */
export function createOpenAiJudge(options: OpenAiJudgeOptions): Judge {
  const endpoint = createEndpoint(options);
  const limit = pLimit(options.concurrency);

  return async (task, { signal }) => {
    const call = startCall(task, options);
    const judged = limit(async () => {
      call.start();
      try {
        return await judgeOnce({ task, options, endpoint, call, signal });
      } catch (error) {
        const said = redact(error instanceof Error ? error.message : String(error), options.apiKey);
        return call.ungraded(plainFault('internal', { said }));
      }
    });
    return untilCancelled(judged, { signal, instead: () => call.ungraded(plainFault('cancelled')) });
  };
}

/** Asks once, and once more with the fault named where the reply broke the contract. */
async function judgeOnce(args: {
  task: JudgeTask;
  options: OpenAiJudgeOptions;
  endpoint: Endpoint;
  call: Call;
  signal: AbortSignal;
}): Promise<Judgment> {
  const { task, options, endpoint, call, signal } = args;
  const { item, rubric, rubricHash, option } = task;
  const schema = replySchema(rubric);
  const answer = quarantine({ secret: options.secret, itemId: item.id, rubricHash, answer: task.answer });
  const system = systemPrompt({ item, rubric });

  const ask = async (
    after: Fault | null,
  ): Promise<{ status: 'read'; reply: Reply } | { status: 'fault'; fault: Fault }> => {
    const user = answerMessage({ item, option, answer, repair: after === null ? null : repairWords(after) });
    const maxTokens = replyTokens(task) * (after?.name === 'length-limit' ? 2 : 1);
    const asked = await endpoint({ system, user, schema: schema.json, maxTokens, ...parameters }, signal);
    if (asked.status === 'failed') return { status: 'fault', fault: asked.fault };
    const { reading, replyFormat } = asked.value;
    call.spend(reading.usage);
    if (reading.status === 'declined') return { status: 'fault', fault: reading.fault };
    const parsed = parseReply(reading.content, { schema, fence: replyFormat === 'plain' ? 'allowed' : 'refused' });
    if (parsed.status === 'faulty') return { status: 'fault', fault: plainFault(parsed.fault.name, parsed.fault) };
    return { status: 'read', reply: parsed.reply };
  };

  const first = await ask(null);
  const final = first.status === 'fault' && ruleOf(first.fault).action === 'repair' ? await ask(first.fault) : first;
  if (final.status === 'fault') return call.ungraded(final.fault);
  return { status: 'judged', ...toFindings({ reply: final.reply, rubric, answer }), provenance: call.provenance() };
}

/** What a repair request says of the first reply: words of ours only, never the reply's. */
function repairWords(fault: Fault): string {
  const shorter = fault.name === 'length-limit' ? '; keep every reasoning and note to one sentence' : '';
  return `${ruleOf(fault).means}${fault.where === '' ? '' : ` (${fault.where})`}${shorter}`;
}

/** A runaway guard, several times what a reply needs: criteria take about 150 tokens each. */
function replyTokens(task: JudgeTask): number {
  return 3_000 + 400 * task.rubric.criteria.length + 150 * task.rubric.misconceptions.length;
}

type Call = {
  /** The task left the queue: latency counts from here. */
  start: () => void;
  spend: (usage: Usage) => void;
  provenance: () => Provenance;
  ungraded: (fault: Fault) => Judgment;
};

/** Keeps the books of one judgment: what was asked, spent and waited for. */
function startCall(task: JudgeTask, options: OpenAiJudgeOptions): Call {
  const { model, ports } = options;
  const key = requestKey({ promptVersion: PROMPT_VERSION, model, parameters, task });
  const usages: Usage[] = [];
  let started: number | null = null;

  const provenance = (): Provenance => {
    const usage = addUsage(usages);
    return {
      judge: 'openai',
      model,
      promptVersion: PROMPT_VERSION,
      rubricHash: task.rubricHash,
      requestKey: key,
      tokensIn: usage.tokensIn,
      tokensOut: usage.tokensOut,
      costMicroUsd: costMicroUsd({ usage, price: (options.prices ?? findPrice)(model) }),
      latencyMs: started === null ? 0 : Math.max(0, ports.now() - started),
    };
  };
  return {
    start: () => (started = ports.now()),
    spend: (usage) => usages.push(usage),
    provenance,
    ungraded: (fault) => ({
      status: 'ungraded',
      reason: ruleOf(fault).reason,
      detail: describeFault(fault),
      provenance: provenance(),
    }),
  };
}

/** Whoever stops waiting is answered at once, also while the task is still queued; the call itself ends by the same signal. */
async function untilCancelled<Value>(
  promise: Promise<Value>,
  args: { signal: AbortSignal; instead: () => Value },
): Promise<Value> {
  const { signal, instead } = args;
  if (signal.aborted) return instead();
  return new Promise((resolve, reject) => {
    const cancel = (): void => resolve(instead());
    signal.addEventListener('abort', cancel, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
