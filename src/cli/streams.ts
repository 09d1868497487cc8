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
