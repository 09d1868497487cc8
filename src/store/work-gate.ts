import { AsyncLocalStorage } from 'node:async_hooks';
import { VivaError } from '../core/errors.ts';
import type { Transaction } from './executor.ts';

/** What every use of a database passes through. */
export type WorkGate = {
  /** Runs one statement. Rejects inside an open transaction, and once the gate is closed. */
  statement: <T>(run: () => Promise<T>) => Promise<T>;
  /** Runs a transaction, or a savepoint of the one open around the caller. */
  transaction: <T>(
    begin: (run: (tx: Transaction) => Promise<T>) => Promise<T>,
    work: (tx: Transaction) => Promise<T>,
  ) => Promise<T>;
  /** Lets nothing more in and resolves when everything inside has ended. */
  close: () => Promise<void>;
};

type Opened = { tx: Transaction; open: boolean };

/**
 * A gate for one database.
 *
 * PGlite is one connection: a statement that goes past the open transaction waits for it to end, and where the
 * transaction waits for that statement neither ever ends. On PostgreSQL the same code would run on a second connection,
 * outside the transaction, and could wait for its locks just so. On both it is refused at once instead.
 *
 * The gate waits for work itself before it closes: a pg pool told to end forgets those who still wait for a connection.
 */
export function openGate(): WorkGate {
  const around = new AsyncLocalStorage<Opened>();
  const inside = new Set<Promise<unknown>>();
  let closed = false;

  async function enter<T>(run: () => Promise<T>): Promise<T> {
    if (closed) throw databaseClosed();
    const work = run();
    inside.add(work);
    try {
      return await work;
    } finally {
      inside.delete(work);
    }
  }

  async function runInside<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const opened = { tx, open: true };
    try {
      return await around.run(opened, () => work(tx));
    } finally {
      // What was started inside and runs on afterwards is outside again.
      opened.open = false;
    }
  }

  return {
    async statement(run) {
      if (around.getStore()?.open === true) throw pastTheTransaction();
      return enter(run);
    },
    transaction(begin, work) {
      const outer = around.getStore();
      if (outer?.open === true) return outer.tx.transaction((tx) => runInside(tx, work));
      return enter(() => begin((tx) => runInside(tx, work)));
    },
    async close() {
      closed = true;
      await Promise.allSettled(inside);
    },
  };
}

/** The client with these methods sent through the gate, so that drizzle's own use of it is too. */
export function gatedClient<Client extends object>(
  client: Client,
  gated: { methods: readonly (keyof Client & string)[]; gate: WorkGate },
): Client {
  const methods = new Set<string | symbol>(gated.methods);
  return new Proxy(client, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      // Called on the client itself: its private fields are not there on a proxy.
      const call = (given: unknown[]): unknown => Reflect.apply(member, target, given);
      if (!methods.has(name)) return (...given: unknown[]): unknown => call(given);
      return (...given: unknown[]): unknown => gated.gate.statement(() => Promise.resolve(call(given)));
    },
  });
}

function pastTheTransaction(): VivaError {
  return new VivaError('internal', {
    message: 'A query went past the transaction open around it; on PGlite it would wait for that transaction for ever.',
    fix: 'Pass the transaction (tx) to the query function instead of database.db.',
  });
}

function databaseClosed(): VivaError {
  return new VivaError('internal', {
    message: 'The database is closed.',
    fix: 'Stop whatever uses the database before closing it.',
  });
}
