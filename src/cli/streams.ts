/** Where a command reads and writes; a test hands in its own. */
export type Streams = {
  /** What the command was asked for; nothing else goes here, so that it can be piped. */
  out: (text: string) => void;
  /** Progress, warnings, errors. */
  err: (text: string) => void;
  /** The text of a file, or of standard input for "-". */
  readText: (path: string) => Promise<string>;
  /** Whether `err` is a screen that a line may be redrawn on. */
  interactive: boolean;
  colour: boolean;
  /** Columns. */
  width: number;
};

/** Streams that keep what is printed to themselves: nothing is read, nothing coloured. For help texts, docs and tests. */
export function keepStreams(width: number): { streams: Streams; printed: { out: string; err: string } } {
  const printed = { out: '', err: '' };
  const streams: Streams = {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    readText: () => Promise.resolve(''),
    interactive: false,
    colour: false,
    width,
  };
  return { streams, printed };
}
