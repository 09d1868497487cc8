import type { Keys } from './rate-command.ts';
import type { Streams } from './streams.ts';

const BACKSPACES = new Set(['\b', '\u007f']);

/**
 * One line, typed key by key and shown as it is typed, without its Return. Null where Ctrl-C ends it, or where there is nobody at the
 * keyboard any more. Backspace takes back a letter; other control keys do nothing.
 */
export async function readLine({ keys, streams }: { keys: Keys; streams: Streams }): Promise<string | null> {
  let line: string[] = [];
  for (;;) {
    const key = await keys.next();
    if (key === '\r' || key === '\n') {
      streams.out('\n');
      return line.join('');
    }
    if (key === null || key === '\u0003') return null;
    if (key === '\u001b') {
      await passSequence(keys);
    } else if (BACKSPACES.has(key)) {
      if (line.length > 0) streams.out('\b \b');
      line = line.slice(0, -1);
    } else if (!/\p{Cc}/u.test(key)) {
      line = [...line, key];
      streams.out(key);
    }
  }
}

/** An arrow or function key comes as several characters, such as ESC [ A; none of them was typed. */
async function passSequence(keys: Keys): Promise<void> {
  const kind = await keys.next();
  if (kind !== '[' && kind !== 'O') return;
  for (let key = await keys.next(); key !== null && !/[A-Za-z~]/.test(key); key = await keys.next());
}
