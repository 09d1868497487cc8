import type { Driver } from './driver.ts';
import type { Executor, SqlExecutor, Transaction } from './executor.ts';
import { type Log, silentLog } from './log.ts';
import { openGate } from './work-gate.ts';

/** One database, embedded or a server, behind one dialect. */
export type Database = SqlExecutor & {
  /** 'pglite': this process alone holds the folder. 'postgres': any number of processes share the server. */
  kind: Driver['kind'];
  /** For single statements. Inside `transaction` use the transaction it hands over: this one refuses there. */
  db: Executor;
  /**
   * Commits what `work` wrote when it resolves, and rolls back when it rejects. Called inside another transaction it
   * becomes a savepoint of that one. Resolves after the commit is on disk.
   */
  transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** Runs `work` while no other process that shares this database is running theirs; for changes to its tables. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Rejects where the database does not answer. */
  ping: () => Promise<void>;
  /** Waits for work under way, then lets the folder or the connections go. Later calls reject. Safe to call twice. */
  close: () => Promise<void>;
};

/**
 * Opens the database with every migration applied.
 * `databaseUrl` null: PGlite in `<dataDir>/db`, which is made on the first start. Else a PostgreSQL server.
 * Throws VivaError: data-dir-locked, data-dir-unusable, database-unreachable, migration-failed.
 */
export async function openDatabase(args: {
  dataDir: string;
  databaseUrl: string | null;
  log?: Log;
}): Promise<Database> {
  const log = args.log ?? silentLog;
  const gate = openGate();
  const driver =
    args.databaseUrl === null
      ? await (await import('./pglite-database.ts')).openPglite({ dataDir: args.dataDir, log, gate })
      : await (await import('./postgres-database.ts')).openPostgres({ databaseUrl: args.databaseUrl, log, gate });
  let closing: Promise<void> | undefined;
  return {
    kind: driver.kind,
    db: driver.db,
    executeSql: (text, values) => gate.statement(() => driver.executeSql(text, values)),
    transaction: (work) => gate.transaction((run) => driver.begin(run), work),
    alone: (work) => driver.alone(work),
    async ping() {
      await gate.statement(() => driver.executeSql('SELECT 1'));
    },
    close() {
      closing ??= gate.close().then(() => driver.close());
      return closing;
    },
  };
}
