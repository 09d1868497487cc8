import type { ShownPrompt } from '../tutor/show-prompt.ts';
import { exitCodes } from './exit-codes.ts';
import { unknownItem } from './grade-command.ts';
import type { Streams } from './streams.ts';

/** Prints what a model would be sent, message by message, or as JSON; returns the exit code. */
export function printPrompt(args: { shown: ShownPrompt; item: string; json: boolean; streams: Streams }): number {
  const { shown, item, json, streams } = args;
  switch (shown.status) {
    case 'not-found':
      streams.err(unknownItem({ item, known: shown.known }));
      return exitCodes.usage;
    case 'invalid':
      streams.err(
        `viva: ${shown.message}\nLeave --option away, or set it, as the question asks; options count from 1.\n`,
      );
      return exitCodes.usage;
    case 'shown': {
      const { promptVersion, system, user, schema } = shown;
      const text = [
        `===== system (${promptVersion}; the same for every answer to this question) =====\n${system}`,
        `===== user =====\n${user}`,
        `===== the reply must fit this JSON Schema, where the endpoint can hold it to one =====\n${JSON.stringify(schema, null, 2)}`,
      ];
      streams.out(
        json ? `${JSON.stringify({ promptVersion, system, user, schema }, null, 2)}\n` : `${text.join('\n\n')}\n`,
      );
      return exitCodes.ok;
    }
    default:
      return shown satisfies never;
  }
}
