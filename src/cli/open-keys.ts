import type { ReadStream } from 'node:tty';
import type { Keys } from './rate-command.ts';

/** Keys as they are pressed, without Return, on a terminal; characters of the stream where it is a pipe. `close` gives the terminal back. */
export function openKeys(input: ReadStream): Keys & { close: () => void } {
  const waiting: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  const onData = (chunk: Buffer): void => {
    waiting.push(...chunk.toString('utf8'));
    wake();
  };
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  if (input.isTTY) input.setRawMode(true);
  input.on('data', onData).on('end', onEnd);
  return {
    next: async () => {
      while (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
      return waiting.shift() ?? null;
    },
    close: () => {
      input.off('data', onData).off('end', onEnd);
      if (input.isTTY) input.setRawMode(false);
      input.pause();
    },
  };
}
