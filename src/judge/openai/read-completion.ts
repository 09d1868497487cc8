import { z } from 'zod';
import { readErrorBody } from './error-body.ts';
import { type Fault, plainFault } from './outcomes.ts';
import type { Usage } from './price.ts';
import { nameOfStatus } from './provider-fault.ts';

const Tokens = z.int().min(0).nullish().catch(null);

/** Only what is read. Endpoints differ in everything else, and some leave `usage`, `refusal` or `finish_reason` out. */
const ChatCompletion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: Tokens,
      completion_tokens: Tokens,
      prompt_tokens_details: z.object({ cached_tokens: Tokens }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

const FailedCompletion = z.object({ error: z.looseObject({ code: z.union([z.string(), z.number()]).nullish() }) });

/** A 200, read: text, or a completion that has none to give (it is paid for all the same), or no completion at all. */
export type Reading =
  | { status: 'text'; content: string; usage: Usage }
  | { status: 'declined'; fault: Fault; usage: Usage }
  | { status: 'failed'; fault: Fault };

/** Reads the body of a 200. `redact` is applied to whatever the endpoint said. */
export function readCompletion(body: unknown, redact: (text: string) => string): Reading {
  // OpenRouter answers 200 and puts an upstream's failure inside.
  const failed = FailedCompletion.safeParse(body);
  if (failed.success) {
    const words = readErrorBody(failed.data.error);
    const status = Number(failed.data.error.code);
    const name = status >= 400 && status < 600 ? nameOfStatus(status, words) : 'not-a-completion';
    return { status: 'failed', fault: plainFault(name, { said: redact(words.message) }) };
  }
  const completion = ChatCompletion.safeParse(body);
  const choice = completion.data?.choices[0];
  if (!completion.success || choice === undefined) {
    const said = typeof body === 'string' ? redact(body) : '';
    return { status: 'failed', fault: plainFault('not-a-completion', { said }) };
  }
  const usage = {
    tokensIn: completion.data.usage?.prompt_tokens ?? null,
    tokensCached: completion.data.usage?.prompt_tokens_details?.cached_tokens ?? null,
    tokensOut: completion.data.usage?.completion_tokens ?? null,
  };
  const declined = (fault: Fault): Reading => ({ status: 'declined', fault, usage });
  if (choice.finish_reason === 'content_filter') return declined(plainFault('content-filter'));
  const refusal = choice.message.refusal ?? '';
  if (refusal !== '' || choice.finish_reason === 'refusal') {
    return declined(plainFault('refusal', { said: redact(refusal) }));
  }
  if (choice.finish_reason === 'length') return declined(plainFault('length-limit'));
  // Nobody asked for alternatives; choosing one would be a guess.
  if (completion.data.choices.length > 1) return declined(plainFault('two-objects'));
  return { status: 'text', content: choice.message.content ?? '', usage };
}
