import { readFile } from 'node:fs/promises';
import { VivaError } from '../core/errors.ts';

/** A text from outside: lines end in `\n`, no byte order mark. `note` says what had to be guessed. */
export type SourceText = { text: string; note: string | null };

/** Reads a file that other programs wrote, whatever its encoding. @throws VivaError `input-invalid` where it cannot be read. */
export async function readSource(path: string): Promise<SourceText> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new VivaError('input-invalid', {
      message: `The file ${path} cannot be read.`,
      fix: 'Name a readable file.',
      cause,
    });
  });
  return decodeSource(bytes);
}

/**
 * UTF-8 and UTF-16 by their marks, else UTF-8; bytes that are none are read as Windows-1252, of which Latin-1 is a part: every
 * byte then has a character, so nothing is lost, and a note says so.
 */
export function decodeSource(bytes: Uint8Array): SourceText {
  const [first, second] = bytes;
  const decode = (encoding: string, fatal: boolean): string =>
    new TextDecoder(encoding, { fatal }).decode(bytes).replace(/\r\n?/g, '\n');
  if (first === 0xff && second === 0xfe) return { text: decode('utf-16le', false), note: null };
  if (first === 0xfe && second === 0xff) return { text: decode('utf-16be', false), note: null };
  try {
    return { text: decode('utf-8', true), note: null };
  } catch {
    const text = decode('latin1', false).replace(/[\u0080-\u009F]/g, (control) => windows1252(control));
    return { text, note: 'it is not UTF-8, so it was read as Windows-1252 (Latin-1)' };
  }
}

/** Windows-1252 from 0x80 to 0x9F, where Latin-1 has control characters; the five gaps stay as they are. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Node 20 takes the label windows-1252 for Latin-1, so these are told here. */
function windows1252(control: string): string {
  return upper.charAt(control.charCodeAt(0) - 0x80) || control;
}
