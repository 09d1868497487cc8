import type { Executor, SqlExecutor, Transaction } from './executor.ts';

/** An open database as the file of its kind makes it, before the rules both kinds share (database.ts, work-gate.ts). */
export type Driver = SqlExecutor & {
  /** 'pglite': this process alone holds the folder. 'postgres': any number of processes share the server. */
  kind: 'pglite' | 'postgres';
  db: Executor;
  begin: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** Runs `work` while no other process is running theirs. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
};
