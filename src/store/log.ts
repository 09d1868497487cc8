/** Where the store and the queue report what nobody is waiting to hear. A pino logger fits as it is. */
export type Log = {
  info: (details: object, message: string) => void;
  warn: (details: object, message: string) => void;
  error: (details: object, message: string) => void;
};

/** Says nothing; for callers that pass no log. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
