import type { Provenance } from '../../core/grade.ts';
import type { AskedJudge, JudgeTask, Judgment } from '../judge.ts';
import { createEndpoint, type Endpoint, type EndpointOptions } from './endpoint.ts';
import { toFindings } from './findings.ts';
import { describeFault, type Fault, plainFault, ruleOf } from './outcomes.ts';
import { parseReply } from './parse-reply.ts';
import { addUsage, costMicroUsd, findPrice, type Price, type Usage } from './price.ts';
import { answerMessage, PROMPT_VERSION, systemPrompt } from './prompt.ts';
import { quarantine, type Quarantined } from './quarantine.ts';
import { redact } from './redact.ts';
import { type Reply, replySchema } from './reply-schema.ts';
import { requestKey } from './request-key.ts';

export type OpenAiJudgeOptions = EndpointOptions & {
  /** Keys the tag round an answer; the deployment's own, and stable, or provider caches miss. */
  secret: string;
  /** Instead of the listed prices. */
  prices?: (model: string) => Price | null;
};

/** Steady verdicts matter more than varied prose. */
const TEMPERATURE = 0;

/** No tokenizer makes more tokens than there are bytes; three bytes a token is already denser than any English prompt. */
const LEAST_BYTES_PER_PROMPT_TOKEN = 3;

/** An OpenAI-compatible judge; it can also say what its endpoint turned out to understand. */
export type OpenAiJudge = AskedJudge & { capabilities: Endpoint['capabilities'] };

/**
 * A judge that asks any OpenAI-compatible endpoint. Throws VivaError('config-invalid') here, for options that cannot work;
 * afterwards every failure is an `ungraded` judgment with its reason.
 */
export function createOpenAiJudge(options: OpenAiJudgeOptions): OpenAiJudge {
  const endpoint = createEndpoint(options);
  return {
    judge: async (task, { signal }) => {
      const call = startCall(task, options);
      const judged = judgeOnce({ task, options, endpoint, call, signal }).catch((error: unknown) => {
        const said = redact(error instanceof Error ? error.message : String(error), options.apiKey);
        return call.ungraded(plainFault('internal', { said }));
      });
      return untilCancelled(judged, { signal, instead: () => call.ungraded(plainFault('cancelled')) });
    },
    requestKeyOf: (task) => keyOf(task, options),
    mostMicroUsd: (task) => mostMicroUsd({ task, options, endpoint }),
    capabilities: endpoint.capabilities,
  };
}

/** The messages a task is asked with: what the tag round the answer is keyed by, `secret`, is all that is not in the task. */
export function messagesOf(args: { task: JudgeTask; secret: string; repair: string | null }): {
  system: string;
  user: string;
  answer: Quarantined;
} {
  const { item, rubric, rubricHash, option, answer } = args.task;
  const quarantined = quarantine({ secret: args.secret, itemId: item.id, rubricHash, answer });
  return {
    system: systemPrompt({ item, rubric }),
    user: answerMessage({ item, option, answer: quarantined, repair: args.repair }),
    answer: quarantined,
  };
}

function keyOf(task: JudgeTask, options: OpenAiJudgeOptions): string {
  const parameters = { temperature: TEMPERATURE, reasoningEffort: options.reasoningEffort ?? null };
  return requestKey({ promptVersion: PROMPT_VERSION, model: options.model, parameters, task });
}

/** One call and its repair, each with the longest reply; the repair may be allowed twice the length. */
function mostMicroUsd(args: { task: JudgeTask; options: OpenAiJudgeOptions; endpoint: Endpoint }): number | null {
  const { task, options, endpoint } = args;
  const price = (options.prices ?? findPrice)(options.model);
  const { system, user } = messagesOf({ task, secret: options.secret, repair: null });
  const tokensIn =
    Math.ceil(Buffer.byteLength(system) / LEAST_BYTES_PER_PROMPT_TOKEN) +
    Buffer.byteLength(user) +
    JSON.stringify(replySchema(task.rubric).json).length;
  const usage = { tokensIn: 2 * tokensIn, tokensCached: 0, tokensOut: endpoint.mostReplyTokens(3 * replyTokens(task)) };
  return costMicroUsd({ usage, price });
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
  const { rubric } = task;
  const schema = replySchema(rubric);
  const { answer } = messagesOf({ task, secret: options.secret, repair: null });

  const ask = async (
    after: Fault | null,
  ): Promise<{ status: 'read'; reply: Reply } | { status: 'fault'; fault: Fault }> => {
    const { system, user } = messagesOf({
      task,
      secret: options.secret,
      repair: after === null ? null : repairWords(after),
    });
    const maxTokens = replyTokens(task) * (after?.name === 'length-limit' ? 2 : 1);
    const asked = await endpoint.ask(
      {
        system,
        user,
        schema: schema.json,
        maxTokens,
        temperature: TEMPERATURE,
        cacheKey: task.rubricHash.slice(0, 32),
      },
      { signal, onSent: call.start },
    );
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
  /** The first request goes out: latency counts from here. */
  start: () => void;
  spend: (usage: Usage) => void;
  provenance: () => Provenance;
  ungraded: (fault: Fault) => Judgment;
};

/** Keeps the books of one judgment: what was asked, spent and waited for. */
function startCall(task: JudgeTask, options: OpenAiJudgeOptions): Call {
  const { model, ports } = options;
  const key = keyOf(task, options);
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
    start: () => void (started ??= ports.now()),
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
